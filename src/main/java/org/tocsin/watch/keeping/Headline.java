package org.tocsin.watch.keeping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

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

    private final Map<String, String> words;
    private final Set<String> figures;
    private final List<String> rare;

    private Headline(Map<String, String> words, Set<String> figures, List<String> rare) {
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
        Map<String, String> words = new LinkedHashMap<>();
        Set<String> figures = new HashSet<>();
        for (String form : forms) {
            if (form.chars().allMatch(Character::isDigit)) {
                figures.add(code(form));
            } else if (form.length() >= FEWEST_LETTERS && !EMPTY.contains(form) && words.size() < MOST_WORDS) {
                words.putIfAbsent(code(form), form);
            }
        }
        List<String> rare = words.entrySet().stream()
                .filter(word -> share.applyAsDouble(word.getValue()) <= most)
                .sorted(Comparator.comparingDouble(word -> share.applyAsDouble(word.getValue())))
                .map(Map.Entry::getKey)
                .toList();
        return new Headline(words, figures, rare);
    }

    private static String code(String form) {
        return "%06x".formatted(Likeness.hash(form) & 0xFFFFFF);
    }

    private boolean tells() {
        return words.size() >= FEWEST_WORDS && rare.size() >= LEAST_RARE;
    }

    /** @return the names under which it is found again, one for each of its rarest words; none where it says too little */
    List<String> names() {
        if (!tells()) {
            return List.of();
        }
        String all = words.keySet().stream().sorted().collect(Collectors.joining()) + ":"
                + figures.stream().sorted().collect(Collectors.joining());
        return rare.stream()
                .limit(MOST_RARE)
                .map(word -> "head:" + word + ":" + all)
                .toList();
    }

    /** @return the beginning that a name has in common with those of its rare word */
    static String word(String name) {
        return name.substring(0, "head:".length() + DIGITS + 1);
    }

    /** @return whether what stands under that name told the same */
    boolean alike(String name) {
        String[] parts = name.split(":", -1);
        Set<String> others = codes(parts[2]);
        Set<String> theirFigures = codes(parts[3]);
        Set<String> common = new HashSet<>(words.keySet());
        common.retainAll(others);
        int all = words.size() + others.size() - common.size();
        boolean near = common.size() >= LEAST_COMMON * all;
        boolean rarely = rare.stream().filter(common::contains).count() >= LEAST_RARE;
        boolean more = common.size() >= HOLDS_ALL * others.size() && words.size() - common.size() >= NEWS;
        boolean otherFigures = !figures.isEmpty() && !theirFigures.isEmpty() && !figures.equals(theirFigures);
        return near && rarely && !more && !otherFigures;
    }

    private static Set<String> codes(String joined) {
        List<String> codes = new ArrayList<>();
        for (int at = 0; at + DIGITS <= joined.length(); at += DIGITS) {
            codes.add(joined.substring(at, at + DIGITS));
        }
        return new HashSet<>(codes);
    }
}
