package org.tocsin.subscriber;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.LongWork;
import org.tocsin.base.Message;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;

/**
 * Tables that are brought in while whoever brings them does something else: one at a time in each branch. How far it is, and the last report,
 * are in memory; rows that were brought in are committed, and a table that was cut off is brought in once more without harm.
 */
public final class ImportRuns implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ImportRuns.class);

    private final SubscriberImport imports;
    private final LongWork work;
    private final Executor threads;
    private final Map<BranchId, Run> runs;
    private volatile boolean closed;

    /** @param threads runs each on a thread of its own */
    public ImportRuns(SubscriberImport imports, LongWork work, Executor threads) {
        this.imports = imports;
        this.work = work;
        this.threads = threads;
        this.runs = new ConcurrentHashMap<>();
    }

    /**
     * How it stands with a table.
     *
     * @param left   whether it names those who had left
     * @param report what became of it; null while it is under way, and where it has failed
     * @param failed whether the daemon could not go on with it; what had been brought in stays
     */
    public record Seen(
            String id,
            boolean left,
            boolean dry,
            long done,
            long total,
            SubscriberImport.@Nullable Report report,
            boolean failed) {
        /** @return whether it is under way */
        public boolean running() {
            return report == null && !failed;
        }
    }

    private static final class Run {
        private final SubscriberImport.Wanted wanted;
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile String id = "";
        private volatile long done;
        private volatile long total;
        private volatile SubscriberImport.@Nullable Report report;
        private volatile boolean failed;

        private Run(SubscriberImport.Wanted wanted) {
            this.wanted = wanted;
        }

        private boolean running() {
            return report == null && !failed;
        }

        private Seen seen() {
            return new Seen(id, wanted.left(), wanted.dry(), done, total, report, failed);
        }
    }

    /**
     * Begins one, once the table and what is said of it are found to be right.
     *
     * @throws FaultException as {@link SubscriberImport#run}; CONFLICT while another is under way
     */
    public Seen begin(Actor actor, SubscriberImport.Wanted wanted) {
        var rows = imports.rows(actor, wanted);
        Run run = new Run(wanted);
        runs.compute(actor.branch(), (branch, before) -> {
            if (before != null && before.running()) {
                throw FaultException.conflict(Message.of("signup.import.busy"));
            }
            return run;
        });
        LongWork.Task task = work.begin(actor.branch(), LongWork.Kind.SUBSCRIBERS, "", actor.id());
        run.id = task.id();
        run.total = rows.size();
        task.at(0, rows.size());
        threads.execute(() -> {
            try (task) {
                run.report = imports.work(actor, wanted, rows, (done, total) -> {
                    run.done = done;
                    task.at(done, total);
                    return !closed && !task.isStopped();
                });
            } catch (RuntimeException e) {
                run.failed = true;
                log.atError().setCause(e).log("a table of subscribers could not be brought in whole");
            } finally {
                run.over.countDown();
            }
        });
        return run.seen();
    }

    /**
     * @param id as it was begun; empty for the last one
     * @throws FaultException NOT_FOUND where another came after it, or the daemon was started anew
     */
    public Seen find(Actor actor, String id) {
        actor.require(Scope.MANAGE);
        return Optional.ofNullable(runs.get(actor.branch()))
                .map(Run::seen)
                .filter(seen -> id.isEmpty() || seen.id().equals(id))
                .orElseThrow(() -> FaultException.notFound("import", id));
    }

    /** @return the last one; empty where there was none since the start */
    public Optional<Seen> last(Actor actor) {
        actor.require(Scope.MANAGE);
        return Optional.ofNullable(runs.get(actor.branch())).map(Run::seen);
    }

    /** Ends it; what was brought in stays. */
    public void stop(Actor actor, String id) {
        Seen seen = find(actor, id);
        work.turn(seen.id(), true);
    }

    /** Ends all, and waits a little for the rows that are being written. */
    @Override
    public void close() {
        closed = true;
        try {
            for (Run run : runs.values()) {
                if (!run.over.await(10, TimeUnit.SECONDS)) {
                    log.warn("a table of subscribers is still being brought in");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
