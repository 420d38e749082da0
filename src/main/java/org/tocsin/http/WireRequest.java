package org.tocsin.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/** Turns a request into OkHttp's. */
final class WireRequest {
    /** They frame the message, or choose an encoding that is not read here: the client sets them. */
    private static final Set<String> OWN = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "content-type",
            "host",
            "keep-alive",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final AddressGuard guard;
    private final String userAgent;

    WireRequest(AddressGuard guard, String userAgent) {
        this.guard = guard;
        this.userAgent = userAgent;
    }

    /**
     * @param request what a caller wants sent
     * @param flight  told when it leaves
     * @return the same for OkHttp
     * @throws RefusedException the URL or a header cannot be sent as it is
     */
    Request of(HttpRequest request, Flight flight) throws RefusedException {
        URI url = request.url();
        Peer peer = guard.inspect(url);
        Request.Builder builder = new Request.Builder()
                .url(UrlRules.okHttp(url, peer))
                .tag(Flight.class, flight)
                .header("User-Agent", userAgent);
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            if (!OWN.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                set(builder, header.getKey(), header.getValue(), peer);
            }
        }
        String contentType = WireBody.contentType(request.body());
        if (contentType != null) {
            set(builder, "Content-Type", contentType, peer);
        }
        return builder.method(request.method(), body(request)).build();
    }

    private static @Nullable RequestBody body(HttpRequest request) {
        WireBody body = WireBody.of(request.body());
        return body == null && WITH_BODY.contains(request.method()) ? WireBody.empty() : body;
    }

    /** The name is told, never the value: it may be a credential. */
    private static void set(Request.Builder builder, String name, String value, Peer peer) throws RefusedException {
        try {
            builder.header(name, value);
        } catch (IllegalArgumentException _) {
            throw new RefusedException(
                    HttpFailure.Kind.URL_REFUSED,
                    Message.of("http.url.header"),
                    peer + ": a header holds characters that cannot be sent");
        }
    }
}
