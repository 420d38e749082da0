package org.tocsin.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import javax.net.ssl.SSLException;
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
        return failure(refused.kind(), "", String.valueOf(refused.getMessage()));
    }

    /** @return a failure in our own words */
    static HttpFailure failure(Kind kind, String host, String words) {
        String text = (host.isEmpty() ? words : host + ": " + words).replaceAll("\\p{Cntrl}+", " ");
        return new HttpFailure(kind, text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL));
    }

    /** Nothing has left, so the cause's own words cannot quote the request. */
    private static HttpFailure before(String host, IOException cause) {
        return switch (cause) {
            case RefusedException refused -> failure(refused);
            case UnknownHostException _ -> failure(Kind.NAME_NOT_FOUND, host, "no such name");
            case SSLException _ -> failure(Kind.TLS, host, words(cause));
            case InterruptedIOException _ -> failure(Kind.TIMEOUT, host, "not connected in time");
            case FileSystemException _ -> failure(Kind.NOT_CONNECTED, host, "the file to send cannot be read");
            default -> failure(Kind.NOT_CONNECTED, host, words(cause));
        };
    }

    /** The peer has seen the request and may quote it, secrets included: the words are ours. */
    private static HttpFailure after(String host, IOException cause) {
        return switch (cause) {
            case TooLargeException _ -> failure(Kind.TOO_LARGE, host, String.valueOf(cause.getMessage()));
            case InterruptedIOException _ -> failure(Kind.TIMEOUT, host, "no answer in time");
            case EOFException _ -> failure(Kind.BROKEN, host, "the connection ended before the answer did");
            case SocketException _ -> failure(Kind.BROKEN, host, "the connection was reset");
            case ProtocolException _ -> failure(Kind.BROKEN, host, "the answer is not whole, or is not HTTP");
            case FileSystemException _ -> failure(Kind.BROKEN, host, "the file could not be read to its end");
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
