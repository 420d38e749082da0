package org.tocsin.newsletter;

import java.time.Instant;
import org.tocsin.base.BranchId;

/** Strikes off whom letters cannot reach any more; told after the outcome is durable. */
@FunctionalInterface
public interface Departures {
    /**
     * His server says that there is no such mailbox, or he blocked the bot. Told a second time it changes nothing.
     *
     * @param written when the letter was begun: one that went to an address or an account that is not his any more says nothing of him
     * @param proof   how that is known
     * @return whether he was struck off
     */
    boolean bounced(BranchId branch, String subscriberId, Instant written, String proof);

    /** @return whether he is reached elsewhere since a letter was begun */
    default boolean moved(BranchId branch, String subscriberId, Instant written) {
        return false;
    }
}
