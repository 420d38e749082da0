package org.tocsin.watch.keeping;

import java.time.Duration;
import java.time.Instant;
import org.tocsin.base.Tx;
import org.tocsin.recipient.Outbox;

/** What a watch that falls silent has begun falls silent with it: texts that wait for their time, and the next one to be asked. */
final class Silencing {
    private final AlertRepository alerts;
    private final Outbox outbox;

    Silencing(AlertRepository alerts, Outbox outbox) {
        this.alerts = alerts;
        this.outbox = outbox;
    }

    /** For good, or until somebody gives it its voice back; its alerts stay where the team sees them. */
    void mute(Tx tx, String watchId) {
        alerts.mute(tx, watchId);
        outbox.drop(tx, watchId);
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
