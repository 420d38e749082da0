package org.tocsin.mention;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.base.Tx;

/** The secrets of inbound webhooks, as hashes. */
public interface HookRepository {
    /** A source has one: another one takes its place. */
    void put(Tx tx, String sourceId, String tokenHash, Instant now);

    /** @return the id of the source */
    Optional<String> source(Tx tx, String tokenHash);
}
