package org.tocsin.web;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.UserId;
import org.tocsin.people.Actor;
import org.tocsin.people.Tokens;

/**
 * Serves endpoints. The event loop reads and writes bytes, within caps and time limits; each request is answered on a virtual thread.
 * Nothing is answered without a token except what an endpoint shows to anyone.
 */
public final class WebServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);
    private static final String CSP = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none';"
            + " base-uri 'none'; frame-ancestors 'none'";

    /** OWASP ASVS 5.0, 3.4.1: at least a year. Not for other hosts of the same domain, of which the daemon knows nothing. */
    private static final String HSTS = "max-age=31536000";

    private final Vertx vertx;
    private final HttpServer server;
    private final ExecutorService workers;

    private WebServer(Vertx vertx, HttpServer server, ExecutorService workers) {
        this.vertx = vertx;
        this.server = server;
        this.workers = workers;
    }

    /**
     * Where a server listens, and by which ways it is reached.
     *
     * @param port    0 for a free one
     * @param zone    the organisation's, told with each answer
     * @param proxies which are believed
     * @param way     by the public address
     */
    record At(String host, int port, ZoneId zone, TrustedProxies proxies, PublicWay way) {}

    private static boolean secured(HttpServerRequest request, PublicWay way) {
        return way.taken(
                Optional.ofNullable(request.getHeader("Host")).orElse(""),
                Optional.ofNullable(request.getHeader("X-Forwarded-Proto")));
    }

    /**
     * Listens.
     *
     * @param spool folder for large bodies while they arrive
     * @param admission asked before one is taken; throws when there is no room
     * @param at    where, and by which ways
     * @throws FaultException CONFLICT when the port is taken
     */
    static WebServer start(
            Vertx vertx,
            Path spool,
            Runnable admission,
            At at,
            List<Endpoint> endpoints,
            Tokens tokens,
            Problems problems) {
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        Router router = Router.router(vertx);
        Gateway gateway =
                new Gateway(tokens, problems, QueryParameters.described(), workers, spool, admission, at.proxies());
        // Who shows times to people shows them in the organisation's zone.
        router.route().handler(context -> {
            context.response().putHeader("Tocsin-Zone", at.zone().getId());
            if (secured(context.request(), at.way())) {
                context.response().putHeader("Strict-Transport-Security", HSTS);
            }
            context.next();
        });
        for (Endpoint endpoint : endpoints) {
            router.route(HttpMethod.valueOf(endpoint.method()), endpoint.path())
                    .handler(context -> gateway.receive(context, endpoint));
            if (endpoint.method().equals("GET")) {
                router.route(HttpMethod.HEAD, endpoint.path()).handler(context -> gateway.receive(context, endpoint));
            }
        }
        methods(endpoints)
                .forEach((path, methods) -> router.route(path)
                        .last()
                        .handler(context -> gateway.notAllowed(context, String.join(", ", methods))));
        router.route()
                .last()
                .handler(context -> gateway.refuse(context, FaultException.notFound("path", context.normalizedPath())));
        HttpServerOptions options = new HttpServerOptions()
                .setHost(at.host())
                .setPort(at.port())
                .setMaxHeaderSize(16 * 1024)
                .setMaxInitialLineLength(32 * 1024)
                .setIdleTimeout(60)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setDecompressionSupported(false)
                // No upgrade in the clear: proxies read such requests in two ways, and a connection counts from its
                // first byte.
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true);
        SlowClients slow = SlowClients.of(vertx);
        HttpServer server = vertx.createHttpServer(options).requestHandler(request -> {
            slow.began(request);
            router.handle(request);
        });
        slow.watch(server);
        try {
            await(server.listen());
        } catch (RuntimeException e) {
            workers.close();
            throw new FaultException(
                    Kind.CONFLICT,
                    Fault.at("/tocsin.http.port", Message.of("web.port", "host", at.host(), "port", at.port())));
        }
        return new WebServer(vertx, server, workers);
    }

    /** @return of each path what may be asked of it */
    private static Map<String, Set<String>> methods(List<Endpoint> endpoints) {
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        for (Endpoint endpoint : endpoints) {
            Set<String> of = methods.computeIfAbsent(endpoint.path(), path -> new TreeSet<>());
            of.add(endpoint.method());
            if (endpoint.method().equals("GET")) {
                of.add("HEAD");
            }
        }
        return methods;
    }

    /** @return the port it listens on */
    public int port() {
        return server.actualPort();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        await(server.close());
        workers.shutdown();
        log.atDebug().addKeyValue("vertx", vertx).log("stopped listening");
    }

    /** Between the event loop and the endpoints. */
    private record Gateway(
            Tokens tokens,
            Problems problems,
            QueryParameters parameters,
            ExecutorService workers,
            Path spool,
            Runnable admission,
            TrustedProxies proxies) {
        void receive(RoutingContext context, Endpoint endpoint) {
            HttpServerRequest request = context.request();
            Context loop = context.vertx().getOrCreateContext();
            long declared = length(request);
            if (declared > endpoint.maxBytes()) {
                refuse(context, endpoint, loop, tooLarge(endpoint, declared));
                return;
            }
            if (endpoint.maxBytes() > Endpoint.JSON) {
                spool(context, endpoint, loop);
                return;
            }
            Buffer body = Buffer.buffer();
            boolean[] over = new boolean[1];
            request.handler(chunk -> {
                if (body.length() + chunk.length() > endpoint.maxBytes()) {
                    over[0] = true;
                } else {
                    body.appendBuffer(chunk);
                }
            });
            request.endHandler(end -> {
                if (over[0]) {
                    refuse(context, endpoint, loop, tooLarge(endpoint, -1));
                    return;
                }
                byte[] bytes = body.getBytes();
                work(context, endpoint, loop, () -> new ByteArrayInputStream(bytes), bytes.length, () -> {});
            });
        }

        /** A large body: whoever may not send it is refused before it is read, and it goes to a file, not into the memory. */
        private void spool(RoutingContext context, Endpoint endpoint, Context loop) {
            HttpServerRequest request = context.request();
            request.pause();
            workers.execute(() -> {
                try {
                    if (endpoint.scope() != null) {
                        authenticate(request).require(endpoint.scope());
                    }
                    endpoint.admission()
                            .admit(request(
                                    context, InputStream::nullInputStream, 0, anyone(), locale(context.request())));
                    admission.run();
                    new UploadSpool(workers, spool, request, endpoint.maxBytes())
                            .read(loop, spooled -> spooled(context, endpoint, loop, spooled));
                } catch (FaultException e) {
                    loop.runOnContext(ignored -> refuse(context, endpoint, loop, e));
                }
            });
        }

        private void spooled(RoutingContext context, Endpoint endpoint, Context loop, UploadSpool.Spooled spooled) {
            switch (spooled) {
                case UploadSpool.Spooled.TooLarge ignored -> refuse(context, endpoint, loop, tooLarge(endpoint, -1));
                case UploadSpool.Spooled.Failed(Throwable cause) -> {
                    log.atWarn().setCause(cause).log("an upload could not be taken");
                    refuse(
                            context,
                            endpoint,
                            loop,
                            new FaultException(
                                    Kind.STORAGE, Fault.at("", Message.of("web.upload.failed", "folder", spool))));
                }
                case UploadSpool.Spooled.Whole(String path, long bytes) -> {
                    Path file = Path.of(path);
                    work(context, endpoint, loop, () -> Files.newInputStream(file), bytes, () -> delete(file));
                }
            }
        }

        private static void delete(Path file) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                log.atWarn().setCause(e).log("a temporary file stays");
            }
        }

        /** A body that is not taken: people read why on a page, which is made where it may wait for the database. */
        private void refuse(RoutingContext context, Endpoint endpoint, Context loop, FaultException fault) {
            Endpoint.Refusal refusal = endpoint.refusal();
            if (refusal == null) {
                refuse(context, fault);
                return;
            }
            // What still comes of the body is thrown away, so that the answer is read.
            context.request().resume();
            Endpoint.Handler handler = request -> refusal.refuse(request, fault);
            Endpoint said = new Endpoint(endpoint.method(), endpoint.path(), null, endpoint.maxBytes(), handler);
            work(context, said, loop, InputStream::nullInputStream, 0, () -> {});
        }

        private void work(
                RoutingContext context, Endpoint endpoint, Context loop, Request.Body body, long size, Runnable after) {
            workers.execute(() -> {
                Response response = answer(context, endpoint, body, size);
                after.run();
                try {
                    loop.runOnContext(ignored -> write(context, response));
                } catch (RejectedExecutionException e) {
                    log.debug("the server stopped before an answer was written");
                }
            });
        }

        /** @param methods that would be */
        void notAllowed(RoutingContext context, String methods) {
            write(context, problems.notAllowed(methods, locale(context.request())));
        }

        private static FaultException tooLarge(Endpoint endpoint, long actual) {
            return new FaultException(
                    Kind.TOO_LARGE,
                    new Fault(
                            "",
                            Message.of("web.body.large", "limit", endpoint.maxBytes()),
                            endpoint.maxBytes(),
                            actual < 0 ? null : actual));
        }

        private static long length(HttpServerRequest request) {
            String length = request.getHeader("Content-Length");
            return length == null || !length.matches("\\d{1,18}") ? 0 : Long.parseLong(length);
        }

        private Response answer(RoutingContext context, Endpoint endpoint, Request.Body body, long size) {
            Locale locale = locale(context.request());
            try {
                Actor actor = endpoint.scope() == null ? anyone() : authenticate(context.request());
                if (endpoint.scope() != null) {
                    actor.require(endpoint.scope());
                }
                Request request = request(context, body, size, actor, locale);
                parameters.check(endpoint, request);
                return endpoint.handler().handle(request);
            } catch (FaultException e) {
                return problems.of(e, locale);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                // Whoever asks gets an answer, also where a class is missing.
                log.atError()
                        .setCause(e)
                        .addKeyValue("method", endpoint.method())
                        .addKeyValue("path", endpoint.path())
                        .log("a request failed");
                return problems.internal(locale);
            }
        }

        private static Actor anyone() {
            return new Actor(UserId.ANYONE.value(), BranchId.MAIN, Set.of());
        }

        private Actor authenticate(HttpServerRequest request) {
            String header = request.getHeader("Authorization");
            if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)) {
                return tokens.actor(header.substring(7).strip()).orElseThrow(Gateway::unauthenticated);
            }
            throw unauthenticated();
        }

        private static FaultException unauthenticated() {
            return new FaultException(Kind.UNAUTHENTICATED, Fault.at("", Message.of("web.token.wrong")));
        }

        private Request request(RoutingContext context, Request.Body body, long size, Actor actor, Locale locale) {
            Map<String, String> headers = new HashMap<>();
            context.request()
                    .headers()
                    .forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
            Map<String, String> query = new HashMap<>();
            context.queryParams().forEach((name, value) -> query.putIfAbsent(name, value));
            return new Request(
                    context.request().method().name(),
                    context.normalizedPath(),
                    Map.copyOf(context.pathParams()),
                    query,
                    headers,
                    body,
                    size,
                    actor,
                    locale,
                    local(context.request()),
                    proxies.client(
                            String.valueOf(context.request().remoteAddress().hostAddress()),
                            context.request().headers().getAll("X-Forwarded-For")));
        }

        private static boolean local(HttpServerRequest request) {
            String host = request.authority() == null ? "" : request.authority().host();
            String remote = request.remoteAddress().hostAddress();
            boolean loopback = remote != null
                    && (remote.startsWith("127.") || remote.equals("::1") || remote.equals("0:0:0:0:0:0:0:1"));
            boolean forwarded = request.headers().contains("Forwarded")
                    || request.headers().contains("X-Forwarded-For")
                    || request.headers().contains("X-Real-IP")
                    || request.headers().contains("Via");
            return loopback
                    && !forwarded
                    && Set.of("localhost", "127.0.0.1", "::1", "[::1]").contains(host);
        }

        private static Locale locale(HttpServerRequest request) {
            String accepted = request.getHeader("Accept-Language");
            return accepted == null || accepted.toLowerCase(Locale.ROOT).startsWith("fr")
                    ? Locale.FRENCH
                    : Locale.ENGLISH;
        }

        void refuse(RoutingContext context, FaultException e) {
            context.request().resume();
            write(context, problems.of(e, locale(context.request())));
        }

        private static void write(RoutingContext context, Response response) {
            HttpServerResponse out = context.response();
            if (out.ended() || out.closed()) {
                return;
            }
            out.setStatusCode(response.status());
            out.putHeader("X-Content-Type-Options", "nosniff");
            out.putHeader("Referrer-Policy", "no-referrer");
            out.putHeader("Content-Security-Policy", CSP);
            if (!response.contentType().isEmpty()) {
                out.putHeader("Content-Type", response.contentType());
            }
            response.headers().forEach(out::putHeader);
            Path file = response.file();
            if (HttpMethod.HEAD.equals(context.request().method())) {
                if (response.status() != 304 && response.stream() == null) {
                    // Of what has not changed the length is not said: RFC 9110, 8.6.
                    long length = file == null
                            ? response.bytes().length
                            : file.toFile().length();
                    out.putHeader("Content-Length", String.valueOf(length));
                }
                out.end();
            } else if (response.stream() != null) {
                response.stream().open(context.request());
            } else if (file == null) {
                out.end(Buffer.buffer(response.bytes()));
            } else {
                out.sendFile(file.toString()).onFailure(cause -> {
                    log.atDebug().setCause(cause).log("a file was not sent whole");
                    context.request().connection().close();
                });
            }
        }
    }
}
