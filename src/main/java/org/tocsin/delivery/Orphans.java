package org.tocsin.delivery;

import java.time.Instant;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.network.Reason;

/** What stands in the midst of work while nobody works on it: its worker died, or could not write down how it ended. */
final class Orphans {
    private final DeliveryRepository deliveries;

    Orphans(DeliveryRepository deliveries) {
        this.deliveries = deliveries;
    }

    /** From PREPARING nothing has left: it is due again. */
    void again(Tx tx, Delivery preparing, Instant now) {
        deliveries.save(tx, preparing.on(DeliveryEvent.RESTART, now, null), preparing.version());
    }

    /**
     * From SENDING something may have left. What to do about that depends on what the channel guarantees, for which its network may have to
     * be asked; so it is only looked at, and at once.
     */
    void lose(Tx tx, Delivery sending, Instant now) {
        Message why = Message.of("delivery.interrupted");
        for (DeliveryAttempt attempt : deliveries.attempts(tx, sending.id())) {
            if (attempt.endedAt() == null && "running".equals(attempt.outcome())) {
                deliveries.endAttempt(tx, attempt.ended(now, "interrupted", new Reason(why, null, "")));
            }
        }
        for (DeliverySegment segment : deliveries.segments(tx, sending.id())) {
            if (segment.state() == SegmentState.SENDING) {
                deliveries.saveSegment(tx, segment.in(SegmentState.UNKNOWN));
            }
        }
        deliveries.save(tx, sending.on(DeliveryEvent.RESTART, now, why).then(NextAction.PROBE, now), sending.version());
    }
}
