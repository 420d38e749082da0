package org.tocsin.search;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.tocsin.mention.HeardItem;
import org.tocsin.watch.WordLists;

/**
 * From the commit of what was heard to its alert and its place in the search, all at once as in the daemon: one thread stores, one matches,
 * one indexes: {@code ListenBench [items] [watches] [rounds]}. Posts of 25 words by chance (fixed seed) from one vocabulary of Zipf's law; one watch in
 * ten is a rare word, the others two words. First as fast as it goes, in rounds of so many items, for a third of the processor time of the first
 * goes into compiling, which a daemon that listens for days does once; then 500 items a second, for the time until a batch has its alerts and is
 * found. Prints the load average beside the figures: on a machine that does other things they are too low.
 */
public final class ListenBench {
    private static final int VOCABULARY = 60_000;
    private static final int WORDS = 25;
    private static final int BATCH = 250;
    private static final int PACED_BATCH = 25;
    private static final int PACED_BATCHES = 300;
    private static final long PACE = 50_000_000L;
    private static final long TICK = 250_000_000L;

    private final Random random = new Random(42);
    private final double[] zipf = new double[VOCABULARY];
    private int said;

    private ListenBench() {}

    public static void main(String[] args) throws Exception {
        int items = args.length == 0 ? 50_000 : Integer.parseInt(args[0]);
        int watches = args.length < 2 ? 10_000 : Integer.parseInt(args[1]);
        int rounds = args.length < 3 ? 3 : Integer.parseInt(args[2]);
        new ListenBench().run(items, watches, rounds);
    }

    private void run(int items, int watches, int rounds) throws Exception {
        double sum = 0;
        for (int i = 0; i < VOCABULARY; i++) {
            sum += 1.0 / (i + 10);
            zipf[i] = sum;
        }
        load();
        try (Library library = new Library(
                Files.createTempDirectory("listen-bench"),
                "db",
                WordLists.none(),
                commit -> Thread.ofPlatform().name("committer").start(commit))) {
            library.watchAll(IntStream.range(0, watches)
                    .mapToObj(i -> i % 10 == 0
                            ? word(VOCABULARY - 1 - i / 10)
                            : word(1_000 + random.nextInt(20_000)) + " " + word(5_000 + random.nextInt(50_000)))
                    .toList());
            say("%,d watches saved", watches);
            library.match();
            library.mergeWatches();
            AtomicBoolean over = new AtomicBoolean();
            Thread matcher = Thread.ofPlatform().name("matcher").start(() -> until(over, library::match));
            Thread indexer = Thread.ofPlatform().name("indexer").start(() -> indexing(library, over));
            for (int round = 1; round <= rounds; round++) {
                fast(library, items, watches, round);
            }
            paced(library);
            over.set(true);
            matcher.join();
            indexer.join();
        }
        load();
    }

    private void fast(Library library, int items, int watches, int round) throws InterruptedException {
        perThread();
        long alertsBefore = alerts(library);
        long compiled = compiling();
        long used = processor();
        long started = System.nanoTime();
        for (int at = 0; at < items; at += BATCH) {
            hear(library, BATCH);
        }
        await(library, newest(library));
        double seconds = (System.nanoTime() - started) / 1e9;
        double busy = (processor() - used) / 1e9;
        say(
                "round %d: stored, matched against %,d watches and indexed at once: %,.0f a second (%,d items, %.3f alerts an item)",
                round, watches, items / seconds, items, (double) (alerts(library) - alertsBefore) / items);
        say(
                "of which %.1f s of processor time in %.1f s: %,.0f items a second of it; compilers %.1f s",
                busy, seconds, items / busy, (compiling() - compiled) / 1e3);
        perThread();
        load();
    }

    private static long alerts(Library library) {
        return library.store.read(tx -> library.alerts.open(tx, Library.ACTOR.branch()));
    }

