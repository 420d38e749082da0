package org.tocsin.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Intents.Committed;
import org.tocsin.network.Guarantee;
import org.tocsin.network.PublishResult;
import org.tocsin.network.PublishResult.Pending;
import org.tocsin.network.PublishResult.Published;
import org.tocsin.network.PublishResult.Refused;
import org.tocsin.network.PublishResult.Throttled;
import org.tocsin.network.PublishResult.Unauthorized;
import org.tocsin.network.PublishResult.Unknown;
import org.tocsin.network.PublishResult.Unreachable;
import org.tocsin.network.Reason;

/** Writes down what a network said, and what follows from it: the one place where an outcome becomes a state. */
final class Outcomes {
    private static final Duration SHORTEST_THROTTLE = Duration.ofSeconds(5);

    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final AccountRepository accounts;
    private final ChannelRepository channels;
    private final RemovalRepository removals;
    private final Gate gate;
    private final Notices notices;
    private final RetryPolicy retry;
    private final Plan plan;
    private final Budget budget;
    private final Clock clock;

    Outcomes(DeliveryStores stores, Gate gate, RetryPolicy retry, Plan plan, Clock clock) {
        this.unitOfWork = stores.unitOfWork();
        this.deliveries = stores.deliveries();
        this.accounts = stores.accounts();
        this.channels = stores.channels();
        this.removals = stores.removals();
        this.notices = stores.notices();
        this.gate = gate;
        this.retry = retry;
        this.plan = plan;
        this.budget = new Budget(stores.accounts());
        this.clock = clock;
    }

    /**
     * The outcome of a request whose effect began with it.
     *
     * @param stopping whether the daemon stops, which is no failure of the network: it counts as no attempt
     * @return the delivery as it is now
     */
    Delivery ofSending(Committed sent, PublishResult result, Guarantee guarantee, boolean last, boolean stopping) {
        return unitOfWork.write(Urgency.DELIVERY, tx -> {
            Instant now = clock.instant();
            end(tx, sent, result, now);
            return switch (result) {
                case Published published -> published(tx, sent, published, guarantee, last, now);
                case Pending(String handle, Duration after) ->
                    save(
                            tx,
                            sent.delivery(),
                            sent.delivery()
                                    .on(DeliveryEvent.WAIT, now, Message.of("delivery.waiting.processing"))
                                    .then(NextAction.PROBE, now.plus(after))
                                    .pending(handle));
                case Unknown(Reason reason, Instant until) -> lose(tx, sent, reason, until, guarantee, now);
                case PublishResult.NoEffect none -> {
                    deliveries.saveSegment(tx, sent.segment().in(SegmentState.PENDING));
                    if (stopping && none instanceof Unreachable) {
                        Message why = none.reason().message();
                        yield save(
                                tx,
                                sent.delivery(),
                                sent.delivery().on(DeliveryEvent.WAIT, now, why).then(NextAction.SEND, now));
                    }
                    yield noEffect(tx, sent.delivery(), none, now);
                }
            };
        });
    }

    /** The outcome of sending again, or of asking: what has no effect now says nothing about the request before it. */
    Delivery ofRepeat(Committed sent, PublishResult result, Guarantee guarantee, boolean last) {
        return unitOfWork.write(Urgency.DELIVERY, tx -> {
            Instant now = clock.instant();
            end(tx, sent, result, now);
            return switch (result) {
                case Published published -> published(tx, sent, published, guarantee, last, now);
                case Pending(String handle, Duration after) ->
                    save(
                            tx,
                            sent.delivery(),
                            sent.delivery()
                                    .on(DeliveryEvent.WAIT, now, Message.of("delivery.waiting.processing"))
                                    .then(NextAction.PROBE, now.plus(after))
                                    .pending(handle));
                case Unknown(Reason reason, Instant until) -> lose(tx, sent, reason, until, guarantee, now);
                case PublishResult.NoEffect none -> repeatedInVain(tx, sent, none, guarantee, now);
            };
        });
    }

    private Delivery repeatedInVain(
            Tx tx, Committed sent, PublishResult.NoEffect outcome, Guarantee guarantee, Instant now) {
        return switch (outcome) {
            case Unreachable(Reason reason, Instant until) -> lose(tx, sent, reason, until, guarantee, now);
            case Refused(Reason reason) -> {
                // It will be refused again: whether the first one is there is the only question left.
                Delivery lost = loseAgain(tx, sent, reason, now)
                        .attempted(
                                sent.delivery().attempts() + 1, sent.delivery().firstAttemptAt());
                Instant quietOver = plan.quietOver(
                        lost, Objects.requireNonNull(sent.segment().frozen()));
                yield save(tx, sent.delivery(), lost.then(NextAction.PROBE, quietOver));
            }
            case Throttled throttled -> {
                Instant until = until(throttled, now);
                if (throttled.scope() == PublishResult.Scope.CHANNEL) {
                    gate.throttle(tx, sent.delivery().channelId(), until, now);
                }
                Delivery lost = loseAgain(tx, sent, throttled.reason(), now);
                yield save(tx, sent.delivery(), gate.excused(lost, until, now).then(NextAction.SEND, until));
            }
            case Unauthorized(Reason reason) -> {
                holdChannel(tx, sent.delivery(), reason, now);
                Instant later = accounts.find(tx, sent.delivery().channelId())
                        .closedUntil(now)
                        .orElse(now);
                yield save(tx, sent.delivery(), loseAgain(tx, sent, reason, now).then(NextAction.SEND, later));
            }
        };
    }

