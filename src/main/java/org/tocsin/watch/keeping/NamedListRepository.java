package org.tocsin.watch.keeping;

import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Word lists as rows. */
public interface NamedListRepository {
    /** @return whether there was none of that name */
    boolean insert(Tx tx, NamedList list);

    /** @return whether the row had the version before this one */
    boolean save(Tx tx, NamedList list);

    void remove(Tx tx, String id);

    Optional<NamedList> find(Tx tx, BranchId branch, String id);

    /** @return by name */
    List<NamedList> all(Tx tx, BranchId branch);

    /** @return those of all branches */
    List<NamedList> all(Tx tx);
}
