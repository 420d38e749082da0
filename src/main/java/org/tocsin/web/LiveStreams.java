package org.tocsin.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.LiveEvent;
import org.tocsin.base.LiveEvents;

/**
 * The open event streams (server-sent events, WHATWG HTML 9.2): each is told what is committed in its branch. A stream holds no thread
 * and at most 16 KiB: who does not read is cut off, and begins anew when he can. Nothing is repeated; who comes back is told to look at
 * everything again.
 */
public final class LiveStreams implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final LiveEvents events;
    private final ToLongFunction<BranchId> notices;
    private final Limits limits;
    private final ExecutorService workers;
    private final Set<LiveStream> streams;
    private final Map<String, Integer> byUser;
    private final LiveText text;
    private boolean closed;

    /**
     * How much is borne.
     *
     * @param beat after which each stream hears something, and whoever it belongs to is looked at again
     * @param each streams of one person or token
     * @param all  streams in all
     */
    public record Limits(Duration beat, int each, int all) {
        /** A beat well below the minute after which proxies cut what is silent; room for the members of a large organisation. */
        public static final Limits USUAL = new Limits(Duration.ofSeconds(15), 20, 2_500);
    }

    /**
     * Who wants to be told.
     *
     * @param user    a person or a token
     * @param branch  whose events
     * @param stands  whether he may still be told; may block
     * @param resumed whether he has heard something before
     * @param full    what he is told where there is no room
     */
    record Listener(String user, BranchId branch, BooleanSupplier stands, boolean resumed, String full) {}

    /**
     * @param notices counts those that stand in a branch; may block
     */
    public LiveStreams(WebEngine engine, LiveEvents events, ToLongFunction<BranchId> notices, Limits limits) {
        this.vertx = engine.vertx();
        this.events = events;
        this.notices = notices;
        this.limits = limits;
        this.workers = Executors.newVirtualThreadPerTaskExecutor();
        this.streams = ConcurrentHashMap.newKeySet();
        this.byUser = new HashMap<>();
        this.text = new LiveText(Long.toHexString(new SecureRandom().nextLong()));
    }

    /** Begins to tell. */
    public LiveStreams start() {
        workers.execute(this::run);
        return this;
    }

    /** @return a stream for who has been let in */
    public Response response(Request request, String user, BranchId branch, BooleanSupplier stands, String full) {
        Optional<String> last = request.header("last-event-id");
        Listener listener = new Listener(user, branch, stands, last.isPresent(), full);
        return Response.stream("text/event-stream", asked -> open(asked, listener))
                .with("Cache-Control", "no-store")
                // Else the answer is compressed, and waits in the compressor.
                .with("Content-Encoding", "identity")
                .with("X-Accel-Buffering", "no");
    }

    /** @return how many are open */
    int count() {
        return streams.size();
    }

    private void open(HttpServerRequest request, Listener listener) {
        LiveStream stream = new LiveStream(vertx, request, listener, workers, this::gone);
        if (!admit(stream)) {
            request.response()
                    .setStatusCode(503)
                    .putHeader("Content-Type", "text/plain; charset=utf-8")
                    .putHeader("Retry-After", String.valueOf(LONG.toSeconds()))
                    .end(listener.full());
            return;
        }
        stream.begin(limits.beat(), text.hello(listener.resumed()));
    }

    private synchronized boolean admit(LiveStream stream) {
        int mine = byUser.getOrDefault(stream.user(), 0);
        if (closed || mine >= limits.each() || streams.size() >= limits.all()) {
            return false;
        }
        byUser.put(stream.user(), mine + 1);
        return streams.add(stream);
    }

    private synchronized void gone(LiveStream stream) {
        if (streams.remove(stream)) {
            byUser.computeIfPresent(stream.user(), (user, count) -> count > 1 ? count - 1 : null);
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                events.wakeup().await(LONG);
                tell(events.take());
            }
        } catch (InterruptedException e) {
            log.debug("nobody is told any more");
        }
    }

    private void tell(LiveEvents.Batch batch) {
        if (streams.isEmpty() || (batch.events().isEmpty() && !batch.lost())) {
            return;
        }
        Map<BranchId, Buffer> told = new HashMap<>();
        for (LiveStream stream : streams) {
            Buffer buffer = told.computeIfAbsent(stream.branch(), branch -> told(batch, branch));
            if (buffer.length() > 0) {
                stream.tell(buffer);
            }
        }
    }

    private Buffer told(LiveEvents.Batch batch, BranchId branch) {
        List<LiveEvent> mine = batch.events().stream()
                .filter(event -> event.branch().equals(branch))
                .toList();
        boolean noticed = mine.stream().anyMatch(LiveEvent.OfNotices.class::isInstance);
        @Nullable Long open = noticed ? counted(branch) : null;
        return Buffer.buffer(text.of(mine, open, batch.lost()));
    }

    private @Nullable Long counted(BranchId branch) {
        try {
            return notices.applyAsLong(branch);
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("the notices could not be counted");
            return null;
        }
    }

    /** Ends every stream at once. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        streams.forEach(LiveStream::end);
        workers.shutdownNow();
    }
}
