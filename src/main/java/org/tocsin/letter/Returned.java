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
        /** Its address will never take a letter (RFC 3464: action failed; RFC 3463: 5.1.x of the recipient, or 5.2.1). */
        BOUNCED,
        /** This letter was refused for good, for what it says, whence it comes or a full mailbox: the next one may arrive. */
        REFUSED,
        /** It did not arrive this time (status 4), or it is late. */
        DELAYED,
        /** The reader told his server that it was unwanted (RFC 5965). */
        COMPLAINED
    }
}
