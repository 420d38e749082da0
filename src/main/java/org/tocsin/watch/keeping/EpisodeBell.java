package org.tocsin.watch.keeping;

import java.time.Clock;
import java.util.List;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.recipient.Outbox;

/** Rings for an episode of a watch, once, and says when it is over. */
public final class EpisodeBell {
    private final Bell bell;
    private final RingingRepository ringings;
    private final Notices notices;
    private final Clock clock;

    /** @param escalate rung when something waits for an answer */
    public EpisodeBell(
            AlertRepository alerts,
            RingingRepository ringings,
            Outbox outbox,
            Wakeup escalate,
            Notices notices,
            Ids ids,
            Clock clock) {
        this.bell = new Bell(alerts, ringings, outbox, escalate, notices, ids);
        this.ringings = ringings;
        this.notices = notices;
        this.clock = clock;
    }

    /** Raises the alerts of an episode, in the transaction that begins it. */
    void ring(Tx tx, Watch watch, Episode episode, Message told) {
        bell.ring(
                tx,
                watch,
                new Bell.Rung(watch.version(), episode.mentionId(), episode.story(), episode.number(), List.of()),
                told,
                clock.instant());
    }

    /** Says that an episode is over. */
    void over(Tx tx, Watch watch, Episode episode, Message told) {
        if (ringings.of(tx, watch.id()).quiet(clock.instant()) != null) {
            return;
        }
        notices.raise(tx, watch.branch(), Notices.Kind.ALERT, watch.id() + ":" + episode.story(), told);
    }
}
