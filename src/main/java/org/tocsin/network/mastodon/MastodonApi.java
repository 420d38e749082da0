package org.tocsin.network.mastodon;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.network.Channel;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.ServerAddress;

/** Requests to the channel's server in the channel's name. */
final class MastodonApi {
    /** The setting that holds the server's origin. */
    static final String BASE_URL = "baseUrl";
    /** The setting that holds the account's id on its server; made when the channel is connected. */
    static final String ACCOUNT_ID = "accountId";
    /** The secret that the server gave. */
    static final String TOKEN = "accessToken";

    private final HttpClient http;

    MastodonApi(HttpClient http) {
        this.http = http;
    }

    static List<Fault> faults(Channel channel) {
        List<Fault> faults = new ArrayList<>();
        Optional<String> address = channel.setting(BASE_URL);
        if (address.isEmpty()) {
            faults.add(Fault.at("/settings/" + BASE_URL, Message.of("network.setting.missing", "name", BASE_URL)));
        } else if (ServerAddress.read(address.get()).isEmpty()) {
            faults.add(
                    Fault.at("/settings/" + BASE_URL, Message.of("network.address.malformed", "value", address.get())));
        }
        if (channel.secret(TOKEN).isEmpty()) {
            faults.add(Fault.at("/secrets/" + TOKEN, Message.of("network.secret.missing", "name", TOKEN)));
        }
        return faults;
    }

    /** @return why the channel cannot be used at all, before anything is sent */
    static Optional<PublishResult.Unauthorized> unusable(Channel channel) {
        return faults(channel).stream()
                .findFirst()
                .map(fault -> new PublishResult.Unauthorized(new Reason(fault.message(), null, "")));
    }

    HttpResult get(Channel channel, String path) {
        return http.send(authorised(channel, HttpRequest.get(url(channel, path))));
    }

    /** As a stranger sees it. */
    HttpResult anonymous(Channel channel, String path) {
        return http.send(HttpRequest.get(url(channel, path)));
    }

    HttpResult get(Channel channel, String path, Duration deadline) {
        return http.send(authorised(channel, HttpRequest.get(url(channel, path)).within(deadline)));
    }

    HttpResult delete(Channel channel, String path) {
        return http.send(authorised(channel, HttpRequest.get(url(channel, path)).method("DELETE")));
    }

    HttpResult post(Channel channel, String path, String json, String idempotencyKey) {
        HttpRequest request = HttpRequest.post(url(channel, path), HttpBody.json(json));
        return http.send(authorised(channel, request.with("Idempotency-Key", idempotencyKey)));
    }

    HttpResult put(Channel channel, String path, String json) {
        HttpRequest request = HttpRequest.post(url(channel, path), HttpBody.json(json));
        return http.send(authorised(channel, request.method("PUT")));
    }

    HttpResult upload(Channel channel, String path, List<HttpBody.Part> parts) {
        HttpRequest request = HttpRequest.post(url(channel, path), new HttpBody.Multipart(parts));
        return http.send(authorised(channel, request.within(HttpRequest.UPLOAD)));
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static HttpRequest authorised(Channel channel, HttpRequest request) {
        return channel.secret(TOKEN).map(Secret::reveal).map(request::bearer).orElse(request);
    }

    private static URI url(Channel channel, String path) {
        return URI.create(
                ServerAddress.read(channel.setting(BASE_URL).orElse("")).orElseThrow() + path);
    }
}
