package org.tocsin.base;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables that are gone through while whoever sent them does something else: one at a time for each owner. How far it is, the last report, and
 * a table that was only looked at are in memory until the next one; what was brought in is committed by whoever does it, and must be known
 * again when the same table comes once more.
 *
 * @param <W> what is wanted, the table with it
 * @param <R> what became of it
 */
public final class TableRuns<W, R> implements AutoCloseable {
    /** Reports that are kept beside those of what is under way: each may be as large as its table. */
    private static final int KEPT = 8;

    /** Longer than most tables take, and no longer than a person waits for a page without wondering. */
    public static final Duration SOON = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(TableRuns.class);

    private final LongWork work;
    private final LongWork.Kind kind;
    private final Executor threads;
    private final Map<Owner, Run<W, R>> runs;
    private volatile boolean closed;

    /** @param threads runs each on a thread of its own */
    public TableRuns(LongWork work, LongWork.Kind kind, Executor threads) {
        this.work = work;
        this.kind = kind;
        this.threads = threads;
        this.runs = new ConcurrentHashMap<>();
    }

    /** @param who whose tables they are; empty where a branch has one at a time */
    public record Owner(BranchId branch, String who) {}

    /** How far it is; asked before each transaction. */
    @FunctionalInterface
    public interface Progress {
        /** Nobody looks, and nobody stops it. */
        Progress NONE = (done, total) -> true;

        /** @return whether to go on */
        boolean goOn(long done, long total);
    }

    /** Goes through a table. */
    @FunctionalInterface
    public interface Job<R> {
        R run(Progress progress);
    }

    /**
     * How it stands with a table.
     *
     * @param wanted once it was brought in, what is kept of it
     * @param dry    whether it is only looked at
     * @param report null while it is under way, and where it has failed
     * @param failed whether the daemon could not go on with it; what had been brought in stays
     */
    public record Seen<W, R>(
            String id,
            W wanted,
            boolean dry,
            long done,
            long total,
            @Nullable R report,
            boolean failed) {
        /** @return whether it is under way */
        public boolean running() {
            return report == null && !failed;
        }
    }

    private static final class Run<W, R> {
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile Seen<W, R> seen;

        private Run(Seen<W, R> seen) {
            this.seen = seen;
        }
    }

    /**
     * Begins one.
     *
     * @param kept  what is kept of it once it was brought in: nobody needs the table any more
     * @param dry   whether it is only looked at; then what is wanted is kept, so that it need not be sent twice
     * @param total how many rows there are
     * @param busy  why not, while another is under way
     * @throws FaultException CONFLICT while another of the same owner is under way
     */
    public Seen<W, R> begin(
            Owner owner, String askedBy, W wanted, W kept, boolean dry, long total, Job<R> job, Message busy) {
        Run<W, R> run = new Run<>(new Seen<>("", wanted, dry, 0, total, null, false));
        runs.compute(owner, (same, before) -> {
            if (before != null && before.seen.running()) {
                throw FaultException.conflict(busy);
            }
            return run;
        });
        forget();
        LongWork.Task task = work.begin(owner.branch(), kind, "", askedBy);
        Seen<W, R> begun = new Seen<>(task.id(), wanted, dry, 0, total, null, false);
        run.seen = begun;
        task.at(0, total);
        threads.execute(() -> {
            try (task) {
                R report = job.run((done, of) -> {
                    run.seen = new Seen<>(task.id(), wanted, dry, done, of, null, false);
                    task.at(done, of);
                    return !closed && !task.isStopped();
                });
                run.seen = new Seen<>(task.id(), dry ? wanted : kept, dry, run.seen.done(), total, report, false);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                // Whatever it was: one that seems to be under way would shut the door to all after it.
                run.seen = new Seen<>(task.id(), kept, dry, run.seen.done(), total, null, true);
                log.atError().addKeyValue("kind", kind).setCause(e).log("a table could not be gone through whole");
            } finally {
                run.over.countDown();
            }
        });
        return begun;
    }

    /** The oldest reports make room. */
    private void forget() {
        List<Map.Entry<Owner, Run<W, R>>> over = new ArrayList<>();
        runs.entrySet().stream()
                .filter(one -> !one.getValue().seen.running())
                .sorted(Comparator.comparing(one -> one.getValue().seen.id()))
                .forEach(over::add);
        over.subList(0, Math.max(0, over.size() - KEPT)).forEach(one -> runs.remove(one.getKey(), one.getValue()));
    }

    /** @return the last one; empty where there was none since the start */
    public Optional<Seen<W, R>> last(Owner owner) {
        return Optional.ofNullable(runs.get(owner)).map(run -> run.seen);
    }

    /** @return that one, where it is the last */
    public Optional<Seen<W, R>> find(Owner owner, String id) {
        return last(owner).filter(seen -> seen.id().equals(id));
    }

    /** Waits until the last one is over: of a small table the report is there at once. */
    public void settle(Owner owner, Duration atMost) {
        Run<W, R> run = runs.get(owner);
        try {
            if (run != null && !run.over.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                log.atDebug().addKeyValue("kind", kind).log("a table takes longer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it, where it is under way; what was brought in stays. */
    public void stop(Owner owner, String id) {
        find(owner, id).ifPresent(seen -> work.turn(seen.id(), true));
    }

    /** Ends all, and waits a little for the rows that are being written. */
    @Override
    public void close() {
        closed = true;
        try {
            for (Run<W, R> run : runs.values()) {
                if (!run.over.await(10, TimeUnit.SECONDS)) {
                    log.atWarn().addKeyValue("kind", kind).log("a table is still being gone through");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
