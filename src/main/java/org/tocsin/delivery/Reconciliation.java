package org.tocsin.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
import org.tocsin.network.Probed;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Query;
import org.tocsin.network.Rate;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;

/** Finds out what became of a request whose effect is not known. */
final class Reconciliation {
    private static final Set<String> PROBE_OUTCOMES = Set.of("found", "absent", "inconclusive");

    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final RemovalRepository removals;
    private final Notices notices;
    private final Gate gate;
    private final Intents intents;
    private final Outcomes outcomes;
    private final Plan plan;
    private final Budget budget;
    private final Clock clock;

    Reconciliation(DeliveryStores stores, Gate gate, Intents intents, Outcomes outcomes, Plan plan, Clock clock) {
        this.unitOfWork = stores.unitOfWork();
        this.deliveries = stores.deliveries();
        this.removals = stores.removals();
        this.notices = stores.notices();
        this.gate = gate;
        this.intents = intents;
        this.outcomes = outcomes;
        this.plan = plan;
        this.budget = new Budget(stores.accounts());
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
        boolean forbidden = unitOfWork.read(tx -> refusal(tx, lost).isPresent()
                || gate.repeatForbidden(tx, unknown, now).isPresent());
        DeliverySegment.Frozen request = Objects.requireNonNull(lost.frozen());
        switch (plan.step(guarantee, unknown, request, now, forbidden)) {
            case RESEND -> {
                Optional<Committed> committed = intents.resend(
                        channel,
                        unknown,
                        lost,
                        Rate.forChannel(channel, network.limits(channel).rates()));
                if (committed.isPresent()) {
                    PublishResult result = send.send(committed.get().intent());
                    return Optional.of(
                            Stubborn.record(() -> outcomes.ofRepeat(committed.get(), result, guarantee, last)));
                }
            }
            case PROBE -> {
                Cost most = network.cost(channel, Query.PROBE);
                if (booked(channel, unknown, most, now)) {
                    Probed probed = probe(network, channel, intents.intent(lost, unknown), most);
                    unitOfWork.write(Urgency.DELIVERY, tx -> {
                        Cost unused = new Cost(most.microUsd() - probed.cost().microUsd());
                        budget.giveBack(tx, channel.id(), unused, now);
                        return record(tx, unknown, lost, probed.result(), last, now);
                    });
                }
            }
            case WAIT -> change(unknown, tx -> unknown.then(NextAction.PROBE, plan.quietOver(unknown, request)));
            case PERSON -> change(unknown, tx -> plan.afterLoss(tx, unknown, lost, guarantee, now));
        }
        return Optional.empty();
    }

    /** Records that it was asked for and nothing was told: it counts as a question in vain, so that it ends with a person. */
    void inVain(Delivery unknown, Reason reason) {
        unitOfWork.write(Urgency.DELIVERY, tx -> {
            List<DeliverySegment> segments = deliveries.segments(tx, unknown.id());
            DeliverySegment lost = segments.stream()
                    .filter(segment -> segment.state() == SegmentState.UNKNOWN)
                    .findFirst()
                    .orElseThrow();
            boolean last = lost.index() == segments.size() - 1;
            return record(tx, unknown, lost, new FindResult.Inconclusive(reason), last, clock.instant());
        });
    }

    /** @return whether it may be asked; where the ceiling forbids it, a person is told to look, and nothing is sent again */
    private boolean booked(Channel channel, Delivery unknown, Cost most, Instant now) {
        if (most.microUsd() == 0) {
            return true;
        }
        return unitOfWork.write(Urgency.DELIVERY, tx -> {
            Delivery current = deliveries.find(tx, unknown.id()).orElseThrow();
            if (current.version() != unknown.version()) {
                return false;
            }
            Optional<Message> refusal = budget.passed(tx, channel, most, now)
                    .map(passed -> Message.of(
                            "delivery.unknown.budget",
                            "channel",
                            channel.id(),
                            "ceiling",
                            passed.dollars(),
                            "month",
                            passed.month()));
            if (refusal.isPresent()) {
                deliveries.save(tx, plan.person(tx, current.bumped(), refusal.get()), current.version());
                return false;
            }
            budget.book(tx, channel.id(), most, now);
            return true;
        });
    }

