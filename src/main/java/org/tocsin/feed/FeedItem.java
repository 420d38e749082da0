package org.tocsin.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * An item of our feeds. It keeps its id for ever, also when it was withdrawn.
 *
 * @param id          UUID; the remote id of the first segment, and the item's id in every format
 * @param branch      the owner
 * @param channelId   the channel it was published through
 * @param key         of the first segment, unique in the channel
 * @param content     what it says
 * @param publishedAt when it first came out, in whole milliseconds
 * @param changedAt   when a part was added, edited or taken back; never before {@code publishedAt}
 * @param withdrawnAt when it was taken back, null before
 * @param version     raised by every change, from 1
 */
public record FeedItem(
        String id,
        BranchId branch,
        String channelId,
        String key,
        FeedContent content,
        Instant publishedAt,
        Instant changedAt,
        @Nullable Instant withdrawnAt,
        long version) {
    FeedItem changed(FeedContent other, Instant now) {
        return new FeedItem(id, branch, channelId, key, other, publishedAt, later(now), withdrawnAt, version + 1);
    }

    FeedItem withdrawn(Instant now) {
        return new FeedItem(id, branch, channelId, key, content, publishedAt, later(now), later(now), version + 1);
    }

    /** A reader that is told of a change must see a later time, also when the clock was set back. */
    private Instant later(Instant now) {
        return now.isAfter(changedAt) ? now : changedAt.plusMillis(1);
    }
}
