package org.tocsin.base;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Days and hours as people write them, in one zone: « 26 octobre 2026, 18 h 30 », “26 October 2026, 18:30”.
 *
 * @param zone in which instants are told
 */
public record LocalTimes(ZoneId zone) {
    private static final int MONTH = "2026-11".length();

    /** @return day and hour, to the minute */
    public String text(Instant instant, Locale locale) {
        return text(LocalDateTime.ofInstant(instant, zone), locale);
    }

    /** @return day and hour of a time that is local already */
    public static String text(LocalDateTime local, Locale locale) {
        return day(local.toLocalDate(), locale) + ", " + hour(local, locale);
    }

    /**
     * @param written an ISO instant, or an ISO local time, day or month
     * @return as people write it; what is none of the four as it stands
     */
    public String text(String written, Locale locale) {
        try {
            if (written.endsWith("Z")) {
                return text(Instant.parse(written), locale);
            }
            if (written.contains("T")) {
                return text(LocalDateTime.parse(written), locale);
            }
            return written.length() == MONTH
                    ? month(YearMonth.parse(written), locale)
                    : day(LocalDate.parse(written), locale);
        } catch (DateTimeException noTime) {
            return written;
        }
    }

    /** @return the hour and its minutes, on 24 hours */
    public static String hour(LocalDateTime local, Locale locale) {
        if (!isFrench(locale)) {
            return String.format(Locale.ROOT, "%02d:%02d", local.getHour(), local.getMinute());
        }
        // Narrow no-break spaces, and no minutes where there are none, as the Imprimerie nationale sets times.
        String minutes = local.getMinute() == 0 ? "" : String.format(Locale.ROOT, "\u202f%02d", local.getMinute());
        return local.getHour() + "\u202fh" + minutes;
    }

    private static String day(LocalDate day, Locale locale) {
        String number = isFrench(locale) && day.getDayOfMonth() == 1 ? "'1er'" : "d";
        return DateTimeFormatter.ofPattern(number + " MMMM uuuu", isFrench(locale) ? Locale.FRENCH : Locale.UK)
                .format(day);
    }

    private static String month(YearMonth month, Locale locale) {
        return DateTimeFormatter.ofPattern("MMMM uuuu", isFrench(locale) ? Locale.FRENCH : Locale.UK)
                .format(month);
    }

    private static boolean isFrench(Locale locale) {
        return locale.getLanguage().equals("fr");
    }
}
