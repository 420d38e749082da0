package org.tocsin.mention;

import org.jspecify.annotations.Nullable;

/**
 * How many have reacted, as the source told last. What it does not tell is null, and not zero.
 *
 * @param followers of the author
 */
public record Counts(
        @Nullable Long likes,
        @Nullable Long reposts,
        @Nullable Long replies,
        @Nullable Long followers) {
    /** Nothing is told. */
    public static Counts unknown() {
        return new Counts(null, null, null, null);
    }
}
