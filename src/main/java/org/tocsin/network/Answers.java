package org.tocsin.network;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.http.HttpFailure;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.HttpResult.NoAnswer;
import org.tocsin.http.HttpResult.NotSent;
import org.tocsin.http.RetryAfter;

/**
 * What an answer over HTTP comes to, as far as all networks agree; each adapter puts its own codes before this table. What had no
 * public effect, whatever the answer, goes through {@link #harmless}; what may have had one, through {@link #create}.
 */
public final class Answers {
    /** The area of what failures are for people. */
    private static final String HTTP = "http.";

    private static final Channel NOBODY = new Channel("none", BranchId.MAIN, "", "", Map.of(), Map.of(), Instant.EPOCH);

    private final RetryAfter retryAfter;
    private final Function<Answer, String> words;

    /**
     * @param retryAfter reads how long to wait
     * @param words      what the network says for people in an answer that is no success; may hold anything, it is cleaned here
     */
    public Answers(RetryAfter retryAfter, Function<Answer, String> words) {
        this.retryAfter = retryAfter;
        this.words = words;
    }

    /**
     * A request that publishes and was not answered with success. Only a parsed refusal has no effect: whatever else happened after
     * the first byte is unknown.
     */
    public PublishResult create(Channel channel, HttpResult result) {
        return switch (result) {
            case Answer answer when answer.ok() -> unreadable(channel, answer);
            case Answer answer
            when mayHaveHadEffect(answer.status()) ->
                new PublishResult.Unknown(
                        reason(channel, answer, "network.failing"),
                        retryAfter.asked(answer).orElse(null));
            case NoAnswer(HttpFailure failure) -> new PublishResult.Unknown(reason(failure, "network.no-answer"));
            default -> harmless(channel, result);
        };
    }

    /** A request that publishes, and a success in which no post is named. */
    public PublishResult.Unknown unreadable(Channel channel, Answer answer) {
        return new PublishResult.Unknown(reason(channel, answer, "network.unreadable"));
    }

    /** A request without public effect that was not answered as it should be. */
    public PublishResult.NoEffect harmless(Channel channel, HttpResult result) {
        return switch (result) {
            case NotSent(HttpFailure failure) ->
                switch (failure.kind()) {
                    case ADDRESS_REFUSED, URL_REFUSED ->
                        new PublishResult.Refused(reason(failure, "network.address.refused"));
                    default -> new PublishResult.Unreachable(reason(failure, "network.unreachable"));
                };
            case NoAnswer(HttpFailure failure) -> new PublishResult.Unreachable(reason(failure, "network.unreachable"));
            case Answer answer -> harmless(channel, answer);
        };
    }

    /** As {@link #harmless(Channel, HttpResult)}, where no channel is asked for. */
    public PublishResult.NoEffect harmless(HttpResult result) {
        return harmless(NOBODY, result);
    }

    private PublishResult.NoEffect harmless(Channel channel, Answer answer) {
        int status = answer.status();
        return switch (status) {
            case 401, 403 -> new PublishResult.Unauthorized(reason(channel, answer, "network.unauthorized"));
            case 408, 425 ->
                new PublishResult.Unreachable(
                        reason(channel, answer, "network.failing"),
                        retryAfter.asked(answer).orElse(null));
            case 413 -> new PublishResult.Refused(reason(channel, answer, "network.too-large"));
            case 429 ->
                new PublishResult.Throttled(
                        retryAfter.until(answer).orElse(null),
                        PublishResult.Scope.CHANNEL,
                        reason(channel, answer, "network.throttled"));
            default -> {
                if (status >= 500 || answer.ok()) {
                    String code = answer.ok() ? "network.unreadable" : "network.failing";
                    yield new PublishResult.Unreachable(
                            reason(channel, answer, code),
                            retryAfter.asked(answer).orElse(null));
                }
                String code = status / 100 == 3 ? "network.redirected" : "network.refused";
                yield new PublishResult.Refused(reason(channel, answer, code));
            }
        };
    }

    /** Why a request of a person who connects a channel came to nothing: there is no channel yet. */
    public Message outcomeMessage(HttpResult result) {
        return harmless(NOBODY, result).reason().message();
    }

    /** A look-up whose answer tells nothing. */
    public FindResult.Inconclusive inconclusive(Channel channel, HttpResult result) {
        return FindResult.Inconclusive.of(harmless(channel, result));
    }

    /** A deletion that was not answered with success; "not found" is the adapter's to know. */
    public DeleteResult delete(Channel channel, HttpResult result) {
        PublishResult.NoEffect outcome = harmless(channel, result);
        // A right that is missing for this one post says nothing about the channel.
        return result instanceof Answer answer && answer.status() == 403
                ? new DeleteResult.Refused(outcome.reason())
                : deletion(result, outcome);
    }

    /**
     * A deletion that the adapter has read as having had no effect: of one whose answer is missing, or says nothing of it, nobody knows.
     *
     * @param result  the answer
     * @param outcome what the adapter made of it
     */
    public static DeleteResult deletion(HttpResult result, PublishResult.NoEffect outcome) {
        boolean unclear = result instanceof NoAnswer
                || (result instanceof Answer answer && (answer.ok() || mayHaveHadEffect(answer.status())));
        return unclear && outcome instanceof PublishResult.Unreachable(Reason reason, Instant until)
                ? new DeleteResult.Unclear(reason, until)
                : DeleteResult.of(outcome);
    }

    /** An edit that was not answered with success; "not found" is the adapter's to know. */
    public EditResult edit(Channel channel, HttpResult result) {
        PublishResult.NoEffect outcome = harmless(channel, result);
        return result instanceof Answer answer && answer.status() == 403
                ? new EditResult.Refused(outcome.reason())
                : EditResult.of(outcome);
    }

    /** The health of a channel whose check was not answered with success. */
    public ChannelHealth health(Channel channel, HttpResult result, Instant now) {
        return health(harmless(channel, result), now);
    }

    /** The health of a channel whose check came to that. */
    public static ChannelHealth health(PublishResult.NoEffect outcome, Instant now) {
        ChannelHealth.Status status = outcome instanceof PublishResult.Unauthorized
                ? ChannelHealth.Status.UNAUTHORIZED
                : ChannelHealth.Status.UNREACHABLE;
        return new ChannelHealth(status, outcome.reason(), null, now);
    }

    /** A reason with what the network said. */
    public Reason reason(Channel channel, Answer answer, String code) {
        return new Reason(
                Message.of(code, "status", answer.status()), answer.status(), said(channel, words.apply(answer)));
    }

    /** Text of a network without the channel's secrets, which a careless server repeats. */
    public static String said(Channel channel, String text) {
        String clean = text;
        for (Secret secret : channel.secrets().values()) {
            if (!secret.reveal().isBlank()) {
                clean = clean.replace(secret.reveal(), "***");
            }
        }
        return clean;
    }

    private static Reason reason(HttpFailure failure, String code) {
        Map<String, String> args = new HashMap<>(failure.told().args());
        args.put("cause", failure.told().code().substring(HTTP.length()));
        args.put("detail", failure.detail());
        return new Reason(new Message(code, args), null, "");
    }

    /** A time-out, a request that came too early, a fault of the server or of what stands before it. */
    private static boolean mayHaveHadEffect(int status) {
        return status == 408 || status == 425 || status >= 500 || status < 200;
    }
}
