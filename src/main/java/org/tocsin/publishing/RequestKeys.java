package org.tocsin.publishing;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.base.Tx;

/**
 * The idempotency keys that callers of our API give, stored in the same transaction as what they ask for, and kept for at least seven
 * days. A repeat gets the first answer; the same key with another request is refused.
 */
public interface RequestKeys {
    /**
     * @param request  method and path
     * @param bodyHash SHA-256 of the body
     * @param status   of the answer
     * @param response the answer's body
     */
    record Stored(String request, String bodyHash, int status, String response) {}

    Optional<Stored> find(Tx tx, String owner, String key);

    void store(Tx tx, String owner, String key, Stored stored, Instant now);

    /** @return how many were forgotten */
    int forget(Tx tx, Instant before, int max);
}
