package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.audience.Counts;
import org.tocsin.audience.MetricsResult;
import org.tocsin.audience.MetricsSource;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult.Unauthorized;

/**
 * Favourites, boosts, replies and (since Mastodon 4.5) quotes of a status (docs.joinmastodon.org/entities/Status). Mastodon counts no views, and
 * has no question for many statuses that all its relatives know: they are asked for one by one.
 */
public final class MastodonMetrics implements MetricsSource {
    private final MastodonApi api;
    private final MastodonAnswers answers;

    /**
     * @param http  the one way out
     * @param clock for what servers say about waiting
     */
    public MastodonMetrics(HttpClient http, Clock clock) {
        this.api = new MastodonApi(http);
        this.answers = new MastodonAnswers(clock);
    }

    @Override
    public String network() {
        return "mastodon";
    }

    @Override
    public int batch() {
        return 1;
    }

    @Override
    public MetricsResult read(Channel channel, List<String> remoteIds) {
        Optional<Unauthorized> unusable = MastodonApi.unusable(channel);
        if (unusable.isPresent()) {
            return new MetricsResult.NotRead(unusable.get());
        }
        Optional<String> id = remoteIds.stream().filter(MastodonAnswers::isId).findFirst();
        return id.isEmpty() ? new MetricsResult.Read(Map.of()) : ask(channel, id.get());
    }

    private MetricsResult ask(Channel channel, String id) {
        HttpResult result = api.get(channel, "/api/v1/statuses/" + id);
        if (!(result instanceof Answer answer)) {
            return new MetricsResult.NotRead(answers.common().harmless(channel, result));
        }
        JsonNode status = Json.read(answer);
        if (answer.status() == 410
                || (answer.status() == 404 && Json.text(status, "error").isPresent())) {
            return new MetricsResult.Read(Map.of(id, new MetricsResult.Gone()));
        }
        if (!answer.ok() || MastodonAnswers.id(status).isEmpty()) {
            return new MetricsResult.NotRead(answers.common().harmless(channel, result));
        }
        Counts counts = new Counts(
                Counts.number(status.path("favourites_count")),
                Counts.number(status.path("reblogs_count")),
                Counts.number(status.path("replies_count")),
                Counts.number(status.path("quotes_count")),
                null);
        boolean about = MastodonAnswers.id(status).equals(Optional.of(id));
        return new MetricsResult.Read(
                about && !counts.none() ? Map.of(id, new MetricsResult.Counted(counts)) : Map.of());
    }
}
