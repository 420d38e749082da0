package org.tocsin.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;

/**
 * A segment that is to be taken back from its network. It is an intent of its own; repeating it is harmless.
 *
 * @param deliveryId  whose segment
 * @param segment     its index
 * @param branch      the owner
 * @param channelId   where it is
 * @param state       where it stands
 * @param reason      why it is not gone yet, null where that needs no saying
 * @param attempts    so far
 * @param nextAt      when to try, null when it is over
 * @param requestedAt when it was asked for
 */
public record Removal(
        String deliveryId,
        int segment,
        BranchId branch,
        String channelId,
        State state,
        @Nullable Message reason,
        int attempts,
        @Nullable Instant nextAt,
        Instant requestedAt) {
    /** With that the remote id begins of a receipt that a person gave without an address: it names nothing on the network. */
    public static final String RESOLVED = "resolved:";

    /** Where a removal stands. */
    public enum State {
        DUE,
        /** It was asked for, and nobody knows what became of that: it is asked again by itself, or a person looks. */
        UNKNOWN,
        GONE,
        /** The network will not: a person must. */
        REFUSED;

        /** @return whether a person can say what became of it, or have it asked for again */
        public boolean asks() {
            return this == UNKNOWN || this == REFUSED;
        }
    }

    /** A removal that is due at once. */
    public static Removal of(Delivery delivery, DeliverySegment segment, Instant now) {
        return new Removal(
                delivery.id(), segment.index(), delivery.branch(), delivery.channelId(), State.DUE, null, 0, now, now);
    }

    /** @return the same, where a person says what became of it or wants it asked for again */
    public Removal decided(State next, @Nullable Instant at) {
        return new Removal(deliveryId, segment, branch, channelId, next, null, attempts, at, requestedAt);
    }

    /** @return the same after an attempt */
    Removal after(State next, @Nullable Message why, @Nullable Instant at) {
        return new Removal(deliveryId, segment, branch, channelId, next, why, attempts + 1, at, requestedAt);
    }
}
