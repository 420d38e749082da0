package org.tocsin.audience;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * From the end of one day to the end of another: what grew in it is the figure of {@code to} less that of {@code from}.
 *
 * @param from a day
 * @param to   a later day
 */
public record Period(LocalDate from, LocalDate to) {
    /** Figures are kept for good; one look spans at most so many days: a hundred years, which is all that there can be. */
    public static final int MOST_DAYS = 36_600;

    public Period {
        if (!to.isAfter(from)) {
            throw new IllegalArgumentException(from + " to " + to);
        }
    }

    /** @return the last so many days up to that one */
    public static Period last(int days, LocalDate to) {
        return new Period(to.minusDays(days), to);
    }

    /** @return how long it is */
    public long days() {
        return ChronoUnit.DAYS.between(from, to);
    }

    /** @return the same days a year earlier; the 29th of February becomes the 28th */
    public Period yearBefore() {
        LocalDate first = from.minusYears(1);
        LocalDate last = to.minusYears(1);
        return new Period(last.isAfter(first) ? first : last.minusDays(1), last);
    }

    /** @return the one of the same length that ends where this begins */
    public Period before() {
        return new Period(from.minusDays(days()), from);
    }
}
