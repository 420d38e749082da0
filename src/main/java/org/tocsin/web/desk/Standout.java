package org.tocsin.web.desk;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of a text that others say seldom: with them a watch begins. */
final class Standout {
    private static final int SHORTEST = 4;
    private static final int WORDS = 2;

    private Standout() {}

    /**
     * @param others texts that are shown beside it, itself among them or not
     * @return at most two words in small letters, which are words of the language of watches; none where the text has no long ones
     */
    static List<String> of(String text, Collection<String> others) {
        Map<String, Long> own = words(text).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Map<String, Long> common = others.stream()
                .flatMap(other -> words(other).collect(Collectors.toSet()).stream())
                .filter(own::containsKey)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Comparator<String> order = Comparator.comparingDouble(
                        (String word) -> own.get(word) / (1.0 + common.getOrDefault(word, 0L)))
                .thenComparingInt(String::length)
                .reversed()
                .thenComparing(Comparator.naturalOrder());
        Set<String> best = own.keySet().stream().sorted(order).limit(WORDS).collect(Collectors.toSet());
        return words(text).filter(best::contains).distinct().toList();
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.replaceAll("https?://\\S+|[@#]\\S+", " ").split("[^\\p{L}\\p{M}]+"))
                .filter(word -> word.codePointCount(0, word.length()) >= SHORTEST && word.length() < 40)
                .map(word -> word.toLowerCase(Locale.ROOT));
    }
}
