package org.tocsin.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import javax.net.ssl.HostnameVerifier;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.ByteString;
import okio.Socket;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Ticker;
import org.tocsin.http.HttpFailure.Kind;

/**
 * The one way out, over OkHttp. Nothing here repeats a request: not on a broken connection, not on 408, 421 or 503, not after a
 * redirect or a challenge. Each call runs on a virtual thread of its own, so that whoever waits can stop at once.
 */
public final class OutboundHttp implements HttpClient, WebSocketClient, AutoCloseable {
    /** The cap on an answer of an API, after decompression. */
    public static final int MAX_ANSWER_BYTES = 10 * 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** Short: a connection that the other side has just closed costs an unknown outcome. */
    private static final Duration IDLE = Duration.ofSeconds(3);

    private static final int MAX_IDLE = 8;
    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> PERMANENT = Set.of(301, 308);
    private static final int LIBRARY_REQUESTS = 256;
    private static final int MAX_REFUSAL = 64 * 1024;

    private final Ticker ticker;
    private final WireRequest wire;
    private final ExecutorService threads;
    private final OkHttpClient libraries;
    private final OkHttpClient own;
    private final OkHttpClient streams;
    private volatile boolean closed;

    /**
     * @param guard     judges every host
     * @param userAgent names the daemon to others, such as {@code Tocsin/1.0}
     * @param proxy     the operator's HTTP proxy; null for none. What the environment and the JVM say about proxies is ignored, and where
     *                  the proxy is down nothing goes around it. Names are looked up and judged here as well
     * @param ticker    for deadlines
     */
    public OutboundHttp(AddressGuard guard, String userAgent, @Nullable InetSocketAddress proxy, Ticker ticker) {
        this(guard, userAgent, proxy, ticker, UnaryOperator.identity());
    }