    private Delivery loseAgain(Tx tx, Committed sent, Reason reason, Instant now) {
        deliveries.saveSegment(tx, sent.segment().in(SegmentState.UNKNOWN));
        return sent.delivery().on(DeliveryEvent.LOSE, now, reason.message());
    }

    /** An outcome before any intent: nothing left. */
    void ofPreparation(Delivery claimed, int segment, PublishResult.NoEffect outcome) {
        unitOfWork.write(Urgency.DELIVERY, tx -> {
            Instant now = clock.instant();
            Delivery current = deliveries.find(tx, claimed.id()).orElseThrow();
            if (current.version() != claimed.version()) {
                return current;
            }
            int number = deliveries.attempts(tx, claimed.id()).size() + 1;
            DeliveryAttempt attempt = new DeliveryAttempt(
                    claimed.id(),
                    number,
                    claimed.channelId(),
                    segment,
                    now,
                    now,
                    name(outcome),
                    false,
                    outcome.reason().httpStatus(),
                    outcome.reason().message(),
                    outcome.reason().excerpt());
            deliveries.startAttempt(tx, attempt);
            deliveries.endAttempt(tx, attempt);
            Instant first = current.firstAttemptAt() == null ? now : current.firstAttemptAt();
            return noEffect(tx, current, current.attempted(current.attempts(), first), outcome, now);
        });
    }

    /** Its channel is gone while it may be out: nobody is left to ask, so a person decides. */
    void withoutChannel(Delivery claimed) {
        unitOfWork.write(Urgency.DELIVERY, tx -> {
            Instant now = clock.instant();
            Delivery current = deliveries.find(tx, claimed.id()).orElseThrow();
            if (current.version() != claimed.version()) {
                return current;
            }
            Message reason = Message.of("delivery.channel.removed", "channel", current.channelId());
            Delivery lost = current.state() == DeliveryState.WAITING
                    ? current.on(DeliveryEvent.RESUME, now, null).on(DeliveryEvent.LOSE, now, reason)
                    : current.bumped();
            DeliverySegment open = deliveries.segments(tx, current.id()).stream()
                    .filter(segment -> segment.state().open())
                    .findFirst()
                    .orElseThrow();
            deliveries.saveSegment(tx, open.in(SegmentState.UNKNOWN));
            return save(tx, current, plan.afterLoss(tx, lost, open, Guarantee.of(Guarantee.Kind.NONE), now));
        });
    }

    /** An upload is still being processed by the network. */
    void ofProcessing(Delivery claimed, Duration after) {
        unitOfWork.write(Urgency.DELIVERY, tx -> {
            Instant now = clock.instant();
            Delivery current = deliveries.find(tx, claimed.id()).orElseThrow();
            if (current.version() == claimed.version()) {
                save(
                        tx,
                        current,
                        current.on(DeliveryEvent.WAIT, now, Message.of("delivery.waiting.processing"))
                                .then(NextAction.SEND, now.plus(after)));
            }
            return current;
        });
    }

    private Delivery published(
            Tx tx, Committed sent, Published result, Guarantee guarantee, boolean last, Instant now) {
        String remoteId = result.receipt().remoteId();
        if (deliveries.taken(
                tx,
                sent.delivery().channelId(),
                remoteId,
                sent.delivery().id(),
                sent.segment().index())) {
            return lose(tx, sent, Reason.of("delivery.remote-id.taken", "remoteId", remoteId), null, guarantee, now);
        }
        DeliverySegment out = sent.segment().published(result.receipt());
        deliveries.saveSegment(tx, out);
        Withdrawals.takeBack(tx, deliveries, removals, sent.delivery(), out, now);
        DeliveryEvent event = last ? DeliveryEvent.PUBLISH : DeliveryEvent.SEGMENT_PUBLISHED;
        return save(tx, sent.delivery(), sent.delivery().on(event, now, null).attempted(0, null));
    }

