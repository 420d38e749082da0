package org.tocsin.network;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.tocsin.http.Peer;

/**
 * A scripted network on a loopback port. A subclass says what each request does and answers; this class keeps what the public sees,
 * counts what arrives, and does what a test has scripted for the next requests.
 */
public abstract class FakeServer implements AutoCloseable {
    private final Clock clock;
    private final ServerSocket listener;
    private final AtomicInteger connections;
    private final Set<Socket> open;
    private final List<Seen> requests;
    private final List<Effect> effects;
    private final Queue<Behaviour> nextCreates;
    private final Queue<Behaviour> nextEdits;
    private final Queue<Behaviour> nextReads;
    private final Queue<Behaviour> nextCounts;
    private final Queue<Behaviour> nextMetrics;
    private final CountDownLatch closing;
    private final Thread acceptor;
    private volatile boolean lagging;

    /** Sorts of requests that a test can script. */
    protected enum Kind {
        /** Publishes something. */
        CREATE,
        /** Gives something published other words. */
        EDIT,
        /** Asks what was published: what {@link Network#find} sends. */
        READ,
        /** Asks how many follow. */
        COUNT,
        /** Asks how posts were answered. */
        METRICS,
        OTHER
    }

    /** What the server answers by itself. */
    public record Reply(int status, Map<String, String> headers, byte[] body) {
        /** In JSON. */
        public static Reply json(int status, String json) {
            return new Reply(
                    status,
                    Map.of("Content-Type", "application/json; charset=utf-8"),
                    json.getBytes(StandardCharsets.UTF_8));
        }

