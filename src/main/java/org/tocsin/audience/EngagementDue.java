package org.tocsin.audience;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;

/**
 * A published delivery whose engagement is read, and when that is next.
 *
 * @param deliveryId  which
 * @param postId      of which post
 * @param branch      the owner
 * @param channelId   where
 * @param remoteId    the network's id of it; of a thread, of its first part
 * @param publishedAt as in the receipt
 * @param attempts    that have failed since the last reading
 * @param reason      why the last came to nothing, null where it succeeded
 * @param nextAt      when to ask, null when that is over
 * @param goneAt      when the network said that it is not there any more, null where it has not
 * @param version     counts the changes of the row
 */
public record EngagementDue(
        String deliveryId,
        String postId,
        BranchId branch,
        String channelId,
        String remoteId,
        Instant publishedAt,
        int attempts,
        @Nullable Message reason,
        @Nullable Instant nextAt,
        @Nullable Instant goneAt,
        long version) {
    /** @return the row after a reading; null ends it */
    public EngagementDue read(@Nullable Instant next) {
        return changed(0, null, next, goneAt);
    }

    /** @return the row after a failure */
    public EngagementDue failed(Message why, Instant next) {
        return changed(attempts + 1, why, next, goneAt);
    }

    /** @return the row of a post that is not there any more */
    public EngagementDue gone(Instant at) {
        return changed(0, null, null, at);
    }

    /** @return the row that is not read any more */
    public EngagementDue ended() {
        return changed(attempts, null, null, goneAt);
    }

    private EngagementDue changed(int tried, @Nullable Message why, @Nullable Instant next, @Nullable Instant gone) {
        return new EngagementDue(
                deliveryId, postId, branch, channelId, remoteId, publishedAt, tried, why, next, gone, version + 1);
    }
}
