package org.tocsin.newsletter;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.Subscriber.Reach;

/** Letters that came back, as rows. */
public interface BounceRepository {
    /**
     * Of which letter.
     *
     * @param newsletterId null for a mail about a sign-up
     * @param rowId        of the recipient's row, or of the mail
     */
    record Of(BranchId branch, @Nullable String newsletterId, String rowId, String subscriberId, Reach reach) {}

    /** Notes it; the same told twice of one letter is noted once. */
    void add(Tx tx, Of letter, Bounce.Kind kind, String status, Bounce.Done done, Instant at);

    /** The same of a newsletter. */
    default void add(
            Tx tx,
            BranchId branch,
            NewsletterSend send,
            Bounce.Kind kind,
            String status,
            Bounce.Done done,
            Instant at) {
        add(
                tx,
                new Of(branch, send.newsletterId(), send.id(), send.subscriberId(), send.reach()),
                kind,
                status,
                done,
                at);
    }

    /** What was to be done about an address that took no letter was not: whoever sends is the reason. */
    void givenBack(Tx tx, String sendId);

    /**
     * @param newsletterId null for all
     * @param after        id where the page begins; empty for the newest
     * @return the newest first
     */
    List<Bounce> page(Tx tx, BranchId branch, @Nullable String newsletterId, String after, int max);

    /** Takes a person out of them. */
    void forget(Tx tx, String subscriberId);
}
