package org.tocsin.subscriber;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.subscriber.Subscriber.Reach;

/**
 * What is kept of a letter to one person: a newsletter, or a mail about his sign-up.
 *
 * @param subject of a newsletter; null where it is none, or where it is gone
 * @param at      when it was begun; one that was not begun, when it was last changed
 * @param back    what came of it afterwards, in order
 */
public record KeptLetter(About about, @Nullable String subject, Reach reach, State state, Instant at, List<Back> back) {
    public KeptLetter {
        back = List.copyOf(back);
    }

    /** What it was about. */
    public enum About {
        NEWSLETTER,
        CONFIRM,
        ALREADY,
        CORRECT,
        DATA,
        STILL
    }

    /** Where it stands. */
    public enum State {
        WAITING,
        SENDING,
        SENT,
        UNKNOWN,
        SETTLED,
        REFUSED,
        SKIPPED,
        FAILED,
        VOID
    }

    /** How it came back. */
    public enum Kind {
        BOUNCED,
        COMPLAINED,
        REFUSED,
        DELAYED
    }

    /** @param status as the server said it; empty where it said none */
    public record Back(Instant at, Kind kind, String status) {}
}
