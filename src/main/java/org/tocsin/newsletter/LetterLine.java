package org.tocsin.newsletter;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/**
 * A way out that all letters share: the mail server, or a bot.
 *
 * @param nextAt   the next letter's turn, were they evenly spaced; earlier than now where some are owed
 * @param failures how often in a row nobody could be reached
 * @param refusals how many letters in a row were refused for what they are, or have no outcome
 * @param reason   why it stands still; null where it does not
 */
public record LetterLine(
        String name,
        Instant nextAt,
        int failures,
        int refusals,
        @Nullable Message reason) {
    /** A line that was never used. */
    static LetterLine fresh(String name) {
        return new LetterLine(name, Instant.EPOCH, 0, 0, null);
    }

    /**
     * Takes a turn. What was not used in the last second may be made up for, so that a line is not slower than its rate for every little
     * wait.
     *
     * @param spacing between two letters
     */
    LetterLine turn(Instant now, Duration spacing) {
        Instant owed = now.minusSeconds(1);
        Instant from = nextAt.isBefore(owed) ? owed : nextAt;
        return new LetterLine(name, from.plus(spacing), failures, refusals, reason);
    }

    LetterLine stopped(Instant until, Message why) {
        return new LetterLine(name, until, failures + 1, refusals, why);
    }

    LetterLine worked() {
        return new LetterLine(name, nextAt, 0, 0, null);
    }

    LetterLine refused() {
        return new LetterLine(name, nextAt, 0, refusals + 1, null);
    }
}
