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

    private final Map<String, Integer> counts;
    private long items;

    public WordCounts() {
        this.counts = new HashMap<>();
    }

    /** Counts the words of one item. */
    public synchronized void count(Heard heard) {
        items++;
        Passage body = heard.body();
        for (int i = 0; i < body.size(); i++) {
            if (body.token(i).kind() == Token.Kind.WORD && body.isFirst(i)) {
                counts.merge(body.token(i).form(), 1, Integer::sum);
            }
        }
        while (counts.size() > MOST) {
            items /= 2;
            counts.replaceAll((word, count) -> count / 2);
            counts.values().removeIf(count -> count == 0);
        }
    }

    /** @return the share of the items so far that have a word */
    public synchronized double share(String word) {
        return (counts.getOrDefault(word, 0) + 0.5) / (items + 1.0);
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
            sums[i + 1] = sums[i] + counts.getOrDefault(words[i], 0);
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