    private Delivery lose(
            Tx tx, Committed sent, Reason reason, @Nullable Instant until, Guarantee guarantee, Instant now) {
        Delivery lost = loseAgain(tx, sent, reason, now)
                .attempted(sent.delivery().attempts() + 1, sent.delivery().firstAttemptAt());
        Delivery planned = plan.afterLoss(tx, lost, sent.segment(), guarantee, now);
        return save(tx, sent.delivery(), notBefore(planned, until));
    }

    /** A server that says when to come back is not asked sooner. */
    private static Delivery notBefore(Delivery planned, @Nullable Instant until) {
        Instant at = planned.nextAt();
        return at != null && until != null && until.isAfter(at) ? planned.then(planned.nextAction(), until) : planned;
    }

    private Delivery exhausted(Tx tx, Delivery seen, Delivery delivery, Message why, Instant now) {
        notices.raise(tx, delivery.branch(), Notices.Kind.EXHAUSTED, delivery.id(), why);
        return save(tx, seen, delivery.on(DeliveryEvent.EXHAUST, now, why));
    }

    private Delivery noEffect(Tx tx, Delivery seen, PublishResult.NoEffect outcome, Instant now) {
        return noEffect(tx, seen, seen, outcome, now);
    }

    private Delivery noEffect(Tx tx, Delivery seen, Delivery delivery, PublishResult.NoEffect outcome, Instant now) {
        Message why = outcome.reason().message();
        return switch (outcome) {
            case Refused ignored -> {
                notices.raise(tx, delivery.branch(), Notices.Kind.REFUSED, delivery.id(), why);
                yield save(tx, seen, delivery.on(DeliveryEvent.REFUSE, now, why));
            }
            case Throttled ignored
            when retry.spent(delivery.firstAttemptAt(), now) -> exhausted(tx, seen, delivery, why, now);
            case Throttled throttled -> {
                Instant at = until(throttled, now);
                if (throttled.scope() == PublishResult.Scope.CHANNEL) {
                    gate.throttle(tx, delivery.channelId(), at, now);
                }
                Delivery waiting = delivery.on(DeliveryEvent.WAIT, now, why).then(NextAction.SEND, at);
                yield save(tx, seen, gate.excused(waiting, at, now));
            }
            case Unauthorized(Reason reason) -> {
                holdChannel(tx, delivery, reason, now);
                yield save(tx, seen, delivery.on(DeliveryEvent.HOLD, now, why).heldForItsChannel());
            }
            case Unreachable unreachable -> {
                int attempts = delivery.attempts() + 1;
                if (retry.spent(delivery.firstAttemptAt(), now)) {
                    yield exhausted(tx, seen, delivery, why, now);
                }
                yield save(
                        tx,
                        seen,
                        notBefore(
                                delivery.on(DeliveryEvent.WAIT, now, why)
                                        .attempted(attempts, delivery.firstAttemptAt())
                                        .then(NextAction.SEND, now.plus(retry.backOff(attempts))),
                                unreachable.until()));
            }
        };
    }

    private void holdChannel(Tx tx, Delivery delivery, Reason reason, Instant now) {
        boolean told = accounts.find(tx, delivery.channelId()).heldReason() != null;
        if (!told) {
            accounts.hold(tx, delivery.channelId(), Account.Finder.PUBLISHING, reason.message(), now);
            channels.unauthorized(tx, delivery.channelId(), reason);
            notices.raise(tx, delivery.branch(), Notices.Kind.CHANNEL_HELD, delivery.channelId(), reason.message());
        }
    }

    private Instant until(Throttled throttled, Instant now) {
        return throttled.until() == null ? now.plus(SHORTEST_THROTTLE).plus(retry.backOff(1)) : throttled.until();
    }

    private Delivery save(Tx tx, Delivery seen, Delivery changed) {
        if (!deliveries.save(tx, changed, seen.version())) {
            throw new IllegalStateException("delivery " + seen.id() + " was changed while " + seen.state());
        }
        return changed;
    }

    private void end(Tx tx, Committed sent, PublishResult result, Instant now) {
        DeliveryAttempt ended = sent.attempt().ended(now, name(result), reason(result));
        boolean free = result instanceof PublishResult.NoEffect && ended.costMicroUsd() > 0;
        if (free) {
            budget.giveBack(tx, ended);
        }
        deliveries.endAttempt(tx, free ? ended.free() : ended);
    }

    private static @Nullable Reason reason(PublishResult result) {
        return switch (result) {
            case Published ignored -> null;
            case Pending ignored -> null;
            case Unknown unknown -> unknown.reason();
            case PublishResult.NoEffect none -> none.reason();
        };
    }

    private static String name(PublishResult result) {
        return switch (result) {
            case Published ignored -> "published";
            case Pending ignored -> "pending";
            case Unknown ignored -> "unknown";
            case Refused ignored -> "refused";
            case Throttled ignored -> "throttled";
            case Unauthorized ignored -> "unauthorized";
            case Unreachable ignored -> "unreachable";
        };
    }
}
