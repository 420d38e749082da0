package org.tocsin.network;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a network said to an edit. */
public sealed interface EditResult {
    /** It says the new words, now or already before. */
    record Edited(Receipt receipt) implements EditResult {}

    /** The post is no longer there. */
    record Gone() implements EditResult {}

    /**
     * Not now, or it is not known: to be repeated.
     *
     * @param until when the network lets us in again; null where it does not say
     */
    record Later(Reason reason, @Nullable Instant until) implements EditResult {
        public Later(Reason reason) {
            this(reason, null);
        }
    }

    /** The channel cannot be used until a person acts; it is repeated when the channel works again. */
    record Unauthorized(Reason reason) implements EditResult {}

    /** It will not be done (too old, no permission, no such ability): an erratum says it instead. */
    record Refused(Reason reason) implements EditResult {}

    /** What an edit came to that was not answered with success. */
    static EditResult of(PublishResult.NoEffect outcome) {
        return switch (outcome) {
            case PublishResult.Refused(Reason reason) -> new Refused(reason);
            case PublishResult.Unauthorized(Reason reason) -> new Unauthorized(reason);
            case PublishResult.Throttled throttled -> new Later(throttled.reason(), throttled.until());
            case PublishResult.Unreachable unreachable -> new Later(unreachable.reason(), unreachable.until());
        };
    }
}
