package org.tocsin.mention.hearing;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Mention;

/** Tells ids that are made anew at each reading from a feed that is fast: the first says the same again. */
final class Churn {
    /** Of what was heard last so much is compared: more than nearly all feeds show at once. */
    static final int COMPARED = 500;

    private Churn() {}

    private record Words(@Nullable String title, String text) {
        static Words of(HeardItem item) {
            return new Words(item.title(), item.text());
        }
    }

    /**
     * @param items  of one reading, whose ids are not known
     * @param lately what was heard last of the same source
     * @return how many of them say what was heard, or stand at its address; an address that several items share is of the site and says nothing
     */
    static long again(List<HeardItem> items, List<Mention> lately) {
        Set<Words> said = new HashSet<>();
        Set<String> links = new HashSet<>();
        for (Mention one : lately) {
            said.add(Words.of(one.heard()));
            if (one.heard().url() != null) {
                links.add(one.heard().url());
            }
        }
        Map<String, Long> shared = items.stream()
                .filter(item -> item.url() != null)
                .collect(Collectors.groupingBy(item -> String.valueOf(item.url()), Collectors.counting()));
        Predicate<HeardItem> same = item -> said.contains(Words.of(item))
                || (item.url() != null && shared.getOrDefault(item.url(), 0L) == 1 && links.contains(item.url()));
        return items.stream().filter(same).count();
    }
}
