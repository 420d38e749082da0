package org.tocsin.people;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * A key to the API. Only its hash is kept.
 *
 * @param id        stable; also the actor in the audit trail
 * @param branch    whose things it may touch
 * @param name      for people
 * @param hash      SHA-256 of the token, 64 hexadecimal digits
 * @param scopes    what it may do
 * @param createdAt when it was made
 * @param createdBy who made it; null for one of before that was noted
 * @param expiresAt when it ends by itself, null where it does not
 * @param usedAt    when it was used, to the minute; null where it never was
 * @param revokedAt when it was taken back, null while it is good
 */
public record ApiToken(
        String id,
        BranchId branch,
        String name,
        String hash,
        Set<Scope> scopes,
        Instant createdAt,
        @Nullable String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant usedAt,
        @Nullable Instant revokedAt) {
    public ApiToken {
        scopes = Set.copyOf(scopes);
    }

    /** @return whether it has ended by itself by then */
    public boolean expired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
