package org.tocsin.network;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a network said to a request to publish. One dispatcher acts on it. */
public sealed interface PublishResult {
    /** Outcomes after which the public has surely seen nothing. */
    sealed interface NoEffect extends PublishResult permits Refused, Throttled, Unauthorized, Unreachable {
        /** @return why */
        Reason reason();
    }

    /** It is out. */
    record Published(Receipt receipt) implements PublishResult {}

    /**
     * The network has taken it and is still working on it.
     *
     * @param handle to ask with; durable
     * @param after  how long to wait before asking
     */
    record Pending(String handle, Duration after) implements PublishResult {}

    /** A parsed refusal; it will be refused again unless something changes. */
    record Refused(Reason reason) implements NoEffect {}

    /**
     * Too much, too fast. Not counted as an attempt.
     *
     * @param until when the network lets us in again; null where it does not say
     * @param scope what waits
     */
    record Throttled(@Nullable Instant until, Scope scope, Reason reason) implements NoEffect {}

    /** The channel cannot publish until a person acts (token, permission, credits). Holds the channel, never fails the post. */
    record Unauthorized(Reason reason) implements NoEffect {}

    /**
     * Surely no effect: not connected, or no byte of the request was written, or a refusal that says to come back later.
     *
     * @param until when to come back at the earliest, where the server says; null where it does not
     */
    record Unreachable(Reason reason, @Nullable Instant until) implements NoEffect {
        /** The server does not say for how long. */
        public Unreachable(Reason reason) {
            this(reason, null);
        }
    }

    /**
     * Bytes left, and no answer was understood. Never retried blindly.
     *
     * @param until when to come back at the earliest, where the server says; null where it does not
     */
    record Unknown(Reason reason, @Nullable Instant until) implements PublishResult {
        /** The server does not say for how long. */
        public Unknown(Reason reason) {
            this(reason, null);
        }
    }

    /** What a throttle applies to. */
    enum Scope {
        /** This delivery alone. */
        DELIVERY,
        /** All deliveries of the channel. */
        CHANNEL
    }
}
