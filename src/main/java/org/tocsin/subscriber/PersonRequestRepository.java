package org.tocsin.subscriber;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** What people asked for, as rows. */
public interface PersonRequestRepository {
    void insert(Tx tx, PersonRequest request);

    /** @return whether it was open */
    boolean done(Tx tx, BranchId branch, String id, Instant at, String by, @Nullable String note);

    /** @return whether something of that kind was open of that person; it is done then */
    boolean doneOf(Tx tx, String subscriberId, PersonRequest.Kind kind, Instant at, String by);

    /** @return whether that person asked for that by that way since */
    boolean since(Tx tx, String subscriberId, PersonRequest.Kind kind, Consent.Door door, Instant since);

    /** @return those that are open, the most urgent first */
    List<PersonRequest> open(Tx tx, BranchId branch, int max);

    /**
     * @param after id where the page begins; empty for the newest
     * @return the newest first
     */
    List<PersonRequest> page(Tx tx, BranchId branch, String after, int max);

    /** @return those of one person, the first one first */
    List<PersonRequest> of(Tx tx, String subscriberId);

    /** Takes a person out of them. */
    void forget(Tx tx, String subscriberId);
}