    /** The times are those at which the last number of a batch was passed. */
    private void paced(Library library) throws InterruptedException {
        record Waiting(long seq, long since) {}
        Deque<Waiting> unmatched = new ArrayDeque<>();
        Deque<Waiting> unseen = new ArrayDeque<>();
        List<Double> rung = new ArrayList<>();
        List<Double> found = new ArrayList<>();
        long next = System.nanoTime();
        for (int batch = 0; batch < PACED_BATCHES || !unseen.isEmpty() || !unmatched.isEmpty(); ) {
            if (batch < PACED_BATCHES && System.nanoTime() >= next) {
                hear(library, PACED_BATCH);
                Waiting waiting = new Waiting(newest(library), System.nanoTime());
                unmatched.add(waiting);
                unseen.add(waiting);
                next += PACE;
                batch++;
            }
            long matched = library.store.read(tx -> library.mentions.seen(tx, "watch"));
            long visible = library.index.visible();
            while (!unmatched.isEmpty() && unmatched.peek().seq() <= matched) {
                rung.add((System.nanoTime() - unmatched.poll().since()) / 1e6);
            }
            while (!unseen.isEmpty() && unseen.peek().seq() <= visible) {
                found.add((System.nanoTime() - unseen.poll().since()) / 1e6);
            }
            Thread.sleep(2);
        }
        told("alert row", rung);
        told("searchable", found);
    }

    private static void told(String what, List<Double> took) {
        Collections.sort(took);
        say(
                "at 500 a second, %s after the commit: %.0f ms (median), %.0f ms (p99), %.0f ms (worst of %d batches)",
                what, took.get(took.size() / 2), took.get(took.size() * 99 / 100), took.getLast(), took.size());
    }

    private static void until(AtomicBoolean over, Runnable work) {
        while (!over.get()) {
            work.run();
            sleep();
        }
    }

    private static void indexing(Library library, AtomicBoolean over) {
        long tick = System.nanoTime();
        while (!over.get()) {
            for (Indexing.Batch batch : library.indexing.claim(1)) {
                library.indexing.index(batch);
                library.indexing.release(batch);
            }
            if (System.nanoTime() >= tick) {
                library.indexing.tick();
                tick = System.nanoTime() + TICK;
            }
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long newest(Library library) {
        return library.store.read(library.mentions::newest);
    }

    private static void await(Library library, long seq) throws InterruptedException {
        while (library.index.visible() < seq) {
            Thread.sleep(5);
        }
    }

    private void hear(Library library, int items) {
        library.say(IntStream.range(0, items).mapToObj(i -> post("p" + said++)).toArray(HeardItem[]::new));
    }

    private HeardItem post(String id) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            int found = Arrays.binarySearch(zipf, random.nextDouble() * zipf[VOCABULARY - 1]);
            text.append(word(Math.min(VOCABULARY - 1, found < 0 ? -found - 1 : found)))
                    .append(' ');
        }
        return Library.post(id, text.toString());
    }

    private static String word(int rank) {
        StringBuilder word = new StringBuilder();
        long mixed = (rank * 2_654_435_761L) & 0xffffffffL;
        for (int i = 0; i < 3 + rank % 5; i++) {
            word.append("bcdfglmnprstv".charAt((int) (mixed % 13))).append("aeiou".charAt((int) (mixed / 13 % 5)));
            mixed = mixed / 65 + rank * 31L;
        }
        return word.toString();
    }

    /** Since their start: who is the one that the others wait for. */
    private static void perThread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo one : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (one != null
                    && List.of("store-writer", "matcher", "indexer", "main").contains(one.getThreadName())) {
                say("%s: %.1f s", one.getThreadName(), threads.getThreadCpuTime(one.getThreadId()) / 1e9);
            }
        }
    }

    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** @return milliseconds */
    private static long compiling() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }

    private static void load() {
        say("load average %.2f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static void say(String form, Object... values) {
        System.out.printf(Locale.ROOT, form + "%n", values);
    }
}
