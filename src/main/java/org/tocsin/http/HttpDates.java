package org.tocsin.http;

import static java.time.temporal.ChronoField.YEAR;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The three forms of an HTTP date (RFC 9110, section 5.6.7). The day of the week is not looked at: it says nothing new. */
final class HttpDates {
    /** {@code Sun, 06 Nov 1994 08:49:37 GMT} and {@code Sun Nov  6 08:49:37 1994}, less the day of the week. */
    private static final List<DateTimeFormatter> FULL = List.of(
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("MMM d HH:mm:ss uuuu", Locale.ENGLISH));

    private final Clock clock;

    HttpDates(Clock clock) {
        this.clock = clock;
    }

    /** @return the instant; empty where the text is none of the three forms */
    Optional<Instant> parse(String text) {
        String rest = text.strip().replaceFirst("^\\p{Alpha}{3,9},? +", "").replaceAll(" +", " ");
        for (DateTimeFormatter form : FULL) {
            Optional<Instant> read = parse(rest, form);
            if (read.isPresent()) {
                return read;
            }
        }
        return parse(rest, twoDigitYears());
    }

    /** RFC 850: a year that seems to be more than 50 years ahead is the latest one in the past with these digits. */
    private DateTimeFormatter twoDigitYears() {
        int oldest = ZonedDateTime.now(clock.withZone(ZoneOffset.UTC)).getYear() - 49;
        return new DateTimeFormatterBuilder()
                .appendPattern("d-MMM-")
                .appendValueReduced(YEAR, 2, 2, oldest)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }

    private static Optional<Instant> parse(String text, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
