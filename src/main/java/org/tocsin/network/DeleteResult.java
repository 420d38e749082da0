package org.tocsin.network;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a network said to a deletion. */
public sealed interface DeleteResult {
    /** It is gone, now or already before. */
    record Gone() implements DeleteResult {}

    /**
     * Not now: to be repeated.
     *
     * @param until when the network lets us in again; null where it does not say
     */
    record Later(Reason reason, @Nullable Instant until) implements DeleteResult {
        public Later(Reason reason) {
            this(reason, null);
        }
    }

    /**
     * It was asked for, and no answer tells what became of that: it may be gone. To be repeated, which is harmless.
     *
     * @param until when the network lets us in again; null where it does not say
     */
    record Unclear(Reason reason, @Nullable Instant until) implements DeleteResult {
        public Unclear(Reason reason) {
            this(reason, null);
        }
    }

    /** The channel cannot be used until a person acts; it is repeated when the channel works again. */
    record Unauthorized(Reason reason) implements DeleteResult {}

    /** It will not be done (too old, no permission): a person must. */
    record Refused(Reason reason) implements DeleteResult {}

    /** What a deletion came to that was not answered with success. */
    static DeleteResult of(PublishResult.NoEffect outcome) {
        return switch (outcome) {
            case PublishResult.Refused(Reason reason) -> new Refused(reason);
            case PublishResult.Unauthorized(Reason reason) -> new Unauthorized(reason);
            case PublishResult.Throttled throttled -> new Later(throttled.reason(), throttled.until());
            case PublishResult.Unreachable unreachable -> new Later(unreachable.reason(), unreachable.until());
        };
    }
}
