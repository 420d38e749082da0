package org.tocsin.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.tocsin.base.Message;
import org.tocsin.http.HttpFailure.Kind;

/** Turns what was thrown into a failure that tells an operator what happened, and nobody a secret. */
final class Failures {
    private static final int MAX_DETAIL = 200;

    private Failures() {}

    /**
     * @param host   where it went, for the operator
     * @param thrown what OkHttp, or a library on top of it, threw
     * @param gone   whether bytes of the request may have left
     * @return {@code NoAnswer} where they may, else {@code NotSent}
     */
    static HttpResult result(String host, Throwable thrown, boolean gone) {
        IOException cause = cause(thrown);
        return gone ? new HttpResult.NoAnswer(after(host, cause)) : new HttpResult.NotSent(before(host, cause));
    }

    /** @return why the guard held a request back */
    static HttpFailure failure(RefusedException refused) {
        return new HttpFailure(refused.kind(), refused.told(), detail("", String.valueOf(refused.getMessage())));
    }

    /** @return a failure in our own words */
    static HttpFailure failure(Kind kind, String host, String words) {
        return failure(kind, host, told(kind, host), words);
    }

    private static HttpFailure failure(Kind kind, String host, Message told, String words) {
        return new HttpFailure(kind, told, detail(host, words));
    }

    private static String detail(String host, String words) {
        String text = (host.isEmpty() ? words : host + ": " + words).replaceAll("\\p{Cntrl}+", " ");
        return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL);
    }

    /** @return what a sort of failure is for people */
    static Message told(Kind kind, String host) {
        return switch (kind) {
            case ADDRESS_REFUSED -> Message.of("http.url.address", "host", host, "peer", host);
            case URL_REFUSED -> Message.of("http.url.unreadable");
            case NAME_NOT_FOUND -> Message.of("http.url.name", "host", host);
            case NOT_CONNECTED -> Message.of("http.failure.not-connected", "host", host);
            case TLS -> Message.of("http.failure.tls", "host", host);
            case TIMEOUT -> Message.of("http.failure.timeout", "host", host);
            case BROKEN -> Message.of("http.failure.closed", "host", host);
            case TOO_LARGE -> Message.of("http.failure.too-large", "host", host);
            case INTERRUPTED -> Message.of("http.failure.stopping");
        };
    }

    /** Nothing has left, so the cause's own words cannot quote the request. */
    private static HttpFailure before(String host, IOException cause) {
        return switch (cause) {
            case RefusedException refused -> failure(refused);
            case UnknownHostException _ -> failure(Kind.NAME_NOT_FOUND, host, "no such name");
            case SSLException tls -> failure(Kind.TLS, host, tls(host, tls), words(cause));
            case InterruptedIOException _ ->
                failure(
                        Kind.TIMEOUT,
                        host,
                        Message.of("http.failure.timeout.connect", "host", host),
                        "not connected in time");
            case FileSystemException _ ->
                failure(Kind.NOT_CONNECTED, host, Message.of("http.failure.file"), "the file to send cannot be read");
            case NoRouteToHostException _ -> failure(Kind.NOT_CONNECTED, host, words(cause));
            case ConnectException _ ->
                failure(Kind.NOT_CONNECTED, host, Message.of("http.failure.refused", "host", host), words(cause));
            default -> failure(Kind.NOT_CONNECTED, host, words(cause));
        };
    }

    private static Message tls(String host, SSLException cause) {
        if (cause instanceof SSLPeerUnverifiedException) {
            return Message.of("http.failure.tls.certificate", "host", host);
        }
        for (Throwable one = cause; one != null; one = one.getCause()) {
            if (one instanceof GeneralSecurityException) {
                return Message.of("http.failure.tls.certificate", "host", host);
            }
        }
        // The JDK has a class for each fault of a handshake, and none for what is no TLS at all.
        return cause.getClass() == SSLException.class
                ? Message.of("http.failure.tls.plain", "host", host)
                : Message.of("http.failure.tls", "host", host);
    }

    /** The peer has seen the request and may quote it, secrets included: the words are ours. */
    private static HttpFailure after(String host, IOException cause) {
        return switch (cause) {
            case TooLargeException _ -> failure(Kind.TOO_LARGE, host, String.valueOf(cause.getMessage()));
            case InterruptedIOException _ -> failure(Kind.TIMEOUT, host, "no answer in time");
            case EOFException _ -> failure(Kind.BROKEN, host, "the connection ended before the answer did");
            case SocketException _ ->
                failure(Kind.BROKEN, host, Message.of("http.failure.reset", "host", host), "the connection was reset");
            case ProtocolException _ ->
                failure(
                        Kind.BROKEN,
                        host,
                        Message.of("http.failure.protocol", "host", host),
                        "the answer is not whole, or is not HTTP");
            case FileSystemException _ ->
                failure(Kind.BROKEN, host, Message.of("http.failure.file"), "the file could not be read to its end");
            default ->
                failure(
                        Kind.BROKEN,
                        host,
                        "the connection broke (" + cause.getClass().getSimpleName() + ")");
        };
    }

    private static String words(IOException cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static IOException cause(Throwable thrown) {
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            if (one instanceof IOException io) {
                return io;
            }
        }
        return new IOException(thrown.getClass().getSimpleName());
    }
}
