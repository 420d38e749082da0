package org.tocsin.watch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.Counts;

/** A count within bounds; one that is not known is within none. */
record CountClause(WatchQuery.Metric metric, long from, long to) implements Clause {
    @Override
    public boolean test(Heard heard) {
        return holds(heard.item().counts());
    }

    boolean holds(Counts counts) {
        Long count = count(counts);
        return count != null && count >= from && count <= to;
    }

    private @Nullable Long count(Counts counts) {
        return switch (metric) {
            case LIKES -> counts.likes();
            case REPOSTS -> counts.reposts();
            case REPLIES -> counts.replies();
            case FOLLOWERS -> counts.followers();
        };
    }

    @Override
    public double anchors(Rarity rarity, List<Anchor> anchors) {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public Need need() {
        return new Need.Nothing();
    }

    @Override
    public int effort() {
        return 0;
    }
}
