package org.tocsin.subscriber;

import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of the register; what they say is sealed. */
public interface ConsentRepository {
    Optional<ConsentRow> last(Tx tx, BranchId branch);

    void insert(Tx tx, ConsentRow row);

    /** @return in order */
    List<ConsentRow> of(Tx tx, String subscriberId);

    /** @return in order, those after that number */
    List<ConsentRow> page(Tx tx, BranchId branch, long after, int max);

    /** Takes away whose they are and what they say; commitments and hashes stay. */
    void forget(Tx tx, String subscriberId);
}
