package org.tocsin.newsletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.subscriber.Subscriber.Reach;

/**
 * One recipient of one newsletter.
 *
 * @param attempts  how many letters were begun
 * @param firstAt   when the first was; null until then
 * @param nextAt    when it is tried next; null when it is over
 * @param reason    why it stands there; null where that needs no words
 * @param changedAt of the last change
 */
public record NewsletterSend(
        String id,
        String newsletterId,
        String subscriberId,
        Reach reach,
        State state,
        int attempts,
        @Nullable Instant firstAt,
        @Nullable Instant nextAt,
        @Nullable Message reason,
        Instant changedAt) {
    /** Where it stands. */
    public enum State {
        WAITING,
        /** Committed before the first byte leaves: whoever finds it after a crash does not know whether it arrived. */
        SENDING,
        /** A server has taken it. */
        SENT,
        /** It may have been taken. It is sent again only by a person's word. */
        UNKNOWN,
        /** It was unknown, and a person left it at that. */
        SETTLED,
        /** No server will take it. */
        REFUSED,
        /** Nothing was sent: he left, or may not be written to. */
        SKIPPED
    }

    /** Whether its reader is struck off, for his address is not known to his server. */
    public enum Strike {
        /** Not before the server has taken another letter: one that refuses everybody says nothing of this address. */
        HELD,
        /** As soon as it can be done. */
        DUE
    }

    /** @return when its first letter was begun; whoever has moved since may have been written to where he was before */
    Instant written() {
        return firstAt == null ? changedAt : firstAt;
    }

    NewsletterSend begun(Instant now) {
        return new NewsletterSend(
                id,
                newsletterId,
                subscriberId,
                reach,
                State.SENDING,
                attempts + 1,
                firstAt == null ? now : firstAt,
                null,
                null,
                now);
    }

    NewsletterSend over(State end, @Nullable Message why, Instant now) {
        return new NewsletterSend(id, newsletterId, subscriberId, reach, end, attempts, firstAt, null, why, now);
    }

    NewsletterSend again(Instant next, @Nullable Message why, Instant now) {
        return new NewsletterSend(
                id, newsletterId, subscriberId, reach, State.WAITING, attempts, firstAt, next, why, now);
    }

    /** Sent again by a person's word: it may be tried for as long as a new one. */
    NewsletterSend anew(Instant now) {
        return new NewsletterSend(id, newsletterId, subscriberId, reach, State.WAITING, 0, null, now, null, now);
    }

    /** Back in the line, as if its letter had not been begun. */
    NewsletterSend back(Instant now) {
        return new NewsletterSend(
                id,
                newsletterId,
                subscriberId,
                reach,
                State.WAITING,
                Math.max(0, attempts - 1),
                attempts <= 1 ? null : firstAt,
                now,
                reason,
                now);
    }
}
