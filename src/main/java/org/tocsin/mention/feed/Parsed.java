package org.tocsin.mention.feed;

import java.time.Duration;
import java.util.List;
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
}
