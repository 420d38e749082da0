package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Channel;
import org.tocsin.network.FindResult;
import org.tocsin.network.Intent;
import org.tocsin.network.Json;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;

/** Looks for a status among the account's own, newest first. */
final class StatusSearch {
    /** The most that the server gives at once. */
    private static final int PAGE = 40;

    private static final int MAX_PAGES = 10;
    /** Dates in headers are whole seconds, and the server notes the time a little after the request began. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final MastodonApi api;
    private final MastodonAnswers answers;
    private final Clock clock;

    StatusSearch(MastodonApi api, MastodonAnswers answers, Clock clock) {
        this.api = api;
        this.answers = answers;
        this.clock = clock;
    }

    /** @param account the account's id on its server */
    FindResult find(Channel channel, String account, Intent intent) {
        Instant asked = clock.instant();
        String path = "/api/v1/accounts/" + account + "/statuses?limit=" + PAGE + "&exclude_reblogs=true";
        String from = path;
        for (int page = 0; page < MAX_PAGES; page++) {
            HttpResult result = api.get(channel, from);
            if (!(result instanceof Answer answer)
                    || !answer.ok()
                    || !Json.read(answer).isArray()) {
                return answers.common().inconclusive(channel, result);
            }
            Instant earliest = intent.firstAt().plus(skew(answer)).minus(TOLERANCE);
            JsonNode statuses = Json.read(answer);
            String last = "";
            for (JsonNode status : statuses) {
                Optional<Receipt> receipt = answers.receipt(status);
                Optional<Instant> created = Json.instant(status, "created_at");
                if (receipt.isEmpty() || created.isEmpty()) {
                    return answers.common().inconclusive(channel, result);
                }
                if (created.get().isBefore(earliest)) {
                    return new FindResult.AbsentAsOf(asked);
                }
                last = receipt.get().remoteId();
                if (matches(status, intent) && !intent.taken().test(last)) {
                    return new FindResult.Found(receipt.get());
                }
            }
            if (statuses.isEmpty()) {
                return new FindResult.AbsentAsOf(asked);
            }
            // A short page need not be the last one: servers leave out what they filter after having counted.
            from = path + "&max_id=" + MastodonApi.encoded(last);
        }
        return new FindResult.Inconclusive(
                Reason.of("mastodon.search.too-far", "count", String.valueOf(PAGE * MAX_PAGES)));
    }

    private static boolean matches(JsonNode status, Intent intent) {
        Optional<String> parent = Json.text(status, "in_reply_to_id");
        return parent.equals(Optional.ofNullable(intent.parentRemoteId()))
                && MastodonText.same(status.path("content").asText(), intent.text())
                && Json.text(status, "spoiler_text").equals(Json.text(Json.read(intent.body()), "spoiler_text"));
    }

    /** How far the server's clock is ahead of ours: the times it lists are its own. */
    private Duration skew(Answer answer) {
        try {
            return answer.header("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .map(date -> Duration.between(clock.instant(), date))
                    .orElse(Duration.ZERO);
        } catch (DateTimeParseException _) {
            return Duration.ZERO;
        }
    }
}
