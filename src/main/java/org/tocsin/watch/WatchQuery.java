package org.tocsin.watch;

import java.util.List;

/** A watch as its author wrote it, read: the tree of its clauses. Two equal trees mean the same. */
public sealed interface WatchQuery {
    /** How a word is compared. */
    enum How {
        /** Whatever its case and accents; an acronym in capitals meets capitals. */
        PLAIN,
        /** {@code word*} */
        BEGINNING,
        /** {@code w?rd}: each question mark is one letter. */
        PATTERN,
        /** {@code =word}: its case and accents. */
        EXACT,
        /** {@code word~}: its light stem. */
        STEM
    }

    /** Where a clause looks, or what it asks of an item. */
    enum Field {
        LANG,
        SOURCE,
        SITE,
        URL,
        FROM,
        TO,
        TITLE,
        IS,
        HAS
    }

    /** What is counted, after publication. */
    enum Metric {
        LIKES,
        REPOSTS,
        REPLIES,
        FOLLOWERS
    }

    /** At least one of two or more. */
    record Or(List<WatchQuery> of) implements WatchQuery {
        public Or {
            of = List.copyOf(of);
        }
    }

    /** All of two or more. */
    record And(List<WatchQuery> of) implements WatchQuery {
        public And {
            of = List.copyOf(of);
        }
    }

    record Not(WatchQuery of) implements WatchQuery {}

    /**
     * Two things close to each other, which do not overlap.
     *
     * @param distance words between them at most, 0 to {@link QueryLimits#DISTANCE}
     * @param ordered  whether the left one comes first
     */
    record Near(WatchQuery left, WatchQuery right, int distance, boolean ordered) implements WatchQuery {}

    /** @param least how many of them, 1 to their number */
    record Some(int least, List<WatchQuery> of) implements WatchQuery {
        public Some {
            of = List.copyOf(of);
        }
    }

    /** @param text without the signs of {@code how}, except the question marks of a pattern */
    record Word(String text, How how) implements WatchQuery {}

    /**
     * @param text  words with one blank between them
     * @param slop  0: side by side in this order; else in any order, with at most so many other words between
     * @param exact with the case and accents of each word
     */
    record Phrase(String text, int slop, boolean exact) implements WatchQuery {}

    /** @param tag without its sign */
    record Tag(String tag, boolean beginning) implements WatchQuery {}

    /** @param handle without its first {@code @} */
    record Handle(String handle) implements WatchQuery {}

    record Scoped(Field field, WatchQuery of) implements WatchQuery {}

    /**
     * @param from at least; 0 for no bound
     * @param to   at most; {@link Long#MAX_VALUE} for no bound
     */
    record Count(Metric metric, long from, long to) implements WatchQuery {}

    /** A named list of words. */
    record Listed(String name) implements WatchQuery {}
}
