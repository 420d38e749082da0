package org.tocsin.mention;

import org.jspecify.annotations.Nullable;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;

/** Reads where the network takes money for each item: only as many as the source's ceiling still allows are asked for. */
public interface PaidSource extends MentionSource {
    /** @return what one item costs */
    Cost price(Channel channel);

    /** @return the fewest items that can be asked for */
    int fewest();

    /** @return the most items that are asked for at once */
    int most();

    /**
     * What was read, and paid.
     *
     * @param charged items that the network has charged for, or may have where nobody knows
     */
    record Paid(ReadResult result, int charged) {}

    /**
     * Reads on from the source's cursor.
     *
     * @param items how many at most, from {@link #fewest} to {@link #most}
     */
    Paid read(Source source, Channel channel, int items);

    @Override
    default ReadResult read(Source source, @Nullable Channel channel) {
        throw new UnsupportedOperationException("a paid source is read within its ceiling");
    }
}
