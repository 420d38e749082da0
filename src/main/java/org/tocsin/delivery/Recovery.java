package org.tocsin.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;

/** What a daemon does first: whatever the one before it left in the midst of work gets a state that says so. */
public final class Recovery {
    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final RevisionRepository revisions;
    private final Notices notices;
    private final Orphans orphans;
    private final Clock clock;

    Recovery(DeliveryStores stores, Orphans orphans, Clock clock) {
        this.unitOfWork = stores.unitOfWork();
        this.deliveries = stores.deliveries();
        this.revisions = stores.revisions();
        this.notices = stores.notices();
        this.orphans = orphans;
        this.clock = clock;
    }

    /**
     * Runs once, before anything is claimed; asks no network.
     *
     * @return how many deliveries were found in SENDING, and are UNKNOWN now
     */
    public int recover() {
        return unitOfWork.write(Urgency.DELIVERY, tx -> {
            Instant now = clock.instant();
            deliveries.interruptEdits(tx, now);
            for (Delivery delivery : deliveries.inState(tx, DeliveryState.PREPARING)) {
                orphans.again(tx, delivery, now);
            }
            List<Delivery> sending = deliveries.inState(tx, DeliveryState.SENDING);
            sending.forEach(delivery -> orphans.lose(tx, delivery, now));
            return sending.size();
        });
    }

    /**
     * Holds whatever could go out by itself, as after a restore: it may have gone out already. One notice tells how much there is to look
     * through.
     *
     * @return how many
     */
    public int holdAll(Tx tx, Message reason) {
        Instant now = clock.instant();
        int held = 0;
        for (DeliveryState state : List.of(DeliveryState.SCHEDULED, DeliveryState.DUE, DeliveryState.WAITING)) {
            for (Delivery delivery : deliveries.inState(tx, state)) {
                deliveries.save(tx, delivery.on(DeliveryEvent.HOLD, now, reason), delivery.version());
                held++;
            }
        }
        for (Delivery delivery : deliveries.inState(tx, DeliveryState.HELD)) {
            // A channel that works again must not let go what may be out already.
            if (delivery.heldForChannel()) {
                deliveries.save(tx, delivery.because(reason), delivery.version());
                held++;
            }
        }
        // An edit of the older database must not overwrite one that was made after it.
        held += revisions.holdAll(tx, reason);
        List<Delivery> unknown = deliveries.inState(tx, DeliveryState.UNKNOWN);
        for (Delivery delivery : unknown) {
            deliveries.save(tx, delivery.then(NextAction.PERSON, null).bumped(), delivery.version());
        }
        if (held + unknown.size() > 0) {
            notices.raise(
                    tx,
                    BranchId.MAIN,
                    Notices.Kind.HELD,
                    "restore",
                    Message.of("delivery.restored", "count", held + unknown.size()));
        }
        return held;
    }

    /** The same in a transaction of its own. */
    public int holdAll(Message reason) {
        return unitOfWork.write(Urgency.DELIVERY, tx -> holdAll(tx, reason));
    }
}
