package org.tocsin.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Intents.Committed;
import org.tocsin.delivery.Intents.Request;
import org.tocsin.delivery.Preparation.Prepared;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Intent;
import org.tocsin.network.Network;
import org.tocsin.network.Networks;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Rate;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.RenderResult;

/**
 * Takes a claimed delivery as far as it goes now: prepare, commit the intent, send, write down what was said, next segment. It is the
 * only place that acts on outcomes; what it does is in the rows when it returns, or when it dies.
 */
public final class Dispatcher {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final ChannelRepository channels;
    private final Networks networks;
    private final Preparation preparation;
    private final Intents intents;
    private final Outcomes outcomes;
    private final Reconciliation reconciliation;
    private final CrashPoints crashPoints;

    Dispatcher(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            ChannelRepository channels,
            Networks networks,
            Preparation preparation,
            Intents intents,
            Outcomes outcomes,
            Reconciliation reconciliation,
            CrashPoints crashPoints) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.channels = channels;
        this.networks = networks;
        this.preparation = preparation;
        this.intents = intents;
        this.outcomes = outcomes;
        this.reconciliation = reconciliation;
        this.crashPoints = crashPoints;
    }

    /**
     * @param work claimed; who claimed it releases it when this returns
     */
    public void dispatch(DeliveryWork work) {
        Delivery delivery = work.delivery();
        Optional<Channel> channel;
        try {
            channel = unitOfWork.read(tx -> channels.find(tx, delivery.channelId()));
        } catch (RuntimeException e) {
            if (work.task() != DeliveryWork.Task.SEND) {
                throw e;
            }
            // Its secrets cannot be read, say: nothing has left, and a person sees why it waits.
            outcomes.ofPreparation(delivery, 0, failed(delivery, e));
            return;
        }
        if (channel.isEmpty() || networks.find(channel.get().network()).isEmpty()) {
            if (work.task() == DeliveryWork.Task.SEND) {
                outcomes.ofPreparation(
                        delivery,
                        0,
                        new PublishResult.Refused(
                                Reason.of("delivery.channel.removed", "channel", delivery.channelId())));
            } else {
                outcomes.withoutChannel(delivery);
            }
            return;
        }
        Network network = networks.of(channel.get());
        switch (work.task()) {
            case SEND -> sendSegments(network, channel.get(), delivery);
            case RESUME -> resume(network, channel.get(), delivery);
            case RECONCILE -> {
                Optional<Delivery> after = reconciliation.reconcile(
                        network, channel.get(), delivery, intent -> send(network, channel.get(), intent));
                after.ifPresent(found -> sendSegments(network, channel.get(), found));
            }
        }
    }

    private void sendSegments(Network network, Channel channel, Delivery claimed) {
        Delivery current = claimed;
        while (current.state() == DeliveryState.PREPARING) {
            List<DeliverySegment> segments = segments(current);
            int next = firstOpen(segments);
            DeliverySegment row = segments.get(next);
            Receipt parent = next == 0 ? null : segments.get(next - 1).receipt();
            Prepared prepared = prepare(network, channel, current, row, segments.size(), parent);
            if (Thread.currentThread().isInterrupted()) {
                // The daemon stops: what came of it says nothing, and the next start begins anew.
                return;
            }
            switch (prepared) {
                case Prepared.Blocked(PublishResult.NoEffect outcome) -> {
                    outcomes.ofPreparation(current, next, outcome);
                    return;
                }
                case Prepared.Processing(Duration after) -> {
                    outcomes.ofProcessing(current, after);
                    return;
                }
                case Prepared.Ready ready -> {
                    Optional<Delivery> after =
                            sendOne(network, channel, current, row, ready, parent, next == segments.size() - 1);
                    if (after.isEmpty()) {
                        return;
                    }
                    current = after.get();
                }
            }
        }
    }

    private Prepared prepare(
            Network network,
            Channel channel,
            Delivery delivery,
            DeliverySegment row,
            int count,
            @Nullable Receipt parent) {
        try {
            return preparation.prepare(network, channel, delivery, row, count, parent);
        } catch (RuntimeException e) {
            return new Prepared.Blocked(failed(delivery, e));
        }
    }

    /** Nothing has left: a fault of our own is a reason to try again, not to lose the post. */
    private static PublishResult.Unreachable failed(Delivery delivery, RuntimeException e) {
        log.atError().setCause(e).addKeyValue("delivery", delivery.id()).log("preparation failed");
        return new PublishResult.Unreachable(
                e instanceof FaultException fault
                        ? new Reason(fault.faults().getFirst().message(), null, "")
                        : Reason.of("delivery.internal"));
    }

    private Optional<Delivery> sendOne(
            Network network,
            Channel channel,
            Delivery current,
            DeliverySegment row,
            Prepared.Ready ready,
            @Nullable Receipt parent,
            boolean last) {
        crashPoints.pass("intent.before-commit");
        Request request = ready.request() == null ? null : request(ready, parent);
        // Whatever may ask the network comes before the intent: after it the clock of the request runs.
        Terms terms;
        try {
            terms = new Terms(
                    network.guarantee(channel),
                    Rate.forChannel(channel, network.limits(channel).rates()),
                    network.cost(channel, ready.segment()));
        } catch (RuntimeException e) {
            outcomes.ofPreparation(current, row.index(), failed(current, e));
            return Optional.empty();
        }
        Guarantee guarantee = terms.guarantee();
        DeliverySegment latest = latest(current, row);
        Optional<Committed> committed = intents.send(
                channel, current, request == null ? latest : latest.frozen(null), request, terms.rates(), terms.cost());
        if (committed.isEmpty()) {
            return Optional.empty();
        }
        crashPoints.pass("intent.after-commit");
        PublishResult result = send(network, channel, committed.get().intent());
        crashPoints.pass("answer.before-record");
        boolean stopping = Thread.currentThread().isInterrupted();
        Delivery after = Stubborn.record(() -> outcomes.ofSending(committed.get(), result, guarantee, last, stopping));
        crashPoints.pass("record.after-commit");
        return Optional.of(after);
    }

    /** What holds for a request, asked before its intent. */
    private record Terms(Guarantee guarantee, List<Rate> rates, Cost cost) {}

    private DeliverySegment latest(Delivery delivery, DeliverySegment row) {
        return segments(delivery).get(row.index());
    }

    private void resume(Network network, Channel channel, Delivery waiting) {
        List<DeliverySegment> segments = segments(waiting);
        int index = firstOpen(segments);
        Guarantee guarantee = network.guarantee(channel);
        String handle = Objects.requireNonNull(waiting.pending());
        intents.resume(channel, waiting, segments.get(index)).ifPresent(committed -> {
            PublishResult result = guarded(() -> network.resume(channel, committed.intent(), handle));
            boolean last = index == segments.size() - 1;
            Delivery after = Stubborn.record(() -> outcomes.ofRepeat(committed, result, guarantee, last));
            if (after.state() == DeliveryState.PREPARING) {
                sendSegments(network, channel, after);
            }
        });
    }

    private PublishResult send(Network network, Channel channel, Intent intent) {
        return guarded(() -> network.publish(channel, intent));
    }

    private static PublishResult guarded(Supplier<PublishResult> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            // After an intent an exception says nothing about what has left this machine.
            log.atError().setCause(e).log("an adapter failed while sending");
            return new PublishResult.Unknown(Reason.of("delivery.internal"));
        }
    }

    private List<DeliverySegment> segments(Delivery delivery) {
        return unitOfWork.read(tx -> deliveries.segments(tx, delivery.id()));
    }

    private static int firstOpen(List<DeliverySegment> segments) {
        for (DeliverySegment segment : segments) {
            if (segment.state() != SegmentState.PUBLISHED) {
                return segment.index();
            }
        }
        throw new IllegalStateException("every segment is published");
    }

    private static Request request(Prepared.Ready ready, @Nullable Receipt parent) {
        RenderResult.Rendered rendered = Objects.requireNonNull(ready.request());
        RemoteRef replyTo = ready.segment().replyTo();
        String parentId = parent != null ? parent.remoteId() : replyTo == null ? null : replyTo.remoteId();
        return new Request(rendered.body(), rendered.text(), textHash(rendered.text()), parentId);
    }

    /** @return SHA-256 of the text in NFC with white space folded, 64 hexadecimal digits */
    static String textHash(String text) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll("\\s+", " ")
                .strip();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(normal.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
