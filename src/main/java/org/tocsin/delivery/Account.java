package org.tocsin.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/**
 * What is remembered of a channel's account between requests, so that a restart does not reset it.
 *
 * @param channelId      whose
 * @param heldReason     why nothing is sent until a person acts, null while it may be used
 * @param heldSince      since when, null while it may be used
 * @param throttledUntil until when the network does not let us in, null when it does
 */
public record Account(
        String channelId,
        @Nullable Message heldReason,
        @Nullable Instant heldSince,
        @Nullable Instant throttledUntil) {
    /** Nothing is known. */
    public static Account free(String channelId) {
        return new Account(channelId, null, null, null);
    }
}