    private static Probed probe(Network network, Channel channel, Intent intent, Cost most) {
        try {
            return network.probe(channel, intent);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("an adapter failed while looking");
            return new Probed(new FindResult.Inconclusive(Reason.of("delivery.internal")), most);
        }
    }

    /** @return the latest request for the segment, where the network refused it: sending it again is of no use */
    private Optional<DeliveryAttempt> refusal(Tx tx, DeliverySegment lost) {
        return deliveries.attempts(tx, lost.deliveryId()).reversed().stream()
                .filter(attempt -> attempt.send() && attempt.segment() == lost.index())
                .findFirst()
                .filter(attempt -> attempt.outcome().equals("refused"));
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
            when !deliveries.taken(tx, unknown.channelId(), receipt.remoteId(), unknown.id(), lost.index()) -> {
                DeliverySegment out = lost.published(receipt);
                deliveries.saveSegment(tx, out);
                Withdrawals.takeBack(tx, deliveries, removals, current, out, now);
                DeliveryEvent event = last ? DeliveryEvent.FOUND : DeliveryEvent.FOUND_PART;
                Message reason = Message.of("delivery.found");
                yield deliveries.save(
                        tx, current.on(event, now, last ? reason : null).attempted(0, null), unknown.version());
            }
            case FindResult.AbsentAsOf(Instant time)
            when absenceCounts(unknown, lost, time) ->
                deliveries.save(tx, absent(tx, current, lost, now), unknown.version());
            case FindResult.Found ignored -> again(tx, current, lost, now);
            case FindResult.AbsentAsOf ignored -> again(tx, current, lost, now);
            case FindResult.Inconclusive(Reason ignored, Instant until)
            when until != null && until.isAfter(now) && !plan.spent(current, now) ->
                deliveries.save(tx, current.then(current.nextAction(), until).bumped(), current.version());
            case FindResult.Inconclusive ignored -> again(tx, current, lost, now);
        };
    }

    /** Nothing came of it: its money is given back, and it goes out again, unless it was refused or its time is spent. */
    private Delivery absent(Tx tx, Delivery current, DeliverySegment lost, Instant now) {
        int losses = 0;
        for (DeliveryAttempt attempt : deliveries.attempts(tx, current.id())) {
            if (attempt.left() && attempt.segment() == lost.index()) {
                losses++;
                if (attempt.costMicroUsd() > 0) {
                    budget.giveBack(tx, attempt);
                    deliveries.endAttempt(tx, attempt.free());
                }
            }
        }
        Optional<DeliveryAttempt> refusal = refusal(tx, lost);
        if (refusal.isPresent()) {
            Message why = Objects.requireNonNull(refusal.get().reason());
            deliveries.saveSegment(tx, lost.in(SegmentState.PENDING));
            notices.raise(tx, current.branch(), Notices.Kind.REFUSED, current.id(), why);
            return current.on(DeliveryEvent.REFUSE, now, why);
        }
        if (plan.spent(current, now) && gate.forbidden(tx, current, now).isEmpty()) {
            return plan.person(tx, current.bumped());
        }
        deliveries.saveSegment(tx, lost.in(SegmentState.PENDING));
        Instant at = plan.afterAbsence(losses, now);
        return current.on(DeliveryEvent.ABSENT, now, Message.of("delivery.absent"))
                .then(NextAction.SEND, at.isAfter(now) ? at : null);
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
            case FindResult.Inconclusive(Reason reason, Instant until) ->
                probe(unknown, lost, number, asked, now, until == null ? "inconclusive" : "throttled", reason);
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
