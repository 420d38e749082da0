package org.tocsin.publishing;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Which rows of tables were brought in, and as which posts. */
public interface ImportRepository {
    /**
     * @param hash of what the row says
     * @return the post that it became, where that was not deleted
     */
    Optional<String> find(Tx tx, BranchId branch, String hash);

    /**
     * Forgets rows of posts that were made before that and have nothing left to go out after it: brought in again, such a row would be in
     * the past and refused.
     *
     * @return how many, at most {@code max}
     */
    int forget(Tx tx, Instant before, int max);

    void save(Tx tx, BranchId branch, String hash, String postId);
}
