package org.tocsin.publishing;

import java.time.Instant;
import java.util.List;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.delivery.DeliveryState;

/** What is planned and what is out, by time. */
public interface CalendarRepository {
    /**
     * A delivery as a calendar needs it: of thousands, only that.
     *
     * @param awaiting   whether it waits for somebody's word
     * @param dueAt      when it is meant to go out
     * @param expectedAt from when it is late
     */
    record Planned(
            String postId,
            String channelId,
            String network,
            DeliveryState state,
            boolean awaiting,
            Instant dueAt,
            Instant expectedAt) {}

    /**
     * @param from  the first instant
     * @param until the first instant after it
     * @return those meant to go out in that span, earliest first; without what was cancelled or deleted
     */
    List<Planned> between(Tx tx, BranchId branch, Instant from, Instant until);

    /** @return the ids of deliveries in line that were expected before that time, those that wait longest first */
    List<String> overdue(Tx tx, BranchId branch, Instant before, int max);
}
