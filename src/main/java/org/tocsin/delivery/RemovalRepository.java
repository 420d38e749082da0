package org.tocsin.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Tx;

/** The rows of removals. */
public interface RemovalRepository {
    /** Adds it; one that was refused becomes due again. */
    void request(Tx tx, Removal removal);

    void save(Tx tx, Removal removal);

    /** @return those whose time has come, the last segment of a delivery first */
    List<Removal> due(Tx tx, Instant now, int max);

    Optional<Instant> nextAt(Tx tx);

    /** @return in order */
    List<Removal> of(Tx tx, String deliveryId);
}
