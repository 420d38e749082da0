package org.tocsin.delivery;

import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;

/** Where what needs a person is told; the notice is a row of the same transaction as what it tells. */
public interface Notices {
    /** The sorts of notice. */
    enum Kind {
        HELD,
        UNKNOWN,
        LATE,
        REFUSED,
        EXHAUSTED,
        CHANNEL_HELD,
        TOKEN_EXPIRING,
        CLOCK_JUMP,
        DELETE_REFUSED,
        REVISION_REFUSED
    }

    /**
     * @param kind    the sort
     * @param subject the id of the delivery or channel
     * @param message what to tell
     */
    void raise(Tx tx, BranchId branch, Kind kind, String subject, Message message);

    /** @return whether that very notice was raised before, open or not */
    default boolean told(Tx tx, BranchId branch, Kind kind, String subject, Message message) {
        return false;
    }
}
