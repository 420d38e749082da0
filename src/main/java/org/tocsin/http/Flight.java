package org.tocsin.http;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a request has left. Leaving and being stopped exclude each other, so that "nothing left" is certain even while another
 * thread is about to write.
 */
final class Flight {
    private enum State {
        OPEN,
        GONE,
        STOPPED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    /** Asked right before the first byte of the request; true once at most. */
    boolean depart() {
        return state.compareAndSet(State.OPEN, State.GONE);
    }

    /** @return true where nothing has left, and from now on nothing can */
    boolean stop() {
        return state.compareAndSet(State.OPEN, State.STOPPED) || state.get() == State.STOPPED;
    }

    /** @return whether bytes may have left */
    boolean gone() {
        return state.get() == State.GONE;
    }
}
