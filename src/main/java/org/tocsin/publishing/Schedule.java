package org.tocsin.publishing;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/** Reads a local time in a zone. A time that is skipped when clocks go forward is refused; one that comes twice is its first. */
public final class Schedule {
    private static final Duration FARTHEST = Duration.ofDays(5 * 366);
    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd['T'][' ']HH:mm[:ss]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Schedule() {}

    /**
     * @param pointer of the field, for faults
     * @return the instant
     * @throws FaultException INVALID: not a time, no such zone, skipped by the clock change
     */
    public static Instant instant(String pointer, String local, ZoneId zone) {
        LocalDateTime time;
        try {
            time = LocalDateTime.parse(local.strip(), FORM);
        } catch (DateTimeException e) {
            throw FaultException.invalid(pointer, Message.of("publishing.time.unreadable", "value", local));
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            LocalDateTime next = time.plus(zone.getRules().getTransition(time).getDuration());
            throw FaultException.invalid(
                    pointer, Message.of("publishing.time.skipped", "value", local, "zone", zone.getId(), "next", next));
        }
        return time.toInstant(offsets.getFirst());
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
