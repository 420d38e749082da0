package org.tocsin.publishing;

import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Which rows of tables were brought in, and as which posts. */
public interface ImportRepository {
    /**
     * @param hash of what the row says
     * @param nth  which of the rows of a table that say the same, from 0
     * @return the post that it became, where that was not deleted
     */
    Optional<String> find(Tx tx, BranchId branch, String hash, int nth);

    void save(Tx tx, BranchId branch, String hash, int nth, String postId);
}
