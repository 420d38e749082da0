package org.tocsin.subscriber;

import java.time.Instant;
import java.util.List;
import org.tocsin.base.BranchId;

/**
 * Who left and who was erased, beside the database: one that is put back from before does not know, and would write to them again. Hashes
 * only.
 */
public interface LeaveLog {
    /** What a line says. */
    enum What {
        LEFT,
        BOUNCED,
        COMPLAINED,
        ERASED,
        /** Was erased by time alone: nothing was asked for, and he may sign up anew. */
        EXPIRED,
        /** Had left the tool from which the list came. */
        IMPORTED,
        /** Asked that his data be kept and not used. */
        RESTRICTED,
        /** Allowed its use again. */
        RELEASED,
        /** Is not to be reached there any more: he gave another address, or lost the account. What is reached there is not his. */
        MOVED,
        /** Signed up anew, gave this address as his, or was taken off the list by the team. */
        BACK
    }

    /** @param key as {@link Suppressions#key} makes it of an address or of a number */
    record Line(What what, BranchId branch, String key, Instant at) {}

    /**
     * Adds lines; they are on the disk when this returns.
     *
     * @throws org.tocsin.base.FaultException STORAGE when they cannot be written
     */
    void add(List<Line> lines);

    /** Adds one. */
    default void add(Line line) {
        add(List.of(line));
    }

    /** @return all, in order */
    List<Line> lines();
}
