package org.tocsin.http;

import org.tocsin.base.Message;

/**
 * Why there is no answer.
 *
 * @param kind   the sort
 * @param told   for people, with the remedy; a code of the area {@code http}
 * @param detail for the log and the operator: the host and the cause's own words, at most 200 characters, never a path, query or header
 */
public record HttpFailure(Kind kind, Message told, String detail) {
    /** What is known is the sort alone. */
    public HttpFailure(Kind kind, String detail) {
        this(kind, Failures.told(kind, ""), detail);
    }

    /** The sorts of failure. */
    public enum Kind {
        /** A private, loopback or otherwise special address that is not allowed by {@code tocsin.http.allow}. */
        ADDRESS_REFUSED,
        /** The URL is not one that is ever called. */
        URL_REFUSED,
        NAME_NOT_FOUND,
        NOT_CONNECTED,
        TLS,
        TIMEOUT,
        /** The peer closed the connection, or broke the protocol. */
        BROKEN,
        /** The answer is larger than the cap. */
        TOO_LARGE,
        /** The daemon is stopping. */
        INTERRUPTED
    }
}
