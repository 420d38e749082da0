package org.tocsin.subscriber;

import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.post.Campaign;
import org.tocsin.post.Post;

/** The posts and campaigns of a branch, as what a link can stand for. */
public interface Origins {
    /** @return empty where the branch has no such post, or it was deleted */
    Optional<Post> post(Tx tx, BranchId branch, String id);

    /** @return empty where the branch has no such campaign */
    Optional<Campaign> campaign(Tx tx, BranchId branch, String id);
}
