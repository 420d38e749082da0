package org.tocsin.subscriber;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.Subscriber.State;

/** Subscribers as rows; who they are is sealed, and found again by keyed hashes of address and number. */
public interface SubscriberRepository {
    /** Keeps a new one, version 1. */
    void insert(Tx tx, Subscriber subscriber);

    /** @return whether the row had that version; it has the next one then */
    boolean save(Tx tx, Subscriber subscriber);

    Optional<Subscriber> find(Tx tx, BranchId branch, String id);

    /** @return the one of whatever branch: for who holds a link of ours, which names him alone */
    Optional<Subscriber> find(Tx tx, String id);

    /** @param address as {@link org.tocsin.letter.MailAddress#key()} gives it; whoever has left is not found */
    Optional<Subscriber> byAddress(Tx tx, BranchId branch, String address);

    /** Whoever has left is not found. */
    Optional<Subscriber> byTelegram(Tx tx, BranchId branch, long telegramId);

    /** @param key as {@link Suppressions#key} makes it of an address, or of {@code telegram:} and a number */
    Optional<Subscriber> byKey(Tx tx, BranchId branch, String key);

    /**
     * @param states empty for all
     * @param after  id where the page begins; empty for the newest
     * @return the newest first
     */
    List<Subscriber> page(Tx tx, BranchId branch, List<State> states, Segment segment, String after, int max);

    /** @return how many in each state */
    Map<State, Long> counts(Tx tx, BranchId branch);

    /** @return ids of those who are confirmed and in the segment, in order, after that id; at most {@code max} */
    List<String> chosen(Tx tx, BranchId branch, Segment segment, String after, int max);

    /** @return how many are confirmed and in the segment */
    long count(Tx tx, BranchId branch, Segment segment);

    /** @return how many were brought by one of these links and have confirmed, whatever became of them; who was erased is not among them */
    long brought(Tx tx, BranchId branch, Set<String> links);

    /** @return confirmed ones by the code of what brought them, and when each confirmed lies before {@code until} */
    Map<String, Long> broughtBy(Tx tx, BranchId branch, Instant until);

    /** @return of that state and not seen, asked or ended since, the oldest first */
    List<Subscriber> older(Tx tx, State state, Instant before, int max);

    /**
     * @param recently since when whoever was about to be asked, and was not, is left alone
     * @return confirmed ones on those ways who were not seen since and not asked yet, the longest silent first
     */
    List<Subscriber> quiet(Tx tx, Instant before, Instant recently, Set<Subscriber.Reach> reaches, int max);

    /**
     * Notes that the question waits to be sent. Nobody counts as asked by that.
     *
     * @return whether the row had that version; it keeps it
     */
    boolean asking(Tx tx, Subscriber one, Instant at);

    /** @return confirmed ones on those ways who were asked before that and have not answered */
    List<Subscriber> asked(Tx tx, Instant before, Set<Subscriber.Reach> reaches, int max);

    /** Takes the row away. */
    void delete(Tx tx, String id);
}
