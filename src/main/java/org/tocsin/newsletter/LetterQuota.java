package org.tocsin.newsletter;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.base.Tx;

/** So many mails a day as newsletters may send, counted in rows. */
@FunctionalInterface
public interface LetterQuota {
    /** No limit. */
    LetterQuota NONE = (tx, now) -> Optional.empty();

    /** @return empty where one was left, which is taken now; else when there are some again */
    Optional<Instant> take(Tx tx, Instant now);
}
