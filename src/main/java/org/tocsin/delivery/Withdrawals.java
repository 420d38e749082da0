package org.tocsin.delivery;

import java.time.Instant;
import org.tocsin.base.Tx;

/** What turns out to be public although its post was deleted meanwhile. */
public final class Withdrawals {
    private Withdrawals() {}

    /** Has the segment taken back, in the transaction in which it became known that it is out. */
    public static void takeBack(
            Tx tx,
            DeliveryRepository deliveries,
            RemovalRepository removals,
            Delivery delivery,
            DeliverySegment published,
            Instant now) {
        if (deliveries.withdrawn(tx, delivery.postId())) {
            removals.request(tx, Removal.of(delivery, published, now));
        }
    }
}
