package org.tocsin.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.network.Channel;

/**
 * What a bot says to staff who wrote to it or pressed a button (core.telegram.org/bots/api: {@code sendMessage},
 * {@code answerCallbackQuery}, {@code editMessageReplyMarkup}). It is said once: whoever misses it presses again.
 */
final class BotAnswers {
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    /** {@code answerCallbackQuery}: 0-200 characters. */
    private static final int MOST = 200;

    private static final Logger log = LoggerFactory.getLogger(BotAnswers.class);

    private final HttpClient http;
    private final String server;
    private final ObjectMapper json;

    /** @param server of bots whose channel names none */
    BotAnswers(HttpClient http, String server) {
        this.http = http;
        this.server = server;
        this.json = new ObjectMapper();
    }

    /**
     * A button that was pressed.
     *
     * @param id of the press
     */
    record Pressed(Channel channel, String id, String chatId, long messageId) {}

    /** Says something in a chat. */
    void say(Channel channel, String chatId, String text) {
        call(
                channel,
                "sendMessage",
                json.createObjectNode().put("chat_id", chatId).put("text", text));
    }

    /**
     * Answers a press.
     *
     * @param sure label of the one button that is left to press; empty for none
     * @param gone whether the buttons have done what they could
     */
    void answer(Pressed pressed, String text, Optional<String> sure, boolean gone) {
        call(
                pressed.channel(),
                "answerCallbackQuery",
                json.createObjectNode()
                        .put("callback_query_id", pressed.id())
                        .put("text", text.length() <= MOST ? text : text.substring(0, MOST - 1) + "…")
                        .put("show_alert", true));
        if (gone || sure.isPresent()) {
            ObjectNode body =
                    json.createObjectNode().put("chat_id", pressed.chatId()).put("message_id", pressed.messageId());
            var rows = body.putObject("reply_markup").putArray("inline_keyboard");
            sure.ifPresent(
                    label -> rows.addArray().addObject().put("text", label).put("callback_data", "frozen"));
            call(pressed.channel(), "editMessageReplyMarkup", body);
        }
    }

    private void call(Channel channel, String method, ObjectNode body) {
        String token = channel.secret("botToken").orElseThrow().reveal();
        String base = channel.setting("baseUrl").orElse(server).replaceAll("/+$", "");
        HttpResult result = http.send(
                HttpRequest.post(URI.create(base + "/bot" + token + "/" + method), HttpBody.json(body.toString()))
                        .within(DEADLINE));
        if (!(result instanceof HttpResult.Answer answer && answer.ok())) {
            log.atWarn()
                    .addKeyValue("channel", channel.id())
                    .addKeyValue("method", method)
                    .log("a bot could not answer");
        }
    }
}
