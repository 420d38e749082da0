package org.tocsin.alert.way;

import java.time.Duration;
import java.time.LocalDate;

/** How many mails may leave. */
public interface MailQuota {
    /** What came of asking for one. */
    sealed interface Leave {}

    /** @param day of whose mails one was taken */
    record Granted(LocalDate day) implements Leave {}

    /** @param delay how long until there is one again; nothing was taken */
    record Denied(Duration delay) implements Leave {}

    /** Takes one. */
    Leave take();

    /** Gives back one that surely did not leave, to the day of which it was taken. */
    void giveBack(Granted granted);
}
