package org.tocsin.search;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.ItemKind;

/**
 * What is looked for.
 *
 * @param query    in the language of watches; empty for everything
 * @param from     written then or later; null for no bound, as for all that follow
 * @param to       written before then
 * @param network  of the source, such as {@code feed}
 * @param source   its id
 * @param language BCP 47; a wide one includes the narrow ones
 * @param tag      with or without its {@code #}
 * @param watch    the id of one that has matched
 */
public record Wanted(
        String query,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String network,
        @Nullable String source,
        @Nullable String language,
        @Nullable String tag,
        @Nullable String watch,
        @Nullable ItemKind kind,
        Order order) {
    /** What comes first. */
    public enum Order {
        NEWEST,
        RELEVANCE
    }

    /** Everything that these words match, newest first. */
    public static Wanted of(String query) {
        return new Wanted(query, null, null, null, null, null, null, null, null, Order.NEWEST);
    }

    /** @return whether something beside the words bounds it */
    boolean bounded() {
        return from != null
                || to != null
                || network != null
                || source != null
                || language != null
                || tag != null
                || watch != null
                || kind != null;
    }
}
