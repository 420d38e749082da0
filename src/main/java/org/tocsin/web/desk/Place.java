package org.tocsin.web.desk;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tocsin.web.PublicWay;
import org.tocsin.web.Request;

/**
 * By which way a browser comes, and so which cookie it can be trusted with.
 *
 * @param kind   the way
 * @param origin what the browser names as its origin when it comes from a page of ours (RFC 6454)
 */
record Place(Kind kind, String origin) {
    /** The ways. */
    enum Kind {
        /**
         * Plain http to the browser's own machine, where nobody listens in between: the daemon itself, a published port of a container, a
         * tunnel. What the browser calls its own machine tells it; who forges that harms only himself.
         */
        HERE,
        /** The public address, by https. */
        PUBLIC,
        /** Plain http from elsewhere: no password is asked for there. */
        OPEN
    }

    private static final List<String> FORWARDED = List.of("forwarded", "x-forwarded-for", "x-real-ip", "via");
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

    static Place of(Request request, Optional<URI> publicUrl) {
        String host = request.header("host").orElse("").toLowerCase(Locale.ROOT);
        boolean forwarded =
                FORWARDED.stream().anyMatch(name -> request.header(name).isPresent());
        if (!forwarded && LOOPBACK.matcher(host).matches()) {
            return new Place(Kind.HERE, "http://" + host);
        }
        PublicWay way = new PublicWay(publicUrl);
        return way.taken(host, request.header("x-forwarded-proto"))
                ? new Place(Kind.PUBLIC, "https://" + way.secure().orElseThrow())
                : new Place(Kind.OPEN, "");
    }

    /** @return whether a request with an effect comes from a page of ours; what names no origin does not */
    boolean sent(Request request) {
        Optional<String> site = request.header("sec-fetch-site");
        Optional<String> from = request.header("origin");
        boolean fromUs = from.filter(origin::equalsIgnoreCase).isPresent();
        boolean sameSite = site.filter("same-origin"::equals).isPresent();
        return (from.isPresent() || site.isPresent()) && (from.isEmpty() || fromUs) && (site.isEmpty() || sameSite);
    }

    /** @return the name of the cookie; with its prefix a browser takes it from this host by https alone (RFC 6265bis, 4.1.3) */
    String cookie() {
        return kind == Kind.HERE ? "tocsin" : "__Host-tocsin";
    }

    /** @return what sets the cookie; it ends with the browser, and the session by its own rules */
    String set(String value) {
        return cookie() + "=" + value + "; Path=/; HttpOnly; SameSite=Lax"
                + (kind == Kind.HERE ? "" : "; Secure")
                + (value.isEmpty() ? "; Max-Age=0" : "");
    }

    /** @return the id of the session that the browser names */
    Optional<String> session(Request request) {
        for (String pair : request.header("cookie").orElse("").split(";")) {
            String one = pair.strip();
            if (one.startsWith(cookie() + "=")) {
                return Optional.of(one.substring(cookie().length() + 1)).filter(id -> id.matches("[A-Za-z0-9_-]{43}"));
            }
        }
        return Optional.empty();
    }
}
