package org.tocsin.mail;

import java.util.Optional;

/** Up to which message a mailbox was read. It outlives the daemon. */
public interface ReadMark {
    /** @return as it was last kept; empty where nothing was */
    Optional<String> get();

    /** Keeps it. */
    void put(String mark);
}
