package org.tocsin.network;

import java.time.Instant;

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

    /** It cannot be told, now or ever. */
    record Inconclusive(Reason reason) implements FindResult {}
}
