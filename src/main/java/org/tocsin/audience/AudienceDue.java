package org.tocsin.audience;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;

/**
 * When a channel is asked next.
 *
 * @param channelId which: a channel's, or that of an {@link AudienceSeries}
 * @param branch    the owner
 * @param attempts  that have failed since the last that succeeded
 * @param reason    why the last came to nothing, null where it succeeded
 * @param nextAt    when to ask
 * @param version   counts the changes of the row
 */
public record AudienceDue(
        String channelId,
        BranchId branch,
        int attempts,
        @Nullable Message reason,
        Instant nextAt,
        long version) {
    /** @return by which the row is told from all others */
    public String key() {
        return branch.value() + "/" + channelId;
    }

    /** @return the row after a success */
    public AudienceDue counted(Instant next) {
        return new AudienceDue(channelId, branch, 0, null, next, version + 1);
    }

    /** @return the row after a failure */
    public AudienceDue failed(Message why, Instant next) {
        return new AudienceDue(channelId, branch, attempts + 1, why, next, version + 1);
    }

    /** @return the row where nothing was asked */
    public AudienceDue putOff(@Nullable Message why, Instant next) {
        return new AudienceDue(channelId, branch, attempts, why, next, version + 1);
    }
}
