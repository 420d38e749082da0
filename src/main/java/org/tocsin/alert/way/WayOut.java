package org.tocsin.alert.way;

import org.tocsin.recipient.Way;

/** How letters go out on one sort of way. */
public interface WayOut {
    /**
     * Sends a letter, once.
     *
     * @param id stays the same when it is sent again, so that the receiver can tell a repeat where he is able to
     * @return what became of it; never throws for what the other side does
     */
    Sent send(Way way, Letter letter, String id);
}
