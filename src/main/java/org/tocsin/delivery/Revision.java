package org.tocsin.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.delivery.DeliverySegment.Content;

/**
 * Other words for a published segment. It is an intent of its own: what is sent was made once, when it was accepted, and is sent again
 * unchanged, so that repeating it is harmless.
 *
 * @param deliveryId     whose segment
 * @param segment        its index
 * @param number         from 1; a later one of the same segment takes the place of those before
 * @param branch         the owner
 * @param channelId      where it is
 * @param state          where it stands
 * @param wording        what the segment says once it is done
 * @param freezeOverride through which freezes a person lets it, and why; null where nobody did
 * @param reason         why it is not done, null where that needs no saying
 * @param attempts       begun so far; above zero, something may have left
 * @param nextAt         when to try, null when nothing is tried by itself
 * @param requestedAt    when it was accepted
 */
public record Revision(
        String deliveryId,
        int segment,
        int number,
        BranchId branch,
        String channelId,
        State state,
        Wording wording,
        @Nullable String freezeOverride,
        @Nullable Message reason,
        int attempts,
        @Nullable Instant nextAt,
        Instant requestedAt) {
    /** Where a revision stands. */
    public enum State {
        DUE,
        /** A freeze or a restore holds it: a person lets it go. */
        HELD,
        DONE,
        /** The network will not, or the post is gone there: an erratum says it instead. */
        REFUSED,
        /** A later one took its place, or the post was taken back. */
        DROPPED;

        /** @return whether a person can let it go again */
        public boolean stopped() {
            return this == HELD || this == REFUSED;
        }
    }

    /**
     * What is to be said.
     *
     * @param content the segment's, with the new words
     * @param body    the exact request, in the adapter's form
     * @param text    as people will read it
     */
    public record Wording(Content content, String body, String text) {}

    /** A revision that is due then. */
    public static Revision of(Delivery delivery, int segment, int number, Wording wording, Instant at, Instant now) {
        return new Revision(
                delivery.id(),
                segment,
                number,
                delivery.branch(),
                delivery.channelId(),
                State.DUE,
                wording,
                null,
                null,
                0,
                at,
                now);
    }

    /** @return the same, where one more attempt has begun */
    Revision begun() {
        return new Revision(
                deliveryId,
                segment,
                number,
                branch,
                channelId,
                state,
                wording,
                freezeOverride,
                reason,
                attempts + 1,
                nextAt,
                requestedAt);
    }

    /** @return the same in another state */
    public Revision in(State other, @Nullable Message why, @Nullable Instant at) {
        return new Revision(
                deliveryId,
                segment,
                number,
                branch,
                channelId,
                other,
                wording,
                freezeOverride,
                why,
                attempts,
                at,
                requestedAt);
    }

    /** @return the same, let through freezes as {@link Delivery#override} says */
    public Revision override(@Nullable String freezes) {
        return new Revision(
                deliveryId,
                segment,
                number,
                branch,
                channelId,
                state,
                wording,
                freezes,
                reason,
                attempts,
                nextAt,
                requestedAt);
    }
}
