package org.tocsin.base;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Work that may take long: how far it is, and whether somebody has stopped it. What is known of it is in memory, as the work itself is; what it
 * has made is committed by whoever does it.
 */
public final class LongWork {
    private final Ids ids;
    private final Clock clock;
    private final Map<String, Task> tasks;

    public LongWork(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
        this.tasks = new ConcurrentSkipListMap<>();
    }

    /** What is done. */
    public enum Kind {
        /** Words are tried on the past. */
        TRIAL,
        /** A list of feeds is brought in. */
        FEEDS,
        /** The index of what was heard is built anew. */
        INDEX,
        /** A table of subscribers is brought in. */
        SUBSCRIBERS,
        /** A table of planned posts is looked at, or brought in. */
        POSTS,
        /** A table of earlier figures is brought in. */
        FIGURES
    }

    /**
     * How far a piece of work is.
     *
     * @param what    the words that are tried, say; empty where there is nothing to add to the kind
     * @param askedBy id of who began it
     * @param total   0 where it is not known
     * @param stopped it ends soon, or where it can go on waits to be resumed
     */
    public record Seen(
            String id,
            BranchId branch,
            Kind kind,
            String what,
            String askedBy,
            Instant begunAt,
            long done,
            long total,
            boolean stopped,
            boolean resumable) {}

    /** One piece of work, of the thread that does it; closed when it is over. */
    public final class Task implements AutoCloseable {
        private final Seen begun;
        private final Runnable resumed;
        private volatile long done;
        private volatile long total;
        private volatile boolean stopped;

        private Task(Seen begun, Runnable resumed) {
            this.begun = begun;
            this.resumed = resumed;
        }

        /** @return its id, as {@link LongWork#all} shows it */
        public String id() {
            return begun.id();
        }

        /** Says how far it is. */
        public void at(long reached, long of) {
            done = reached;
            total = of;
        }

        /** @return whether it is to end, or to wait */
        public boolean isStopped() {
            return stopped;
        }

        private Seen seen() {
            return new Seen(
                    begun.id(),
                    begun.branch(),
                    begun.kind(),
                    begun.what(),
                    begun.askedBy(),
                    begun.begunAt(),
                    done,
                    total,
                    stopped,
                    begun.resumable());
        }

        @Override
        public void close() {
            tasks.remove(begun.id());
        }
    }

    /** Begins a piece of work that ends where it is stopped. */
    public Task begin(BranchId branch, Kind kind, String what, String askedBy) {
        return begin(new Seen(ids.next(), branch, kind, what, askedBy, clock.instant(), 0, 0, false, false), () -> {});
    }

    /**
     * Begins one that waits where it is stopped.
     *
     * @param resumed called when it is to go on
     */
    public Task beginResumable(BranchId branch, Kind kind, String askedBy, Runnable resumed) {
        return begin(new Seen(ids.next(), branch, kind, "", askedBy, clock.instant(), 0, 0, false, true), resumed);
    }

    private Task begin(Seen seen, Runnable resumed) {
        Task task = new Task(seen, resumed);
        tasks.put(seen.id(), task);
        return task;
    }

    /** @return what is under way, the oldest first */
    public List<Seen> all(BranchId branch) {
        return tasks.values().stream()
                .map(Task::seen)
                .filter(one -> one.branch().equals(branch))
                .toList();
    }

    /** @return it, where it is under way */
    public Optional<Seen> find(BranchId branch, String id) {
        return Optional.ofNullable(tasks.get(id))
                .map(Task::seen)
                .filter(one -> one.branch().equals(branch));
    }

    /** Stops it, or lets it go on. One that is over is over. */
    public void turn(String id, boolean stop) {
        Task task = tasks.get(id);
        if (task == null || (!stop && !task.begun.resumable())) {
            return;
        }
        task.stopped = stop;
        if (!stop) {
            task.resumed.run();
        }
    }
}
