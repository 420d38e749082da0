package org.tocsin.network.x;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.audience.Counts;
import org.tocsin.audience.MetricsResult;
import org.tocsin.audience.MetricsSource;
import org.tocsin.base.Fault;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/**
 * The public metrics of posts ({@code GET /2/tweets}, docs.x.com). Each post that is read is charged, once a day of UTC; so nothing is read
 * unless the channel's {@code readEngagement} is {@code true}.
 */
public final class XMetrics implements MetricsSource {
    /** By this setting a person has it read. */
    static final String WANTED_SETTING = "readEngagement";

    /** {@code maxItems} of {@code ids} in X's OpenAPI description. */
    private static final int MOST = 100;

    private static final String NOT_FOUND = "/resource-not-found";

    private final XApi api;
    private final XAnswers answers;

    /**
     * @param http       the one way out
     * @param retryAfter reads how long to wait
     */
    public XMetrics(HttpClient http, RetryAfter retryAfter) {
        this.api = new XApi(http);
        this.answers = new XAnswers(retryAfter);
    }

    @Override
    public String network() {
        return XNetwork.ID;
    }

    @Override
    public int batch() {
        return MOST;
    }

    @Override
    public boolean wanted(Channel channel) {
        return channel.setting(WANTED_SETTING).map(Boolean::parseBoolean).orElse(false);
    }

    @Override
    public Cost cost(Channel channel, int posts) {
        return XPrices.lookups(channel, posts);
    }

    @Override
    public MetricsResult read(Channel channel, List<String> remoteIds) {
        Optional<Fault> fault = XAccess.faults(channel).stream().findFirst();
        if (fault.isPresent()) {
            return new MetricsResult.NotRead(
                    new PublishResult.Unauthorized(new Reason(fault.get().message(), null, "")));
        }
        Set<String> ids = Set.copyOf(remoteIds.stream().filter(XPosts::isId).toList());
        return ids.isEmpty() ? new MetricsResult.Read(Map.of()) : ask(channel, ids);
    }

    private MetricsResult ask(Channel channel, Set<String> ids) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("ids", String.join(",", ids));
        query.put(channel.setting("fieldsParameter").orElse("tweet.fields"), "public_metrics");
        HttpResult result = api.get(XAccess.of(channel), "/2/tweets", query);
        JsonNode body = result instanceof Answer answer && answer.ok() ? Json.read(answer) : Json.read("");
        if (!body.path("data").isArray() && !body.path("errors").isArray()) {
            return new MetricsResult.NotRead(answers.harmless(channel, result));
        }
        Map<String, MetricsResult.Told> told = new HashMap<>();
        // An answer may be 200 and say in errors which of the posts are not there.
        for (JsonNode error : body.path("errors")) {
            String id = Json.text(error, "resource_id")
                    .or(() -> Json.text(error, "value"))
                    .orElse("");
            if (error.path("type").asText("").endsWith(NOT_FOUND) && ids.contains(id)) {
                told.put(id, new MetricsResult.Gone());
            }
        }
        for (JsonNode post : body.path("data")) {
            String id = post.path("id").asText("");
            Counts counts = counts(post.path("public_metrics"));
            if (ids.contains(id) && !counts.none()) {
                told.put(id, new MetricsResult.Counted(counts));
            }
        }
        return new MetricsResult.Read(told);
    }

    private static Counts counts(JsonNode metrics) {
        return new Counts(
                Counts.number(metrics.path("like_count")),
                either(metrics, "retweet_count", "repost_count"),
                Counts.number(metrics.path("reply_count")),
                Counts.number(metrics.path("quote_count")),
                Counts.number(metrics.path("impression_count")));
    }

    /** The documents have one name, the OpenAPI description another. */
    private static @Nullable Long either(JsonNode metrics, String one, String other) {
        return Counts.number(metrics.path(metrics.has(one) ? one : other));
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(15);
    }
}
