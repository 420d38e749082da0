package org.tocsin.network.rehearsal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of the rehearsal's timeline. */
public interface RehearsalTimeline {
    /** @return false when there is one with that channel and key already; nothing was changed then */
    boolean insert(Tx tx, RehearsalPost post);

    Optional<RehearsalPost> findByKey(Tx tx, String channelId, String key);

    /** Gives a post of the channel other content. */
    void reword(Tx tx, String channelId, String id, RehearsalContent content, Instant at);

    /** Marks a post of the channel as taken back; one that is not there, or was taken back before, is left as it is. */
    void withdraw(Tx tx, String channelId, String id, Instant at);

    /**
     * @param channelId empty for all of the branch
     * @param before    the id of the last post of the page before; empty for the first page
     * @return the newest first, those taken back among them
     */
    List<RehearsalPost> newest(Tx tx, BranchId branch, String channelId, String before, int max);

    /** @return empty where there is none of that id on the channel, or it belongs to another branch */
    Optional<RehearsalPost> find(Tx tx, BranchId branch, String channelId, String id);
}
