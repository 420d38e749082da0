package org.tocsin.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.MentionSource;
import org.tocsin.mention.ReadResult;
import org.tocsin.mention.Recheck;
import org.tocsin.mention.Source;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult.NoEffect;
import org.tocsin.network.SessionStore;

/**
 * Hears what is said on Bluesky: who mentions, answers or quotes the account, or words and tags that its search finds (docs.bsky.app,
 * app.bsky.notification.listNotifications and app.bsky.feed.searchPosts).
 *
 * <p>Both give the newest first, and not strictly in the order in which they learn of posts; so pages go back until a little before what
 * was read last, and what is known is there once all the same.
 */
public final class BlueskyHearing implements MentionSource, Recheck {
    private static final String NETWORK = "bluesky";
    /** Of the 3,000 requests in five minutes that an address may make. */
    private static final Duration OFTEN = Duration.ofMinutes(1);
    /** As {@code maximum} of {@code limit} in both lexicons. */
    private static final int PAGE = 100;

    /** As {@code maxLength} of {@code uris} in lexicon app.bsky.feed.getPosts. */
    private static final int MOST_ASKED = 25;

    private static final int MAX_PAGES = 10;
    /** By so much what is learnt of later may be dated earlier. */
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    private static final String AT = "indexedAt";
    private static final List<String> REASONS = List.of("mention", "reply", "quote");

    /** What of the network is heard. */
    public enum Of {
        MENTIONS,
        SEARCH
    }

    private final Of of;
    private final BlueskyAnswers answers;
    private final BlueskySessions sessions;
    private final Clock clock;

    /**
     * @param http  the one way out
     * @param store keeps sessions, shared with whoever publishes
     * @param clock for what servers say about waiting, and for what they date ahead
     */
    public BlueskyHearing(Of of, HttpClient http, SessionStore store, Clock clock) {
        this.of = of;
        this.answers = new BlueskyAnswers(clock);
        this.sessions = new BlueskySessions(http, store, answers);
        this.clock = clock;
    }

    @Override
    public String type() {
        return NETWORK + "." + of.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Form form() {
        return new Form(false, true, of == Of.SEARCH, false);
    }

    @Override
    public @Nullable String host(@Nullable Channel channel) {
        return channel == null
                ? null
                : URI.create(BlueskySessions.server(channel)).getHost();
    }

    @Override
    public Duration pause(Duration usual) {
        return usual.compareTo(OFTEN) < 0 ? usual : OFTEN;
    }

    @Override
    public ReadResult read(Source source, @Nullable Channel channel) {
        if (channel == null) {
            throw new IllegalArgumentException("a source of " + type() + " has a channel");
        }
        Instant now = clock.instant();
        Instant seen = source.cursor() == null ? null : Instant.parse(source.cursor());
        // What is older was left out before, or there: it is no news.
        Instant since = seen == null ? Instant.MIN : seen.minus(OVERLAP);
        List<HeardItem> items = new ArrayList<>();
        Instant newest = seen == null ? now : seen;
        Instant oldest = now;
        String cursor = "";
        for (int page = 0; page < MAX_PAGES; page++) {
            String from = cursor;
            BlueskySessions.Reply reply = sessions.send(channel, session -> request(session, source, from));
            if (reply instanceof BlueskySessions.NotSent(NoEffect outcome)) {
                return new ReadResult.NotRead(outcome);
            }
            HttpResult result = ((BlueskySessions.Sent) reply).result();
            JsonNode body = result instanceof Answer answer && answer.ok() ? Json.read(answer) : Json.read("");
            JsonNode list = body.path(of == Of.MENTIONS ? "notifications" : "posts");
            if (!list.isArray()) {
                return new ReadResult.NotRead(answers.harmless(channel, result));
            }
            for (JsonNode one : list) {
                Instant at =
                        Json.instant(one, AT).filter(time -> !time.isAfter(now)).orElse(now);
                oldest = at.isBefore(oldest) ? at : oldest;
                newest = at.isAfter(newest) ? at : newest;
                if (!at.isBefore(since) && wanted(one)) {
                    BlueskyItems.of(one, now).ifPresent(items::add);
                }
            }
            cursor = Json.text(body, "cursor").orElse("");
            if (seen == null || list.isEmpty() || cursor.isEmpty() || oldest.isBefore(since)) {
                return ReadResult.Read.on(items.reversed(), List.of(), newest.toString());
            }
        }
        return ReadResult.Read.on(items.reversed(), List.of(), newest.toString())
                .missing(oldest);
    }

    @Override
    public int batch() {
        return MOST_ASKED;
    }

    /**
     * Who blocks the channel's account is left out by {@code getPosts} as well: so what is missing is looked for where it is kept, and only what is
     * not there either is gone.
     */
    @Override
    public Checked check(Source source, @Nullable Channel channel, List<String> nativeIds) {
        if (channel == null) {
            return new Gone(List.of());
        }
        List<PostRef> posts =
                nativeIds.stream().flatMap(id -> PostRef.read(id).stream()).toList();
        if (posts.isEmpty()) {
            return new Gone(List.of());
        }
        return switch (sessions.send(channel, session -> BlueskyApi.getPosts(session, posts))) {
            case BlueskySessions.NotSent(NoEffect outcome) -> new NotChecked(outcome);
            case BlueskySessions.Sent(HttpResult result, BlueskySession _) -> {
                JsonNode found = result instanceof Answer answer && answer.ok()
                        ? Json.read(answer).path("posts")
                        : Json.read("");
                if (!found.isArray()) {
                    yield new NotChecked(answers.harmless(channel, result));
                }
                Set<String> there = new HashSet<>();
                found.forEach(post -> Json.text(post, "uri").ifPresent(there::add));
                yield new Gone(posts.stream()
                        .filter(post -> !there.contains(post.uri()))
                        .filter(post -> isGone(channel, post))
                        .map(PostRef::uri)
                        .toList());
            }
        };
    }

    private boolean isGone(Channel channel, PostRef post) {
        return sessions.send(channel, session -> BlueskyApi.getRecord(session, post))
                        instanceof BlueskySessions.Sent(HttpResult result, BlueskySession _)
                && BlueskyAnswers.isNotFound(result);
    }

    /** Servers of before know no {@code reasons}, and give likes as well. */
    private boolean wanted(JsonNode view) {
        return of != Of.MENTIONS || REASONS.contains(view.path("reason").asText(""));
    }

    private HttpRequest request(BlueskySession session, Source source, String cursor) {
        if (of == Of.MENTIONS) {
            return BlueskyApi.listNotifications(session, REASONS, PAGE, cursor);
        }
        return BlueskyApi.searchPosts(session, Objects.requireNonNullElse(source.query(), ""), PAGE, cursor);
    }
}
