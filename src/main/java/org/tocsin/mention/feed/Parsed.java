package org.tocsin.mention.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.HeardItem;

/**
 * A feed that was understood.
 *
 * @param title null where it has none
 * @param items newest first as feeds are, at most {@link #MAX_ITEMS}
 * @param every how often it says that it changes; null where it does not say
 */
record Parsed(
        @Nullable String title,
        List<HeardItem> items,
        @Nullable Duration every) {
    /** The newest that are taken of a feed: no feed that is read each hour says more between two readings. */
    static final int MAX_ITEMS = 1_000;

    /**
     * @param at when one was published; null where it does not say
     * @return so many as are taken, as they stand: the newest by their dates where all have one, for some feeds have the oldest first
     */
    static <E> List<E> newest(List<E> entries, Function<E, @Nullable Instant> at) {
        if (entries.size() <= MAX_ITEMS) {
            return entries;
        }
        List<Instant> dates =
                entries.stream().map(at).filter(Objects::nonNull).sorted().toList();
        if (dates.size() < entries.size()) {
            return entries.subList(0, MAX_ITEMS);
        }
        Instant oldest = dates.get(dates.size() - MAX_ITEMS);
        return entries.stream()
                .filter(one -> !Objects.requireNonNull(at.apply(one)).isBefore(oldest))
                .limit(MAX_ITEMS)
                .toList();
    }
}
