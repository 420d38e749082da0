package org.tocsin.audience;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How people have answered a post. What a network does not tell is null, which is not zero.
 *
 * @param likes   favourites, hearts
 * @param reposts boosts, without words of one's own
 * @param replies as many as the network counts
 * @param quotes  reposts with words of one's own
 * @param views   how often it was shown; not the same thing on two networks
 */
public record Counts(
        @Nullable Long likes,
        @Nullable Long reposts,
        @Nullable Long replies,
        @Nullable Long quotes,
        @Nullable Long views) {
    /** Nothing is told. */
    public static final Counts NONE = new Counts(null, null, null, null, null);

    /** A post that is shown more often than that is a fault of the server: some hundred times for everyone alive. */
    private static final long MOST = 1_000_000_000_000L;

    /** @return the number in that node; null where it is none of a count: text, a fraction, below zero, beyond belief */
    public static @Nullable Long number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.asLong() >= 0 && node.asLong() <= MOST
                ? node.asLong()
                : null;
    }

    /** @return likes, reposts, replies and quotes together, as far as they are told; empty where none is. Views are no answer. */
    public OptionalLong engagement() {
        return known().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(known().stream().mapToLong(Long::longValue).sum());
    }

    private List<Long> known() {
        return Stream.of(likes, reposts, replies, quotes)
                .filter(Objects::nonNull)
                .toList();
    }

    /** @return whether nothing at all is told */
    public boolean none() {
        return equals(NONE);
    }

    /** @return both together; what neither tells stays unknown */
    public Counts plus(Counts other) {
        return new Counts(
                sum(likes, other.likes),
                sum(reposts, other.reposts),
                sum(replies, other.replies),
                sum(quotes, other.quotes),
                sum(views, other.views));
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        if (one == null) {
            return other;
        }
        return other == null ? one : Long.valueOf(one + other);
    }
}
