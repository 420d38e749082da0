package org.tocsin.watch.spike;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/** The public holidays of France as a whole (Code du travail, L3133-1); those of Alsace-Moselle and overseas are not among them. */
public final class Holidays {
    private static final Set<MonthDay> FIXED = Set.of(
            MonthDay.of(1, 1),
            MonthDay.of(5, 1),
            MonthDay.of(5, 8),
            MonthDay.of(7, 14),
            MonthDay.of(8, 15),
            MonthDay.of(11, 1),
            MonthDay.of(11, 11),
            MonthDay.of(12, 25));
    /** Days after Easter: its Monday, Ascension, the Monday of Pentecost. */
    private static final Set<Integer> MOVED = Set.of(1, 39, 50);

    private Holidays() {}

    /** @return whether people are off work that day for a holiday */
    public static boolean is(LocalDate day) {
        LocalDate easter = easter(day.getYear());
        return FIXED.contains(MonthDay.from(day))
                || MOVED.stream().anyMatch(days -> easter.plusDays(days).equals(day));
    }

    /** @return Easter Sunday of a Gregorian year, after the rule of 1582: the Sunday after the church's full moon of spring */
    static LocalDate easter(int year) {
        int golden = year % 19;
        int century = year / 100;
        int epact = Math.floorMod(century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15, 30);
        // The last two days of the moon's cycle are drawn together, so that no two years of it have the same moon.
        int moon = epact - (epact / 28) * (1 - (epact / 28) * (29 / (epact + 1)) * ((21 - golden) / 11));
        int weekday = Math.floorMod(year + year / 4 + moon + 2 - century + century / 4, 7);
        int offset = moon - weekday;
        int month = 3 + (offset + 40) / 44;
        return LocalDate.of(year, month, offset + 28 - 31 * (month / 4));
    }
}
