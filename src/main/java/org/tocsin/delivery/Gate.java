package org.tocsin.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;

/** Says whether a delivery may go on now, or has to stop: channel held, post taken back, frozen, late. */
public final class Gate {
    private static final String WITHDRAWN = "delivery.withdrawn";

    /** How long one segment of a thread may take, for the question whether the thread would cross the border of a freeze. */
    private static final Duration SEGMENT = Duration.ofSeconds(60);

    private final DeliveryRepository deliveries;
    private final FreezeRepository freezes;
    private final Notices notices;
    private final DeliverySettings settings;

    public Gate(DeliveryRepository deliveries, FreezeRepository freezes, Notices notices, DeliverySettings settings) {
        this.deliveries = deliveries;
        this.freezes = freezes;
        this.notices = notices;
        this.settings = settings;
    }

    /** @return why it has to be held now; empty when it may be prepared */
    Optional<Message> refusal(Tx tx, Delivery delivery, Account account, Instant now) {
        if (account.heldReason() != null) {
            return Optional.of(Message.of("delivery.held.channel", "channel", delivery.channelId()));
        }
        Optional<Message> forbidden = forbidden(tx, delivery, now);
        if (forbidden.isPresent()) {
            return forbidden;
        }
        // Nobody is late for having stood in a line that the network had closed.
        Instant free = account.throttledUntil();
        Instant expected = free != null && free.isAfter(delivery.expectedAt()) ? free : delivery.expectedAt();
        if (now.isAfter(expected.plus(settings.grace()))) {
            long minutes = Duration.between(expected, now).toMinutes();
            return Optional.of(Message.of(
                    "delivery.held.late",
                    "due",
                    delivery.dueAt(),
                    "minutes",
                    minutes,
                    "grace",
                    settings.grace().toMinutes()));
        }
        return Optional.empty();
    }

    /**
     * @return that the post was taken back (a delivery that could not be stopped then must not begin again by itself), or the freeze
     *     in which the delivery falls, or whose border a thread that starts now could cross
     */
    Optional<Message> forbidden(Tx tx, Delivery delivery, Instant now) {
        if (deliveries.withdrawn(tx, delivery.postId())) {
            return Optional.of(Message.of(WITHDRAWN));
        }
        if (delivery.freezeOverride() != null) {
            return Optional.empty();
        }
        for (Freeze freeze : freezes.standing(tx, delivery.branch(), now)) {
            if (freeze.covers(delivery.channelId(), now, now)) {
                return Optional.of(Message.of("delivery.held.frozen", "freeze", freeze.id(), "why", freeze.reason()));
            }
            Instant last = now.plus(SEGMENT.multipliedBy(remaining(tx, delivery) - 1));
            if (freeze.covers(delivery.channelId(), now, last)) {
                return Optional.of(Message.of("delivery.held.crossing", "freeze", freeze.id(), "from", freeze.from()));
            }
        }
        return Optional.empty();
    }

    private long remaining(Tx tx, Delivery delivery) {
        long open = deliveries.segments(tx, delivery.id()).stream()
                .filter(segment -> segment.state() != SegmentState.PUBLISHED)
                .count();
        return Math.max(1, open);
    }

    /** Holds it, and tells; what was taken back before anything of it was out is cancelled, as the person wanted. */
    Delivery hold(Tx tx, Delivery delivery, Message reason, Instant now) {
        boolean out = deliveries.segments(tx, delivery.id()).stream()
                .anyMatch(segment -> segment.state() != SegmentState.PENDING);
        if (!out && WITHDRAWN.equals(reason.code())) {
            Delivery cancelled = delivery.on(DeliveryEvent.CANCEL, now, reason);
            deliveries.save(tx, cancelled, delivery.version());
            return cancelled;
        }
        Delivery held = delivery.on(DeliveryEvent.HOLD, now, reason);
        if ("delivery.held.channel".equals(reason.code())) {
            held = held.forChannel();
        }
        deliveries.save(tx, held, delivery.version());
        boolean late = "delivery.held.late".equals(reason.code());
        notices.raise(tx, delivery.branch(), late ? Notices.Kind.LATE : Notices.Kind.HELD, delivery.id(), reason);
        return held;
    }
}
