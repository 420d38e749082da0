package org.tocsin.app;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the database's own log soon after somebody was erased, for until then it holds what the database no longer does. Nobody waits for
 * it: it is tried again, less and less often, while readers stand in the way, and those who are erased together share one go.
 */
final class LogEmptying implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogEmptying.class);
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** By then the answer to who asked for it has gone out, which names him once more. */
    private static final Duration LATER = Duration.ofMinutes(1);

    private final BooleanSupplier emptied;
    private final AtomicBoolean asked;
    private final ScheduledExecutorService thread;

    /** @param emptied empties it, and says whether it could */
    LogEmptying(BooleanSupplier emptied) {
        this.emptied = emptied;
        this.asked = new AtomicBoolean();
        // A platform thread: the driver's native calls would pin a virtual thread to its carrier.
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("log-emptying").daemon(true).factory());
    }

    /** To be called once what was erased is committed; returns at once. */
    void soon() {
        if (asked.compareAndSet(false, true)) {
            after(Duration.ZERO, FIRST);
        }
    }

    /** As {@link #soon}, and once more when what was under way about the person is over. */
    void soonAndLater() {
        soon();
        schedule(LATER, this::soon);
    }

    private void after(Duration wait, Duration next) {
        schedule(wait, () -> {
            // Whoever asks from now on may have committed after the look that follows.
            asked.set(false);
            if (!tried() && asked.compareAndSet(false, true)) {
                after(next, next.compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST);
            }
        });
    }

    private boolean tried() {
        try {
            return emptied.getAsBoolean();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("the log of the database could not be emptied after an erasure");
            return false;
        }
    }

    private void schedule(Duration wait, Runnable what) {
        try {
            var _ = thread.schedule(what, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.atDebug().setCause(e).log("the daemon stops: its database empties the log when it is closed");
        }
    }

    /** Waits for what is under way: the database is closed next. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("the log of the database is still being emptied");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
