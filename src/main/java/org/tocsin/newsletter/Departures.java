package org.tocsin.newsletter;

import org.tocsin.base.BranchId;

/** Strikes off whom letters cannot reach any more; told after the outcome is durable. */
@FunctionalInterface
public interface Departures {
    /**
     * His server says that there is no such mailbox, or he blocked the bot. Told a second time it changes nothing.
     *
     * @param proof how that is known
     * @return whether he was there
     */
    boolean bounced(BranchId branch, String subscriberId, String proof);
}
