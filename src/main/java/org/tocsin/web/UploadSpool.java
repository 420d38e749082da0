package org.tocsin.web;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a large body to a temporary file while it arrives, so that a few uploads at once do not fill the memory. */
final class UploadSpool {
    private static final Logger log = LoggerFactory.getLogger(UploadSpool.class);

    private final Executor workers;
    private final HttpServerRequest request;
    private final long maxBytes;
    private final Path folder;

    /**
     * @param workers on which files are written
     * @param folder on the disk of the images, where {@code take-….tmp} is removed at the next start; made when it is needed
     */
    UploadSpool(Executor workers, Path folder, HttpServerRequest request, long maxBytes) {
        this.folder = folder;
        this.workers = workers;
        this.request = request;
        this.maxBytes = maxBytes;
    }

    /** What became of a body. */
    sealed interface Spooled {
        /** @param path of a file that the receiver deletes */
        record Whole(String path, long bytes) implements Spooled {}

        record TooLarge() implements Spooled {}

        record Failed(Throwable cause) implements Spooled {}
    }

    /**
     * Reads the body of a paused request. Called where blocking is allowed.
     *
     * <p>Each piece is written before the next is asked for. A queue of asynchronous writes would have to be drained and closed, and one
     * whose writes fail is neither: on a full disk an upload stood still until its caller gave up.
     *
     * @param done called once, on the request's event loop
     */
    void read(Context loop, Consumer<Spooled> done) {
        Path file = null;
        try {
            Files.createDirectories(folder);
            file = Files.createTempFile(folder, "take-", ".tmp");
            Body body = new Body(file, FileChannel.open(file, StandardOpenOption.WRITE), loop, done);
            loop.runOnContext(ignored -> body.receive());
        } catch (IOException e) {
            delete(file);
            loop.runOnContext(ignored -> done.accept(new Spooled.Failed(e)));
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.atWarn().setCause(e).log("a temporary file stays");
        }
    }

    /** One body on its way to its file. */
    private final class Body {
        private final Path file;
        private final FileChannel out;
        private final Context loop;
        private final Consumer<Spooled> done;
        private final AtomicReference<@Nullable Throwable> failure;
        private final AtomicBoolean ended;
        private CompletableFuture<Void> writes;
        private long size;

        Body(Path file, FileChannel out, Context loop, Consumer<Spooled> done) {
            this.file = file;
            this.out = out;
            this.loop = loop;
            this.done = done;
            this.failure = new AtomicReference<>();
            this.ended = new AtomicBoolean();
            this.writes = CompletableFuture.completedFuture(null);
        }

        void receive() {
            request.handler(this::take);
            request.exceptionHandler(cause -> {
                failure.compareAndSet(null, cause);
                end();
            });
            request.endHandler(ignored -> end());
            request.resume();
        }

        private void take(Buffer chunk) {
            size += chunk.length();
            // What is too large, or has no room, is read to its end and thrown away: then the answer can be read.
            if (size > maxBytes || failure.get() != null) {
                return;
            }
            request.pause();
            byte[] bytes = chunk.getBytes();
            writes = writes.thenRunAsync(
                    () -> {
                        write(bytes);
                        loop.runOnContext(ignored -> request.resume());
                    },
                    workers);
        }

        private void write(byte[] bytes) {
            try {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    out.write(left);
                }
            } catch (IOException e) {
                failure.compareAndSet(null, e);
            }
        }

        private void end() {
            if (ended.compareAndSet(false, true)) {
                long read = size;
                writes = writes.thenRunAsync(() -> finish(read), workers);
            }
        }

        private void finish(long read) {
            try {
                out.close();
            } catch (IOException e) {
                failure.compareAndSet(null, e);
            }
            Throwable wrong = failure.get();
            Spooled spooled = wrong != null
                    ? new Spooled.Failed(wrong)
                    : read > maxBytes ? new Spooled.TooLarge() : new Spooled.Whole(file.toString(), read);
            if (!(spooled instanceof Spooled.Whole)) {
                delete(file);
            }
            loop.runOnContext(ignored -> done.accept(spooled));
        }
    }
}
