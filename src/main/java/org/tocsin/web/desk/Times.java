package org.tocsin.web.desk;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import org.tocsin.base.LocalTimes;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;

/** Times as people say them: « jeudi 18 h 30 », “Thursday 18:30”. */
final class Times {
    private static final int WEEK = 6;

    private final Clock clock;
    private final ZoneId zone;
    private final Messages messages;

    Times(Clock clock, ZoneId zone, Messages messages) {
        this.clock = clock;
        this.zone = zone;
        this.messages = messages;
    }

    /** @return day and time in the organisation's zone */
    String at(Instant instant, Locale locale) {
        return at(instant, zone, locale);
    }

    /** @return day and time in the zone in which it was planned */
    String at(Instant instant, ZoneId where, Locale locale) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, where);
        return at(local, where, where.getRules().getOffset(instant), locale);
    }

    /** @return whether it has gone by */
    boolean past(ZonedDateTime time) {
        return time.toInstant().isBefore(clock.instant());
    }

    /** @return day and time as they were planned, in the zone in which they were; the first of two where it comes twice */
    String at(LocalDateTime local, ZoneId where, Locale locale) {
        return at(local, where, local.atZone(where).getOffset(), locale);
    }

    private String at(LocalDateTime local, ZoneId where, ZoneOffset offset, Locale locale) {
        String day = day(local.toLocalDate(), LocalDate.ofInstant(clock.instant(), where), locale);
        return day + " " + hour(local, where, offset, locale);
    }

    /** @return the time of day in the organisation's zone */
    String hour(Instant instant, Locale locale) {
        return hour(
                LocalDateTime.ofInstant(instant, zone), zone, zone.getRules().getOffset(instant), locale);
    }

    /** @return the time of day; which of the two where it comes twice: alone it would not say that */
    private String hour(LocalDateTime local, ZoneId where, ZoneOffset offset, Locale locale) {
        String hour = LocalTimes.hour(local, locale);
        List<ZoneOffset> offsets = where.getRules().getValidOffsets(local);
        if (offsets.size() < 2) {
            return hour;
        }
        return messages.text(
                offset.equals(offsets.getFirst())
                        ? Message.of("desk.calendar.first", "hour", hour)
                        : Message.of("desk.calendar.second", "hour", hour),
                locale);
    }

    private String day(LocalDate day, LocalDate today, Locale locale) {
        long ahead = day.toEpochDay() - today.toEpochDay();
        if (ahead == 0) {
            return messages.text(Message.of("desk.day.today"), locale);
        }
        if (ahead == 1) {
            return messages.text(Message.of("desk.day.tomorrow"), locale);
        }
        if (ahead == -1) {
            return messages.text(Message.of("desk.day.yesterday"), locale);
        }
        if (ahead > 0 && ahead <= WEEK) {
            return format("EEEE", day, locale);
        }
        String number = french(locale) && day.getDayOfMonth() == 1 ? "'1er'" : "d";
        String year = day.getYear() == today.getYear() ? "" : " uuuu";
        return format("EEEE " + number + " MMMM" + year, day, locale);
    }

    /** @return the day, its number and its month: « jeudi 29 octobre », “Thursday 29 October” */
    String day(LocalDate day, Locale locale) {
        String number = french(locale) && day.getDayOfMonth() == 1 ? "'1er'" : "d";
        return format("EEEE " + number + " MMMM", day, locale);
    }

    /** @return the month and its year */
    String month(LocalDate day, Locale locale) {
        return format("LLLL uuuu", day, locale);
    }

    /** @return what a day of the week is called */
    String weekday(DayOfWeek day, Locale locale) {
        return day.getDisplayName(TextStyle.FULL_STANDALONE, french(locale) ? Locale.FRENCH : Locale.UK);
    }

    private static String format(String pattern, LocalDate day, Locale locale) {
        return DateTimeFormatter.ofPattern(pattern, french(locale) ? Locale.FRENCH : Locale.UK)
                .format(day);
    }

    private static boolean french(Locale locale) {
        return locale.getLanguage().equals("fr");
    }

    ZoneId zone() {
        return zone;
    }
}
