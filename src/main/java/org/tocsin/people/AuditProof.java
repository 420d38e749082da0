package org.tocsin.people;

import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/** Shows whether the audit trail is what it was: by its chain of hashes, and by checkpoints that were signed outside of the database. */
public interface AuditProof {
    /**
     * What came of it.
     *
     * @param rows        of the trail, all branches
     * @param checkpoints that were signed
     * @param firstBroken number of the first row that cannot be relied on; 0 where all can
     * @param why         null where the trail is whole
     * @param key         the public key, X.509 and base 64, by which the checkpoints can be verified elsewhere
     */
    record Verified(
            long rows,
            int checkpoints,
            long firstBroken,
            @Nullable Message why,
            String key) {}

    /** Reads the whole trail, and every checkpoint. */
    Verified verify();
}
