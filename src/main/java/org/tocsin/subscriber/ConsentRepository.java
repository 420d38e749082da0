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

    /** @return how many up to that number, and with it, say nothing any more */
    long erased(Tx tx, BranchId branch, long until);

    /** Takes away whose they are and what they say; commitments and hashes stay. */
    void forget(Tx tx, String subscriberId);

    /**
     * @param key as {@link Suppressions#key} makes it of an address, or of {@code telegram:} and a number
     * @return ids of those who said something under it, the first one first
     */
    List<String> holders(Tx tx, BranchId branch, String key);

    /** @return under which keys somebody said something, the first one first */
    List<String> keys(Tx tx, String subscriberId);

    /**
     * Gives rows that an older version wrote their key; not those that cannot be read.
     *
     * @param after where the look before has ended; 0 for the first
     * @return where it has ended; 0 when there are no more
     */
    long fill(Tx tx, long after, int max);
}
