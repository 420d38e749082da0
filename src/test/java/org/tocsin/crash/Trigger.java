package org.tocsin.crash;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Holds a request of the daemon at a place in the network, so that the daemon can be killed exactly then. */
final class Trigger {
    private final AtomicReference<Armed> armed = new AtomicReference<>();

    private record Armed(String place, CountDownLatch reached, CountDownLatch over) {}

    /** Waits for a request to come to that place. */
    void arm(String place) {
        armed.set(new Armed(place, new CountDownLatch(1), new CountDownLatch(1)));
    }

    /** @return whether a request came there in time; it is held until {@link #release} */
    boolean reached(long millis) throws InterruptedException {
        return armed.get().reached.await(millis, TimeUnit.MILLISECONDS);
    }

    void release() {
        Armed last = armed.getAndSet(null);
        if (last != null) {
            last.over.countDown();
        }
    }

    void pass(String place) {
        Armed now = armed.get();
        if (now != null && now.place.equals(place)) {
            now.reached.countDown();
            try {
                if (!now.over.await(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody killed the daemon at " + place);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
