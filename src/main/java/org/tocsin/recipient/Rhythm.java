package org.tocsin.recipient;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * How often a watch speaks.
 *
 * @param mode  the sort
 * @param count with {@link Mode#AT_N} after how many alerts it speaks, 2–1000; else 0
 */
public record Rhythm(Mode mode, int count) {
    /** At once. */
    public static final Rhythm INSTANT = new Rhythm(Mode.INSTANT, 0);

    public static final int MOST = 1000;

    /** When a digest of the day comes: early enough for the morning's meeting, late enough for most quiet hours. */
    private static final LocalTime MORNING = LocalTime.of(8, 0);

    /** The sorts of rhythm. */
    public enum Mode {
        INSTANT,
        /** In a digest at the full hour. */
        HOURLY,
        /** In a digest at 8 in the morning of the recipient. */
        DAILY,
        /** In a digest as soon as there are so many, at the latest in the morning. */
        AT_N
    }

    /** @return whether what it tells goes in a digest */
    public boolean together() {
        return mode != Mode.INSTANT;
    }

    /** @return when what is heard now is due */
    public Instant due(Instant now, ZoneId zone) {
        return switch (mode) {
            case INSTANT -> now;
            case HOURLY ->
                now.atZone(zone).truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant();
            case DAILY, AT_N -> morning(now, zone);
        };
    }

    private static Instant morning(Instant now, ZoneId zone) {
        ZonedDateTime today = now.atZone(zone).toLocalDate().atTime(MORNING).atZone(zone);
        return today.toInstant().isAfter(now)
                ? today.toInstant()
                : now.atZone(zone)
                        .toLocalDate()
                        .plusDays(1)
                        .atTime(MORNING)
                        .atZone(zone)
                        .toInstant();
    }
}
