package org.tocsin.base;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A bell that the store rings after a commit, so that what is due need not wait for the next poll. */
public final class Wakeup {
    private final Semaphore bell = new Semaphore(0);

    /** Wakes the waiting poller, or the next one. */
    public void ring() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    /**
     * Waits for a ring.
     *
     * @param atMost how long
     * @throws InterruptedException when the daemon stops
     */
    public void await(Duration atMost) throws InterruptedException {
        if (bell.tryAcquire(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
            bell.drainPermits();
        }
    }
}
