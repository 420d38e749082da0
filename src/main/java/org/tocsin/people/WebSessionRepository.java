package org.tocsin.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Tx;

/** The rows of web sessions. */
public interface WebSessionRepository {
    void insert(Tx tx, WebSession session);

    Optional<WebSession> byHash(Tx tx, String hash);

    /** @return the sessions of a user, latest first */
    List<WebSession> ofUser(Tx tx, String userId);

    void seen(Tx tx, String hash, Instant at);

    /** @return whether there was one */
    boolean delete(Tx tx, String hash);

    /**
     * Ends the sessions of a user.
     *
     * @param except the hash of one that stays; empty for none
     */
    int deleteOfUser(Tx tx, String userId, String except);

    /** Forgets what was created or seen before. */
    int sweep(Tx tx, Instant createdBefore, Instant seenBefore);
}
