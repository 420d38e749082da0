package org.tocsin.alert.way;

import java.time.Duration;
import java.util.Optional;

/** How many mails may leave. */
@FunctionalInterface
public interface MailQuota {
    /** Takes one. @return how long to wait where there is none left; nothing was taken then */
    Optional<Duration> take();
}
