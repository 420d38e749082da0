package org.tocsin.mention;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Which of our posts answer what was heard. */
public interface ReplyRepository {
    void put(Tx tx, BranchId branch, String mentionId, String postId, Instant now);

    /** @return ids of posts, the first first, by the id of the mention; mentions without any are left out; at most 500 are asked for */
    Map<String, List<String>> of(Tx tx, BranchId branch, Collection<String> mentionIds);
}
