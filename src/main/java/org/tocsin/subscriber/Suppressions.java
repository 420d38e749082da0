package org.tocsin.subscriber;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/**
 * Addresses that are written to no more, by a keyed hash only. It is looked up before any letter, in the transaction that says the letter is
 * about to go.
 */
public interface Suppressions {
    /** Why. */
    enum Reason {
        /** Left; may sign up anew. */
        LEFT,
        /** His server said that there is no such mailbox. */
        BOUNCED,
        /** Told his server that it was unwanted. */
        COMPLAINED,
        /** Asked to be forgotten. */
        ERASED,
        /** On the list that another tool kept of those who had left it. */
        IMPORTED
    }

    /** @param address as {@link org.tocsin.letter.MailAddress#key()} gives it */
    record Entry(String key, Reason reason, Instant since) {}

    /**
     * Adds one, or makes the reason graver.
     *
     * @param address as {@link org.tocsin.letter.MailAddress#key()} gives it
     */
    void add(Tx tx, BranchId branch, String address, Reason reason, Instant now);

    /** Adds what a hash stands for, as it was written down outside the database. */
    void addKey(Tx tx, BranchId branch, String key, Reason reason, Instant since);

    /** @return why nothing is sent to an address; empty where it may be written to */
    Optional<Entry> find(Tx tx, BranchId branch, String address);

    /** Lifts it. @return whether there was one */
    boolean remove(Tx tx, BranchId branch, String address);

    /** @return the hash by which an address is known */
    String key(String address);

    /** @return all of all branches, as they would be written beside the database */
    List<LeaveLog.Line> all(Tx tx);

    /** @return whether there is any for that reason */
    boolean any(Tx tx, BranchId branch, Reason reason);
}
