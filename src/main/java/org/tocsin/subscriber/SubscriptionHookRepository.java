package org.tocsin.subscriber;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The program that follows, and what waits to be told to it. */
public interface SubscriptionHookRepository {
    Optional<SubscriptionHook> find(Tx tx, BranchId branch);

    /** @return whether the row had that version, 0 for none; what is known of its health begins anew */
    boolean save(Tx tx, BranchId branch, SubscriptionHook hook);

    /** Says how it went. */
    void went(Tx tx, BranchId branch, SubscriptionHook hook);

    /** Takes it away, with all that waits for it. */
    void remove(Tx tx, BranchId branch);

    /** Adds an event. */
    void add(Tx tx, SubscriptionEvent event);

    /** @return those whose time has come, of each subscriber the oldest alone, the oldest first */
    List<SubscriptionEvent> due(Tx tx, Instant now, int max);

    /** @return when the next may be due */
    Optional<Instant> nextAt(Tx tx);

    /** @return how many wait */
    long waiting(Tx tx, BranchId branch);

    /** It was not taken. */
    void later(Tx tx, String id, int attempts, Instant nextAt);

    /** It was told, or is not to be told any more. */
    void delete(Tx tx, String id);

    /** Takes away what waits of a person. */
    void forget(Tx tx, String subscriberId);

    /** Takes away all that waits. */
    void clear(Tx tx);
}
