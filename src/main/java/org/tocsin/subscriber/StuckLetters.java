package org.tocsin.subscriber;

import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;

/** Who is told that a way by which letters leave takes none of them, in the transaction that found it. */
public interface StuckLetters {
    /** The mail server, which all branches share. */
    String MAIL = "MAIL";

    /** So often in a row is no hiccup any more. */
    int FAILURES = 3;

    /**
     * Nothing leaves, and a person must see to it; told once.
     *
     * @param branch whose letters they are
     * @param way    {@link #MAIL}, or which bot
     */
    void stuck(Tx tx, BranchId branch, String way, Message why);

    /** A letter was taken: it is taken back. */
    void went(Tx tx, BranchId branch, String way);
}
