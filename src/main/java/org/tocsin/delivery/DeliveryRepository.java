package org.tocsin.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of deliveries. It speaks in verbs on rows; the life of a delivery is decided elsewhere. */
public interface DeliveryRepository {
    /** @return how many posts of the branch are planned, or held before they are sent */
    long planned(Tx tx, BranchId branch);

    /** Adds a delivery with its segments, and counts it as requested in the ledger. */
    void insert(Tx tx, Delivery delivery, List<DeliverySegment> segments);

    /** @return the next sequence number */
    long nextSequence(Tx tx);

    Optional<Delivery> find(Tx tx, String id);

    /** @return the post's deliveries, in the order of acceptance */
    List<Delivery> ofPost(Tx tx, String postId);

    /**
     * Writes a changed row.
     *
     * @param changed with a version above {@code seen}
     * @param seen    the version that the change was made from
     * @return false when another has changed it meanwhile; nothing is written then
     */
    boolean save(Tx tx, Delivery changed, long seen);

    /** @return in order */
    List<DeliverySegment> segments(Tx tx, String deliveryId);

    /** @return in order, by the id of their delivery */
    Map<String, List<DeliverySegment>> segments(Tx tx, Collection<String> deliveryIds);

    void saveSegment(Tx tx, DeliverySegment segment);

    /** Writes a segment whose words have changed; what it says now is what an equal text is told by. */
    void reword(Tx tx, DeliverySegment segment);

    /** Writes the uploads alone, so that what was brought to the network is known after a crash. */
    void saveUploads(Tx tx, DeliverySegment segment);

    /** Replaces all segments, after an edit. */
    void replaceSegments(Tx tx, String deliveryId, List<DeliverySegment> segments);

    /** @return in order */
    List<DeliveryAttempt> attempts(Tx tx, String deliveryId);

    void startAttempt(Tx tx, DeliveryAttempt attempt);

    /** Ends the attempts to edit that a daemon before this one has left without an end. */
    void interruptEdits(Tx tx, Instant now);

    /** Writes how an attempt ended. */
    void endAttempt(Tx tx, DeliveryAttempt attempt);

    /** @return rows of that state whose {@code nextAt} has come, earliest first */
    List<Delivery> timed(Tx tx, DeliveryState state, Instant now, int max);

    /** @return of each channel the row of that state whose {@code nextAt} has come first; earliest first */
    List<Delivery> timedHeads(Tx tx, DeliveryState state, Instant now);

    /**
     * @param busy channels to leave out
     * @return of each channel the delivery at the head of its line, whatever its state
     */
    List<Delivery> heads(Tx tx, Set<String> busy);

    /** @return when the earliest timed row is due */
    Optional<Instant> nextAt(Tx tx);

    /** @return every row of that state */
    List<Delivery> inState(Tx tx, DeliveryState state);

    /**
     * @param states none for all
     * @param after  the id after which the page begins, empty for the first; newest first
     */
    List<Delivery> page(Tx tx, BranchId branch, Set<DeliveryState> states, String after, int max);

    /**
     * @return what is coming up and under way and waits for no person, by the time at which something happens to it next, the soonest first; what
     *     is not known and will be found out by itself is under way as well
     */
    List<Delivery> coming(Tx tx, BranchId branch, int max);

    /** @return those of these states that wait for a person, newest first; what will be found out by itself is not among them */
    List<Delivery> forPerson(Tx tx, BranchId branch, Set<DeliveryState> states, int max);

    /** @return whether a person has taken that post back */
    boolean withdrawn(Tx tx, String postId);

    /** @return whether that remote id belongs to something else on the channel: another delivery, or another segment of this one */
    boolean taken(Tx tx, String channelId, String remoteId, String deliveryId, int segment);

    /**
     * Sets apart the remote ids of a channel that becomes one of another account: where ids are numbers of a chat or a server, those of the
     * next account are the same again.
     */
    void leaveAccount(Tx tx, String channelId, Instant when);

    /** @return when the account's last requests to publish began, newest first, none before {@code since} */
    List<Instant> sends(Tx tx, String channelId, Instant since, int max);

    /** @return whether the same text is due on that channel between the two times, or was, and is not cancelled or refused */
    boolean equalText(Tx tx, String channelId, String text, Instant since, Instant until);

    Ledger ledger(Tx tx, BranchId branch);
}
