package org.tocsin.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.bot.Forbidden;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.letter.Posted;
import org.tocsin.newsletter.StyledText;
import org.tocsin.newsletter.TelegramLetters;

/**
 * Letters by the public bot ({@code sendMessage}). Telegram knows no key by which a repeat is told from a second letter: what was not answered
 * is unknown.
 */
final class BotLetters implements TelegramLetters {
    private static final Logger log = LoggerFactory.getLogger(BotLetters.class);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final HttpClient http;
    private final String server;
    private final Function<BranchId, Optional<Secret>> bots;
    private final ObjectMapper json;

    /**
     * @param server origin of the Bot API
     * @param bots   the token of a branch's public bot
     */
    BotLetters(HttpClient http, String server, Function<BranchId, Optional<Secret>> bots) {
        this.http = http;
        this.server = server.replaceAll("/+$", "");
        this.bots = bots;
        this.json = new ObjectMapper();
    }

    @Override
    public boolean ready(BranchId branch) {
        return bots.apply(branch).isPresent();
    }

    @Override
    public Posted send(BranchId branch, long telegramId, StyledText text, String language, String id) {
        Optional<Secret> token = bots.apply(branch);
        if (token.isEmpty()) {
            return new Posted.Later(Message.of("newsletter.bot.missing"), null, true);
        }
        URI url = URI.create(server + "/bot" + token.get().reveal() + "/sendMessage");
        HttpResult result = http.send(
                HttpRequest.post(url, HttpBody.json(body(telegramId, text).toString()))
                        .within(DEADLINE));
        Posted posted = posted(result);
        if (!(posted instanceof Posted.Taken)) {
            log.atInfo()
                    .addKeyValue("letter", id)
                    .addKeyValue("outcome", posted.getClass().getSimpleName())
                    .log("a letter was not taken by Telegram");
        }
        return posted;
    }

    private ObjectNode body(long chat, StyledText text) {
        ObjectNode body = json.createObjectNode().put("chat_id", chat).put("text", text.text());
        body.putObject("link_preview_options").put("is_disabled", true);
        ArrayNode entities = body.putArray("entities");
        for (StyledText.Span span : text.spans()) {
            ObjectNode entity = entities.addObject()
                    .put("type", span.url() == null ? span.style().name().toLowerCase(Locale.ROOT) : "text_link")
                    .put("offset", span.offset())
                    .put("length", span.length());
            if (span.url() != null) {
                entity.put("url", span.url());
            }
        }
        return body;
    }

    private Posted posted(HttpResult result) {
        return switch (result) {
            case HttpResult.NotSent(var failure) -> new Posted.Later(failure.told(), null, true);
            case HttpResult.NoAnswer(var failure) -> new Posted.Unknown(failure.told());
            case HttpResult.Answer answer -> posted(answer);
        };
    }

    /** The Bot API repeats the status as {@code error_code}; see core.telegram.org/bots/api, "Making requests". */
    private Posted posted(HttpResult.Answer answer) {
        JsonNode body = read(answer);
        if (answer.ok()) {
            return body != null && body.path("ok").asBoolean()
                    ? new Posted.Taken()
                    : new Posted.Unknown(Message.of("newsletter.bot.unreadable"));
        }
        Message why = Message.of("newsletter.bot.status", "status", answer.status());
        if (body == null || !body.path("error_code").isInt()) {
            // A proxy speaks, not Telegram: what is behind it may have been reached.
            return answer.status() >= 500 ? new Posted.Unknown(why) : new Posted.Later(why, null, true);
        }
        return switch (answer.status()) {
            case 429 -> new Posted.Later(why, wait(body), true);
            case 403 -> forbidden(body.path("description").asText(""));
            case 401, 404 -> new Posted.Later(Message.of("newsletter.bot.token"), LONGEST_WAIT, true);
            case 400 -> new Posted.Refused(why, false);
            default -> answer.status() >= 500 ? new Posted.Unknown(why) : new Posted.Refused(why, false);
        };
    }

    private static Posted forbidden(String description) {
        return Forbidden.byPerson(description)
                ? new Posted.Refused(Message.of("newsletter.bot.blocked"), true)
                : new Posted.Refused(Message.of("newsletter.bot.stranger"), false);
    }

    private static @Nullable Duration wait(JsonNode body) {
        JsonNode seconds = body.path("parameters").path("retry_after");
        if (!seconds.isIntegralNumber()) {
            return null;
        }
        Duration wait = Duration.ofSeconds(Math.max(0, seconds.asLong()));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private @Nullable JsonNode read(HttpResult.Answer answer) {
        try {
            return json.readTree(answer.text());
        } catch (JsonProcessingException noJson) {
            return null;
        }
    }
}
