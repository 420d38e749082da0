package org.tocsin.media;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of the images; their files are in the {@link MediaStore}. */
public interface MediaRepository {
    /**
     * @param tx    the transaction
     * @param media a new row; several rows, also of different branches, may have the same hash and so the same file
     */
    void save(Tx tx, Media media);

    /**
     * @param tx     the transaction
     * @param branch the owner
     * @param id     of the image
     * @return the row; empty when there is none, or it belongs to another branch
     */
    Optional<Media> find(Tx tx, BranchId branch, String id);

    /**
     * @param tx     the transaction
     * @param before only rows made before that
     * @return the images to which no post refers, the oldest first, at most 1,000
     */
    List<Media> orphans(Tx tx, Instant before);

    /**
     * @param tx the transaction
     * @param id of the row to be removed; nothing happens when there is none
     * @return the hash of the file when no other row has it, so that the file can be removed after the commit
     */
    Optional<String> remove(Tx tx, String id);
}
