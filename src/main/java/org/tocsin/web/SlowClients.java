package org.tocsin.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts off who sends a request byte by byte: the idle limit of the server starts anew with each byte, and such a connection would stay for
 * ever. An answer may take as long as it likes; a stream of events is one.
 *
 * @param headers from the connection to the end of the first request's headers
 * @param pause   from the end of an answer to the end of the next request's headers; longer than the idle limit
 * @param small   for a body of which the length is told, and within that of the API's JSON
 * @param large   for any other body
 */
record SlowClients(
        Vertx vertx,
        Duration headers,
        Duration pause,
        Duration small,
        Duration large,
        Map<HttpConnection, Long> timers) {
    /** The limits of the daemon. An image of 50 MB takes a quarter of an hour at half a megabit a second. */
    static SlowClients of(Vertx vertx) {
        return of(
                vertx, Duration.ofSeconds(10), Duration.ofSeconds(70), Duration.ofSeconds(60), Duration.ofMinutes(15));
    }

    static SlowClients of(Vertx vertx, Duration headers, Duration pause, Duration small, Duration large) {
        return new SlowClients(vertx, headers, pause, small, large, new ConcurrentHashMap<>());
    }

    void watch(HttpServer server) {
        server.connectionHandler(connection -> {
            expect(connection, headers);
            connection.closeHandler(closed -> cancel(connection));
        });
    }

    /** The headers of a request have come. */
    void began(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        cancel(connection);
        request.response().bodyEndHandler(ended -> expect(connection, pause));
        if (!request.isEnded()) {
            long body = vertx.setTimer(limit(request).toMillis(), late -> connection.close());
            request.end().onComplete(ended -> vertx.cancelTimer(body));
        }
    }

    private Duration limit(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length != null && length.matches("\\d{1,9}") && Long.parseLong(length) <= Endpoint.JSON ? small : large;
    }

    private void expect(HttpConnection connection, Duration within) {
        Long before = timers.put(connection, vertx.setTimer(within.toMillis(), late -> connection.close()));
        if (before != null) {
            vertx.cancelTimer(before);
        }
    }

    private void cancel(HttpConnection connection) {
        Long timer = timers.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
