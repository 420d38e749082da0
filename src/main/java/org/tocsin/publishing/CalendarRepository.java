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

    /**
     * How many deliveries need a person, each counted once.
     *
     * @param person  are held or not known, or something of them could not be taken back or edited and nothing but a person helps
     * @param failed  were refused or given up, or an edit of them was refused
     * @param planned those of {@code person} and those that are late
     * @param all     all of these
     */
    record Needs(int person, int failed, int planned, int all) {}

    /** @param before what was expected before that time is late */
    Needs needs(Tx tx, BranchId branch, Instant before);

    /** @return the ids of deliveries in line that were expected before that time, those that wait longest first */
    List<String> overdue(Tx tx, BranchId branch, Instant before, int max);
}
