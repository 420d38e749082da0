package org.tocsin.watch.keeping;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The words of a headline that say something. Two headlines tell the same story where they have enough words in common, two of them rare;
 * not where one says all that the other says and something new, or where their figures differ: who follows a story is told that.
 */
final class Headline {
    private static final int FEWEST_WORDS = 4;
    private static final int MOST_WORDS = 24;
    private static final int MOST_RARE = 6;
    /** True pairs were seen from 0.38 up, and two events of one town at 0.2. */
    private static final double LEAST_COMMON = 0.35;

    private static final int LEAST_RARE = 2;
    private static final double HOLDS_ALL = 0.75;
    private static final int NEWS = 3;
    private static final int DIGITS = 6;
    private static final int FEWEST_LETTERS = 3;

    /** Words of grammar, folded, French and English. */
    private static final Set<String> EMPTY = Set.of(
            ("les des une aux ces ses son sur sous dans par pour avec sans chez vers entre pendant apres avant depuis contre"
                            + " est sont ete etre avoir ont fait faire sera seront etait plus moins tres tout tous toute toutes"
                            + " que qui quoi dont mais donc car pas ils elle elles nous vous leur leurs notre votre cette cet"
                            + " deux trois nouveau nouvelle nouveaux selon comme ainsi aussi encore deja alors quand comment"
                            + " pourquoi peut doit faut vont lors afin the and for with from that this these those are was were"
                            + " been has have had will would can could may not but its his her their our your you they who what"
                            + " when where why how after before over under into about more less than says said new two three as"
                            + " off out all any some")
                    .split(" "));

    private final int[] words;
    private final int[] figures;
    private final int[] rare;

    /**
     * @param words   codes, in order
     * @param figures codes, in order
     * @param rare    the words of them that are rare, the rarest first
     */
    private Headline(int[] words, int[] figures, int[] rare) {
        this.words = words;
        this.figures = figures;
        this.rare = rare;
    }

    /**
     * @param forms of the words, in order
     * @param share of all items in which a word is
     * @param most  the share up to which a word is rare
     */
    static Headline of(List<String> forms, ToDoubleFunction<String> share, double most) {
        Map<Integer, String> words = new LinkedHashMap<>();
        Set<Integer> figures = new TreeSet<>();
        for (String form : forms) {
            if (form.chars().allMatch(Character::isDigit)) {
                figures.add(code(form));
            } else if (form.length() >= FEWEST_LETTERS && !EMPTY.contains(form) && words.size() < MOST_WORDS) {
                words.putIfAbsent(code(form), form);
            }
        }
        record Rare(int code, double share) {}
        int[] rare = words.entrySet().stream()
                .map(word -> new Rare(word.getKey(), share.applyAsDouble(word.getValue())))
                .filter(word -> word.share <= most)
                .sorted(Comparator.comparingDouble(Rare::share))
                .mapToInt(Rare::code)
                .toArray();
        return new Headline(sorted(words.keySet()), sorted(figures), rare);
    }

    private static int[] sorted(Set<Integer> codes) {
        return codes.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static int code(String form) {
        return (int) (Likeness.hash(form) & 0xFFFFFF);
    }

    private boolean tells() {
        return words.length >= FEWEST_WORDS && rare.length >= LEAST_RARE;
    }

    /** @return the codes of its rarest words, by each of which it is found again; none where it says too little */
    int[] rarest() {
        return tells() ? Arrays.copyOf(rare, Math.min(MOST_RARE, rare.length)) : new int[0];
    }

    /** @return whether the other, which was told before, told the same */
    boolean alike(Headline other) {
        int common = common(words, other.words);
        int all = words.length + other.words.length - common;
        boolean near = common >= LEAST_COMMON * all;
        boolean rarely = IntStream.of(rare)
                        .filter(code -> Arrays.binarySearch(other.words, code) >= 0)
                        .count()
                >= LEAST_RARE;
        boolean more = common >= HOLDS_ALL * other.words.length && words.length - common >= NEWS;
        boolean otherFigures = figures.length > 0 && other.figures.length > 0 && !Arrays.equals(figures, other.figures);
        return near && rarely && !more && !otherFigures;
    }

    private static int common(int[] one, int[] other) {
        return (int) IntStream.of(one)
                .filter(code -> Arrays.binarySearch(other, code) >= 0)
                .count();
    }

    /** @return as {@link #read} reads it; empty where it says too little */
    String written() {
        return tells() ? written(rarest()) + ":" + written(words) + ":" + written(figures) : "";
    }

    private static String written(int[] codes) {
        StringBuilder written = new StringBuilder();
        for (int code : codes) {
            written.append(HexFormat.of().toHexDigits(code, DIGITS));
        }
        return written.toString();
    }

    /**
     * @param written by {@link #written}
     * @throws IllegalArgumentException where it was not
     */
    static Headline read(String written) {
        if (written.isEmpty()) {
            return new Headline(new int[0], new int[0], new int[0]);
        }
        String[] parts = written.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a headline: " + written);
        }
        return new Headline(codes(parts[1]), codes(parts[2]), codes(parts[0]));
    }

    private static int[] codes(String written) {
        return IntStream.range(0, written.length() / DIGITS)
                .map(at -> HexFormat.fromHexDigits(written, at * DIGITS, (at + 1) * DIGITS))
                .toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headline that
                && Arrays.equals(words, that.words)
                && Arrays.equals(figures, that.figures)
                && Arrays.equals(rarest(), that.rarest());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }
}
