package org.tocsin.app;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;

/**
 * The daemon of this process. It begins anew, on the same ports, when a person has changed what it is made of: everything is made once,
 * from settings that do not change.
 */
final class Running implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Running.class);

    /** So long the answer to who has asked for it may take to leave. */
    private static final Executor SOON = CompletableFuture.delayedExecutor(
            300,
            TimeUnit.MILLISECONDS,
            task -> Thread.ofPlatform().name("restart").start(task));

    private final Settings settings;
    private final Clock clock;
    private final Seams seams;
    private final Object lock;
    private Daemon daemon;
    private boolean closed;

    /** Starts it, as {@link Daemon#start} does. */
    Running(Settings settings, Clock clock, Seams seams) {
        this.settings = settings;
        this.clock = clock;
        this.seams = seams.restarting(() -> SOON.execute(this::again));
        this.lock = new Object();
        this.daemon = Daemon.start(settings, clock, this.seams);
    }

    /** @return as it is now */
    Daemon daemon() {
        synchronized (lock) {
            return daemon;
        }
    }

    private void again() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            log.info("the daemon begins anew, for it is to be made of other settings");
            Settings same = settings.with(Map.of(
                    Setting.HTTP_PORT, String.valueOf(daemon.port()),
                    Setting.MANAGEMENT_PORT, String.valueOf(daemon.managementPort())));
            daemon.close();
            try {
                daemon = Daemon.start(same, clock, seams);
            } catch (RuntimeException | Error e) {
                // Without a daemon the process is of no use: whoever supervises it starts another.
                log.atError().setCause(e).log("the daemon could not begin anew: it ends with 75");
                seams.exit().accept(Daemon.EXIT_TEMPORARY);
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            daemon.close();
        }
    }
}
