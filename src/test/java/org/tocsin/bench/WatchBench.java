package org.tocsin.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.monitor.MatchingQueries;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorConfiguration;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.MultiMatchingQueries;
import org.apache.lucene.monitor.Presearcher;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.monitor.TermFilteredPresearcher;
import org.apache.lucene.monitor.TermWeightor;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.tocsin.analysis.Analysis;
import org.tocsin.mention.Item;
import org.tocsin.watch.Heard;
import org.tocsin.watch.Matches;
import org.tocsin.watch.Rarity;
import org.tocsin.watch.StoredWatch;
import org.tocsin.watch.TokensAnalyzer;
import org.tocsin.watch.WatchIndex;
import org.tocsin.watch.WordCounts;
import org.tocsin.watch.WordLists;

/**
 * Matching beside lucene-monitor in the same run: {@code WatchBench [long|alone|goals]}: with a million watches too, that without the rival, or
 * only what the goals were set for (some 14 hits a post at 100,000 watches, and two million of one word). Posts of 25 words and watches are made
 * by chance (fixed seed) from one vocabulary of Zipf's law; a watch is one word, two words that must both be there, or one of two. Rates
 * include the full analysis.
 */
public final class WatchBench {
    private static final int VOCABULARY = 60_000;
    private static final int POSTS = 3000;
    private static final int ROUNDS = 5;
    private static final int WORDS = 25;

    private final Analysis analysis = new Analysis();
    private final Random random = new Random(42);
    private final double[] zipf = new double[VOCABULARY];

    private boolean rivalToo;

    private WatchBench() {}

    public static void main(String[] args) throws Exception {
        WatchBench bench = new WatchBench();
        bench.vocabulary();
        String mode = args.length == 0 ? "" : args[0];
        bench.rivalToo = !mode.equals("alone");
        if (mode.equals("goals")) {
            for (int watches : new int[] {10_000, 100_000, 1_000_000}) {
                bench.compare("as the goals assume", watches, 13_000, 0);
            }
            bench.wide();
            return;
        }
        boolean all = !mode.isEmpty();
        for (int watches : all ? new int[] {1000, 10_000, 100_000, 1_000_000} : new int[] {1000, 10_000, 100_000}) {
            bench.compare("sparse", watches, 2000, 0);
            bench.compare("sparse, 10 % beginnings", watches, 2000, 10);
            if (watches <= 100_000) {
                bench.compare("dense", watches, 100, 0);
            }
        }
        bench.edits();
    }

    private void vocabulary() {
        double sum = 0;
        for (int i = 0; i < VOCABULARY; i++) {
            sum += 1.0 / (i + 10);
            zipf[i] = sum;
        }
    }

    /** A word by its rank: letters in which neighbours have nothing in common. */
    private static String word(int rank) {
        StringBuilder word = new StringBuilder();
        long mixed = (rank * 2_654_435_761L) & 0xffffffffL;
        for (int i = 0; i < 3 + rank % 5; i++) {
            word.append("bcdfglmnprstv".charAt((int) (mixed % 13))).append("aeiou".charAt((int) (mixed / 13 % 5)));
            mixed = mixed / 65 + rank * 31L;
        }
        return word.toString();
    }

    private String word(Random by, int from) {
        double floor = from == 0 ? 0 : zipf[from - 1];
        double at = floor + by.nextDouble() * (zipf[VOCABULARY - 1] - floor);
        int found = Arrays.binarySearch(zipf, at);
        return word(Math.min(VOCABULARY - 1, found < 0 ? -found - 1 : found));
    }

