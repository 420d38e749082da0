package org.tocsin.media;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of images. */
public interface MediaRepository {
    void save(Tx tx, Media media);

    /** @return empty where it belongs to another branch */
    Optional<Media> find(Tx tx, BranchId branch, String id);

    /** @return images that no post refers to and that were stored before that time, oldest first */
    List<Media> orphans(Tx tx, Instant before, int max);

    /** @return false where a post refers to it: then it stays */
    boolean removeUnused(Tx tx, String id);

    /** @return whether any image has that content */
    boolean stored(Tx tx, String sha256);
}
