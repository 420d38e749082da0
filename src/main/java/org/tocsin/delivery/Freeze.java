package org.tocsin.delivery;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.UserId;

/**
 * A time in which nothing goes out: electoral silence, a crisis, mourning.
 *
 * @param id        stable
 * @param branch    the owner
 * @param from      first instant
 * @param until     first instant after it, null until a person ends it
 * @param zone      in which the times were given, for showing them
 * @param channels  empty for all
 * @param reason    why
 * @param by        who ordered it
 * @param endedAt   when a person ended it early, null while it stands
 * @param endReason why it was ended, null while it stands
 * @param version   grows with every change
 */
public record Freeze(
        String id,
        BranchId branch,
        Instant from,
        @Nullable Instant until,
        String zone,
        Set<String> channels,
        String reason,
        UserId by,
        @Nullable Instant endedAt,
        @Nullable String endReason,
        long version) {
    public Freeze {
        channels = Set.copyOf(channels);
    }

    /**
     * @param channelId the channel
     * @param start     the first instant of what is meant to happen
     * @param end       the last; equal to {@code start} for a single moment
     * @return whether any of it falls into this freeze
     */
    public boolean covers(String channelId, Instant start, Instant end) {
        return endedAt == null
                && (channels.isEmpty() || channels.contains(channelId))
                && !end.isBefore(from)
                && (until == null || start.isBefore(until));
    }
}
