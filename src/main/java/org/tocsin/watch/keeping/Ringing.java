package org.tocsin.watch.keeping;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.recipient.Rhythm;

/**
 * How a watch rings.
 *
 * @param recipients    the ids of whom it is for; empty for the team
 * @param urgent        whether quiet hours and budgets do not hold for it
 * @param escalateAfter how long one who does not answer is waited for before the next is told, one minute to a day; zero for ever.
 *     It counts for what is urgent only
 * @param muted         alerts are kept and pushed to nobody
 * @param snoozedUntil  likewise until then; null for not
 */
public record Ringing(
        List<String> recipients,
        Rhythm rhythm,
        boolean urgent,
        Duration escalateAfter,
        boolean muted,
        @Nullable Instant snoozedUntil) {
    /** For the team, at once: how a watch rings of which nothing else was said. */
    public static final Ringing TEAM = new Ringing(List.of(), Rhythm.INSTANT, false, Duration.ZERO, false, null);

    public Ringing {
        recipients = List.copyOf(recipients);
    }

    /** @return whether and why it pushes to nobody now; null where it does */
    public Alert.@Nullable Quiet quiet(Instant now) {
        if (muted) {
            return Alert.Quiet.MUTED;
        }
        return snoozedUntil != null && now.isBefore(snoozedUntil) ? Alert.Quiet.SNOOZED : null;
    }

    /** @return when who does not answer has been waited for long enough; null for never */
    public @Nullable Instant escalateAt(Instant now) {
        return urgent && escalateAfter.isPositive() ? now.plus(escalateAfter) : null;
    }

    /** The same, silent until then. */
    public Ringing snoozed(@Nullable Instant until) {
        return new Ringing(recipients, rhythm, urgent, escalateAfter, muted, until);
    }
}
