package org.tocsin.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Ticker;

/**
 * Compares the wall clock with the monotonic one. After a jump of more than a minute nothing is claimed until both have agreed for a
 * while: a clock that is wrong by an hour must not send what was meant for later.
 */
public final class ClockWatch {
    private static final Duration TOLERANCE = Duration.ofSeconds(60);

    private final Clock clock;
    private final Ticker ticker;
    private final Duration settle;
    private final Runnable onJump;
    private final AtomicReference<@Nullable Reading> last;

    private record Reading(long wallMillis, long nanos, long steadySinceNanos) {}

    /**
     * @param settle how long both must agree after a jump
     * @param onJump told once per jump
     */
    public ClockWatch(Clock clock, Ticker ticker, Duration settle, Runnable onJump) {
        this.clock = clock;
        this.ticker = ticker;
        this.settle = settle;
        this.onJump = onJump;
        this.last = new AtomicReference<>();
    }

    /** @return whether the wall clock can be trusted now */
    public boolean steady() {
        long wall = clock.millis();
        long nanos = ticker.nanos();
        Reading before = last.get();
        if (before == null) {
            // A daemon that has just started has nothing to compare with.
            last.set(new Reading(wall, nanos, nanos - settle.toNanos()));
            return true;
        }
        long drift = wall - before.wallMillis() - (nanos - before.nanos()) / 1_000_000;
        if (Math.abs(drift) > TOLERANCE.toMillis()) {
            last.set(new Reading(wall, nanos, nanos));
            onJump.run();
            return false;
        }
        // The reference stays where it was for a while, so that many small drifts add up to one that is seen.
        if (nanos - before.nanos() > Duration.ofMinutes(10).toNanos()) {
            last.set(new Reading(wall, nanos, before.steadySinceNanos()));
        }
        return nanos - before.steadySinceNanos() >= settle.toNanos();
    }
}
