package org.tocsin.newsletter;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Newsletters as rows. */
public interface NewsletterRepository {
    /** Keeps a new one. */
    void insert(Tx tx, Newsletter newsletter);

    /** @return whether the row had the version before; it is as given then */
    boolean save(Tx tx, Newsletter newsletter);

    /** Takes a draft away. */
    void remove(Tx tx, String id);

    Optional<Newsletter> find(Tx tx, String id);

    /**
     * @param after id where the page begins; empty for the newest
     * @return the newest first
     */
    List<Newsletter> page(Tx tx, BranchId branch, String after, int max);

    /** @return those that are to begin, and those that are being sent */
    List<Newsletter> active(Tx tx, Instant now);

    /** @return when the next scheduled one begins */
    Optional<Instant> nextAt(Tx tx);
}
