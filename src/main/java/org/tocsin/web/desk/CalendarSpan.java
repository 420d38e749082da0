package org.tocsin.web.desk;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;

/**
 * What of the calendar is looked at.
 *
 * @param view  how
 * @param date  the day that was asked for
 * @param first the first day shown
 * @param last  the first day after those shown
 */
record CalendarSpan(View view, LocalDate date, LocalDate first, LocalDate last) {
    /** A list goes four weeks ahead. */
    private static final int LISTED = 28;

    private static final int WEEK = 7;

    /** Beyond these a day is a mistake, and its instants would not fit. */
    private static final int EARLIEST = 2000;

    private static final int LATEST = 2200;

    /** How it is looked at. */
    enum View {
        MONTH,
        WEEK,
        LIST;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What is asked for, or the month of today where it is none that there is. */
    static CalendarSpan of(Optional<String> view, Optional<String> date, LocalDate today) {
        View asked = view.flatMap(name -> List.of(View.values()).stream()
                        .filter(one -> one.word().equals(name))
                        .findFirst())
                .orElse(View.MONTH);
        return of(asked, date.flatMap(CalendarSpan::day).orElse(today));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            return Optional.of(day).filter(one -> one.getYear() >= EARLIEST && one.getYear() < LATEST);
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }

    private static CalendarSpan of(View view, LocalDate date) {
        return switch (view) {
            case MONTH -> {
                LocalDate first = date.withDayOfMonth(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                LocalDate end = date.with(TemporalAdjusters.lastDayOfMonth());
                yield new CalendarSpan(
                        view,
                        date,
                        first,
                        end.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)).plusDays(1));
            }
            case WEEK -> {
                LocalDate first = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield new CalendarSpan(view, date, first, first.plusDays(WEEK));
            }
            case LIST -> new CalendarSpan(view, date, date, date.plusDays(LISTED));
        };
    }

    Instant from(ZoneId zone) {
        return first.atStartOfDay(zone).toInstant();
    }

    Instant until(ZoneId zone) {
        return last.atStartOfDay(zone).toInstant();
    }

    List<LocalDate> days() {
        return first.datesUntil(last).toList();
    }

    /** @return the day to ask for to see what comes before or after */
    LocalDate turned(int pages) {
        return switch (view) {
            case MONTH -> date.withDayOfMonth(1).plusMonths(pages);
            case WEEK -> first.plusWeeks(pages);
            case LIST -> date.plusDays((long) pages * LISTED);
        };
    }

    static String path(View view, LocalDate date) {
        return "/desk/calendar?view=" + view.word() + "&date=" + date;
    }
}
