package org.tocsin.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.DeliverySegment.Frozen;
import org.tocsin.network.Guarantee;

/** What is done about a request whose effect is not known: the one place where that is decided. */
final class Plan {
    private final DeliverySettings settings;
    private final RetryPolicy retry;
    private final Notices notices;

    Plan(DeliverySettings settings, RetryPolicy retry, Notices notices) {
        this.settings = settings;
        this.retry = retry;
        this.notices = notices;
    }

    /** What may be done now. */
    enum Step {
        /** Send the same request under the same key. */
        RESEND,
        /** Ask the network. */
        PROBE,
        /** Neither yet. */
        WAIT,
        /** A person decides. */
        PERSON
    }

    /**
     * @param forbidden whether sending it again is of no use or forbidden: refused, frozen, late, or the post was taken back
     * @return what may be done at that time about a request that was committed as {@code frozen}
     */
    Step step(Guarantee guarantee, Delivery unknown, Frozen frozen, Instant now, boolean forbidden) {
        boolean quiet = !now.isBefore(quietOver(unknown, frozen));
        Step other = quiet ? Step.PROBE : Step.WAIT;
        return switch (guarantee.kind()) {
            case KEYED -> forbidden ? other : Step.RESEND;
            case WINDOWED -> {
                boolean inWindow = now.isBefore(frozen.firstAt().plus(guarantee.window()));
                yield quiet && inWindow && !forbidden ? Step.RESEND : other;
            }
            case PROBED -> other;
            case NONE -> Step.PERSON;
        };
    }

    /**
     * The quiet time counts from when the outcome became unknown and not from the intent: a request that ends in a time-out has been
     * under way for as long as the time-out, and the server may only now begin with it.
     *
     * @param unknown since the loss, or since the start after a crash
     * @return when what the request could do has been done, and shows
     */
    Instant quietOver(Delivery unknown, Frozen frozen) {
        return later(unknown.since(), frozen.at()).plus(settings.quiet());
    }

    /** @return the row of a delivery that has just become UNKNOWN, with what happens next; a notice where that is a person */
    Delivery afterLoss(Tx tx, Delivery lost, DeliverySegment segment, Guarantee guarantee, Instant now) {
        Frozen frozen = Objects.requireNonNull(segment.frozen());
        Instant quietOver = quietOver(lost, frozen);
        Duration backOff = retry.backOff(Math.max(1, lost.attempts()));
        return switch (guarantee.kind()) {
            case KEYED -> lost.then(NextAction.SEND, lost.attempts() <= 1 ? now : now.plus(backOff));
            case WINDOWED -> {
                boolean inWindow = quietOver.isBefore(frozen.firstAt().plus(guarantee.window()));
                yield lost.then(inWindow ? NextAction.SEND : NextAction.PROBE, later(quietOver, now));
            }
            case PROBED -> lost.then(NextAction.PROBE, later(quietOver, now));
            case NONE -> person(tx, lost);
        };
    }

    /**
     * @param asked how often the network was asked in vain since the latest request
     * @return the row of a delivery that stays UNKNOWN
     */
    Delivery afterProbe(Tx tx, Delivery unknown, DeliverySegment segment, int asked, Instant now) {
        Frozen frozen = Objects.requireNonNull(segment.frozen());
        if (asked >= settings.probes() || retry.spent(unknown.firstAttemptAt(), now)) {
            return person(tx, unknown);
        }
        Instant next = now.plus(retry.backOff(Math.max(1, unknown.attempts())));
        return unknown.then(NextAction.PROBE, later(next, quietOver(unknown, frozen)));
    }

    /** @return when it is sent again after its absence was proven, at first at once */
    Instant afterAbsence(int losses, Instant now) {
        return losses <= 1 ? now : now.plus(retry.backOff(losses - 1));
    }

    /** @return whether the time is spent in which it is tried again */
    boolean spent(Delivery delivery, Instant now) {
        return retry.spent(delivery.firstAttemptAt(), now);
    }

    /** @return the row of a delivery of which nobody but a person can tell, who is told so */
    Delivery person(Tx tx, Delivery unknown) {
        return person(
                tx, unknown, Message.of("delivery.unknown.person", "channel", unknown.channelId(), "id", unknown.id()));
    }

    /** @return the row of a delivery that a person has to look for, who is told why */
    Delivery person(Tx tx, Delivery unknown, Message why) {
        notices.raise(tx, unknown.branch(), Notices.Kind.UNKNOWN, unknown.id(), why);
        return unknown.because(why).then(NextAction.PERSON, null);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
