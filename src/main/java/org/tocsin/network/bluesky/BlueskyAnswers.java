package org.tocsin.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Answers;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.PublishResult.NoEffect;

/** What answers of an account's server come to: by the name of the error (atproto.com/specs/xrpc), then by the status. */
final class BlueskyAnswers {
    private static final Set<String> STALE = Set.of("ExpiredToken", "InvalidToken");
    private static final Set<String> CLOSED = Set.of(
            "ExpiredToken",
            "InvalidToken",
            "AuthMissing",
            "AuthenticationRequired",
            "AuthFactorTokenRequired",
            "AccountTakedown",
            "AccountSuspended",
            "AccountDeactivated",
            "RepoTakendown",
            "RepoSuspended",
            "RepoDeactivated");

    /** The tokens of a session, which a careless server might repeat. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final Answers common;

    BlueskyAnswers(Clock clock) {
        this.common = new Answers(new RetryAfter(clock), BlueskyAnswers::withoutTokens);
    }

    /** The table on which all networks agree. */
    Answers common() {
        return common;
    }

    /** A record that was to be put, and was not answered with success. */
    PublishResult put(Channel channel, HttpResult result) {
        return isClosed(result) ? harmless(channel, result) : common.create(channel, result);
    }

    /** A request without public effect. */
    NoEffect harmless(Channel channel, HttpResult result) {
        return result instanceof Answer answer && isClosed(result)
                ? new PublishResult.Unauthorized(common.reason(channel, answer, "network.unauthorized"))
                : common.harmless(channel, result);
    }

    /** @return whether the request was refused because the session is over: it had no effect, and a new session may help */
    static boolean isStale(HttpResult result) {
        return isError(result, STALE);
    }

    /** @return whether the record is said not to be there (status 400, not 404) */
    static boolean isNotFound(HttpResult result) {
        return isError(result, Set.of("RecordNotFound"));
    }

    /** @return whether there is a record of that key already */
    static boolean isTaken(HttpResult result) {
        return isError(result, Set.of("InvalidSwap"));
    }

    private static boolean isClosed(HttpResult result) {
        return isError(result, CLOSED);
    }

    private static boolean isError(HttpResult result, Set<String> names) {
        return result instanceof Answer answer
                && answer.status() / 100 == 4
                && Json.text(Json.read(answer), "error").filter(names::contains).isPresent();
    }

    private static String withoutTokens(Answer answer) {
        return TOKEN.matcher(words(answer)).replaceAll("***");
    }

    private static String words(Answer answer) {
        JsonNode body = Json.read(answer);
        Optional<String> error = Json.text(body, "error");
        if (error.isPresent()) {
            return error.get() + ": " + Json.text(body, "message").orElse("");
        }
        String text = answer.text();
        return Jsoup.parse(text.substring(0, Math.min(text.length(), 20_000))).text();
    }
}
