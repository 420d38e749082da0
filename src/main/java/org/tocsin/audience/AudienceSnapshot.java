package org.tocsin.audience;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A channel's followers on one day. There is one for a day: the last that was measured, else the one that was imported. A day without
 * one is a gap.
 *
 * @param channelId whose: a channel's, or that of an {@link AudienceSeries}
 * @param day       in the organisation's zone
 * @param takenAt   when it was measured or imported
 * @param followers 0 or more
 */
public record AudienceSnapshot(String channelId, LocalDate day, Instant takenAt, long followers, Origin origin) {
    /** Where a figure comes from. */
    public enum Origin {
        /** The network has told it to Tocsin. */
        MEASURED,
        /** A person has brought it. */
        IMPORTED
    }
}
