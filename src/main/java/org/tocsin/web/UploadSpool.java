package org.tocsin.web;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes a large body to a temporary file while it arrives, so that a few uploads at once do not fill the memory. */
final class UploadSpool {
    private final Vertx vertx;
    private final HttpServerRequest request;
    private final long maxBytes;
    private final Path folder;

    /** @param folder on the disk of the images, where {@code take-….tmp} is removed at the next start; made when it is needed */
    UploadSpool(Vertx vertx, Path folder, HttpServerRequest request, long maxBytes) {
        this.folder = folder;
        this.vertx = vertx;
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
     * Reads the body of a paused request.
     *
     * @param done called once, on the request's event loop
     */
    void read(Context loop, Consumer<Spooled> done) {
        vertx.fileSystem()
                .mkdirs(folder.toString())
                .compose(made -> vertx.fileSystem().createTempFile(folder.toString(), "take-", ".tmp", "rw-------"))
                .onFailure(cause -> loop.runOnContext(ignored -> done.accept(new Spooled.Failed(cause))))
                .onSuccess(path -> vertx.fileSystem()
                        .open(path, new OpenOptions().setWrite(true))
                        .onFailure(cause -> {
                            vertx.fileSystem().delete(path);
                            loop.runOnContext(ignored -> done.accept(new Spooled.Failed(cause)));
                        })
                        .onSuccess(file -> loop.runOnContext(ignored -> receive(path, file, done))));
    }

    private void receive(String path, AsyncFile file, Consumer<Spooled> done) {
        long[] size = new long[1];
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean told = new AtomicBoolean();
        Consumer<Spooled> once = spooled -> {
            if (told.compareAndSet(false, true)) {
                if (!(spooled instanceof Spooled.Whole)) {
                    vertx.fileSystem().delete(path);
                }
                done.accept(spooled);
            }
        };
        request.handler(chunk -> {
            size[0] += chunk.length();
            if (size[0] <= maxBytes && failure.get() == null) {
                file.write(chunk).onFailure(cause -> {
                    failure.set(cause);
                    // A queue whose writes fail is neither drained nor closed: the rest of the body is read and thrown
                    // away.
                    request.resume();
                    if (ended.get()) {
                        once.accept(new Spooled.Failed(cause));
                    }
                });
                if (file.writeQueueFull()) {
                    request.pause();
                    file.drainHandler(ignored -> request.resume());
                    // Not every queue whose writes fail says so.
                    vertx.setTimer(1_000, ignored -> request.resume());
                    if (failure.get() != null) {
                        request.resume();
                    }
                }
            }
        });
        request.exceptionHandler(cause -> {
            file.close();
            once.accept(new Spooled.Failed(cause));
        });
        request.endHandler(ignored -> {
            ended.set(true);
            vertx.setTimer(
                    10_000,
                    late -> once.accept(new Spooled.Failed(new java.io.IOException("the file does not close"))));
            Throwable wrong = failure.get();
            if (wrong != null) {
                file.close();
                once.accept(new Spooled.Failed(wrong));
                return;
            }
            file.close().onComplete(closed -> {
                Throwable late = failure.get() == null ? closed.cause() : failure.get();
                once.accept(
                        late != null
                                ? new Spooled.Failed(late)
                                : size[0] > maxBytes ? new Spooled.TooLarge() : new Spooled.Whole(path, size[0]));
            });
        });
        request.resume();
    }
}
