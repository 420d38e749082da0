package org.tocsin.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.network.Channel;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.Networks;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;

/** Takes segments back from their networks; possible also in a freeze. A removal is repeated until it is done or refused. */
public final class Remover implements DueQueue<Removal> {
    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final RemovalRepository removals;
    private final ChannelRepository channels;
    private final Networks networks;
    private final Notices notices;
    private final RetryPolicy retry;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Set<String> busy;

    public Remover(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            RemovalRepository removals,
            ChannelRepository channels,
            Networks networks,
            Notices notices,
            RetryPolicy retry,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.removals = removals;
        this.channels = channels;
        this.networks = networks;
        this.notices = notices;
        this.retry = retry;
        this.clock = clock;
        this.wakeup = wakeup;
        this.busy = ConcurrentHashMap.newKeySet();
    }

    @Override
    public List<Removal> claim(int max) {
        return unitOfWork.read(tx -> removals.due(tx, clock.instant(), max)).stream()
                .filter(removal -> busy.add(key(removal)))
                .toList();
    }

    @Override
    public void release(Removal removal) {
        busy.remove(key(removal));
    }

    @Override
    public Optional<Instant> nextAt() {
        return unitOfWork.read(removals::nextAt);
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    private static String key(Removal removal) {
        return removal.deliveryId() + "#" + removal.segment();
    }

    /** Asks the network once. */
    public void remove(Removal removal) {
        Optional<Channel> channel = unitOfWork.read(tx -> channels.find(tx, removal.channelId()));
        Receipt receipt = unitOfWork
                .read(tx -> deliveries.segments(tx, removal.deliveryId()))
                .get(removal.segment())
                .receipt();
        if (channel.isEmpty() || receipt == null) {
            record(
                    removal,
                    new DeleteResult.Refused(Reason.of("delivery.channel.removed", "channel", removal.channelId())));
            return;
        }
        record(removal, networks.of(channel.get()).delete(channel.get(), receipt));
    }

    private void record(Removal removal, DeleteResult result) {
        unitOfWork.write(Urgency.DELIVERY, tx -> {
            Instant now = clock.instant();
            switch (result) {
                case DeleteResult.Gone ignored -> gone(tx, removal, now);
                case DeleteResult.Later(Reason reason) ->
                    removals.save(
                            tx,
                            removal.after(
                                    Removal.State.DUE,
                                    reason.message(),
                                    now.plus(retry.backOff(removal.attempts() + 1))));
                case DeleteResult.Refused(Reason reason) -> {
                    removals.save(tx, removal.after(Removal.State.REFUSED, reason.message(), null));
                    notices.raise(
                            tx, removal.branch(), Notices.Kind.DELETE_REFUSED, removal.deliveryId(), reason.message());
                }
            }
            return removal;
        });
    }

    private void gone(Tx tx, Removal removal, Instant now) {
        removals.save(tx, removal.after(Removal.State.GONE, null, null));
        List<DeliverySegment> segments = deliveries.segments(tx, removal.deliveryId());
        deliveries.saveSegment(tx, segments.get(removal.segment()).in(SegmentState.DELETED));
        boolean all = segments.stream()
                .allMatch(segment -> segment.index() == removal.segment() || segment.state() == SegmentState.DELETED);
        Delivery delivery =
                Objects.requireNonNull(deliveries.find(tx, removal.deliveryId()).orElse(null));
        if (all && delivery.state() == DeliveryState.PUBLISHED) {
            deliveries.save(
                    tx, delivery.on(DeliveryEvent.DELETE, now, Message.of("delivery.deleted")), delivery.version());
        }
    }
}