    OutboundHttp(
            AddressGuard guard,
            String userAgent,
            @Nullable InetSocketAddress proxy,
            Ticker ticker,
            UnaryOperator<OkHttpClient.Builder> sockets) {
        this.ticker = ticker;
        this.wire = new WireRequest(guard, userAgent);
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        Proxy chosen = proxy == null ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, proxy);
        this.libraries =
                sockets.apply(guarded(new Gate(guard, chosen), chosen, threads)).build();
        this.own = libraries
                .newBuilder()
                .callTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .build();
        this.streams = libraries
                .newBuilder()
                .callTimeout(Duration.ZERO)
                .protocols(List.of(Protocol.HTTP_1_1))
                .build();
    }

    private static OkHttpClient.Builder guarded(Gate gate, Proxy proxy, ExecutorService threads) {
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(LIBRARY_REQUESTS);
        dispatcher.setMaxRequestsPerHost(LIBRARY_REQUESTS);
        // Any other verifier than OkHttp's own object keeps it from sending a request over a connection made for
        // another name, where a
        // 421 would have it sent again.
        HostnameVerifier strict = new OkHttpClient().hostnameVerifier();
        return new OkHttpClient.Builder()
                .addInterceptor(gate::onCall)
                .addNetworkInterceptor(gate::onWire)
                .dns(CheckedDns.NONE)
                .proxy(proxy)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .proxyAuthenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .hostnameVerifier((host, session) -> strict.verify(host, session))
                .protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1))
                .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
                .connectionPool(new ConnectionPool(MAX_IDLE, IDLE.toMillis(), TimeUnit.MILLISECONDS))
                .dispatcher(dispatcher)
                .connectTimeout(CONNECT)
                .readTimeout(HttpRequest.CALL)
                .writeTimeout(HttpRequest.CALL)
                .callTimeout(HttpRequest.UPLOAD);
    }

    /**
     * For a library that speaks HTTP through OkHttp itself: the same guard, and nothing repeated. Time-outs are 60 s of silence and
     * 15 minutes in all; a copy may set others.
     */
    public OkHttpClient okHttp() {
        requireOpen();
        return libraries;
    }

    /** As {@link #okHttp()}, for one operation of which must be known whether its bytes may have left. */
    public Tracked track() {
        return new Tracked(okHttp());
    }

    @Override
    public HttpResult send(HttpRequest request) {
        return exchange(request, MAX_ANSWER_BYTES);
    }

    @Override
    public HttpResult read(HttpRequest request, int maxBytes) {
        return follow(request, maxBytes).result();
    }

    @Override
    public Followed follow(HttpRequest request, int maxBytes) {
        if (!request.method().equals("GET") || request.body() != null) {
            throw new IllegalArgumentException("only a GET is read");
        }
        long start = ticker.nanos();
        HttpRequest current = request;
        @Nullable URI moved = null;
        boolean permanent = true;
        for (int hop = 0; ; hop++) {
            Duration left = request.deadline().minusNanos(ticker.nanos() - start);
            HttpResult result = exchange(current.within(left), maxBytes);
            if (!(result instanceof HttpResult.Answer answer)) {
                // Once a first request has been answered, "nothing left this machine" would no longer be true.
                return new Followed(
                        hop > 0 && result instanceof HttpResult.NotSent(HttpFailure failure)
                                ? new HttpResult.NoAnswer(failure)
                                : result,
                        current.url(),
                        moved);
            }
            try {
                Optional<HttpRequest> next = Redirects.next(current, answer);
                if (next.isEmpty()) {
                    return new Followed(answer, current.url(), moved);
                }
                if (hop == MAX_REDIRECTS) {
                    throw Redirects.refused(current.url(), "more than " + MAX_REDIRECTS + " redirects");
                }
                current = next.get();
                permanent &= PERMANENT.contains(answer.status());
                moved = permanent ? current.url() : moved;
            } catch (RefusedException e) {
                return new Followed(new HttpResult.NoAnswer(Failures.failure(e)), current.url(), moved);
            }
        }
    }

    private HttpResult exchange(HttpRequest request, int maxBytes) {
        requireOpen();
        String host = host(request.url());
        Flight flight = new Flight();
        Request built;
        try {
            built = wire.of(request, flight);
        } catch (RefusedException e) {
            return new HttpResult.NotSent(Failures.failure(e));
        }
        if (Thread.currentThread().isInterrupted()) {
            return new HttpResult.NotSent(Failures.failure(Kind.INTERRUPTED, host, "interrupted"));
        }
        Call call = own.newCall(built);
        Future<HttpResult> task = threads.submit(() -> run(call, host, flight, maxBytes));
        try {
            return task.get(request.deadline().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return abandon(call, task, flight, Failures.failure(Kind.TIMEOUT, host, "no whole answer in time"));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return abandon(call, task, flight, Failures.failure(Kind.INTERRUPTED, host, "interrupted"));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            return Failures.result(host, e.getCause(), !flight.stop());
        }
    }

    @Override
    public Opening open(URI url, Map<String, String> headers, int longest, Duration idle) {
        requireOpen();
        String host = host(url);
        byte[] nonce = new byte[16];
        ThreadLocalRandom.current().nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        Flight flight = new Flight();
        Request request;
        try {
            URI web = URI.create(url.toString().replaceFirst("^ws", "http"));
            HttpRequest asked = HttpRequest.get(web);
            for (Map.Entry<String, String> header : headers.entrySet()) {
                asked = asked.with(header.getKey(), header.getValue());
            }
            request = wire.of(asked, flight)
                    .newBuilder()
                    .header("Connection", "Upgrade")
                    .header("Upgrade", "websocket")
                    .header("Sec-WebSocket-Version", "13")
                    .header("Sec-WebSocket-Key", key)
                    .build();
        } catch (RefusedException e) {
            return new Failed(new HttpResult.NotSent(Failures.failure(e)));
        }
        Call call = streams.newCall(request);
        try {
            // Closing the response would close the stream.
            Response response = call.execute();
            Socket socket = response.socket();
            if (response.code() != 101) {
                try (response) {
                    return new Failed(AnswerReader.read(response, MAX_REFUSAL));
                }
            }
            if (socket == null || !accepted(key, response)) {
                call.cancel();
                return new Failed(
                        new HttpResult.NoAnswer(Failures.failure(Kind.BROKEN, host, "what has answered is no stream")));
            }
            socket.getSource().timeout().timeout(idle.toNanos(), TimeUnit.NANOSECONDS);
            socket.getSink().timeout().timeout(idle.toNanos(), TimeUnit.NANOSECONDS);
            return new Open(new WebSocket(host, socket, longest));
        } catch (IOException e) {
            call.cancel();
            return new Failed(Failures.result(host, e, !flight.stop()));
        }
    }

    /** RFC 6455, section 4.2.2. */
    private static boolean accepted(String key, Response response) {
        String expected = ByteString.encodeUtf8(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                .sha1()
                .base64();
        return expected.equals(response.header("Sec-WebSocket-Accept"));
    }

    private HttpResult run(Call call, String host, Flight flight, int maxBytes) {
        try (Response response = call.execute()) {
            try {
                return AnswerReader.read(response, maxBytes);
            } catch (IOException e) {
                // Else closing would wait for the rest of what is not wanted.
                call.cancel();
                throw e;
            }
        } catch (IOException e) {
            boolean gone = !flight.stop();
            if (closed) {
                HttpFailure stopped = Failures.failure(Kind.INTERRUPTED, host, "the daemon is stopping");
                return gone ? new HttpResult.NoAnswer(stopped) : new HttpResult.NotSent(stopped);
            }
            return Failures.result(host, e, gone);
        }
    }

    private static HttpResult abandon(Call call, Future<HttpResult> task, Flight flight, HttpFailure failure) {
        boolean stopped = flight.stop();
        if (task.state() == Future.State.SUCCESS) {
            return task.resultNow();
        }
        call.cancel();
        task.cancel(true);
        return stopped ? new HttpResult.NotSent(failure) : new HttpResult.NoAnswer(failure);
    }

    private static String host(URI url) {
        return url.getHost() == null ? "" : url.getHost();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the outbound client is closed");
        }
    }

    /** Breaks off what is under way, as {@code INTERRUPTED}; may be called twice. */
    @Override
    public void close() {
        closed = true;
        libraries.dispatcher().cancelAll();
        threads.shutdownNow();
        libraries.connectionPool().evictAll();
    }
}
