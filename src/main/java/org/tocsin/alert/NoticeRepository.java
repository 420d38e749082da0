package org.tocsin.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Notices;

/** The rows of notices. */
public interface NoticeRepository extends Notices {
    /** @return those to be sent, earliest first */
    List<Notice> due(Tx tx, Instant now, int max);

    Optional<Notice> find(Tx tx, String id);

    Optional<Instant> nextAt(Tx tx);

    /** @param nextAt null when it is not to be sent again */
    void sent(Tx tx, String id, String state, int attempts, @Nullable Instant nextAt);

    /**
     * @param kinds of these sorts
     * @param after the id after which the page begins, empty for the first
     * @return newest first
     */
    List<Notice> page(Tx tx, BranchId branch, Set<Kind> kinds, boolean openOnly, String after, int max);

    /** Of every sort. */
    default List<Notice> page(Tx tx, BranchId branch, boolean openOnly, String after, int max) {
        return page(tx, branch, Set.of(Kind.values()), openOnly, after, max);
    }

    /** @return false when there is none, or it was acknowledged before */
    boolean acknowledge(Tx tx, BranchId branch, String id, Instant at);
}
