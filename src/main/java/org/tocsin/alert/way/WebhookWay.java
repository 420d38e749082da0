package org.tocsin.alert.way;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.recipient.Way;

/**
 * A webhook of one's own by the rules of Standard Webhooks 1.0: {@code webhook-id} stays the same over all attempts,
 * {@code webhook-signature} is {@code v1,} and the HMAC-SHA256 of id, time and body, which are joined by dots.
 */
final class WebhookWay implements WayOut {
    /** How secrets of Standard Webhooks begin; what follows is the key in base64. */
    static final String PREFIX = "whsec_";

    private final HttpClient http;
    private final Answers answers;
    private final Bodies bodies;
    private final Clock clock;

    WebhookWay(HttpClient http, Answers answers, Bodies bodies, Clock clock) {
        this.http = http;
        this.answers = answers;
        this.bodies = bodies;
        this.clock = clock;
    }

    @Override
    public Sent send(Way way, Letter letter, String id) {
        String body = bodies.json(node -> {
            node.put("type", letter.kind()).put("id", id);
            node.putObject("data")
                    .put("title", letter.title())
                    .put("alertId", letter.alertId())
                    .put("link", letter.link());
            ArrayNode lines = node.withObject("/data").putArray("lines");
            letter.lines()
                    .forEach(line -> lines.addObject().put("text", line.text()).put("url", Escapes.url(line.url())));
        });
        String seconds = String.valueOf(clock.instant().getEpochSecond());
        return answers.readStandard(http.send(HttpRequest.post(URI.create(way.setting("url")), HttpBody.json(body))
                .with("webhook-id", id)
                .with("webhook-timestamp", seconds)
                .with("webhook-signature", "v1," + sign(way.secret("secret"), id + "." + seconds + "." + body))
                .within(Bodies.DEADLINE)));
    }

    private static byte[] key(String secret) {
        if (secret.startsWith(PREFIX)) {
            try {
                return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            } catch (IllegalArgumentException _) {
                return secret.getBytes(StandardCharsets.UTF_8);
            }
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private static String sign(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
