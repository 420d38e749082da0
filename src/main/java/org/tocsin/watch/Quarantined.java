package org.tocsin.watch;

import org.tocsin.base.Message;

/** A watch that is kept but does not match, and why: it cannot be read any more, or it failed while it was matched. */
public record Quarantined(String id, long version, Message reason) {
    /** @return whether it failed while it was matched; else its words cannot be read */
    public boolean threw() {
        return reason.args().containsKey("cause");
    }
}
