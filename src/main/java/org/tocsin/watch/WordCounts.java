package org.tocsin.watch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.tocsin.analysis.Token;

/** Counts in how many items each word occurs, so that anchors are chosen by what is rare in what is really heard. Safe for use by several threads. */
public final class WordCounts {
    /** Words kept at most; when there are more, all counts are halved and what falls to nothing is dropped. */
    private static final int MOST = 200_000;

    /** Counts of fewer items say little. */
    private static final int FEW = 200;

    private static final double RARE = 0.01;
    /** A story that is told again makes its own words less rare. */
    private static final int OFTEN_ENOUGH = 5;

    /** So many items tell what is rare; of those that follow one in {@value #SAMPLED}, which counts for all of them, is enough to keep it true. */
    private static final int MANY = 10_000;

    private static final int SAMPLED = 4;

    private final Map<String, Count> counts;
    private long seen;
    private long items;

    public WordCounts() {
        this.counts = new HashMap<>();
    }

    private static final class Count {
        private int items;
    }

    /** Counts the words of one item, or passes it over when so many were counted that it says nothing new. */
    public synchronized void count(Heard heard) {
        seen++;
        if (seen > MANY && seen % SAMPLED != 0) {
            return;
        }
        int weight = seen > MANY ? SAMPLED : 1;
        items += weight;
        Passage body = heard.body();
        for (int i = 0; i < body.size(); i++) {
            if (body.token(i).kind() == Token.Kind.WORD && body.isFirst(i)) {
                counts.computeIfAbsent(body.token(i).form(), word -> new Count()).items += weight;
            }
        }
        while (counts.size() > MOST) {
            items /= 2;
            counts.values().removeIf(count -> {
                count.items /= 2;
                return count.items == 0;
            });
        }
    }

    /** @return the share of the items counted so far that have a word */
    public synchronized double share(String word) {
        return (of(word) + 0.5) / (items + 1.0);
    }

    private int of(String word) {
        Count count = counts.get(word);
        return count == null ? 0 : count.items;
    }

    /**
     * @return the share up to which a word is rare: one in a hundred, and more for a word met a few times only; 0 where so few items were
     *     counted that nobody knows
     */
    public synchronized double rare() {
        return items < FEW ? 0 : Math.max(RARE, (OFTEN_ENOUGH + 0.5) / (items + 1.0));
    }

    /** @return what is rare by the counts so far; other anchors than words as by length */
    public synchronized Rarity rarity() {
        String[] words = counts.keySet().toArray(String[]::new);
        Arrays.sort(words);
        long[] sums = new long[words.length + 1];
        for (int i = 0; i < words.length; i++) {
            sums[i + 1] = sums[i] + of(words[i]);
        }
        Rarity otherwise = Rarity.byLength();
        double all = items + 1.0;
        return anchor -> switch (anchor.kind()) {
            case WORD -> share(words, sums, anchor.key(), anchor.key() + "\u0000", all);
            case BEGINNING -> share(words, sums, anchor.key(), anchor.key() + "\uffff", all);
            case STEM, TAG, TAGS, HANDLE, SITE, AUTHOR, NAME, ADDRESS, LANGUAGE, SOURCE -> otherwise.of(anchor);
        };
    }

    private static double share(String[] words, long[] sums, String from, String to, double all) {
        long found = sums[place(words, to)] - sums[place(words, from)];
        return Math.min(1, (found + 0.5) / all);
    }

    private static int place(String[] words, String word) {
        int at = Arrays.binarySearch(words, word);
        return at < 0 ? -at - 1 : at;
    }
}
