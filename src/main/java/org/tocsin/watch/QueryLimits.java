package org.tocsin.watch;

/** How big a watch may be, so that reading and matching it stay cheap by construction. Word lists are for more. */
public final class QueryLimits {
    /** Characters of a watch. */
    public static final int LENGTH = 1024;
    /** Words, phrases, tags and the like in it. */
    public static final int CLAUSES = 64;
    /** Groups within groups. */
    public static final int DEPTH = 10;
    /** Words between the two sides of NEAR, or within a loose phrase. */
    public static final int DISTANCE = 50;
    /** Words of a loose phrase: the work on one grows with the number of their sets, 64. */
    public static final int LOOSE_WORDS = 6;
    /** Letters and digits beside wildcards. */
    public static final int LITERALS = 3;
    /** Wildcards in a word. */
    public static final int WILDCARDS = 2;
    /** Entries of a word list. */
    public static final int LIST_ENTRIES = 50_000;

    private QueryLimits() {}
}
