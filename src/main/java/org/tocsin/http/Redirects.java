package org.tocsin.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.Message;

/** Where a read goes next (RFC 9110, section 15.4). */
final class Redirects {
    private static final Set<Integer> STATUS = Set.of(301, 302, 303, 307, 308);
    /** All other headers may identify the sender, so they stay with the origin they were meant for. */
    private static final Set<String> HARMLESS =
            Set.of("accept", "accept-language", "if-modified-since", "if-none-match", "user-agent");

    private Redirects() {}

    /**
     * @param request what was asked
     * @param answer  what came back
     * @return the request for the place that the answer names; empty where it names none
     * @throws RefusedException where it leads from https to http, or to what is not a URL
     */
    static Optional<HttpRequest> next(HttpRequest request, HttpResult.Answer answer) throws RefusedException {
        Optional<String> location = STATUS.contains(answer.status()) ? answer.header("location") : Optional.empty();
        if (location.isEmpty()) {
            return Optional.empty();
        }
        URI to;
        try {
            to = request.url().resolve(new URI(location.get()));
        } catch (URISyntaxException _) {
            throw refused(request.url(), "a redirect to what is not a URL");
        }
        if ("https".equalsIgnoreCase(request.url().getScheme()) && "http".equalsIgnoreCase(to.getScheme())) {
            throw refused(request.url(), "a redirect from https to http");
        }
        Map<String, String> headers = request.headers();
        if (!origin(to).equals(origin(request.url()))) {
            headers = new LinkedHashMap<>(headers);
            headers.keySet().removeIf(name -> !HARMLESS.contains(name.toLowerCase(Locale.ROOT)));
        }
        return Optional.of(new HttpRequest(request.method(), to, headers, null, request.deadline()));
    }

    static RefusedException refused(URI from, String words) {
        return new RefusedException(
                HttpFailure.Kind.URL_REFUSED, Message.of("http.url.redirect"), from.getHost() + ": " + words);
    }

    private static String origin(URI url) {
        return (url.getScheme() + "://" + url.getHost() + ":" + url.getPort()).toLowerCase(Locale.ROOT);
    }
}
