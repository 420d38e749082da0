package org.tocsin.publishing;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/**
 * Reads a local time in a zone. A time that is skipped when clocks go forward is refused. One that comes twice when they go back is its
 * first or its second, as is asked, unless it is written with its offset ({@code 2026-10-25T02:30+01:00}).
 */
public final class Schedule {
    private static final Duration FARTHEST = Duration.ofDays(5 * 366);
    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd['T'][' ']HH:mm[:ss][XXX]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Schedule() {}

    /**
     * @param pointer of the field, for faults
     * @return the instant; the first of two
     * @throws FaultException INVALID: not a time, skipped by the clock change
     */
    public static Instant instant(String pointer, String local, ZoneId zone) {
        return instant(pointer, local, zone, List::getFirst);
    }

    /**
     * @param pointer of the field, for faults
     * @return the instant; the second of two, for what must not end too early
     * @throws FaultException INVALID: not a time, skipped by the clock change
     */
    public static Instant latest(String pointer, String local, ZoneId zone) {
        return instant(pointer, local, zone, List::getLast);
    }

    /** @return what to say to whoever wrote a time that comes twice, and not which of the two; else empty */
    static Optional<Message> twice(String local, ZoneId zone) {
        TemporalAccessor read = FORM.parse(local.strip());
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(LocalDateTime.from(read));
        if (read.isSupported(ChronoField.OFFSET_SECONDS) || offsets.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(Message.of(
                "publishing.warning.twice",
                "time",
                LocalDateTime.from(read),
                "zone",
                zone.getId(),
                "first",
                OffsetDateTime.of(LocalDateTime.from(read), offsets.getFirst()),
                "second",
                OffsetDateTime.of(LocalDateTime.from(read), offsets.getLast()),
                "offset",
                offsets.getLast().getId()));
    }

    private static Instant instant(
            String pointer, String local, ZoneId zone, Function<List<ZoneOffset>, ZoneOffset> ofTwo) {
        LocalDateTime time;
        try {
            TemporalAccessor read = FORM.parse(local.strip());
            if (read.isSupported(ChronoField.OFFSET_SECONDS)) {
                return Instant.from(read);
            }
            time = LocalDateTime.from(read);
        } catch (DateTimeException e) {
            throw FaultException.invalid(pointer, Message.of("publishing.time.unreadable", "value", local));
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            LocalDateTime next = time.plus(zone.getRules().getTransition(time).getDuration());
            throw FaultException.invalid(
                    pointer, Message.of("publishing.time.skipped", "value", local, "zone", zone.getId(), "next", next));
        }
        return time.toInstant(ofTwo.apply(offsets));
    }

    /** @throws FaultException INVALID when there is no such zone */
    public static ZoneId zone(String pointer, @Nullable String id, ZoneId fallback) {
        if (id == null) {
            return fallback;
        }
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw FaultException.invalid(pointer, Message.of("publishing.zone.unknown", "value", id));
        }
    }

    /** @throws FaultException INVALID when the time is past, or more than five years ahead */
    static void future(String pointer, String local, Instant at, Instant now) {
        if (!at.isAfter(now)) {
            throw FaultException.invalid(pointer, Message.of("publishing.time.past", "value", local));
        }
        if (at.isAfter(now.plus(FARTHEST))) {
            throw FaultException.invalid(pointer, Message.of("publishing.time.far", "value", local));
        }
    }
}
