package org.tocsin.mention.rights;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Legal holds as rows; what they keep is sealed. */
public interface HoldRepository {
    /** Keeps a new one, with what it keeps. */
    void insert(Tx tx, Hold hold, String evidence);

    Optional<Hold> find(Tx tx, BranchId branch, String id);

    /** @return what an open one keeps; empty once it has ended */
    Optional<String> evidence(Tx tx, BranchId branch, String id);

    /** @return the newest first */
    List<Hold> page(Tx tx, BranchId branch, String after, int max);

    /** @return open ones of all branches that are over by then */
    List<Hold> over(Tx tx, Instant now, int max);

    /** Ends one: what it kept is gone. @return whether it was open */
    boolean end(Tx tx, Hold hold, Instant now);

    /** @return ids of mentions that a watch has matched as part of that story */
    List<String> ofStory(Tx tx, BranchId branch, String storyId, int max);

    /** @return ids of watches that have matched that mention */
    List<String> watches(Tx tx, String mentionId);
}
