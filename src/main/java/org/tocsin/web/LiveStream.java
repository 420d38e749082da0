package org.tocsin.web;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;

/** One open stream. What it keeps is touched on the event loop of its connection alone. */
final class LiveStream {
    private static final Logger log = LoggerFactory.getLogger(LiveStream.class);
    /** Of what a client has not taken yet, beside what the operating systems of both ends hold. */
    private static final int QUEUE = 16 * 1024;

    private static final Buffer BEAT = Buffer.buffer(":\n\n");

    private final Vertx vertx;
    private final Context loop;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final LiveStreams.Listener listener;
    private final Executor workers;
    private final Consumer<LiveStream> gone;
    private long timer;
    private boolean asking;
    private boolean over;

    /** @param gone told once when the stream has ended, however it did */
    LiveStream(
            Vertx vertx,
            HttpServerRequest request,
            LiveStreams.Listener listener,
            Executor workers,
            Consumer<LiveStream> gone) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.request = request;
        this.response = request.response();
        this.listener = listener;
        this.workers = workers;
        this.gone = gone;
    }

    String user() {
        return listener.user();
    }

    BranchId branch() {
        return listener.branch();
    }

    /** On the event loop. */
    void begin(Duration beat, String hello) {
        response.setChunked(true);
        response.setWriteQueueMaxSize(QUEUE);
        response.closeHandler(closed -> over());
        response.exceptionHandler(broken -> over());
        timer = vertx.setPeriodic(beat.toMillis(), beaten -> beat());
        response.write(hello);
    }

    /** From any thread. */
    void tell(Buffer buffer) {
        loop.runOnContext(told -> write(buffer));
    }

    private void write(Buffer buffer) {
        if (over) {
            return;
        }
        if (response.writeQueueFull()) {
            log.debug("a client that does not read is cut off");
            over();
            cut();
            return;
        }
        response.write(buffer);
    }

    /**
     * Closing a connection of Vert.x waits until everything is written: whoever does not read would keep it for a minute, until it is idle.
     * Only the channel below is closed at once (vertx-core 5.1.10, VertxConnection.writeClose).
     */
    private void cut() {
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channelHandlerContext().close().addListener(closed -> log.debug("closed"));
        } else {
            request.connection().close();
        }
    }

    private void beat() {
        if (asking || over) {
            return;
        }
        asking = true;
        try {
            workers.execute(() -> {
                boolean stands = stands();
                loop.runOnContext(answered -> {
                    asking = false;
                    if (stands) {
                        write(BEAT);
                    } else {
                        finish();
                    }
                });
            });
        } catch (RejectedExecutionException e) {
            finish();
        }
    }

    private boolean stands() {
        try {
            return listener.stands().getAsBoolean();
        } catch (RuntimeException e) {
            // Who cannot be looked up is not told more.
            log.atWarn().setCause(e).log("an event stream ends, for who holds it cannot be looked up");
            return false;
        }
    }

    /** From any thread. */
    void end() {
        loop.runOnContext(ended -> finish());
    }

    private void finish() {
        if (!over) {
            over();
            response.end();
            // A browser comes back on a connection of its own; one that does not read would else stay.
            cut();
        }
    }

    private void over() {
        if (!over) {
            over = true;
            vertx.cancelTimer(timer);
            gone.accept(this);
        }
    }
}
