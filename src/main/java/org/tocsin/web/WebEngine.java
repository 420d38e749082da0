package org.tocsin.web;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** The event loops on which the web servers run. */
public final class WebEngine implements AutoCloseable {
    private final Vertx vertx;

    private WebEngine(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Starts two event loops; nothing is listened to yet. */
    public static WebEngine start() {
        return new WebEngine(
                Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2)));
    }

    Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
