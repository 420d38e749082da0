package org.tocsin.network;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a channel can be used.
 *
 * @param status    the answer
 * @param reason    null when it is OK
 * @param account   the account's name as the network shows it, null where it was not told
 * @param checkedAt when it was asked
 */
public record ChannelHealth(
        Status status, @Nullable Reason reason, @Nullable String account, Instant checkedAt) {
    /** @return whether the network told the account on that day of UTC: who charges for that charges once a day */
    public boolean toldOnDayOf(Instant now) {
        return account != null && checkedAt.truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS));
    }

    /** The answers. */
    public enum Status {
        OK,
        /** Not asked yet. */
        UNCHECKED,
        /** It works, but something needs attention soon. */
        DEGRADED,
        /** A person must reconnect it. */
        UNAUTHORIZED,
        UNREACHABLE
    }
}
