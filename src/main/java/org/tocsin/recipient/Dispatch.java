package org.tocsin.recipient;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;

/**
 * One text on one way.
 *
 * @param id       stays the same over all attempts: a receiver knows a repeat by it
 * @param subject  the id of the alert, notice or digest
 * @param attempts how many were made
 * @param nextAt   when it is tried next; null when it is over
 * @param failure  why the last attempt failed; null where none did
 */
public record Dispatch(
        String id,
        BranchId branch,
        String recipientId,
        String wayId,
        Subject kind,
        String subject,
        State state,
        int attempts,
        @Nullable Instant nextAt,
        Instant createdAt,
        @Nullable Message failure) {
    /** Where it stands. */
    public enum State {
        WAITING,
        /** The attempt is durable, and its request may have left. */
        SENDING,
        SENT,
        /** Nobody knows whether it was taken, and it is not sent again: its way could not tell a repeat. */
        UNKNOWN,
        FAILED,
        /** Somebody has seen to it before it was sent. */
        SEEN
    }
}
