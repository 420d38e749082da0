package org.tocsin.http;

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
}
