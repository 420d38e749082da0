package org.tocsin.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of freezes; none is ever removed. */
public interface FreezeRepository {
    void insert(Tx tx, Freeze freeze);

    /** @return false when another has changed it meanwhile */
    boolean save(Tx tx, Freeze changed, long seen);

    Optional<Freeze> find(Tx tx, String id);

    /** @return those that stand and are not over at that time, earliest first */
    List<Freeze> standing(Tx tx, BranchId branch, Instant at);
}
