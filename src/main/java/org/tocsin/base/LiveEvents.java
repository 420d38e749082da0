package org.tocsin.base;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What has just been committed, for those who are looking. Events are hints and may be lost; the rows are the truth. Whoever publishes is
 * never delayed: what does not fit into the queue is dropped, and those who look are told to look at everything again.
 */
public final class LiveEvents {
    /** For each of 20 channels, 50 changes that nobody has taken yet. */
    static final int ROOM = 1_000;

    private final BlockingQueue<LiveEvent> queue;
    private final AtomicBoolean lost;
    private final Wakeup wakeup;

    public LiveEvents() {
        this.queue = new ArrayBlockingQueue<>(ROOM);
        this.lost = new AtomicBoolean();
        this.wakeup = new Wakeup();
    }

    /**
     * What has happened since the last time.
     *
     * @param events the latest of each thing, in the order of their coming
     * @param lost   whether there were more than there was room for
     */
    public record Batch(List<LiveEvent> events, boolean lost) {
        public Batch {
            events = List.copyOf(events);
        }
    }

    /** Tells of what is committed; to be called from {@link Tx#afterCommit}. */
    public void publish(LiveEvent event) {
        if (!queue.offer(event)) {
            lost.set(true);
        }
        wakeup.ring();
    }

    /** @return rung when there is something to take */
    public Wakeup wakeup() {
        return wakeup;
    }

    /** @return what has come since the last time; one taker */
    public Batch take() {
        boolean some = lost.getAndSet(false);
        List<LiveEvent> all = new ArrayList<>();
        queue.drainTo(all);
        Map<Object, LiveEvent> latest = new LinkedHashMap<>();
        for (LiveEvent event : all) {
            latest.put(event.subject(), event);
        }
        return new Batch(List.copyOf(latest.values()), some);
    }
}
