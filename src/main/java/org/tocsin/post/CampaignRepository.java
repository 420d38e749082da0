package org.tocsin.post;

import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of campaigns and of the mention book. */
public interface CampaignRepository {
    /**
     * @param seen the version that the change was made from; 0 for a new one
     * @return false when another has changed it meanwhile, or it is there already
     */
    boolean save(Tx tx, Campaign campaign, long seen);

    Optional<Campaign> find(Tx tx, BranchId branch, String id);

    List<Campaign> all(Tx tx, BranchId branch);

    boolean remove(Tx tx, BranchId branch, String id);

    /** Adds an entry, or replaces the one of that name. */
    void saveMention(Tx tx, BranchId branch, MentionEntry entry);

    boolean removeMention(Tx tx, BranchId branch, String name);

    /** @return by name */
    List<MentionEntry> mentions(Tx tx, BranchId branch);
}
