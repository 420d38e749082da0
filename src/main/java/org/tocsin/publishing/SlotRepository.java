package org.tocsin.publishing;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of slots. */
public interface SlotRepository {
    /** A time on a channel for which something is planned. */
    record Taken(String channelId, Instant at) {}

    /** @return false where the channel has that slot already */
    boolean insert(Tx tx, Slot slot);

    void remove(Tx tx, String id);

    Optional<Slot> find(Tx tx, BranchId branch, String id);

    /** @return by channel, weekday and time */
    List<Slot> all(Tx tx, BranchId branch);

    /**
     * @param from  the first instant
     * @param until the first instant after it
     * @return when something is planned on those channels, that has not ended
     */
    Set<Taken> taken(Tx tx, Collection<String> channelIds, Instant from, Instant until);
}
