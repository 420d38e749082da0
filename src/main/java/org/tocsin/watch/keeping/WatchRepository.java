package org.tocsin.watch.keeping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Watches as rows, and every version of their words. */
public interface WatchRepository {
    /** @param by who saved it */
    void insert(Tx tx, Watch watch, String by);

    /** @return whether the row had the version before this one */
    boolean save(Tx tx, Watch watch, String by);

    void remove(Tx tx, String id);

    Optional<Watch> find(Tx tx, BranchId branch, String id);

    /** @return the one of that id, of whatever branch */
    Optional<Watch> find(Tx tx, String id);

    /** @return by name */
    List<Watch> all(Tx tx, BranchId branch);

    /** @return those of every branch that ring */
    List<Watch> enabled(Tx tx);

    /** Words as they were saved once. */
    record Version(long version, String query, Instant savedAt, String savedBy) {}

    /** @return the newest first */
    List<Version> versions(Tx tx, String id);
}
