package org.tocsin.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * That a delivery may not go out before somebody has agreed to it, and to what he has agreed.
 *
 * @param deliveryId what waits
 * @param branch     the owner
 * @param askedBy    who wrote, or last changed, it
 * @param askedAt    when
 * @param hash       of what was agreed to, see {@link ApprovalRepository#contentHash}; null until somebody has
 * @param decidedBy  who has agreed, null until then
 * @param decidedAt  when, null until then
 */
public record Approval(
        String deliveryId,
        BranchId branch,
        String askedBy,
        Instant askedAt,
        @Nullable String hash,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt) {
    /** One that nobody has decided on. */
    public static Approval asked(Delivery delivery, String by, Instant now) {
        return new Approval(delivery.id(), delivery.branch(), by, now, null, null, null);
    }

    /** @return the same, agreed to as it stands */
    public Approval given(String content, String by, Instant now) {
        return new Approval(deliveryId, branch, askedBy, askedAt, content, by, now);
    }

    /** @return whether what would be sent is what was agreed to */
    public boolean covers(String content) {
        return content.equals(hash);
    }
}
