package org.tocsin.search;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.tocsin.mention.HeardItem;

/**
 * How fast what was heard is stored, matched and indexed, how soon it is found, and how long searches take: {@code SearchBench [mentions]}.
 * Posts of 25 words by chance (fixed seed) from one vocabulary of Zipf's law, in a real store, with a hundred watches. Prints the load average
 * beside the figures: on a machine that does other things they are too low.
 */
public final class SearchBench {
    private static final int VOCABULARY = 60_000;
    private static final int WORDS = 25;
    private static final int BATCH = 250;
    private static final int WATCHES = 100;
    private static final int ROUNDS = 15;
    private static final int FRESH = 40;

    private final Random random = new Random(42);
    private final double[] zipf = new double[VOCABULARY];

    private SearchBench() {}

    public static void main(String[] args) throws Exception {
        int mentions = args.length == 0 ? 100_000 : Integer.parseInt(args[0]);
        new SearchBench().run(mentions);
    }

    private void run(int mentions) throws Exception {
        double sum = 0;
        for (int i = 0; i < VOCABULARY; i++) {
            sum += 1.0 / (i + 10);
            zipf[i] = sum;
        }
        say("load average %.2f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        Path folder = Files.createTempDirectory("search-bench");
        try (Library library = new Library(folder)) {
            for (int i = 0; i < WATCHES; i++) {
                library.watch(word(2_000 + i * 50));
            }
            library.match();
            long started = System.nanoTime();
            for (int at = 0; at < mentions; at += BATCH) {
                int from = at;
                library.say(IntStream.range(from, from + BATCH)
                        .mapToObj(n -> post("p" + n))
                        .toArray(HeardItem[]::new));
            }
            say("stored: %,.0f a second", rate(mentions, started));
            started = System.nanoTime();
            library.match();
            say("matched against %d watches, with hits and alerts: %,.0f a second", WATCHES, rate(mentions, started));
            started = System.nanoTime();
            library.index();
            say("indexed: %,.0f a second (%s mentions)", rate(mentions, started), mentions);
            for (String query : new String[] {
                "",
                word(5_000),
                word(200),
                word(20),
                word(20) + " " + word(40),
                "\"" + word(20) + " " + word(40) + "\"",
                word(3_000).substring(0, 5) + "*"
            }) {
                searched(library, query);
            }
            soon(library);
        }
        say("load average %.2f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static void searched(Library library, String query) {
        double[] took = new double[ROUNDS];
        Search.Page page = library.search.page(Library.ACTOR, Wanted.of(query), "", 50);
        for (int i = 0; i < ROUNDS; i++) {
            long started = System.nanoTime();
            page = library.search.page(Library.ACTOR, Wanted.of(query), "", 50);
            took[i] = (System.nanoTime() - started) / 1e6;
        }
        Arrays.sort(took);
        say(
                "search '%s': %s%,d hits, first page with counts %.0f ms (median), %.0f ms (worst of %d)",
                query, page.atLeast() ? "at least " : "", page.total(), took[ROUNDS / 2], took[ROUNDS - 1], ROUNDS);
    }

    /** From the commit of a mention to its being found, while the ticks come as the route has them. */
    private static void soon(Library library) throws InterruptedException {
        double[] took = new double[FRESH];
        for (int i = 0; i < FRESH; i++) {
            String word = "fraiche" + i;
            library.say(Library.post(word, "une nouvelle " + word, null, Instant.now()));
            long said = System.nanoTime();
            // At another point of the interval each time.
            long tick = said + (i * 250_000_000L / FRESH);
            boolean found = false;
            while (!found) {
                library.match();
                for (var batch : library.indexing.claim(1)) {
                    library.indexing.index(batch);
                    library.indexing.release(batch);
                }
                if (System.nanoTime() > tick) {
                    library.indexing.tick();
                    tick += 250_000_000L;
                }
                found = !library.search
                        .page(Library.ACTOR, Wanted.of(word), "", 1)
                        .items()
                        .isEmpty();
                Thread.sleep(1);
            }
            took[i] = (System.nanoTime() - said) / 1e6;
        }
        Arrays.sort(took);
        say("searchable within %.0f ms (median), %.0f ms (worst of %d)", took[FRESH / 2], took[FRESH - 1], FRESH);
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

    private static double rate(int mentions, long started) {
        return mentions / ((System.nanoTime() - started) / 1e9);
    }

    private static void say(String form, Object... values) {
        System.out.printf(Locale.ROOT, form + "%n", values);
    }
}
