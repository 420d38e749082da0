package org.tocsin.network.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.Message;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Answers;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.EditResult;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;

/** What the Bot API's answers come to: {@code {"ok":…,"result":…}} or {@code {"ok":false,"error_code","description","parameters"}}. */
final class TelegramAnswers {
    private static final List<String> SHUT = List.of(
            "administrator rights",
            "not enough rights",
            "have no rights to send",
            "chat_write_forbidden",
            "chat_admin_required");

    private final RetryAfter retryAfter;
    private final TelegramReceipts receipts;
    private final Answers shared;

    TelegramAnswers(RetryAfter retryAfter, Clock clock) {
        this.retryAfter = retryAfter;
        this.receipts = new TelegramReceipts(clock);
        this.shared = new Answers(retryAfter, TelegramAnswers::description);
    }

    /** What a request to publish came to. */
    PublishResult publish(Channel channel, HttpResult result) {
        if (!(result instanceof Answer answer)) {
            return shared.create(channel, result);
        }
        if (!answer.ok()) {
            return own(channel, answer).map(PublishResult.class::cast).orElseGet(() -> shared.create(channel, answer));
        }
        JsonNode body = Json.read(answer);
        Optional<Receipt> receipt = body.path("ok").asBoolean() ? receipts.read(body.path("result")) : Optional.empty();
        if (receipt.isEmpty()) {
            return shared.unreadable(channel, answer);
        }
        if (!TelegramReceipts.isIn(TelegramAccess.of(channel).chatId(), body.path("result"))) {
            // Something is public, but not where it should be: nothing may be sent again before a person has looked.
            return new PublishResult.Unknown(shared.reason(channel, answer, "telegram.chat.mismatch"));
        }
        return new PublishResult.Published(receipt.get());
    }

    /** A call that publishes nothing and was not answered with what was asked for. */
    PublishResult.NoEffect harmless(Channel channel, HttpResult result) {
        Optional<PublishResult.NoEffect> own =
                result instanceof Answer answer ? own(channel, answer) : Optional.empty();
        return own.orElseGet(() -> shared.harmless(channel, result));
    }

    ChannelHealth health(Channel channel, HttpResult result, Instant now) {
        return Answers.health(harmless(channel, result), now);
    }

    /**
     * What the deletion of one message came to. The protocol has one code (400) for "is gone" and for "too old, or no right": only the
     * description tells them apart, as in Telegram's own client.
     */
    DeleteResult delete(Channel channel, HttpResult result) {
        if (result instanceof Answer answer) {
            JsonNode body = Json.read(answer);
            if (answer.ok() && body.path("ok").asBoolean()) {
                return new DeleteResult.Gone();
            }
            if (answer.status() == 400) {
                return description(answer).contains("message to delete not found")
                        ? new DeleteResult.Gone()
                        : new DeleteResult.Refused(shared.reason(channel, answer, "telegram.delete.refused"));
            }
        }
        return Answers.deletion(result, harmless(channel, result));
    }

    /** What an edit came to: here, too, one code stands for several things. */
    EditResult edit(Channel channel, HttpResult result, Receipt receipt) {
        if (result instanceof Answer answer) {
            if (answer.ok() && Json.read(answer).path("ok").asBoolean()) {
                return new EditResult.Edited(receipt);
            }
            if (answer.status() == 400 && own(channel, answer).isEmpty()) {
                String said = description(answer);
                if (said.contains("message is not modified")) {
                    return new EditResult.Edited(receipt);
                }
                return said.contains("message to edit not found")
                        ? new EditResult.Gone()
                        : new EditResult.Refused(shared.reason(channel, answer, "telegram.edit.refused"));
            }
        }
        return EditResult.of(harmless(channel, result));
    }

    /** @return the result of a call that succeeded */
    static Optional<JsonNode> result(HttpResult result) {
        if (!(result instanceof Answer answer) || !answer.ok()) {
            return Optional.empty();
        }
        JsonNode body = Json.read(answer);
        return body.path("ok").asBoolean() && body.has("result") ? Optional.of(body.path("result")) : Optional.empty();
    }

    private Optional<PublishResult.NoEffect> own(Channel channel, Answer answer) {
        JsonNode parameters = Json.read(answer).path("parameters");
        return switch (answer.status()) {
            case 401 -> Optional.of(unauthorized(channel, answer, "telegram.token.refused"));
            case 403 -> Optional.of(unauthorized(channel, answer, "telegram.bot.excluded"));
            case 429 ->
                Optional.of(new PublishResult.Throttled(
                        until(answer, parameters.path("retry_after")).orElse(null),
                        PublishResult.Scope.CHANNEL,
                        shared.reason(channel, answer, "network.throttled")));
            case 400 ->
                parameters.path("migrate_to_chat_id").isIntegralNumber()
                        ? Optional.of(migrated(
                                channel,
                                answer,
                                parameters.path("migrate_to_chat_id").asText()))
                        : shut(channel, answer);
            default -> Optional.empty();
        };
    }

    /**
     * One code (400) stands for a fault of the message, which is refused, and for a chat that lets this bot post nothing, which is for a
     * person to mend: only the description tells them apart. Telegram publishes no list of
     * them: what is missing here is refused as a fault of the message, until the next check of the channel tells.
     */
    private Optional<PublishResult.NoEffect> shut(Channel channel, Answer answer) {
        String said = description(answer).toLowerCase(Locale.ROOT);
        if (SHUT.stream().anyMatch(said::contains)) {
            return Optional.of(unauthorized(channel, answer, "telegram.chat.shut"));
        }
        return said.contains("chat not found")
                ? Optional.of(unauthorized(channel, answer, "telegram.chat.gone"))
                : Optional.empty();
    }

    private Optional<Instant> until(Answer answer, JsonNode seconds) {
        if (!seconds.isIntegralNumber()) {
            return retryAfter.until(answer);
        }
        return retryAfter.until(
                new Answer(answer.status(), Map.of("retry-after", List.of(seconds.asText())), answer.bytes()));
    }

    private PublishResult.NoEffect unauthorized(Channel channel, Answer answer, String code) {
        return new PublishResult.Unauthorized(shared.reason(channel, answer, code));
    }

    private PublishResult.NoEffect migrated(Channel channel, Answer answer, String chat) {
        return new PublishResult.Unauthorized(new Reason(
                Message.of("telegram.chat.migrated", "chat", chat),
                answer.status(),
                Answers.said(channel, description(answer))));
    }

    private static String description(Answer answer) {
        JsonNode body = Json.read(answer);
        return body.path("description").isTextual() ? body.path("description").asText() : answer.text();
    }
}
