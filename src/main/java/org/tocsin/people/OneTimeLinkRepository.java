package org.tocsin.people;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Tx;

/** The rows of one-time links. */
public interface OneTimeLinkRepository {
    void insert(Tx tx, OneTimeLink link);

    /** @return the link of that hash, whether it has expired or not; a used one is gone */
    Optional<OneTimeLink> byHash(Tx tx, String hash);

    /** @return whether it was still there: of two that use a link at once, one wins */
    boolean use(Tx tx, String hash);

    /**
     * Takes back links of a purpose.
     *
     * @param userId whose; null for those of nobody
     */
    void revoke(Tx tx, OneTimeLink.Purpose purpose, @Nullable String userId);

    int sweep(Tx tx, Instant expiredBefore);
}
