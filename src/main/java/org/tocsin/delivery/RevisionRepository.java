package org.tocsin.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;

/** The rows of revisions. */
public interface RevisionRepository {
    void insert(Tx tx, Revision revision);

    /**
     * Writes a changed row.
     *
     * @param seen what it was made from
     * @return false when its state or its attempts are others by now; nothing is written then
     */
    boolean save(Tx tx, Revision changed, Revision seen);

    /** Nothing more is asked on that channel before then. */
    void postpone(Tx tx, String channelId, Instant until);

    /** @return of each channel the one whose time has come first, the first segment of a delivery first */
    List<Revision> due(Tx tx, Instant now, int max);

    Optional<Instant> nextAt(Tx tx);

    /** @return of a delivery, by segment and number */
    List<Revision> of(Tx tx, String deliveryId);

    /** @return by delivery, in that order; none for one that has none */
    Map<String, List<Revision>> of(Tx tx, Collection<String> deliveryIds);

    /** @return the deliveries with a segment whose latest revision is in that state, the latest accepted first */
    List<String> deliveriesIn(Tx tx, BranchId branch, Revision.State state, int max);

    /**
     * Holds everything that is due.
     *
     * @return how many
     */
    int holdAll(Tx tx, Message reason);
}
