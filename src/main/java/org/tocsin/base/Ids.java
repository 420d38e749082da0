package org.tocsin.base;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Makes UUIDs of version 7 (RFC 9562, section 5.7): ordered by creation within one process, unguessable in their last 62 bits. */
public final class Ids {
    private final Clock clock;
    private final SecureRandom random;
    private final AtomicLong last;

    /** @param clock the time that goes into the ids */
    public Ids(Clock clock) {
        this.clock = clock;
        this.random = new SecureRandom();
        this.last = new AtomicLong();
    }

    /** @return a fresh id in the usual form of 36 characters; later calls sort after earlier ones */
    public String next() {
        // 48 bits of milliseconds and 12 of a counter make one monotonic number, so that a clock set back cannot
        // reorder ids.
        long now = clock.millis() << 12;
        long stamp = last.updateAndGet(previous -> Math.max(previous + 1, now));
        long high = ((stamp >>> 12) << 16) | 0x7000L | (stamp & 0xFFFL);
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
