package org.tocsin.http;

import static org.tocsin.http.HttpFailure.Kind.ADDRESS_REFUSED;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/**
 * The two places in OkHttp through which every call goes, also those of libraries: before anything is done, the guard checks the host
 * and pins what OkHttp connects to; on the open connection, right before the first byte, the connected address is checked again and
 * the request is let through once.
 */
final class Gate {
    /** RFC 9110 sets no limit. Common proxies take 4 to 8 KB a line by default, so no sound answer has more. */
    private static final int MAX_HEADER_LINE = 8 * 1024;

    private static final int MAX_HEADERS = 64 * 1024;
    private static final List<String> PROMPTS = List.of("Retry-After", "Location");
    private static final String HIDDEN = "Tocsin-";

    private final AddressGuard guard;
    private final Proxy proxy;

    /**
     * @param guard judges hosts
     * @param proxy the operator's explicit one, or {@link Proxy#NO_PROXY}; the environment's is never used
     */
    Gate(AddressGuard guard, Proxy proxy) {
        this.guard = guard;
        this.proxy = proxy;
    }

    /** The first interceptor of a call. */
    Response onCall(Interceptor.Chain chain) throws IOException {
        Request request = chain.request();
        Target target = guard.check(uri(request));
        Flight flight = request.tag(Flight.class);
        Response response = chain.withDns(dns(target))
                .withProxy(proxy)
                .withRetryOnConnectionFailure(false)
                .proceed(request.newBuilder()
                        .tag(Flight.class, flight == null ? new Flight() : flight)
                        .tag(Target.class, target)
                        .build());
        return shown(response);
    }

    /** The last word before the wire. */
    Response onWire(Interceptor.Chain chain) throws IOException {
        Request request = chain.request();
        Target target = request.tag(Target.class);
        Flight flight = request.tag(Flight.class);
        if (target == null || flight == null || !isFor(target, request) || !reaches(target, chain.connection())) {
            throw new RefusedException(
                    ADDRESS_REFUSED,
                    Message.of("http.url.address", "host", request.url().host(), "peer", peer(request)),
                    peer(request) + ": the connection leads elsewhere than was checked");
        }
        if (!flight.depart()) {
            throw new IOException("a request is sent once");
        }
        Response response = chain.proceed(request);
        checkSize(response);
        return withoutPromptToGoOn(response);
    }

    /**
     * OkHttp repeats a request, also a POST, by itself on 503 with {@code Retry-After: 0}, and no setting forbids it (seen in 5.5.1,
     * {@code RetryAndFollowUpInterceptor}); a library may turn redirects on. It is shown neither header; the caller is.
     */
    private static Response withoutPromptToGoOn(Response response) {
        Response.Builder rest = response.newBuilder();
        for (String prompt : PROMPTS) {
            String value = response.header(prompt);
            rest.removeHeader(HIDDEN + prompt);
            if (value != null) {
                rest.removeHeader(prompt).header(HIDDEN + prompt, value);
            }
        }
        return rest.build();
    }

    private static Response shown(Response response) {
        Response.Builder whole = response.newBuilder();
        for (String prompt : PROMPTS) {
            String value = response.header(HIDDEN + prompt);
            if (value != null) {
                whole.removeHeader(HIDDEN + prompt).header(prompt, value);
            }
        }
        return whole.build();
    }

    private static void checkSize(Response response) throws TooLargeException {
        int total = 0;
        for (int i = 0; i < response.headers().size(); i++) {
            int line = response.headers().name(i).length()
                    + response.headers().value(i).length();
            total += line + 4;
            if (line > MAX_HEADER_LINE || total > MAX_HEADERS) {
                response.close();
                throw new TooLargeException("the header of the answer is too large");
            }
        }
    }

    private CheckedDns dns(Target target) throws IOException {
        if (proxy.address() instanceof InetSocketAddress address) {
            String host = address.getHostString();
            return new CheckedDns(host, address.isUnresolved() ? guard.resolve(host) : List.of(address.getAddress()));
        }
        return new CheckedDns(UrlRules.bare(target.peer().host()), target.addresses());
    }

    private boolean reaches(Target target, @Nullable Connection connection) {
        if (proxy.type() != Proxy.Type.DIRECT) {
            return connection != null && connection.route().proxy().equals(proxy);
        }
        InetAddress reached = connection == null ? null : connection.socket().getInetAddress();
        return reached != null && target.accepts(reached);
    }

    private static boolean isFor(Target target, Request request) {
        return target.peer().equals(peer(request));
    }

    private static Peer peer(Request request) {
        return new Peer(UrlRules.bracketed(request.url().host()), request.url().port());
    }

    private static URI uri(Request request) throws RefusedException {
        try {
            return request.url().uri();
        } catch (RuntimeException _) {
            throw new RefusedException(
                    HttpFailure.Kind.URL_REFUSED,
                    Message.of("http.url.unreadable"),
                    "a URL that cannot be read in one way only");
        }
    }
}
