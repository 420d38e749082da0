package org.tocsin.network.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.telegram.telegrambots.meta.api.methods.botapimethods.PartialBotApiMethod;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.network.Channel;

/**
 * Calls the Bot API with the method classes of TelegramBots, over our own client.
 *
 * <p>The library's own client (seen in 10.2.0) cannot carry the guarantee: it serialises the request anew for each call, so what was
 * committed is not what leaves; an answer that it cannot read, a refusal of a proxy and a broken connection are all one exception, whose
 * text quotes the address and with it the token; and it knows no deadline for the whole exchange. So its classes make the bodies, and the
 * one outbound client sends them.
 */
final class TelegramApi {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;

    TelegramApi(HttpClient http) {
        this.http = http;
    }

    /** Calls a method that publishes nothing. */
    HttpResult call(Channel channel, PartialBotApiMethod<?> method) {
        return http.send(HttpRequest.post(
                TelegramAccess.of(channel).url(method.getMethod()),
                HttpBody.json(params(method).toString())));
    }

    /**
     * Asks something.
     *
     * @param wait how long Telegram itself may wait before it answers
     */
    HttpResult ask(Channel channel, String method, ObjectNode params, Duration wait) {
        return http.send(HttpRequest.post(TelegramAccess.of(channel).url(method), HttpBody.json(params.toString()))
                .within(HttpRequest.CALL.plus(wait)));
    }

    /** Sends what was committed, once. */
    HttpResult send(Channel channel, TelegramRequest request) {
        HttpRequest post = HttpRequest.post(TelegramAccess.of(channel).url(request.method()), request.body());
        return http.send(request.files().isEmpty() ? post : post.within(HttpRequest.UPLOAD));
    }

    /** The parameters of a method of the library, without its name, which goes into the path. */
    static ObjectNode params(PartialBotApiMethod<?> method) {
        ObjectNode params = JSON.valueToTree(method);
        params.remove("method");
        return params;
    }

    /** The JSON of an object of the library. */
    static JsonNode json(Object object) {
        return JSON.valueToTree(object);
    }
}
