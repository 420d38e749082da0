package org.tocsin.network.x;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tocsin.network.Seen;

/** Checks an OAuth 1.0a signature as RFC 5849, section 3.4, writes it, without any library that makes one. */
final class FakeSignature {
    private final Map<String, String> oauth;
    private final String base;

    /** @param origin as the client called it */
    FakeSignature(Seen request, String origin) {
        String header = request.header("authorization").orElse("");
        this.oauth = new HashMap<>();
        if (header.startsWith("OAuth ")) {
            for (String pair : header.substring(6).split(",")) {
                String[] sides = pair.strip().split("=", 2);
                oauth.put(decode(sides[0]), decode(sides[1].replaceAll("^\"|\"$", "")));
            }
        }
        List<String> pairs = new ArrayList<>();
        oauth.forEach((name, value) -> {
            if (!name.equals("oauth_signature") && !name.equals("realm")) {
                pairs.add(encode(name) + "=" + encode(value));
            }
        });
        add(pairs, URI.create(origin + request.target()).getRawQuery());
        if (request.header("content-type").orElse("").startsWith("application/x-www-form-urlencoded")) {
            add(pairs, request.body());
        }
        this.base = request.method() + "&" + encode(origin + request.path()) + "&"
                + encode(pairs.stream().sorted().collect(Collectors.joining("&")));
    }

    /** A parameter of the header; empty for none. */
    String value(String name) {
        return oauth.getOrDefault(name, "");
    }

    boolean isBy(String consumerSecret, String tokenSecret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(
                    (encode(consumerSecret) + "&" + encode(tokenSecret)).getBytes(UTF_8), "HmacSHA1"));
            String right = Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(UTF_8)));
            return value("oauth_signature_method").equals("HMAC-SHA1")
                    && value("oauth_signature").equals(right);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(List<String> pairs, String encoded) {
        for (String pair : encoded == null || encoded.isEmpty() ? new String[0] : encoded.split("&")) {
            String[] sides = pair.split("=", 2);
            pairs.add(encode(decode(sides[0])) + "=" + encode(decode(sides[1])));
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
