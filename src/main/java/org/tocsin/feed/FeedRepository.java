package org.tocsin.feed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of feed items. */
public interface FeedRepository {
    /** @return false when there is one with that channel and key already; nothing was changed then */
    boolean insert(Tx tx, FeedItem item);

    /**
     * Replaces content, time of change and withdrawal.
     *
     * @param seen the version that was read
     * @return false when the row has another version by now; nothing was changed then
     */
    boolean save(Tx tx, FeedItem changed, long seen);

    /** Adds to the tags under which the item is found; known ones are left as they are. */
    void tag(Tx tx, FeedItem item, Set<String> folded);

    /** @return the tags under which the item is found, folded */
    Set<String> tags(Tx tx, FeedItem item);

    /** @return whether an item that stands shows the image of that hash */
    boolean shows(Tx tx, BranchId branch, String sha256);

    Optional<FeedItem> find(Tx tx, String id);

    Optional<FeedItem> findByKey(Tx tx, String channelId, String key);

    /** @return since when the branch has a channel for its feeds; empty where it has none */
    Optional<Instant> since(Tx tx, BranchId branch);

    /** @return the latest published first, withdrawn ones among them */
    List<FeedItem> newest(Tx tx, BranchId branch, int max);

    /** @return as {@link #newest}, of those with that tag */
    List<FeedItem> tagged(Tx tx, BranchId branch, String folded, int max);
}
