package org.tocsin.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/**
 * What is remembered of a channel's account between requests, so that a restart does not reset it.
 *
 * @param channelId      whose
 * @param heldReason     why nothing is sent until a person acts, null while it may be used
 * @param heldSince      since when, null while it may be used
 * @param heldBy         who found that it cannot be used, null while it may be used
 * @param throttledSince since when the network, or our own rate, has not let us in without a longer break; null when it does
 * @param throttledUntil until when the network does not let us in, null when it does
 */
public record Account(
        String channelId,
        @Nullable Message heldReason,
        @Nullable Instant heldSince,
        @Nullable Finder heldBy,
        @Nullable Instant throttledSince,
        @Nullable Instant throttledUntil) {
    /** How often what waits for a held account looks whether it is free again. */
    static final Duration LOOK_AGAIN = Duration.ofMinutes(15);

    /** Who found that an account cannot be used; what a check has found, a check that succeeds disproves. */
    public enum Finder {
        CHECK,
        /** A refusal of what was to be published or taken back: a check that only reads says nothing about it. */
        PUBLISHING
    }

    /** Nothing is known. */
    public static Account free(String channelId) {
        return new Account(channelId, null, null, null, null, null);
    }

    /** @return when to look again, where nothing may be asked of the network now */
    public Optional<Instant> closedUntil(Instant now) {
        if (heldReason != null) {
            return Optional.of(now.plus(LOOK_AGAIN));
        }
        return Optional.ofNullable(throttledUntil).filter(now::isBefore);
    }
}