        /** The same with one more header. */
        public Reply with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body);
        }
    }

    protected FakeServer(Clock clock) throws IOException {
        this.clock = clock;
        this.listener = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
        this.connections = new AtomicInteger();
        this.open = ConcurrentHashMap.newKeySet();
        this.requests = new CopyOnWriteArrayList<>();
        this.effects = new CopyOnWriteArrayList<>();
        this.nextCreates = new ConcurrentLinkedQueue<>();
        this.nextEdits = new ConcurrentLinkedQueue<>();
        this.nextReads = new ConcurrentLinkedQueue<>();
        this.nextCounts = new ConcurrentLinkedQueue<>();
        this.nextMetrics = new ConcurrentLinkedQueue<>();
        this.closing = new CountDownLatch(1);
        this.acceptor = Thread.ofVirtual().start(this::accept);
    }

    /** What sort of request this is. */
    protected abstract Kind kind(Seen request);

    /** Does what the request asks and answers it. Called from many threads at once. */
    protected abstract Reply reply(Seen request);

    /** The idempotency key that a create request carries; empty for none. */
    public abstract String key(Seen create);

    /** Puts a post there that did not come from the daemon, with a remote id of its own. */
    public abstract Effect plant(String text, Instant at);

    /** {@code http://127.0.0.1:port}. */
    public final String origin() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** For the allow-list of the address guard. */
    public final Peer peer() {
        return new Peer("127.0.0.1", listener.getLocalPort());
    }

    /** A URL on this server. */
    public final URI url(String path) {
        return URI.create(origin() + path);
    }

    /** How many connections were made. */
    public final int connections() {
        return connections.get();
    }

    /** All requests that arrived whole, in order. */
    public final List<Seen> requests() {
        return requests;
    }

    /** The requests that publish, whether or not they had an effect. */
    public final List<Seen> creates() {
        return requests.stream().filter(seen -> kind(seen) == Kind.CREATE).toList();
    }

    /** The requests that edit, whether or not they had an effect. */
    public final List<Seen> edits() {
        return requests.stream().filter(seen -> kind(seen) == Kind.EDIT).toList();
    }

    /** What is public now, in the order in which it became so. Deleted posts are not in it. */
    public List<Effect> effects() {
        return effects;
    }

    /** What the next requests that publish meet, in order. */
    public final void nextCreates(Behaviour... behaviours) {
        nextCreates.addAll(Arrays.asList(behaviours));
    }

    /** What the next requests that edit meet, in order. */
    public final void nextEdits(Behaviour... behaviours) {
        nextEdits.addAll(Arrays.asList(behaviours));
    }

    /** What the next requests that look meet, in order. */
    public final void nextReads(Behaviour... behaviours) {
        nextReads.addAll(Arrays.asList(behaviours));
    }

    /** What the next requests that ask for followers meet, in order. */
    public final void nextCounts(Behaviour... behaviours) {
        nextCounts.addAll(Arrays.asList(behaviours));
    }

    /** What the next requests that ask how posts were answered meet, in order. */
    public final void nextMetrics(Behaviour... behaviours) {
        nextMetrics.addAll(Arrays.asList(behaviours));
    }

    /** The requests that ask how posts were answered. */
    public final List<Seen> metrics() {
        return requests.stream().filter(seen -> kind(seen) == Kind.METRICS).toList();
    }

    /** Somebody deletes a post on the network's own pages. */
    public void deletedThere(String remoteId) {
        remove(remoteId);
    }

    /** The requests that ask for followers. */
    public final List<Seen> counts() {
        return requests.stream().filter(seen -> kind(seen) == Kind.COUNT).toList();
    }

    /** While true, what is accepted is not listed, as on a server that reads from a replica. */
    public final void lag(boolean now) {
        lagging = now;
    }

    /** For subclasses: what a listing shows now. */
    protected final List<Effect> listed() {
        return lagging ? List.of() : List.copyOf(effects);
    }

    /** For subclasses: something becomes public. */
    protected final Effect accept(Effect effect) {
        effects.add(effect);
        return effect;
    }

    /** For subclasses: something is taken back; says whether it was there. */
    protected final boolean remove(String remoteId) {
        return effects.removeIf(effect -> effect.remoteId().equals(remoteId));
    }

    /** For subclasses: something gets other words; says whether it was there. */
    protected final boolean reword(String remoteId, String text, List<String> alts) {
        effects.replaceAll(effect -> effect.remoteId().equals(remoteId) ? effect.saying(text, alts) : effect);
        return effects.stream().anyMatch(effect -> effect.remoteId().equals(remoteId));
    }

    /** For subclasses: the server's time. */
    protected final Instant now() {
        return clock.instant();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            for (Seen seen = Wire.read(in); seen != null; seen = Wire.read(in)) {
                requests.add(seen);
                if (!serve(socket, seen)) {
                    return;
                }
            }
        } catch (IOException _) {
            // the client went away, which is what many of these tests are about
        } finally {
            open.remove(socket);
        }
    }

    private boolean serve(Socket socket, Seen seen) throws IOException {
        Behaviour behaviour = switch (kind(seen)) {
            case CREATE -> nextCreates.poll();
            case EDIT -> nextEdits.poll();
            case READ -> nextReads.poll();
            case COUNT -> nextCounts.poll();
            case METRICS -> nextMetrics.poll();
            case OTHER -> null;
        };
        if (behaviour instanceof Behaviour.Wait(CountDownLatch until)) {
            boolean over = false;
            while (!over) {
                over = awaits(until) || closing.getCount() == 0;
            }
        }
        Reply right = behaviour == null || behaviour.effect() ? reply(seen) : Reply.json(200, "{}");
        byte[] bytes = switch (behaviour) {
            case Behaviour.Drop _ -> new byte[0];
            case Behaviour.Answer(int status, Map<String, String> headers, String body, boolean _) ->
                Wire.answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
            case Behaviour.Half _ -> {
                byte[] whole = Wire.answer(right.status(), right.headers(), right.body());
                yield Arrays.copyOf(whole, whole.length - Math.max(1, right.body().length / 2));
            }
            case null, default -> Wire.answer(right.status(), right.headers(), right.body());
        };
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return !(behaviour instanceof Behaviour.Drop) && !(behaviour instanceof Behaviour.Half);
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        listener.close();
        try {
            // Until it has returned, the port still takes connections.
            acceptor.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : open) {
            socket.close();
        }
    }
}
