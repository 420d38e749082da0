package org.tocsin.letter;

/**
 * Something that came back by mail about a letter of ours.
 *
 * @param letterId of the letter, as in {@link Letter#id()}: what stands before the at sign of its message id
 * @param kind     what it says
 * @param status   the code of RFC 3463, such as {@code 5.1.1}; empty where none was told
 */
public record Returned(String letterId, Kind kind, String status) {
    /** What it says. */
    public enum Kind {
        /** It will never arrive (RFC 3464: action failed, status 5). */
        BOUNCED,
        /** It did not arrive this time (status 4), or it is late. */
        DELAYED,
        /** The reader told his server that it was unwanted (RFC 5965). */
        COMPLAINED
    }
}
