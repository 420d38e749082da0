package org.tocsin.publishing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.post.Campaign;
import org.tocsin.post.Post;

/** The rows of posts and campaigns, and the mention book. */
public interface PostRepository {
    void insert(Tx tx, Post post);

    /** @return false when another has changed it meanwhile */
    boolean save(Tx tx, Post changed, long seen);

    /** @return empty where it belongs to another branch */
    Optional<Post> find(Tx tx, BranchId branch, String id);

    /** @return newest first */
    List<Post> page(Tx tx, BranchId branch, String after, int max);

    void saveCampaign(Tx tx, Campaign campaign);

    Optional<Campaign> campaign(Tx tx, BranchId branch, String id);

    List<Campaign> campaigns(Tx tx, BranchId branch);

    /** @param handles by network */
    void saveMention(Tx tx, BranchId branch, String name, String displayName, Map<String, String> handles);

    boolean removeMention(Tx tx, BranchId branch, String name);

    /** @return by name: the handles by network, the display name under the empty key */
    Map<String, Map<String, String>> mentions(Tx tx, BranchId branch);
}
