package org.tocsin.mention.rights;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Objections as rows; their words are sealed. */
public interface ObjectionRepository {
    /** Keeps a new one. */
    void insert(Tx tx, Objection objection);

    Optional<Objection> find(Tx tx, BranchId branch, String id);

    /**
     * @param open only those that nobody has decided
     * @return the newest first
     */
    List<Objection> page(Tx tx, BranchId branch, boolean open, String after, int max);

    /** @return how many came since */
    long since(Tx tx, Instant since);

    /** @return whether the row had that version */
    boolean save(Tx tx, Objection objection);

    /** Forgets the words of those that were decided before that. @return how many */
    int forget(Tx tx, Instant before);
}
