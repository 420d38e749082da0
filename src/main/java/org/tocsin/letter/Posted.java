package org.tocsin.letter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/** What became of a letter that was handed to a server. */
public sealed interface Posted {
    /** The server has taken it (a reply of 250 to the final dot). */
    record Taken() implements Posted {}

    /**
     * It surely went nowhere, and may be sent again: no connection, a wrong password, a reply of 4yz.
     *
     * @param delay    how long to wait at least; null where nobody said
     * @param everyone whether the next letter would fare the same: the server, the password, a quota; false where it is this recipient
     */
    record Later(Message why, @Nullable Duration delay, boolean everyone) implements Posted {}

    /**
     * It will not be taken, however often it is sent (a reply of 5yz).
     *
     * @param address whether the reply is about the recipient's address (to RCPT, or enhanced code 5.1.x or 5.2.1, RFC 3463), which is then
     *                written to no more; false where it is about the letter or the sender
     */
    record Refused(Message why, boolean address) implements Posted {}

    /** The connection ended after the final dot and before the reply: it may have been taken. */
    record Unknown(Message why) implements Posted {}
}
