package org.tocsin.network.x;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Channel;
import org.tocsin.network.FindResult;
import org.tocsin.network.Intent;
import org.tocsin.network.Json;
import org.tocsin.network.Reason;

/** Looks for a post in the account's own timeline. */
final class XTimeline {
    /**
     * How far X's clock may be behind ours. A post that seems older than its intent by more is passed over; should it be ours after all,
     * a second sending meets X's own refusal of equal texts.
     */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private static final int PAGES = 5;
    private static final int PAGE = 100;

    /** So many posts are read at most in one look. */
    static final int MOST = PAGES * PAGE;

    private final XApi api;
    private final XAnswers answers;
    private final Clock clock;

    XTimeline(XApi api, XAnswers answers, Clock clock) {
        this.api = api;
        this.answers = answers;
        this.clock = clock;
    }

    /**
     * @param account the user's id
     * @param read    told how many posts each page has, because X charges for each; a page that may have been sent counts as full
     */
    FindResult find(Channel channel, String account, Intent intent, IntConsumer read) {
        Instant asked = clock.instant();
        Instant earliest = intent.firstAt().minus(TOLERANCE);
        Optional<String> parent = XRequests.parent(intent.body());
        Map<String, String> query = new LinkedHashMap<>();
        query.put("max_results", String.valueOf(PAGE));
        query.put("start_time", earliest.truncatedTo(ChronoUnit.SECONDS).toString());
        // The documents say tweet.fields, the OpenAPI description post.fields.
        query.put(
                channel.setting("fieldsParameter").orElse("tweet.fields"),
                "author_id,created_at,entities,referenced_tweets");
        for (int page = 0; page < PAGES; page++) {
            HttpResult result = api.get(XAccess.of(channel), "/2/users/" + account + "/tweets", query);
            read.accept(charged(result, PAGE));
            if (!(result instanceof Answer answer) || !answer.ok()) {
                return answers.inconclusive(channel, result);
            }
            JsonNode body = Json.read(answer);
            if (!isWhole(body)) {
                return new FindResult.Inconclusive(answers.reason(channel, answer, "x.timeline.partial"));
            }
            for (JsonNode post : body.path("data")) {
                if (isIt(post, account, intent, parent, earliest)) {
                    return new FindResult.Found(
                            XPosts.receipt(channel, post.path("id").asText()));
                }
            }
            Optional<String> next = next(body);
            if (next.isEmpty()) {
                return new FindResult.AbsentAsOf(asked);
            }
            query.put("pagination_token", next.get());
        }
        return new FindResult.Inconclusive(Reason.of("x.timeline.long"));
    }

    /** @return how many posts were charged for; a page that may have been sent counts as full */
    static int charged(HttpResult result, int page) {
        return switch (result) {
            case HttpResult.NotSent _ -> 0;
            case HttpResult.NoAnswer _ -> page;
            case Answer answer when !answer.ok() -> 0;
            case Answer answer -> {
                JsonNode body = Json.read(answer);
                boolean told = body.has("data") || body.path("meta").has("result_count");
                yield told ? Math.min(page, body.path("data").size()) : page;
            }
        };
    }

    /** An answer may be 200 and say in {@code errors} that parts of it are missing; an empty page has a count and no data. */
    private static boolean isWhole(JsonNode body) {
        JsonNode count = body.path("meta").path("result_count");
        return !body.has("errors")
                && count.isIntegralNumber()
                && count.asInt() == body.path("data").size();
    }

    private static Optional<String> next(JsonNode body) {
        String token = body.path("meta").path("next_token").asText("");
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    private static boolean isIt(
            JsonNode post, String account, Intent intent, Optional<String> parent, Instant earliest) {
        String id = post.path("id").asText("");
        return XPosts.isId(id)
                && !XPosts.time(id).isBefore(earliest)
                && post.path("author_id").asText(account).equals(account)
                && answered(post).equals(parent)
                && XText.same(text(post), intent.text(), parent.isPresent())
                && !intent.taken().test(id);
    }

    private static Optional<String> answered(JsonNode post) {
        JsonNode references =
                post.has("referenced_posts") ? post.path("referenced_posts") : post.path("referenced_tweets");
        for (JsonNode reference : references) {
            if (reference.path("type").asText().equals("replied_to")) {
                return Optional.of(reference.path("id").asText());
            }
        }
        return Optional.empty();
    }

    /** The text as its author wrote it: links of t.co stand for what they lead to, and one at the end for the images. */
    static String text(JsonNode post) {
        String text = XText.decoded(post.path("text").asText(""));
        for (JsonNode link : post.path("entities").path("urls")) {
            String shown = link.path("url").asText("");
            if (!shown.isEmpty()) {
                boolean image = link.has("media_key");
                text = text.replace(
                        shown,
                        image ? "" : XText.decoded(link.path("expanded_url").asText(shown)));
            }
        }
        return text;
    }
}
