package org.tocsin.base;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Claimable rows of one kind. The end of the work frees a slot and no more: what happened is what was committed.
 *
 * @param <W> a claimed piece of work
 */
public interface DueQueue<W> {
    /**
     * @param max at most so many
     * @return work that nobody else holds; empty when nothing is due
     */
    List<W> claim(int max);

    /** Says that the work has ended, however it ended. */
    void release(W work);

    /** @return what stays the same when this work is claimed again, so that one that keeps failing is known */
    default Object key(W work) {
        return work;
    }

    /** @return when the next row will be due, as far as is known; empty for none */
    Optional<Instant> nextAt();

    /** @return the bell that is rung when there may be something to claim */
    Wakeup wakeup();
}
