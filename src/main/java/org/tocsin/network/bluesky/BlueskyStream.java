package org.tocsin.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.tocsin.http.HttpResult;
import org.tocsin.http.WebSocket;
import org.tocsin.http.WebSocketClient;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.MentionStream;
import org.tocsin.mention.ReadResult;
import org.tocsin.mention.Source;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/**
 * Hears all of Bluesky by a Jetstream server (github.com/bluesky-social/jetstream, version 1 of {@code /subscribe}), about 50 posts a second.
 * Each post is matched before anything is kept: what no watch asks for is forgotten at once. How far the stream was heard is committed
 * with the hits, and every few seconds where there are none.
 */
public final class BlueskyStream implements MentionStream {
    private static final String NETWORK = "bluesky";
    /** A record has at most 3,000 bytes of text; with facets and embeds few reach 10 kB. */
    private static final int LONGEST = 256 * 1024;
    /** There is never so long a silence on the whole network. */
    private static final Duration IDLE = Duration.ofSeconds(60);
    /** As the server's documentation advises for those who begin again: what comes twice is known. */
    private static final Duration REWIND = Duration.ofSeconds(5);

    private static final Duration COMMIT = Duration.ofSeconds(5);
    /** So many are kept at once: when what was missed is caught up with, they come far faster than they were made. */
    private static final int MOST_DELETED = 500;

    private static final Set<String> FOR_GOOD = Set.of("deleted", "takendown");

    private final URI server;
    private final WebSocketClient sockets;
    private final BiPredicate<Source, HeardItem> wanted;
    private final BlueskyAnswers answers;
    private final Clock clock;

    /**
     * @param server  address of a Jetstream server with its path
     * @param sockets the one way out, for streams
     * @param wanted  whether anybody watches for an item
     */
    public BlueskyStream(URI server, WebSocketClient sockets, BiPredicate<Source, HeardItem> wanted, Clock clock) {
        this.server = server;
        this.sockets = sockets;
        this.wanted = wanted;
        this.answers = new BlueskyAnswers(clock);
        this.clock = clock;
    }

    @Override
    public String type() {
        return NETWORK + ".stream";
    }

    @Override
    public Form form() {
        return new Form(false, false, false, false);
    }

    @Override
    public ReadResult listen(Source source, @Nullable Channel channel, Sink sink) {
        // Without a cursor it begins now: of the whole network nothing before is history.
        long from = source.cursor() == null ? 0 : Long.parseLong(source.cursor()) - REWIND.toNanos() / 1_000;
        URI url = URI.create(server + "?wantedCollections=" + PostRef.COLLECTION + "&maxMessageSizeBytes=" + LONGEST
                + (from > 0 ? "&cursor=" + from : ""));
        return switch (sockets.open(url, Map.of(), LONGEST, IDLE)) {
            case WebSocketClient.Failed(HttpResult result) ->
                new ReadResult.NotRead(answers.common().harmless(result));
            case WebSocketClient.Open(WebSocket socket) -> {
                try (socket) {
                    yield follow(source, socket, sink);
                }
            }
        };
    }

    private ReadResult follow(Source source, WebSocket socket, Sink sink) {
        List<HeardItem> hits = new ArrayList<>();
        // By their ids, each as it is now.
        Map<String, HeardItem> edited = new LinkedHashMap<>();
        List<String> deleted = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        long cursor = source.cursor() == null ? micros(clock.instant()) : Long.parseLong(source.cursor());
        long begun = cursor;
        Instant missed = null;
        Instant kept = Instant.MIN;
        while (true) {
            switch (socket.next()) {
                case WebSocket.Over(var why) -> {
                    return new ReadResult.NotRead(new PublishResult.Unreachable(new Reason(why.told(), null, "")));
                }
                case WebSocket.Alive _ -> {
                    // The whole network is never silent: what counts is the next message.
                }
                case WebSocket.Text(String text) -> {
                    JsonNode event = Json.read(text);
                    Instant now = clock.instant();
                    long time = event.path("time_us").asLong(0);
                    // A server that dates ahead must not have us pass over what follows.
                    if (time > cursor && time <= micros(now.plusSeconds(60))) {
                        cursor = time;
                    }
                    Optional<HeardItem> item = item(event, now);
                    if (item.isPresent() && wanted.test(source, item.get())) {
                        edited.remove(item.get().nativeId());
                        hits.add(item.get());
                    } else if (item.isPresent() && isUpdate(event)) {
                        // What is known has other words now, which nobody watches for.
                        edited.put(item.get().nativeId(), item.get());
                    } else if (item.isEmpty()) {
                        deletion(event).ifPresent(deleted::add);
                        closed(event).ifPresent(gone::add);
                    }
                    boolean due = kept.equals(Instant.MIN)
                            || !hits.isEmpty()
                            || edited.size() + deleted.size() + gone.size() >= MOST_DELETED
                            || now.isAfter(kept.plus(COMMIT));
                    if (due) {
                        missed = kept.equals(Instant.MIN) ? gap(source, begun, time) : null;
                        if (!sink.keep(ReadResult.Read.on(hits, deleted, String.valueOf(cursor))
                                .edited(List.copyOf(edited.values()))
                                .without(gone)
                                .missing(missed))) {
                            return new ReadResult.Unchanged(null, null);
                        }
                        hits.clear();
                        edited.clear();
                        deleted.clear();
                        gone.clear();
                        kept = now;
                    }
                }
            }
        }
    }

    /** A server keeps a day or so: where it begins later than was asked for, what lies between is lost. */
    private static @Nullable Instant gap(Source source, long begun, long first) {
        boolean later =
                source.cursor() != null && first > begun + Duration.ofMinutes(1).toNanos() / 1_000;
        return later ? Instant.EPOCH.plusNanos(first * 1_000) : null;
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    private static Optional<HeardItem> item(JsonNode event, Instant now) {
        JsonNode commit = event.path("commit");
        String operation = commit.path("operation").asText("");
        return operation.equals("create") || operation.equals("update")
                ? post(event).flatMap(post -> BlueskyItems.of(post, commit.path("record"), now))
                : Optional.empty();
    }

    private static boolean isUpdate(JsonNode event) {
        return event.path("commit").path("operation").asText("").equals("update");
    }

    private static Optional<String> deletion(JsonNode event) {
        return event.path("commit").path("operation").asText("").equals("delete")
                ? post(event).map(PostRef::uri)
                : Optional.empty();
    }

    /**
     * Accounts are told of whatever is asked for (events of the kind {@code account}; status as in lexicon com.atproto.sync.subscribeRepos). One
     * that is only deactivated or suspended may come back, and its posts with it.
     *
     * @return the address of the profile of an account that is deleted or taken down
     */
    private static Optional<String> closed(JsonNode event) {
        JsonNode account = event.path("account");
        return event.path("kind").asText("").equals("account")
                        && account.path("active").isBoolean()
                        && !account.path("active").asBoolean()
                        && FOR_GOOD.contains(account.path("status").asText(""))
                        && PostRef.isDid(event.path("did").asText(""))
                ? Optional.of("https://bsky.app/profile/" + event.path("did").asText())
                : Optional.empty();
    }

    private static Optional<PostRef> post(JsonNode event) {
        JsonNode commit = event.path("commit");
        return PostRef.read("at://" + event.path("did").asText("") + "/"
                + commit.path("collection").asText("") + "/"
                + commit.path("rkey").asText(""));
    }
}
