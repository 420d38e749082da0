package org.tocsin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;

/**
 * The one writer. Works that wait at the same time share one synced commit (group commit: DeWitt et al., "Implementation Techniques
 * for Main Memory Database Systems", SIGMOD 1984), each behind a savepoint of its own so that one that fails takes no other with it.
 * Nobody is told of success before the commit is on the disk.
 */
final class Writer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final int GROUP = 64;
    private static final long GROUP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Handle handle;
    private final PriorityBlockingQueue<Job<?>> queue;
    private final AtomicLong order;
    private final Thread thread;
    private volatile boolean open;

    Writer(Handle handle) {
        this.handle = handle;
        this.queue = new PriorityBlockingQueue<>();
        this.order = new AtomicLong();
        this.open = true;
        // A platform thread: the driver's native calls would pin a virtual thread to its carrier during each sync.
        this.thread = Thread.ofPlatform().name("store-writer").daemon(true).unstarted(this::run);
    }

    Writer start() {
        thread.start();
        return this;
    }

    <R> R write(Urgency urgency, Function<Tx, R> work) {
        if (!open) {
            throw StoreFaults.closed();
        }
        Job<R> job = new Job<>(urgency, order.getAndIncrement(), work, new CompletableFuture<>());
        queue.add(job);
        try {
            return job.done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run() {
        List<Job<?>> group = new ArrayList<>();
        while (open || !queue.isEmpty()) {
            try {
                Job<?> first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    commit(group);
                }
            } catch (InterruptedException e) {
                log.info("the writer was told to stop");
                open = false;
            } finally {
                group.clear();
            }
        }
        queue.forEach(job -> job.done.completeExceptionally(StoreFaults.closed()));
    }

    private void commit(List<Job<?>> group) {
        long started = System.nanoTime();
        try {
            handle.execute("begin immediate");
        } catch (RuntimeException e) {
            group.forEach(job -> job.done.completeExceptionally(StoreFaults.map(e)));
            return;
        }
        boolean whole = group.getFirst().run(handle);
        boolean bulk = group.getFirst().urgency == Urgency.BULK;
        while (whole && !bulk && group.size() < GROUP && System.nanoTime() - started < GROUP_NANOS) {
            Job<?> next = queue.poll();
            if (next == null) {
                break;
            }
            group.add(next);
            whole = next.run(handle);
        }
        if (!whole) {
            // The transaction is gone, and with it the work of those before: none of them may be told of success, and
            // nothing more may run, for outside a transaction each savepoint would be one of its own.
            RuntimeException cause = Objects.requireNonNull(group.getLast().failure);
            rollBack();
            group.forEach(job -> job.fail(cause));
            return;
        }
        try {
            handle.execute("commit");
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("a commit failed");
            rollBack();
            group.forEach(job -> job.fail(StoreFaults.map(e)));
            return;
        }
        group.forEach(Job::succeed);
    }

    private void rollBack() {
        try {
            handle.execute("rollback");
        } catch (RuntimeException e) {
            // After some failures SQLite has rolled back by itself.
            log.atDebug().setCause(e).log("nothing to roll back");
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A piece of work and who waits for it. */
    private static final class Job<R> implements Comparable<Job<?>> {
        private final Urgency urgency;
        private final long order;
        private final Function<Tx, R> work;
        private final CompletableFuture<R> done;
        private @Nullable R result;
        private @Nullable SqlTx tx;
        private @Nullable RuntimeException failure;

        Job(Urgency urgency, long order, Function<Tx, R> work, CompletableFuture<R> done) {
            this.urgency = urgency;
            this.order = order;
            this.work = work;
            this.done = done;
        }

        /** @return false when the failure of this work has ended the whole transaction */
        boolean run(Handle handle) {
            SqlTx open = new SqlTx(handle);
            tx = open;
            try {
                handle.execute("savepoint work");
                result = work.apply(open);
                handle.execute("release savepoint work");
                return true;
            } catch (RuntimeException | StackOverflowError e) {
                failure = e instanceof RuntimeException cause ? StoreFaults.map(cause) : new IllegalStateException(e);
                return undo(handle);
            }
        }

        private static boolean undo(Handle handle) {
            try {
                handle.execute("rollback to savepoint work");
                handle.execute("release savepoint work");
                return true;
            } catch (RuntimeException e) {
                // SQLite ends the whole transaction by itself on a full disk and on some faults of it
                // (lang_transaction).
                log.atWarn().setCause(e).log("a savepoint is gone");
                return false;
            }
        }

        void succeed() {
            if (failure != null) {
                done.completeExceptionally(failure);
                return;
            }
            if (tx != null) {
                for (Runnable hook : tx.hooks()) {
                    try {
                        hook.run();
                    } catch (RuntimeException e) {
                        log.atError().setCause(e).log("a hook after a commit failed");
                    }
                }
            }
            done.complete(result);
        }

        void fail(RuntimeException cause) {
            done.completeExceptionally(failure != null ? failure : cause);
        }

        @Override
        public int compareTo(Job<?> other) {
            int byUrgency = urgency.compareTo(other.urgency);
            return byUrgency != 0 ? byUrgency : Long.compare(order, other.order);
        }
    }
}
