package org.tocsin.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Intents.Committed;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Intent;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;

/** Finds out what became of a request whose effect is not known. */
final class Reconciliation {
    private static final Set<String> PROBE_OUTCOMES = Set.of("found", "absent", "inconclusive");

    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final Gate gate;
    private final Intents intents;
    private final Outcomes outcomes;
    private final Plan plan;
    private final Clock clock;

    Reconciliation(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            Gate gate,
            Intents intents,
            Outcomes outcomes,
            Plan plan,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.gate = gate;
        this.intents = intents;
        this.outcomes = outcomes;
        this.plan = plan;
        this.clock = clock;
    }

    /**
     * @param unknown the row as it was claimed
     * @param send    sends one committed intent
     * @return the delivery after it was sent again; empty when nothing was sent
     */
    Optional<Delivery> reconcile(Network network, Channel channel, Delivery unknown, Sender send) {
        List<DeliverySegment> segments = unitOfWork.read(tx -> deliveries.segments(tx, unknown.id()));
        DeliverySegment lost = segments.stream()
                .filter(segment -> segment.state() == SegmentState.UNKNOWN)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no unknown segment in delivery " + unknown.id()));
        boolean last = lost.index() == segments.size() - 1;
        Guarantee guarantee = network.guarantee(channel);
        Instant now = clock.instant();
        boolean forbidden =
                unitOfWork.read(tx -> gate.forbidden(tx, unknown, now)).isPresent();
        DeliverySegment.Frozen request = Objects.requireNonNull(lost.frozen());
        switch (plan.step(guarantee, unknown, request, now, forbidden)) {
            case RESEND -> {
                Optional<Committed> committed = intents.resend(channel, unknown, lost, Cost.FREE);
                if (committed.isPresent()) {
                    PublishResult result = send.send(committed.get().intent());
                    return Optional.of(outcomes.ofRepeat(committed.get(), result, guarantee, last));
                }
            }
            case PROBE -> {
                FindResult found = network.find(channel, intents.intent(lost, unknown));
                unitOfWork.write(Urgency.DELIVERY, tx -> record(tx, unknown, lost, found, last, now));
            }
            case WAIT -> change(unknown, tx -> unknown.then(NextAction.PROBE, plan.quietOver(unknown, request)));
            case PERSON -> change(unknown, tx -> plan.afterLoss(tx, unknown, lost, guarantee, now));
        }
        return Optional.empty();
    }

    /** Sends one committed intent and returns what the network said. */
    @FunctionalInterface
    interface Sender {
        PublishResult send(Intent intent);
    }

    private void change(Delivery unknown, Function<Tx, Delivery> next) {
        unitOfWork.write(
                Urgency.DELIVERY, tx -> deliveries.save(tx, next.apply(tx).bumped(), unknown.version()));
    }

    private boolean record(
            Tx tx, Delivery unknown, DeliverySegment lost, FindResult found, boolean last, Instant asked) {
        Instant now = clock.instant();
        Delivery current = deliveries.find(tx, unknown.id()).orElseThrow();
        if (current.version() != unknown.version()) {
            // A person was faster: the network's late answer is dropped.
            return false;
        }
        note(tx, unknown, lost, found, asked, now);
        return switch (found) {
            case FindResult.Found(Receipt receipt)
            when !deliveries.taken(tx, unknown.channelId(), receipt.remoteId(), unknown.id()) -> {
                deliveries.saveSegment(tx, lost.published(receipt));
                DeliveryEvent event = last ? DeliveryEvent.FOUND : DeliveryEvent.FOUND_PART;
                Message reason = Message.of("delivery.found");
                yield deliveries.save(
                        tx,
                        current.on(event, now, last ? reason : null)
                                .attempted(0, null)
                                .expected(now),
                        unknown.version());
            }
            case FindResult.AbsentAsOf(Instant time)
            when absenceCounts(unknown, lost, time) -> {
                deliveries.saveSegment(tx, lost.in(SegmentState.PENDING));
                yield deliveries.save(
                        tx,
                        current.on(DeliveryEvent.ABSENT, now, Message.of("delivery.absent"))
                                .expected(now),
                        unknown.version());
            }
            case FindResult.Found ignored -> again(tx, current, lost, now);
            case FindResult.AbsentAsOf ignored -> again(tx, current, lost, now);
            case FindResult.Inconclusive ignored -> again(tx, current, lost, now);
        };
    }

    /** An answer from before the end of the quiet time says nothing: the request may still be at work, or not yet be shown. */
    private boolean absenceCounts(Delivery unknown, DeliverySegment lost, Instant time) {
        return !time.isBefore(plan.quietOver(unknown, Objects.requireNonNull(lost.frozen())));
    }

    private boolean again(Tx tx, Delivery current, DeliverySegment lost, Instant now) {
        Delivery asked = current.attempted(current.attempts() + 1, current.firstAttemptAt())
                .bumped();
        return deliveries.save(tx, plan.afterProbe(tx, asked, lost, askedInVain(tx, current), now), current.version());
    }

    /** Probes since the latest request; the requests themselves, and what failed before them, are no questions. */
    private int askedInVain(Tx tx, Delivery current) {
        int count = 0;
        for (DeliveryAttempt attempt : deliveries.attempts(tx, current.id()).reversed()) {
            if (attempt.send()) {
                break;
            }
            if (PROBE_OUTCOMES.contains(attempt.outcome())) {
                count++;
            }
        }
        return count;
    }

    private void note(Tx tx, Delivery unknown, DeliverySegment lost, FindResult found, Instant asked, Instant now) {
        int number = deliveries.attempts(tx, unknown.id()).size() + 1;
        DeliveryAttempt attempt = switch (found) {
            case FindResult.Found ignored -> probe(unknown, lost, number, asked, now, "found", null);
            case FindResult.AbsentAsOf ignored -> probe(unknown, lost, number, asked, now, "absent", null);
            case FindResult.Inconclusive(Reason reason) ->
                probe(unknown, lost, number, asked, now, "inconclusive", reason);
        };
        deliveries.startAttempt(tx, attempt);
        deliveries.endAttempt(tx, attempt);
    }

    private static DeliveryAttempt probe(
            Delivery unknown,
            DeliverySegment lost,
            int number,
            Instant asked,
            Instant now,
            String outcome,
            @Nullable Reason reason) {
        return new DeliveryAttempt(
                unknown.id(),
                number,
                unknown.channelId(),
                lost.index(),
                asked,
                now,
                outcome,
                false,
                reason == null ? null : reason.httpStatus(),
                reason == null ? null : reason.message(),
                reason == null ? "" : reason.excerpt());
    }
}
