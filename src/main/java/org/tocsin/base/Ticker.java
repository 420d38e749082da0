package org.tocsin.base;

/** Monotonic time, for durations: unlike a wall clock it is never set back or forward. */
@FunctionalInterface
public interface Ticker {
    /** @return nanoseconds since an arbitrary origin */
    long nanos();

    /** @return the ticker of the system */
    static Ticker system() {
        return System::nanoTime;
    }
}
