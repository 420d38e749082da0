package org.tocsin.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
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
    private final Path folder;
    private final RoomProbe probe;
    private final StoreAlarm alarm;
    private final AtomicBoolean failed;
    private volatile boolean open;

    /**
     * @param folder of the database
     * @param alarm  told when the disk is full, and when nothing can be trusted any more
     */
    Writer(Handle handle, Path folder, StoreAlarm alarm) {
        this.handle = handle;
        this.folder = folder;
        this.probe = new RoomProbe(folder);
        this.alarm = alarm;
        this.failed = new AtomicBoolean();
        this.queue = new PriorityBlockingQueue<>();
        this.order = new AtomicLong();
        this.open = true;
        // A platform thread: the driver's native calls would pin a virtual thread to its carrier during each sync.
        this.thread = Thread.ofPlatform().name("store-writer").daemon(true).unstarted(this::run);
    }

    Writer start() {
        probe.prepare();
        thread.start();
        return this;
    }

    <R> R write(Urgency urgency, Function<Tx, R> work) {
        if (!open) {
            throw refusal();
        }
        Job<R> job = new Job<>(urgency, order.getAndIncrement(), work, new CompletableFuture<>());
        queue.add(job);
        // The writer may have looked for the last time just before: then nobody would ever come for this job.
        if (!open && queue.remove(job)) {
            throw refusal();
        }
        try {
            return job.done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private FaultException refusal() {
        return failed.get() ? StoreFaults.failed() : StoreFaults.closed();
    }

    private void run() {
        List<Job<?>> group = new ArrayList<>();
        while (open || (!queue.isEmpty() && !failed.get())) {
            try {
                Job<?> first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    commit(group);
                }
            } catch (InterruptedException e) {
                log.info("the writer was told to stop");
                open = false;
            } catch (RuntimeException | Error e) {
                // Whoever waits must hear of it, whatever it is: this thread is the only one.
                judge(e);
                group.forEach(job -> job.fail(e));
            } finally {
                group.clear();
            }
        }
        FaultException refusal = refusal();
        for (Job<?> job = queue.poll(); job != null; job = queue.poll()) {
            job.fail(refusal);
        }
    }

    private void commit(List<Job<?>> group) {
        Throwable ended = attempt(group);
        if (ended == null) {
            group.forEach(job -> job.said = job.thrown == null ? null : judge(job.thrown));
            group.forEach(Job::succeed);
        } else {
            rollBack();
            RuntimeException cause = judge(ended);
            group.forEach(job -> job.fail(cause));
        }
    }

    /** @return what ended the transaction and undid all of it; null when it is on the disk */
    private @Nullable Throwable attempt(List<Job<?>> group) {
        long started = System.nanoTime();
        try {
            handle.execute("begin immediate");
        } catch (RuntimeException | Error e) {
            // Whoever waits behind has waited for the same: one after the other, requests would wait for ever behind
            // deliveries.
            queue.drainTo(group);
            return e;
        }
        boolean bulk = group.getFirst().urgency == Urgency.BULK;
        Job<?> next = group.getFirst();
        while (next != null) {
            if (!next.run(handle)) {
                // The transaction is gone, and with it the work of those before: none of them may be told of success,
                // and
                // nothing more may run, for outside a transaction each savepoint would be one of its own.
                return Objects.requireNonNull(next.thrown);
            }
            boolean more = !bulk && group.size() < GROUP && System.nanoTime() - started < GROUP_NANOS;
            next = more ? queue.poll() : null;
            if (next != null) {
                group.add(next);
            }
        }
        try {
            handle.execute("commit");
            return null;
        } catch (RuntimeException | Error e) {
            log.atError().setCause(e).log("a commit failed");
            return e;
        }
    }

    /**
     * Tells the owner what it must act upon. After a sync that failed nobody knows what is on the disk, and to try again proves nothing
     * (Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020): only a new process reads what is there.
     *
     * @return what the caller is told
     */
    RuntimeException judge(Throwable e) {
        if (StoreFaults.full(e)) {
            alarm.full();
        } else if (StoreFaults.broken(e)) {
            Message held = held(e);
            if (held != null) {
                return StoreFaults.caused(held, e);
            }
            if (failed.compareAndSet(false, true)) {
                open = false;
                log.atError().setCause(e).log("the store cannot be trusted any more: it takes no more work");
                alarm.broken(e);
            }
        }
        return StoreFaults.map(e);
    }

    /**
     * A write that failed on a disk that does what it can has lost nothing: what was acknowledged was synced before, and the log is written
     * again from where that ends. It is tried again under the running daemon; another process would meet the same disk.
     *
     * @return what the caller is told; null when nothing can be trusted any more
     */
    private @Nullable Message held(Throwable e) {
        if (e instanceof Error || StoreFaults.unsynced(e)) {
            return null;
        }
        if (readOnly()) {
            return Message.of("sql.disk.read-only");
        }
        if (!StoreFaults.unwritten(e)) {
            return null;
        }
        // First, so that the probe sees the room that this gives.
        alarm.full();
        return switch (probe.ask()) {
            case GROWS, REFUSED -> Message.of("sql.disk.quota");
            case FULL -> Message.of("sql.disk.full");
            case FAILS -> null;
        };
    }

    /** A disk that was made read-only has not lost anything: it can be made writable again under the running daemon. */
    private boolean readOnly() {
        try {
            return Mounts.readOnly(folder);
        } catch (IOException e) {
            log.atWarn().setCause(e).log("the disk does not say whether it is read-only");
            return false;
        }
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
            probe.close();
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
        private @Nullable Throwable thrown;
        private @Nullable RuntimeException said;
        private boolean endedAll;

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
            } catch (RuntimeException | Error e) {
                thrown = e;
                endedAll = !undo(handle);
                return !endedAll;
            } finally {
                KeptStatements.end(handle);
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
            if (thrown != null) {
                done.completeExceptionally(own(thrown));
                return;
            }
            if (tx != null) {
                for (Runnable hook : tx.hooks()) {
                    try {
                        hook.run();
                    } catch (RuntimeException | Error e) {
                        log.atError().setCause(e).log("a hook after a commit failed");
                    }
                }
            }
            done.complete(result);
        }

        void fail(Throwable cause) {
            done.completeExceptionally(thrown != null && !endedAll ? own(thrown) : cause);
        }

        private RuntimeException own(Throwable e) {
            return said != null ? said : StoreFaults.map(e);
        }

        @Override
        public int compareTo(Job<?> other) {
            int byUrgency = urgency.compareTo(other.urgency);
            return byUrgency != 0 ? byUrgency : Long.compare(order, other.order);
        }
    }
}
