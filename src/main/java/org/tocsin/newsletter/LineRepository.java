package org.tocsin.newsletter;

import java.time.LocalDate;
import org.tocsin.base.Tx;

/** The lines of letters and their days as rows. */
public interface LineRepository {
    /** @return the line; a fresh one where it was never used */
    LetterLine line(Tx tx, String name);

    /** Keeps it. */
    void save(Tx tx, LetterLine line);

    /** @return whether one was left of that day, which is taken now; earlier days are forgotten */
    boolean take(Tx tx, LocalDate day, int limit);
}
