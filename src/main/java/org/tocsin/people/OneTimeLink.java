package org.tocsin.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * A link that works once. Only the hash of its token is kept.
 *
 * @param hash      SHA-256 of the token, 64 hexadecimal digits
 * @param purpose   what it opens
 * @param branch    the owner
 * @param userId    whose it is; null for a set-up
 * @param createdAt when it was made
 * @param expiresAt from when it does not work any more
 */
public record OneTimeLink(
        String hash,
        Purpose purpose,
        BranchId branch,
        @Nullable String userId,
        Instant createdAt,
        Instant expiresAt) {
    /** What a link opens. */
    public enum Purpose {
        /** The first user of a fresh daemon. */
        SETUP,
        /** Choosing a password: for who was invited, and for who has forgotten it. */
        PASSWORD
    }
}
