package org.tocsin.audience;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of annotations. */
public interface AnnotationRepository {
    void insert(Tx tx, Annotation annotation);

    /**
     * Writes a changed row.
     *
     * @return false when the row has changed since the version before, or is gone; nothing is written then
     */
    boolean save(Tx tx, Annotation changed);

    /** @return whether it was there */
    boolean remove(Tx tx, BranchId branch, String id);

    Optional<Annotation> find(Tx tx, BranchId branch, String id);

    /** @return by day */
    List<Annotation> between(Tx tx, BranchId branch, LocalDate from, LocalDate to);
}
