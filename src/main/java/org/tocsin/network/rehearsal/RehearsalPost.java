package org.tocsin.network.rehearsal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * One segment on the timeline.
 *
 * @param id          UUID, later ones sort after earlier ones; also the remote id
 * @param branch      the owner
 * @param channelId   the channel it was published through
 * @param key         unique in the channel
 * @param content     what would have gone out
 * @param publishedAt in whole milliseconds
 * @param withdrawnAt when it was taken back, null before
 * @param editedAt    when it was given other words the last time, null before
 */
public record RehearsalPost(
        String id,
        BranchId branch,
        String channelId,
        String key,
        RehearsalContent content,
        Instant publishedAt,
        @Nullable Instant withdrawnAt,
        @Nullable Instant editedAt) {}
