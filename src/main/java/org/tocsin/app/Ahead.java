package org.tocsin.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of the daemon that is made on another core while the store is opened: most of a start is loading classes, and what the routes
 * and the web server need has nothing to do with what the store needs. Measured in {@code docs/benchmarks.md}.
 */
final class Ahead<T extends AutoCloseable> {
    private static final Logger log = LoggerFactory.getLogger(Ahead.class);

    private final CompletableFuture<T> made;

    private Ahead(CompletableFuture<T> made) {
        this.made = made;
    }

    static <T extends AutoCloseable> Ahead<T> of(String name, Supplier<T> maker) {
        CompletableFuture<T> made = new CompletableFuture<>();
        Thread.ofPlatform().daemon(true).name("start-" + name).start(() -> {
            try {
                made.complete(maker.get());
            } catch (RuntimeException | Error e) {
                made.completeExceptionally(e);
            }
        });
        return new Ahead<>(made);
    }

    /** Waits for it, and throws what its making threw. */
    T get() {
        try {
            return made.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Closes what was made; what could not be made has nothing to close. */
    void close() throws Exception {
        try {
            made.join().close();
        } catch (CompletionException e) {
            log.atDebug().setCause(e).log("nothing was made");
        }
    }
}
