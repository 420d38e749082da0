package org.tocsin.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.network.Channel;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Networks;

/** What a daemon does first: whatever the one before it left in the midst of work gets a state that says so. */
public final class Recovery {
    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final ChannelRepository channels;
    private final Networks networks;
    private final Plan plan;
    private final Clock clock;

    Recovery(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            ChannelRepository channels,
            Networks networks,
            Plan plan,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.channels = channels;
        this.networks = networks;
        this.plan = plan;
        this.clock = clock;
    }

    /**
     * Runs once, before anything is claimed.
     *
     * @return how many deliveries were found in SENDING, and are UNKNOWN now
     */
    public int recover() {
        return unitOfWork.write(Urgency.DELIVERY, tx -> {
            Instant now = clock.instant();
            for (Delivery delivery : deliveries.inState(tx, DeliveryState.PREPARING)) {
                deliveries.save(tx, delivery.on(DeliveryEvent.RESTART, now, null), delivery.version());
            }
            int unknown = 0;
            for (Delivery delivery : deliveries.inState(tx, DeliveryState.SENDING)) {
                lose(tx, delivery, now);
                unknown++;
            }
            return unknown;
        });
    }

    /**
     * Holds whatever could go out by itself, as after a restore: it may have gone out already.
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
        for (Delivery delivery : deliveries.inState(tx, DeliveryState.UNKNOWN)) {
            deliveries.save(tx, delivery.then(NextAction.PERSON, null).bumped(), delivery.version());
        }
        return held;
    }

    /** The same in a transaction of its own. */
    public int holdAll(Message reason) {
        return unitOfWork.write(Urgency.DELIVERY, tx -> holdAll(tx, reason));
    }

    private void lose(Tx tx, Delivery delivery, Instant now) {
        Message reason = Message.of("delivery.interrupted");
        for (DeliveryAttempt attempt : deliveries.attempts(tx, delivery.id())) {
            if (attempt.endedAt() == null && "running".equals(attempt.outcome())) {
                deliveries.endAttempt(tx, interrupted(attempt, now, reason));
            }
        }
        Delivery lost = delivery.on(DeliveryEvent.RESTART, now, reason);
        for (DeliverySegment segment : deliveries.segments(tx, delivery.id())) {
            if (segment.state() == SegmentState.SENDING) {
                deliveries.saveSegment(tx, segment.in(SegmentState.UNKNOWN));
                lost = plan.afterLoss(tx, lost, segment, guarantee(tx, delivery), now);
            }
        }
        deliveries.save(tx, lost, delivery.version());
    }

    private Guarantee guarantee(Tx tx, Delivery delivery) {
        // Without its channel nobody can be asked: a person decides.
        return channels.find(tx, delivery.channelId())
                .filter(channel -> networks.find(channel.network()).isPresent())
                .map((Channel channel) -> networks.of(channel).guarantee(channel))
                .orElse(Guarantee.of(Guarantee.Kind.NONE));
    }

    private static DeliveryAttempt interrupted(DeliveryAttempt attempt, Instant now, Message reason) {
        return new DeliveryAttempt(
                attempt.deliveryId(),
                attempt.number(),
                attempt.channelId(),
                attempt.segment(),
                attempt.startedAt(),
                now,
                "interrupted",
                attempt.send(),
                null,
                reason,
                "");
    }
}
