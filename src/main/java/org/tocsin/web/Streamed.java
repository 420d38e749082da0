package org.tocsin.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A long text that is written while it is made: never more of it is held than one piece, and who does not read is cut off. */
public final class Streamed {
    private static final Logger log = LoggerFactory.getLogger(Streamed.class);
    private static final int PIECE = 64 * 1024;
    /** So long may a client take for one piece. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Streamed() {}

    /** Takes the text. */
    @FunctionalInterface
    public interface Sink {
        /** Adds to the text; blocks while the client has not taken what came before. */
        void add(String text);
    }

    /** Makes the text. */
    @FunctionalInterface
    public interface Text {
        /** Writes all of it; on a thread of its own. */
        void to(Sink sink);
    }

    /** @return an answer that makes its text on a virtual thread; where it breaks off, the connection is cut, so that it looks like no whole one */
    public static Response text(String contentType, String fileName, Text text) {
        return Response.stream(contentType, request -> {
                    request.response().setChunked(true);
                    Thread.ofVirtual().name("streamed").start(() -> run(request, text));
                })
                .with("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
    }

    private static void run(HttpServerRequest request, Text text) {
        HttpServerResponse response = request.response();
        StringBuilder held = new StringBuilder();
        try {
            text.to(more -> {
                held.append(more);
                if (held.length() >= PIECE) {
                    write(response, held);
                }
            });
            write(response, held);
            response.end();
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("a text was not written whole");
            request.connection().close();
        }
    }

    private static void write(HttpServerResponse response, StringBuilder held) {
        Buffer piece = Buffer.buffer(held.toString().getBytes(StandardCharsets.UTF_8));
        held.setLength(0);
        try {
            response.write(piece)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("told to stop", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the client has gone", e);
        }
    }
}
