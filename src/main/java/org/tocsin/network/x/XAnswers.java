package org.tocsin.network.x;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Answers;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.FindResult;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/** What X's answers come to: {@code {"data":…}}, or a problem {@code {"title","detail","type","status"}} (RFC 9457). */
final class XAnswers {
    private final Answers shared;

    XAnswers(RetryAfter retryAfter) {
        this.shared = new Answers(retryAfter, XAnswers::words);
    }

    /**
     * What a request to publish came to.
     *
     * @param reply whether it answers another post
     */
    PublishResult publish(Channel channel, HttpResult result, boolean reply) {
        if (!(result instanceof Answer answer)) {
            return shared.create(channel, result);
        }
        if (answer.ok()) {
            JsonNode id = Json.read(answer).path("data").path("id");
            return id.isTextual() && XPosts.isId(id.asText())
                    ? new PublishResult.Published(XPosts.receipt(channel, id.asText()))
                    : shared.unreadable(channel, answer);
        }
        if (answer.status() == 403 && isDuplicate(answer)) {
            // Some equal post is there: it may be ours, of which the answer was lost.
            return new PublishResult.Unknown(shared.reason(channel, answer, "x.duplicate"));
        }
        if (answer.status() == 403 && reply) {
            return new PublishResult.Refused(shared.reason(channel, answer, "x.reply.forbidden"));
        }
        return credits(channel, answer).orElseGet(() -> shared.create(channel, answer));
    }

    /** A call that publishes nothing and was not answered with what was asked for. */
    PublishResult.NoEffect harmless(Channel channel, HttpResult result) {
        Optional<PublishResult> credits = result instanceof Answer answer ? credits(channel, answer) : Optional.empty();
        return credits.map(PublishResult.NoEffect.class::cast).orElseGet(() -> shared.harmless(channel, result));
    }

    FindResult.Inconclusive inconclusive(Channel channel, HttpResult result) {
        return FindResult.Inconclusive.of(harmless(channel, result));
    }

    ChannelHealth health(Channel channel, HttpResult result, Instant now) {
        return Answers.health(harmless(channel, result), now);
    }

    DeleteResult delete(Channel channel, HttpResult result) {
        if (result instanceof Answer answer) {
            JsonNode deleted = Json.read(answer).path("data").path("deleted");
            if ((answer.ok() && deleted.asBoolean()) || answer.status() == 404) {
                return new DeleteResult.Gone();
            }
            if (answer.ok() && deleted.isBoolean()) {
                return new DeleteResult.Refused(shared.reason(channel, answer, "x.delete.refused"));
            }
            if (credits(channel, answer).isPresent()) {
                return DeleteResult.of(harmless(channel, answer));
            }
        }
        return shared.delete(channel, result);
    }

    Reason reason(Channel channel, Answer answer, String code) {
        return shared.reason(channel, answer, code);
    }

    /** Money that is spent comes as 402, or as 403 or 429 with a type of its own; waiting does not help. */
    private Optional<PublishResult> credits(Channel channel, Answer answer) {
        String type = Json.read(answer).path("type").asText("");
        boolean spent = answer.status() == 402 || type.endsWith("/usage-capped") || type.endsWith("/credits");
        return spent && answer.status() < 500
                ? Optional.of(new PublishResult.Unauthorized(shared.reason(channel, answer, "x.credits")))
                : Optional.empty();
    }

    /** The protocol has no code of its own for it (type {@code about:blank}, title {@code Forbidden}): only the words tell. */
    private static boolean isDuplicate(Answer answer) {
        return Json.read(answer).path("detail").asText("").contains("duplicate content");
    }

    private static String words(Answer answer) {
        JsonNode body = Json.read(answer);
        String detail = body.path("detail").asText("");
        return detail.isEmpty() ? answer.text() : detail;
    }
}
