package org.tocsin.network;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.base.Tx;

/** How far was taken what a network keeps for us until we confirm it. */
public interface InboxRepository {
    /**
     * A place in an inbox.
     *
     * @param next the first number that was not taken
     * @param at   when that was noted
     */
    record Taken(long next, Instant at) {}

    /** @return empty where nothing was taken yet */
    Optional<Taken> find(Tx tx, String inbox);

    void save(Tx tx, String inbox, Taken taken);
}
