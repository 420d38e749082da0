package org.tocsin.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Event streams by the thousand, some of which are never read: when each of the others hears of a post, and what it costs. */
public final class LiveBench {
    private static final int READERS = 1_800;
    private static final int LAZY = 200;
    private static final int POSTS = 100;
    private static final int EACH = 20;
    private static final byte[] EVENT = "event: delivery".getBytes(StandardCharsets.US_ASCII);

    private LiveBench() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("tocsin-live");
        try (BenchDaemon daemon = BenchDaemon.start(Path.of(args[0]), folder.resolve("data"), List.of())) {
            List<String> tokens = new ArrayList<>();
            for (int i = 0; i < (READERS + LAZY) / EACH; i++) {
                tokens.add(daemon.token());
            }
            daemon.post("warm", 200, 4, false);
            Thread.sleep(2_000);
            row("heap after a collection, no stream", daemon.heapMegabytes(), "MB");
            try (Readers readers = new Readers(daemon.port())) {
                readers.open(tokens, 0, READERS);
                measure(daemon, readers, READERS + " streams, all read");
                row("heap after a collection, " + READERS + " streams", daemon.heapMegabytes(), "MB");
                List<SocketChannel> lazy = new ArrayList<>();
                for (int i = 0; i < LAZY; i++) {
                    SocketChannel one = connect(daemon.port(), tokens.get((READERS + i) / EACH));
                    lazy.add(one);
                }
                measure(daemon, readers, "with " + LAZY + " more that never read");
                row("heap after a collection, " + (READERS + LAZY) + " streams", daemon.heapMegabytes(), "MB");
                row("resident memory", daemon.residentMegabytes(), "MB");
                for (SocketChannel one : lazy) {
                    one.close();
                }
            }
        }
    }

    private static SocketChannel connect(int port, String token) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request = "GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static void measure(BenchDaemon daemon, Readers readers, String what) throws Exception {
        double[] all = new double[READERS * POSTS];
        double[] last = new double[POSTS];
        for (int post = 0; post < POSTS; post++) {
            Future<double[]> heard = readers.next();
            daemon.post("live" + post, 1, 1, true);
            double[] millis = heard.get();
            System.arraycopy(millis, 0, all, post * READERS, READERS);
            last[post] = Arrays.stream(millis).max().orElseThrow();
        }
        Arrays.sort(all);
        Arrays.sort(last);
        row(what + ": median from POST to event", all[all.length / 2], "ms");
        row("… p99", all[(int) (all.length * 0.99)], "ms");
        row("… the last of all, median of " + POSTS + " posts", last[POSTS / 2], "ms");
    }

    private static void row(String what, double value, String unit) {
        System.out.printf(Locale.ROOT, "%-60s %10.1f %s%n", what, value, unit);
    }

    /** One thread that reads them all. */
    private static final class Readers implements AutoCloseable {
        private final int port;
        private final Selector selector;
        private final ExecutorService thread;
        private final ByteBuffer buffer;

        Readers(int port) throws IOException {
            this.port = port;
            this.selector = Selector.open();
            this.thread = Executors.newSingleThreadExecutor();
            this.buffer = ByteBuffer.allocateDirect(64 * 1024);
        }

        void open(List<String> tokens, int from, int count) throws IOException {
            for (int i = from; i < from + count; i++) {
                SocketChannel channel = connect(port, tokens.get(i / EACH));
                buffer.clear();
                channel.read(buffer);
                buffer.flip();
                String head = StandardCharsets.US_ASCII.decode(buffer).toString();
                if (!head.startsWith("HTTP/1.1 200")) {
                    throw new IllegalStateException(head);
                }
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, i);
            }
        }

        /** Waits until each has heard something of a delivery; milliseconds from now. */
        Future<double[]> next() {
            long started = System.nanoTime();
            return thread.submit(() -> {
                double[] millis = new double[READERS];
                int missing = READERS;
                while (missing > 0) {
                    selector.select();
                    long now = System.nanoTime();
                    for (SelectionKey key : selector.selectedKeys()) {
                        int index = (Integer) key.attachment();
                        buffer.clear();
                        if (((SocketChannel) key.channel()).read(buffer) < 0) {
                            throw new IllegalStateException("a reader was cut off");
                        }
                        buffer.flip();
                        if (millis[index] == 0 && has(buffer)) {
                            millis[index] = (now - started) / 1e6;
                            missing--;
                        }
                    }
                    selector.selectedKeys().clear();
                }
                return millis;
            });
        }

        private static boolean has(ByteBuffer buffer) {
            for (int at = 0; at + EVENT.length <= buffer.limit(); at++) {
                int same = 0;
                while (same < EVENT.length && buffer.get(at + same) == EVENT[same]) {
                    same++;
                }
                if (same == EVENT.length) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void close() throws IOException {
            thread.shutdownNow();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }
    }
}
