package org.tocsin.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;

/** What is taken back: what turns out to be public although its post was deleted meanwhile, and what is gone. */
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

    /**
     * Follows what is gone: its segment is deleted, and the delivery ends where nothing of it is out any more.
     *
     * @param removal which has been written as gone in the same transaction
     */
    public static void gone(
            Tx tx,
            DeliveryRepository deliveries,
            RemovalRepository removals,
            Notices notices,
            Removal removal,
            Instant now) {
        List<DeliverySegment> segments = deliveries.segments(tx, removal.deliveryId());
        deliveries.saveSegment(tx, segments.get(removal.segment()).in(SegmentState.DELETED));
        boolean all = segments.stream()
                .allMatch(segment -> segment.index() == removal.segment() || segment.state() == SegmentState.DELETED);
        boolean noneOut = segments.stream()
                .noneMatch(segment -> segment.index() != removal.segment()
                        && segment.state() != SegmentState.DELETED
                        && segment.state() != SegmentState.PENDING);
        Delivery delivery =
                Objects.requireNonNull(deliveries.find(tx, removal.deliveryId()).orElse(null));
        if (removals.of(tx, removal.deliveryId()).stream().allMatch(other -> other.state() == Removal.State.GONE)) {
            notices.close(tx, removal.branch(), Set.of(Notices.Kind.DELETE_REFUSED), removal.deliveryId());
        }
        if (all && delivery.state() == DeliveryState.PUBLISHED) {
            deliveries.save(
                    tx, delivery.on(DeliveryEvent.DELETE, now, Message.of("delivery.deleted")), delivery.version());
        } else if (noneOut && delivery.state() == DeliveryState.HELD) {
            // The rest of a thread of which nothing is out any more: nobody wants it.
            Delivery cancelled = delivery.on(DeliveryEvent.CANCEL, now, Message.of("delivery.deleted"));
            deliveries.save(tx, cancelled, delivery.version());
            notices.settled(tx, delivery, cancelled);
        }
    }
}
