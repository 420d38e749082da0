package org.tocsin.watch.keeping;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Notices;
import org.tocsin.recipient.Outbox;
import org.tocsin.recipient.Recipient;

/** What a watch that falls silent has begun falls silent with it: texts that wait for their time, and the next one to be asked. */
final class Silencing {
    /** So many are well below 50 ms of the writer's time; older ones stay open on the desk. */
    private static final int MOST_TOLD = 100;

    private final AlertRepository alerts;
    private final Outbox outbox;

    Silencing(AlertRepository alerts, Outbox outbox) {
        this.alerts = alerts;
        this.outbox = outbox;
    }

    /** For good, or until somebody gives it its voice back, see {@link #unmute}; its alerts stay where the team sees them. */
    void mute(Tx tx, String watchId) {
        alerts.mute(tx, watchId);
        outbox.drop(tx, watchId);
    }

    /**
     * What is urgent and still open is told, in one text for each of whom it is for, and the next is told where nobody answers from then on.
     *
     * @param from when it may be told
     */
    void unmute(Tx tx, Watch watch, Ringing ringing, Instant from) {
        for (Alert alert : alerts.unmute(tx, watch.id(), ringing.escalateAt(from), MOST_TOLD)) {
            List<Recipient> to = alert.recipientId().equals(Alert.TEAM)
                    ? outbox.of(tx, watch.branch(), Notices.Kind.ALERT)
                    : outbox.named(tx, watch.branch(), List.of(alert.recipientId()));
            to.forEach(one -> outbox.later(tx, one, watch.id(), alert.id(), from));
        }
    }

    /**
     * For a while: what waits goes on then.
     *
     * @param before until when it was silent already; the same as {@code until} where it was not
     * @param until  the moment itself where the silence is over
     */
    void pause(Tx tx, String watchId, Instant before, Instant until, Duration answer) {
        alerts.pause(tx, watchId, before, until, answer);
        outbox.pause(tx, watchId, before, until);
    }
}
