package org.tocsin.newsletter;

import java.time.Instant;
import org.tocsin.base.Tx;
import org.tocsin.delivery.FreezeRepository;

/** Whether a freeze of everything stands: what names channels does not name the newsletter. */
final class Silence {
    /** No channel has this id: they are UUIDs, or names of the operator's with no space. */
    private static final String NO_CHANNEL = "the newsletter";

    private Silence() {}

    static boolean stands(Tx tx, FreezeRepository freezes, Newsletter newsletter, Instant now) {
        return freezes.standing(tx, newsletter.branch(), now).stream()
                .anyMatch(freeze -> freeze.covers(NO_CHANNEL, now, now));
    }
}