    private List<Item> posts(Random by) {
        List<Item> posts = new ArrayList<>();
        for (int i = 0; i < POSTS; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < WORDS; j++) {
                text.append(word(by, 0)).append(' ');
            }
            posts.add(Item.of(text.toString()));
        }
        return posts;
    }

    /** The words of a watch, and how they are joined: 0 alone, 1 both, 2 either, 3 a beginning and a word. */
    private record Asked(int how, String one, String other) {
        String text() {
            return switch (how) {
                case 0 -> one;
                case 1 -> one + " " + other;
                case 2 -> one + " OR " + other;
                default -> one + "*";
            };
        }

        Query query() {
            BooleanQuery.Builder both = new BooleanQuery.Builder();
            BooleanClause.Occur occur = how == 1 ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD;
            Query first = how == 3 ? new PrefixQuery(new Term("body", one)) : new TermQuery(new Term("body", one));
            if (how == 0 || how == 3) {
                return first;
            }
            return both.add(first, occur)
                    .add(new TermQuery(new Term("body", other)), occur)
                    .build();
        }
    }

    private List<Asked> asked(int watches, int from, int beginnings) {
        Random by = new Random(7);
        List<Asked> asked = new ArrayList<>(watches);
        for (int i = 0; i < watches; i++) {
            String one = word(by, from);
            boolean beginning = by.nextInt(100) < beginnings;
            String start = one.substring(0, Math.min(one.length(), 6));
            asked.add(beginning ? new Asked(3, start, "") : new Asked(by.nextInt(3), one, word(by, from)));
        }
        return asked;
    }

    private WatchIndex index(Rarity rarity) {
        return new WatchIndex(analysis, WordLists.none(), rarity, System::nanoTime, Integer.MAX_VALUE);
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void compare(String name, int watches, int from, int beginnings) throws Exception {
        List<Asked> asked = asked(watches, from, beginnings);
        List<Item> posts = posts(new Random(99));
        WordCounts counts = new WordCounts();
        posts.forEach(post -> counts.count(Heard.of(post, analysis)));
        Rarity rarity = counts.rarity();
        List<StoredWatch> stored = new ArrayList<>();
        for (int i = 0; i < watches; i++) {
            stored.add(
                    new StoredWatch("0190-0000-7000-8000-" + i, 1, asked.get(i).text()));
        }
        long before = heap();
        WatchIndex index = index(rarity);
        long started = System.nanoTime();
        if (!index.load(stored).isEmpty()) {
            throw new IllegalStateException("a watch was refused");
        }
        double load = (System.nanoTime() - started) / 1e6;
        long bytes = (heap() - before) / watches;
        long[] found = new long[2];
        double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            found = new long[2];
            started = System.nanoTime();
            for (Item post : posts) {
                Matches matches = index.match(Heard.of(post, analysis));
                found[0] += matches.matches().size();
                found[1] += matches.candidates();
            }
            rates[round] = POSTS / ((System.nanoTime() - started) / 1e9);
        }
        double ours = median(rates);
        double two = threads(index, posts);
        System.out.printf(
                Locale.ROOT,
                "%,d watches, %s: %,.0f posts/s, two threads %,.0f (x %.2f); %.2f hits and %.2f candidates a post; load %.0f ms; %d B a watch (its id's string apart)%n",
                watches,
                name,
                ours,
                two,
                two / ours,
                (double) found[0] / POSTS,
                (double) found[1] / POSTS,
                load,
                bytes);
        if (rivalToo && watches <= 100_000) {
            rival(asked, posts, counts, found[0], ours);
        }
    }

    /** Two million watches of one word, and items of one word, every second of which is watched once: what a lookup costs. */
    private void wide() throws InterruptedException {
        int watches = 2_000_000;
        long before = heap();
        WatchIndex index = index(Rarity.byLength());
        long started = System.nanoTime();
        index.load(IntStream.range(0, watches)
                .mapToObj(i -> new StoredWatch("0190-0000-7000-8000-" + i, 1, name(2 * i)))
                .toList());
        double load = (System.nanoTime() - started) / 1e9;
        long bytes = (heap() - before) / watches;
        Random by = new Random(5);
        double[] took = new double[20_000];
        long hits = 0;
        for (int i = 0; i < took.length; i++) {
            Item item = Item.of(name(by.nextInt(2 * watches)));
            long began = System.nanoTime();
            hits += index.match(Heard.of(item, analysis)).matches().size();
            took[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(took);
        System.out.printf(
                Locale.ROOT,
                "%,d watches of one word, items of one word (%.2f hits an item): %.4f ms median, %.4f ms p99; load %.1f s; %d B a watch%n",
                watches,
                (double) hits / took.length,
                took[took.length / 2],
                took[took.length * 99 / 100],
                load,
                bytes);
    }

    /** A word for each number. */
    private static String name(int number) {
        return "m" + Integer.toString(number, 26).replaceAll("[0-9]", "$0x").toLowerCase(Locale.ROOT);
    }

    private double threads(WatchIndex index, List<Item> posts) throws InterruptedException {
        long started = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            threads.add(Thread.ofPlatform().start(() -> posts.forEach(post -> index.match(Heard.of(post, analysis)))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return 2 * POSTS / ((System.nanoTime() - started) / 1e9);
    }

    /** Its default and its best settings: one post a call, and batches; terms weighed by length and by frequency. */
    private void rival(List<Asked> asked, List<Item> posts, WordCounts counts, long hits, double ours)
            throws Exception {
        double best = 0;
        Set<String> words = new HashSet<>();
        asked.forEach(one -> words.add(one.one()));
        java.util.Map<String, Integer> frequencies = new java.util.HashMap<>();
        Rarity rarity = counts.rarity();
        for (String word : words) {
            double share = rarity.of(new org.tocsin.watch.Anchor(org.tocsin.watch.Anchor.Kind.WORD, word));
            frequencies.put(word, (int) Math.max(1, share * 1_000_000));
        }
        for (boolean weighed : new boolean[] {false, true}) {
            Presearcher presearcher = weighed
                    ? new TermFilteredPresearcher(
                            TermWeightor.termFreqWeightor(frequencies, 100, 1), List.of(), Set.of())
                    : new TermFilteredPresearcher();
            try (Monitor monitor = new Monitor(new TokensAnalyzer(analysis), presearcher, new MonitorConfiguration())) {
                List<MonitorQuery> registered = new ArrayList<>();
                for (int i = 0; i < asked.size(); i++) {
                    registered.add(new MonitorQuery("w" + i, asked.get(i).query()));
                }
                monitor.register(registered);
                for (int batch : new int[] {1, 32, 512}) {
                    best = Math.max(best, rate(monitor, posts, batch, asked.size(), weighed, hits));
                }
            }
        }
        System.out.printf(Locale.ROOT, "    ours is %.1f times its best%n", ours / best);
    }

    private double rate(Monitor monitor, List<Item> posts, int batch, int watches, boolean weighed, long hits)
            throws Exception {
        double[] rates = new double[3];
        long found = 0;
        long run = 0;
        int size = asksLittle(posts, batch, watches);
        for (int round = 0; round < rates.length; round++) {
            found = 0;
            run = 0;
            long started = System.nanoTime();
            for (int at = 0; at < size; at += batch) {
                Document[] documents = posts.subList(at, Math.min(size, at + batch)).stream()
                        .map(WatchBench::document)
                        .toArray(Document[]::new);
                if (documents.length == 1) {
                    MatchingQueries<QueryMatch> matches = monitor.match(documents[0], QueryMatch.SIMPLE_MATCHER);
                    found += matches.getMatchCount();
                    run += matches.getQueriesRun();
                } else {
                    MultiMatchingQueries<QueryMatch> matches = monitor.match(documents, QueryMatch.SIMPLE_MATCHER);
                    for (int i = 0; i < documents.length; i++) {
                        found += matches.getMatchCount(i);
                    }
                    run += matches.getQueriesRun();
                }
            }
            rates[round] = size / ((System.nanoTime() - started) / 1e9);
        }
        System.out.printf(
                Locale.ROOT,
                "    lucene-monitor, %s, %d a call: %,.0f posts/s; %.2f hits a post%s; %.1f queries run a call%n",
                weighed ? "by frequency" : "by length",
                batch,
                median(rates),
                (double) found / size,
                size == posts.size() ? found == hits ? " (the same)" : " (NOT the same)" : "",
                (double) run * batch / size);
        return median(rates);
    }

    /** A slow setting is measured on fewer posts. */
    private static int asksLittle(List<Item> posts, int batch, int watches) {
        int most = watches < 100_000 ? posts.size() : 1024;
        return batch == 1 ? most / 3 : most;
    }

    private static Document document(Item post) {
        Document document = new Document();
        document.add(new TextField("body", post.text(), Field.Store.NO));
        return document;
    }

    /** A hundred edits a second while posts are matched on another thread. */
    private void edits() throws Exception {
        int watches = 100_000;
        List<Asked> asked = asked(watches, 2000, 10);
        List<Item> posts = posts(random);
        WatchIndex index = index(Rarity.byLength());
        List<StoredWatch> stored = new ArrayList<>();
        for (int i = 0; i < watches; i++) {
            stored.add(new StoredWatch("w" + i, 1, asked.get(i).text()));
        }
        index.load(stored);
        double[] edits = new double[1000];
        Thread editor = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < edits.length; i++) {
                long started = System.nanoTime();
                index.put(
                        new StoredWatch("w" + i * 97 % watches, i, asked.get(i).text()));
                edits[i] = (System.nanoTime() - started) / 1e6;
                if (i % 300 == 299) {
                    index.merge();
                }
                java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
            }
        });
        List<Double> took = new ArrayList<>();
        while (editor.isAlive()) {
            for (Item post : posts) {
                long started = System.nanoTime();
                index.match(Heard.of(post, analysis));
                took.add((System.nanoTime() - started) / 1e6);
            }
        }
        double[] latencies =
                took.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        Arrays.sort(edits);
        System.out.printf(
                Locale.ROOT,
                "100 edits/s at %,d watches: matching p99 %.3f ms, p99.99 %.3f ms; a saved watch is active after %.3f ms (median), %.3f ms (p99), %.3f ms (most)%n",
                watches,
                latencies[(int) (latencies.length * 0.99)],
                latencies[(int) (latencies.length * 0.9999)],
                edits[500],
                edits[990],
                edits[999]);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
