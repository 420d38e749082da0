package org.tocsin.recipient;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * Hours of every day in which a person is not to be disturbed, by the clock on his wall. They may go over midnight.
 *
 * @param from the first minute of them
 * @param to   the first minute after them; another than {@code from}
 */
public record QuietHours(LocalTime from, LocalTime to) {
    /** @return when they end, where now is one of them; a time that the clocks skip in spring is the next that there is */
    public Optional<Instant> end(Instant now, ZoneId zone) {
        ZonedDateTime here = now.atZone(zone);
        LocalTime time = here.toLocalTime();
        boolean overMidnight = to.isBefore(from);
        boolean within =
                overMidnight ? !time.isBefore(from) || time.isBefore(to) : !time.isBefore(from) && time.isBefore(to);
        if (!within) {
            return Optional.empty();
        }
        boolean tomorrow = overMidnight && !time.isBefore(from);
        Instant end = at(here.toLocalDate().plusDays(tomorrow ? 1 : 0).atTime(to), zone);
        // In autumn the clock shows the hour twice; the first end may have gone by while it still shows a quiet time.
        return Optional.of(
                end.isAfter(now)
                        ? end
                        : here.toLocalDate()
                                .atTime(to)
                                .atZone(zone)
                                .withLaterOffsetAtOverlap()
                                .toInstant());
    }

    private static Instant at(LocalDateTime time, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        return change != null && change.isGap()
                ? change.getInstant()
                : time.atZone(zone).toInstant();
    }
}
