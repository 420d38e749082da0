package org.tocsin.alert.way;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tocsin.base.Message;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.recipient.Way;

/** A chat with a bot of ours. Telegram knows no repeat: after a silence the same may stand there twice. */
final class TelegramWay implements WayOut {
    /** Bot API, {@code sendMessage}: 1-4096 characters after the entities are read. */
    private static final int MOST = 4096;

    private final HttpClient http;
    private final Answers answers;
    private final Bodies bodies;
    private final Function<String, Optional<TelegramBot>> bots;

    /** @param bots by the id of their channel */
    TelegramWay(HttpClient http, Answers answers, Bodies bodies, Function<String, Optional<TelegramBot>> bots) {
        this.http = http;
        this.answers = answers;
        this.bodies = bodies;
        this.bots = bots;
    }

    /** Telegram calls whom a bare {@code @name} names; a word joiner after the sign keeps it to be read only. */
    private static Letter calm(Letter letter) {
        return new Letter(
                calm(letter.title()),
                letter.lines().stream()
                        .map(line -> new Letter.Line(calm(line.text()), line.url()))
                        .toList(),
                letter.link(),
                letter.label(),
                letter.kind(),
                letter.alertId(),
                letter.actions());
    }

    private static String calm(String text) {
        return text.replace("@", "@\u2060");
    }

    @Override
    public Sent send(Way way, Letter letter, String id) {
        Optional<TelegramBot> bot = bots.apply(way.setting("channel"));
        if (bot.isEmpty()) {
            return new Sent.Refused(Message.of("alerting.telegram.channel"));
        }
        String body = bodies.json(node -> {
            node.put("chat_id", way.setting("chatId"))
                    .put("text", bodies.html(bodies.within(calm(letter), MOST), "\n"))
                    .put("parse_mode", "HTML");
            node.putObject("link_preview_options").put("is_disabled", true);
            if (!letter.actions().isEmpty()) {
                ArrayNode rows = node.putObject("reply_markup").putArray("inline_keyboard");
                letter.actions()
                        .forEach(action -> rows.addArray()
                                .addObject()
                                .put("text", action.label())
                                .put("callback_data", action.data()));
            }
        });
        URI url = URI.create(bot.get().server().replaceAll("/+$", "") + "/bot"
                + bot.get().token().reveal() + "/sendMessage");
        HttpResult result = http.send(HttpRequest.post(url, HttpBody.json(body)).within(Bodies.DEADLINE));
        if (result instanceof HttpResult.Answer answer && answer.status() == 429) {
            JsonNode wait = bodies.read(answer).path("parameters").path("retry_after");
            return answers.limited(
                    answer, wait.isNumber() ? Optional.of(Duration.ofSeconds(wait.asLong())) : Optional.empty());
        }
        if (result instanceof HttpResult.Answer answer && answer.status() == 400) {
            // core.telegram.org/bots/api#responseparameters: the group has become a supergroup with that number.
            JsonNode chat = bodies.read(answer).path("parameters").path("migrate_to_chat_id");
            if (chat.isIntegralNumber() && !chat.asText().equals(way.setting("chatId"))) {
                Map<String, String> settings = new HashMap<>(way.settings());
                settings.put("chatId", chat.asText());
                return new Sent.Moved(settings);
            }
        }
        return answers.read(result);
    }
}
