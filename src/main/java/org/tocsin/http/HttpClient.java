package org.tocsin.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The one way out. Every connection of the daemon and of its libraries passes the address guard behind it. A request is sent at
 * most once, a redirect is never followed for a write, an environment proxy is ignored, and it never throws for what a host does.
 */
public interface HttpClient {
    /**
     * @param request sent once
     * @return what became of it; blocks until its deadline at the latest
     */
    HttpResult send(HttpRequest request);

    /**
     * Reads a page or a file of a stranger, following at most three redirects, each checked anew, without credentials across origins.
     *
     * @param request  a GET
     * @param maxBytes after decompression; a larger answer is {@code TOO_LARGE}
     * @return what became of it
     */
    HttpResult read(HttpRequest request, int maxBytes);

    /** As {@link #read}, telling as well where what was read has moved to. */
    default Followed follow(HttpRequest request, int maxBytes) {
        return new Followed(read(request, maxBytes), request.url(), null);
    }

    /**
     * What became of a read.
     *
     * @param at    from where the answer came, at the end of all redirects
     * @param moved where it is to be asked for from now on, when every redirect so far was permanent (301 or 308, RFC 9110, section
     *     15.4); null where it stays
     */
    record Followed(HttpResult result, URI at, @Nullable URI moved) {}
}
