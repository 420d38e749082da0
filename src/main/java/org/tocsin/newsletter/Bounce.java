package org.tocsin.newsletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.letter.Returned;
import org.tocsin.subscriber.Subscriber.Reach;

/**
 * A letter that came back, or that no server took.
 *
 * @param id           in the order in which they came
 * @param newsletterId null for a mail about a sign-up
 * @param sendId       the recipient's row of that newsletter, or the row of that mail
 * @param subscriberId null once the person was erased
 * @param status       as the server said it: a code of RFC 5321, one of RFC 3463, or both with a blank between; empty where none was said
 */
public record Bounce(
        String id,
        BranchId branch,
        @Nullable String newsletterId,
        String sendId,
        @Nullable String subscriberId,
        Reach reach,
        Instant at,
        Kind kind,
        String status,
        Done done) {
    /** What it says. */
    public enum Kind {
        /** This address takes no letters, or the account has blocked the bot. */
        BOUNCED,
        /** The reader told his server that it was unwanted. */
        COMPLAINED,
        /** Refused for what it is, or whence it comes. */
        REFUSED,
        /** It did not arrive yet; its server goes on trying. */
        DELAYED;

        static Kind of(Returned.Kind kind) {
            return switch (kind) {
                case BOUNCED -> BOUNCED;
                case COMPLAINED -> COMPLAINED;
                case REFUSED -> REFUSED;
                case DELAYED -> DELAYED;
            };
        }
    }

    /** What was done. */
    public enum Done {
        /** Nothing is sent there any more. */
        STRUCK,
        /** The whole newsletter waits for a person. */
        PAUSED,
        NOTHING
    }
}
