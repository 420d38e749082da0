package org.tocsin.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;

/** The rows of removals. */
public interface RemovalRepository {
    /** Adds it; one that was refused, or of which nobody knows, becomes due again. */
    void request(Tx tx, Removal removal);

    /**
     * Writes how an attempt ended.
     *
     * @return false when it was over already, or another attempt has ended meanwhile; nothing is written then
     */
    boolean save(Tx tx, Removal removal);

    /**
     * Writes what a person has decided.
     *
     * @param decided the same in its new state
     * @param seen    the row that it was decided upon
     * @return false when it is another by now; nothing is written then
     */
    boolean decide(Tx tx, Removal decided, Removal seen);

    /** Nothing more is asked on that channel before then. */
    void postpone(Tx tx, String channelId, Instant until);

    /** As {@link #postpone}, for a reason that people are shown. */
    void hold(Tx tx, String channelId, Message why, Instant until);

    /** @return of each channel the one whose time has come first, the last segment of a delivery first */
    List<Removal> due(Tx tx, Instant now, int max);

    Optional<Instant> nextAt(Tx tx);

    /** @return in order */
    List<Removal> of(Tx tx, String deliveryId);

    /** @return by delivery, in order; none for one that has none */
    Map<String, List<Removal>> of(Tx tx, Collection<String> deliveryIds);

    /** @return the deliveries with a removal that was refused or of which nobody knows, the one asked for last first */
    List<String> forPerson(Tx tx, BranchId branch, int max);
}
