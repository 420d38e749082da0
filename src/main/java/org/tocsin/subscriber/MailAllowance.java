package org.tocsin.subscriber;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.base.Tx;

/** So many mails about sign-ups as the mail server's day has room for, counted in rows. */
@FunctionalInterface
public interface MailAllowance {
    /** No limit. */
    MailAllowance NONE = (tx, now) -> Optional.empty();

    /** @return empty where one was left, which is taken now; else when there are some again */
    Optional<Instant> take(Tx tx, Instant now);

    /** The same for a mail that nobody has asked for and waits for: it leaves room for those. */
    default Optional<Instant> takeUnasked(Tx tx, Instant now) {
        return take(tx, now);
    }
}
