package org.tocsin.subscriber;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * A mail to one person about his own sign-up.
 *
 * @param tokenHash SHA-256 of its token; null where it has none
 * @param sealed    what it is sent with; emptied once it was sent
 * @param nextAt    when it is tried; null when it is over
 * @param expiresAt until when its token works
 * @param usedAt    when the token was used; null until then
 */
public record SignUpMail(
        String id,
        BranchId branch,
        String subscriberId,
        Kind kind,
        String language,
        @Nullable String tokenHash,
        Contents sealed,
        State state,
        int attempts,
        @Nullable Instant nextAt,
        Instant expiresAt,
        @Nullable Instant usedAt,
        Instant createdAt) {
    /** What it is about. */
    public enum Kind {
        /** Please confirm that it was you. */
        CONFIRM,
        /** You are there already. */
        ALREADY,
        /** Please confirm that this address is yours: it takes the place of another. */
        CORRECT,
        /** The link to your data that you asked for. */
        DATA,
        /** Do you still want letters? */
        STILL
    }

    /** Where it stands. */
    public enum State {
        WAITING,
        SENT,
        /** Nobody knows whether it went; it is not sent again, for the person may ask again. */
        UNKNOWN,
        FAILED,
        /** It was overtaken by another, or by the person's leaving. */
        VOID
    }

    /**
     * What is kept sealed.
     *
     * @param address where it goes; where the token gives another address, this is the new one
     * @param token   in clear until it is sent
     */
    public record Contents(String address, @Nullable String token) {
        /** Nothing any more. */
        public static final Contents NONE = new Contents("", null);
    }
}
