package org.tocsin.publishing;

import java.time.Instant;
import java.util.List;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryEvent;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.FormerAccount;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.SegmentState;
import org.tocsin.network.Channel;

/** What becomes of the deliveries of a channel when it changes. */
final class ChannelDeliveries {
    private final DeliveryRepository deliveries;
    private final Notices notices;

    ChannelDeliveries(DeliveryRepository deliveries, Notices notices) {
        this.deliveries = deliveries;
        this.notices = notices;
    }

    /** What is unknown of the account before cannot be asked of this one: its absence here proves nothing. */
    void leave(Tx tx, String id, Instant now) {
        deliveries.leaveAccount(tx, id, now);
        for (DeliveryState state :
                List.of(DeliveryState.SCHEDULED, DeliveryState.DUE, DeliveryState.WAITING, DeliveryState.HELD)) {
            for (Delivery delivery : deliveries.inState(tx, state)) {
                if (delivery.channelId().equals(id)) {
                    FormerAccount.forget(tx, deliveries, delivery.id());
                    if (delivery.pending() != null) {
                        lose(tx, delivery, now);
                    }
                }
            }
        }
        for (Delivery delivery : deliveries.inState(tx, DeliveryState.UNKNOWN)) {
            if (delivery.channelId().equals(id)) {
                Message why = Message.of("delivery.account.other", "channel", id);
                deliveries.save(tx, delivery.because(why).then(NextAction.PERSON, null), delivery.version());
                notices.raise(tx, delivery.branch(), Notices.Kind.UNKNOWN, delivery.id(), why);
            }
        }
    }

    /** The network of the account before still works on it, and nobody can ask any more how that ends. */
    private void lose(Tx tx, Delivery processing, Instant now) {
        Message why = Message.of("delivery.account.other", "channel", processing.channelId());
        deliveries.segments(tx, processing.id()).stream()
                .filter(segment -> segment.state() == SegmentState.SENDING)
                .forEach(segment -> deliveries.saveSegment(tx, segment.in(SegmentState.UNKNOWN)));
        Delivery lost = processing
                .on(DeliveryEvent.RESUME, now, null)
                .on(DeliveryEvent.LOSE, now, why)
                .then(NextAction.PERSON, null);
        deliveries.save(tx, lost, processing.version());
        notices.raise(tx, processing.branch(), Notices.Kind.UNKNOWN, processing.id(), why);
    }

    /** What waited for it goes nowhere; what may be out, or is out in part, keeps its state for a person to see. */
    int cancel(Tx tx, String id, Instant now) {
        Message why = Message.of("delivery.channel.removed", "channel", id);
        int cancelled = 0;
        for (DeliveryState state :
                List.of(DeliveryState.SCHEDULED, DeliveryState.DUE, DeliveryState.WAITING, DeliveryState.HELD)) {
            for (Delivery delivery : deliveries.inState(tx, state)) {
                boolean untouched = delivery.channelId().equals(id)
                        && delivery.pending() == null
                        && deliveries.segments(tx, delivery.id()).stream()
                                .allMatch(segment -> segment.state() == SegmentState.PENDING);
                if (untouched) {
                    Delivery changed = delivery.on(DeliveryEvent.CANCEL, now, why);
                    deliveries.save(tx, changed, delivery.version());
                    notices.settled(tx, delivery, changed);
                    cancelled++;
                }
            }
        }
        return cancelled;
    }

    /** What waited for the channel goes on; what has become late meanwhile is held for that by the queue. */
    void release(Tx tx, Channel channel, Instant now) {
        for (Delivery delivery : deliveries.inState(tx, DeliveryState.HELD)) {
            boolean waited = delivery.channelId().equals(channel.id())
                    && delivery.nextAction() == NextAction.PERSON
                    && delivery.heldForChannel();
            if (waited) {
                Delivery released = delivery.on(DeliveryEvent.RELEASE, now, null);
                deliveries.save(tx, released, delivery.version());
                notices.settled(tx, delivery, released);
            }
        }
        for (Delivery delivery : deliveries.inState(tx, DeliveryState.UNKNOWN)) {
            if (delivery.channelId().equals(channel.id()) && delivery.nextAction() != NextAction.PERSON) {
                deliveries.save(tx, delivery.then(delivery.nextAction(), now), delivery.version());
            }
        }
    }
}
