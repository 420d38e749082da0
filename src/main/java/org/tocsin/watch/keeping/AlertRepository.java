package org.tocsin.watch.keeping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Alerts as rows, and the stories that they are raised for. */
public interface AlertRepository {
    /** @return whether it was raised: false where the same watch has rung for that story, which then counts one mention more */
    boolean raise(Tx tx, Alert alert);

    Optional<Alert> find(Tx tx, BranchId branch, String id);

    /**
     * @param open  only those that nobody has acknowledged
     * @param after the id of the last one of the page before; empty for the first page
     * @return newest first
     */
    List<Alert> page(Tx tx, BranchId branch, boolean open, String after, int max);

    /** @return the alert that this watch has rung for that mention's story, whichever mention rang */
    Optional<Alert> of(Tx tx, BranchId branch, String watchId, String mentionId);

    /** @return how many nobody has acknowledged */
    long open(Tx tx, BranchId branch);

    /** @return whether it was open */
    boolean acknowledge(Tx tx, Alert alert, String by, Instant now);

    /**
     * @param names by which a story is known
     * @param since stories that were told last before that are over
     * @return the story that has one of the names
     */
    Optional<String> story(Tx tx, BranchId branch, List<String> names, Instant since);

    /** Forgets the names of stories that are over. @return how many, at most {@code max} */
    int forget(Tx tx, Instant before, int max);

    /** Says that a story was told again, under these names. */
    void told(Tx tx, BranchId branch, List<String> names, String storyId, Instant now);
}
