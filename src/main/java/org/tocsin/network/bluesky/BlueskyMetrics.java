package org.tocsin.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.HashMap;
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
import org.tocsin.network.PublishResult.NoEffect;
import org.tocsin.network.SessionStore;

/**
 * Likes, reposts, replies and quotes of posts (docs.bsky.app, app.bsky.feed.getPosts). Bluesky counts no views.
 *
 * <p>A post that is not in the answer may be deleted, or not known yet to those who count. Only the account's own server tells which: it is
 * gone when that has no such record.
 */
public final class BlueskyMetrics implements MetricsSource {
    /** {@code maxLength} of {@code uris} in the lexicon. */
    private static final int MOST = 25;
    /** How many missing posts are looked for at the account's server after one question. */
    private static final int LOOKED_FOR = 3;

    private final BlueskyAnswers answers;
    private final BlueskySessions sessions;

    /**
     * @param http  the one way out
     * @param store keeps sessions, shared with whoever publishes
     * @param clock for what servers say about waiting
     */
    public BlueskyMetrics(HttpClient http, SessionStore store, Clock clock) {
        this.answers = new BlueskyAnswers(clock);
        this.sessions = new BlueskySessions(http, store, answers);
    }

    @Override
    public String network() {
        return "bluesky";
    }

    @Override
    public int batch() {
        return MOST;
    }

    @Override
    public MetricsResult read(Channel channel, List<String> remoteIds) {
        List<PostRef> posts =
                remoteIds.stream().flatMap(id -> PostRef.read(id).stream()).toList();
        if (posts.isEmpty()) {
            return new MetricsResult.Read(Map.of());
        }
        return switch (sessions.send(channel, session -> BlueskyApi.getPosts(session, posts))) {
            case BlueskySessions.NotSent(NoEffect outcome) -> new MetricsResult.NotRead(outcome);
            case BlueskySessions.Sent(HttpResult result, BlueskySession session) ->
                result instanceof Answer answer
                                && answer.ok()
                                && Json.read(answer).path("posts").isArray()
                        ? told(channel, posts, Json.read(answer).path("posts"), session)
                        : new MetricsResult.NotRead(answers.harmless(channel, result));
        };
    }

    private MetricsResult told(Channel channel, List<PostRef> posts, JsonNode found, BlueskySession session) {
        Map<String, JsonNode> byUri = new HashMap<>();
        found.forEach(post -> Json.text(post, "uri").ifPresent(uri -> byUri.put(uri, post)));
        Map<String, MetricsResult.Told> told = new HashMap<>();
        int looked = 0;
        for (PostRef post : posts) {
            JsonNode one = byUri.get(post.uri());
            if (one != null) {
                counts(one).ifPresent(counts -> told.put(post.uri(), new MetricsResult.Counted(counts)));
            } else if (post.did().equals(session.did()) && looked++ < LOOKED_FOR && isGone(channel, post)) {
                told.put(post.uri(), new MetricsResult.Gone());
            }
        }
        return new MetricsResult.Read(told);
    }

    private static Optional<Counts> counts(JsonNode post) {
        Counts counts = new Counts(
                Counts.number(post.path("likeCount")),
                Counts.number(post.path("repostCount")),
                Counts.number(post.path("replyCount")),
                Counts.number(post.path("quoteCount")),
                null);
        return Optional.of(counts).filter(one -> !one.none());
    }

    private boolean isGone(Channel channel, PostRef post) {
        return sessions.send(channel, session -> BlueskyApi.getRecord(session, post))
                        instanceof BlueskySessions.Sent(HttpResult result, BlueskySession _)
                && BlueskyAnswers.isNotFound(result);
    }
}
