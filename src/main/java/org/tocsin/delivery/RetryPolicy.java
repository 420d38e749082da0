package org.tocsin.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to try again: exponential back-off with full jitter (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015),
 * so that many deliveries that failed together do not come back together. The only such arithmetic in the daemon.
 */
public final class RetryPolicy {
    private final DeliverySettings settings;
    private final RandomGenerator random;

    public RetryPolicy(DeliverySettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * @param attempts how many have failed, at least 1
     * @return between the shortest wait and twice the shortest wait times 2^(attempts-1), at most the longest
     */
    public Duration backOff(int attempts) {
        long min = settings.retryMin().toMillis();
        long ceiling = Math.min(settings.retryMax().toMillis(), min << Math.min(20, Math.max(1, attempts)));
        return Duration.ofMillis(ceiling <= min ? min : random.nextLong(min, ceiling + 1));
    }

    /** @return whether time is spent */
    public boolean spent(@Nullable Instant firstAttemptAt, Instant now) {
        return firstAttemptAt != null && now.isAfter(firstAttemptAt.plus(settings.giveUpAfter()));
    }
}
