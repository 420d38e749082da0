package org.tocsin.publishing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.post.Post;

/** The rows of posts. */
public interface PostRepository {
    void insert(Tx tx, Post post);

    /** @return false when another has changed it meanwhile */
    boolean save(Tx tx, Post changed, long seen);

    /** @return empty where it belongs to another branch */
    Optional<Post> find(Tx tx, BranchId branch, String id);

    /** @return by id; without those of another branch */
    Map<String, Post> find(Tx tx, BranchId branch, Collection<String> ids);

    /** @return the ids of those that correct a post in answer and are not deleted, oldest first */
    List<String> errata(Tx tx, BranchId branch, String id);

    /** @return newest first */
    List<Post> page(Tx tx, BranchId branch, String after, int max);
}
