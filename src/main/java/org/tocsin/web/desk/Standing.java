package org.tocsin.web.desk;

import java.time.Instant;
import java.util.List;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Freeze;

/** Tells the freezes of a branch. */
@FunctionalInterface
public interface Standing {
    /** @return those that stand and are not over at that time, earliest first */
    List<Freeze> at(Tx tx, BranchId branch, Instant time);
}
