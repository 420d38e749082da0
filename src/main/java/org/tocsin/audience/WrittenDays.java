package org.tocsin.audience;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/**
 * The days of one table as spreadsheets write them: {@code 2026-11-26}; {@code 26.11.2026}, which has the day first wherever it is written;
 * and {@code 26/11/2026}, which has the month first in some countries. One day of the table that can be read in one way only tells for all.
 */
final class WrittenDays {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,2})([./])([0-9]{1,2})\\2([0-9]{4})");
    private static final int MONTHS = 12;

    private final boolean monthFirst;
    private final Optional<Message> order;

    private WrittenDays(boolean monthFirst, Optional<Message> order) {
        this.monthFirst = monthFirst;
        this.order = order;
    }

    /**
     * @param cells    all of the table
     * @param dayFirst how they are read where none tells; otherwise the table is refused
     * @throws FaultException INVALID where nothing tells
     */
    static WrittenDays of(List<String> cells, boolean dayFirst) {
        boolean day = false;
        boolean month = false;
        String open = "";
        String first = "";
        for (String cell : cells) {
            Matcher slashes = SHORT.matcher(cell);
            if (slashes.matches() && slashes.group(2).equals("/")) {
                boolean over = Integer.parseInt(slashes.group(1)) > MONTHS;
                boolean under = Integer.parseInt(slashes.group(3)) > MONTHS;
                day |= over && !under;
                month |= under && !over;
                first = first.isEmpty() && !under ? cell : first;
                open = open.isEmpty() && !over && !under ? cell : open;
            }
        }
        if (!day && !month && !open.isEmpty() && !dayFirst) {
            throw FaultException.invalid("", Message.of("audience.csv.ambiguous", "value", open));
        }
        boolean told = !first.isEmpty() && !month;
        String sample = open.isEmpty() ? first : open;
        return new WrittenDays(
                month,
                told
                        ? parse(sample).map(read -> Message.of("audience.csv.day-first", "value", sample, "day", read))
                        : Optional.empty());
    }

    /** @return how days with slashes were read, with one of them; empty where there are none */
    Optional<Message> order() {
        return order;
    }

    /** @return the day; empty where it is none, and for slashes in a table that has the month first somewhere */
    Optional<LocalDate> read(String cell) {
        return monthFirst && cell.indexOf('/') >= 0 ? Optional.empty() : parse(cell);
    }

    /** @return why a cell is no day */
    Message refusal(String cell) {
        return monthFirst && SHORT.matcher(cell).matches()
                ? Message.of("audience.csv.month-first", "value", cell)
                : Message.of("audience.csv.date", "value", cell);
    }

    private static Optional<LocalDate> parse(String cell) {
        Matcher parts = SHORT.matcher(cell);
        try {
            return Optional.of(
                    parts.matches()
                            ? LocalDate.of(
                                    Integer.parseInt(parts.group(4)),
                                    Integer.parseInt(parts.group(3)),
                                    Integer.parseInt(parts.group(1)))
                            : LocalDate.parse(cell));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
