package org.tocsin.network.x;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import twitter4j.HttpParameter;
import twitter4j.RequestMethod;
import twitter4j.auth.AccessToken;
import twitter4j.auth.OAuthAuthorization;
import twitter4j.conf.ConfigurationBuilder;

/**
 * Calls API v2, signed by Twitter4J (OAuth 1.0a, HMAC-SHA1; RFC 5849) and sent by our own client.
 *
 * <p>Twitter4J's own client (seen in 4.0.7) sends a POST again when the connection breaks after the request, and shows neither status nor
 * body of what it cannot read; its extension for v2 has neither media nor alt texts. JSON and multipart bodies are no part of a signature,
 * so nothing of the library stands between what was committed and what leaves.
 */
final class XApi {
    private static final HttpParameter[] NOTHING = {};

    private final HttpClient http;

    XApi(HttpClient http) {
        this.http = http;
    }

    HttpResult get(XAccess access, String path, Map<String, String> query) {
        String parameters = encoded(query);
        URI url = URI.create(access.base() + path + (parameters.isEmpty() ? "" : "?" + parameters));
        return http.send(
                HttpRequest.get(url).with("Authorization", signature(access, RequestMethod.GET, url, NOTHING)));
    }

    HttpResult post(XAccess access, String path, HttpBody body) {
        URI url = URI.create(access.base() + path);
        HttpRequest request =
                HttpRequest.post(url, body).with("Authorization", signature(access, RequestMethod.POST, url, NOTHING));
        return http.send(body instanceof HttpBody.Multipart ? request.within(HttpRequest.UPLOAD) : request);
    }

    /** The fields of a form are part of the signature. */
    HttpResult form(XAccess access, String path, Map<String, String> fields) {
        URI url = URI.create(access.base() + path);
        HttpParameter[] signed = fields.entrySet().stream()
                .map(field -> new HttpParameter(field.getKey(), field.getValue()))
                .toArray(HttpParameter[]::new);
        return http.send(HttpRequest.post(url, HttpBody.form(encoded(fields)))
                .with("Authorization", signature(access, RequestMethod.POST, url, signed)));
    }

    HttpResult delete(XAccess access, String path) {
        URI url = URI.create(access.base() + path);
        return http.send(HttpRequest.get(url)
                .method("DELETE")
                .with("Authorization", signature(access, RequestMethod.DELETE, url, NOTHING)));
    }

    private static String signature(XAccess access, RequestMethod method, URI url, HttpParameter[] parameters) {
        OAuthAuthorization oauth = new OAuthAuthorization(new ConfigurationBuilder()
                .setOAuthConsumerKey(access.consumerKey().reveal())
                .setOAuthConsumerSecret(access.consumerSecret().reveal())
                .build());
        if (!access.accessToken().reveal().isEmpty()) {
            oauth.setOAuthAccessToken(new AccessToken(
                    access.accessToken().reveal(), access.accessTokenSecret().reveal()));
        }
        return oauth.getAuthorizationHeader(
                new twitter4j.HttpRequest(method, url.toString(), parameters, oauth, Map.of()));
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> percent(field.getKey()) + "=" + percent(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
