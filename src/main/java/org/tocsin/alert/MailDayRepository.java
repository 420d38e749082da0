package org.tocsin.alert;

import java.time.LocalDate;
import org.tocsin.base.Tx;

/** How many mails left on which day. */
public interface MailDayRepository {
    /** @return whether there was one left of that day, which is taken now; earlier days are forgotten */
    boolean take(Tx tx, LocalDate day, int limit);

    /** Gives one of that day back; where the day is forgotten, nothing. */
    void giveBack(Tx tx, LocalDate day);
}
