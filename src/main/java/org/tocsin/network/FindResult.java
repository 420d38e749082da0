package org.tocsin.network;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a network says when it is asked whether an earlier request had its effect. */
public sealed interface FindResult {
    /** It is there. */
    record Found(Receipt receipt) implements FindResult {}

    /**
     * It is not there, and the answer was complete.
     *
     * @param time the instant for which that is true
     */
    record AbsentAsOf(Instant time) implements FindResult {}

    /**
     * It cannot be told, now or ever.
     *
     * @param until before when it is of no use to ask again, as the network says; null where it does not
     */
    record Inconclusive(Reason reason, @Nullable Instant until) implements FindResult {
        public Inconclusive(Reason reason) {
            this(reason, null);
        }

        /** What an answer without effect tells of an earlier request: nothing. */
        public static Inconclusive of(PublishResult.NoEffect outcome) {
            Instant until = switch (outcome) {
                case PublishResult.Throttled throttled -> throttled.until();
                case PublishResult.Unreachable unreachable -> unreachable.until();
                case PublishResult.Refused ignored -> null;
                case PublishResult.Unauthorized ignored -> null;
            };
            return new Inconclusive(outcome.reason(), until);
        }
    }
}
