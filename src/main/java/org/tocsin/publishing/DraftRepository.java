package org.tocsin.publishing;

import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of drafts. Their images are not forgotten while they are there. */
public interface DraftRepository {
    /** @return empty where it belongs to another branch */
    Optional<KeptDraft> find(Tx tx, BranchId branch, String id);

    /** @return false when there is one of that id, in whichever branch */
    boolean insert(Tx tx, KeptDraft draft);

    /** @return false when another has changed it meanwhile */
    boolean save(Tx tx, KeptDraft changed, long seen);

    /** @return whether it was there */
    boolean remove(Tx tx, BranchId branch, String id);

    /** @return the last changed first */
    List<KeptDraft> newest(Tx tx, BranchId branch, int max);
}
