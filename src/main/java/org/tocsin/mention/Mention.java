package org.tocsin.mention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * One row of the log: what was heard, once for its source and native id.
 *
 * @param id        ours
 * @param changeSeq grows with every insert, edit and deletion of any mention, in the order in which they were committed: a reader that
 *                  has seen up to n misses nothing by asking for what is after n
 * @param firstSeq  its changeSeq when it was first heard: the order in which mentions came, whatever the clock said
 * @param revision  1 at first, one more for every edit of the text
 * @param heardAt   when it was first heard
 * @param history   whether it was there before its source was listened to: it rings no alert
 * @param deletedAt when its source said that it is gone, or it was kept long enough; its words and author are gone here as well; null
 *                  while it is there
 */
public record Mention(
        String id,
        long changeSeq,
        long firstSeq,
        long revision,
        BranchId branch,
        String sourceId,
        HeardItem heard,
        Instant heardAt,
        boolean history,
        @Nullable Instant deletedAt) {
    /** @return when it was written, as far as is known: else when it was heard */
    public Instant at() {
        return heard.publishedAt() == null ? heardAt : heard.publishedAt();
    }
}
