package org.tocsin.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.DeliverySegment.Frozen;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;
import org.tocsin.network.Intent;
import org.tocsin.network.Rate;

/**
 * Commits what is about to be done, before the first byte leaves. Version, freeze, hold, rates and budget are checked in the same
 * transaction, so that nothing can come between the check and the intent.
 */
final class Intents {
    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final ChannelRepository channels;
    private final AccountRepository accounts;
    private final Gate gate;
    private final Budget budget;
    private final Clock clock;

    Intents(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            ChannelRepository channels,
            AccountRepository accounts,
            Gate gate,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.channels = channels;
        this.accounts = accounts;
        this.gate = gate;
        this.budget = new Budget(accounts);
        this.clock = clock;
    }

    /** A request that was made and not yet committed. */
    record Request(
            String body,
            String text,
            String textHash,
            @Nullable String parentId) {
        private Frozen at(Instant now) {
            return Frozen.first(body, text, textHash, parentId, now);
        }
    }

    /** A committed intent: the row in SENDING, and what to send. */
    record Committed(Delivery delivery, DeliverySegment segment, Intent intent, DeliveryAttempt attempt) {}

    /**
     * The intent of a first sending, or of one after its absence was proven.
     *
     * @param request null when the segment's request is frozen already
     * @return empty when the delivery must not go out now: it has been held, put off, cancelled or changed
     */
    Optional<Committed> send(
            Channel channel,
            Delivery claimed,
            DeliverySegment row,
            @Nullable Request request,
            List<Rate> rates,
            Cost cost) {
        return unitOfWork.write(Urgency.DELIVERY, tx -> {
            Instant now = clock.instant();
            Delivery current = deliveries.find(tx, claimed.id()).orElseThrow();
            if (current.version() != claimed.version()) {
                return Optional.empty();
            }
            Optional<Channel> stands = channels.find(tx, channel.id());
            if (!stands.filter(found -> same(found, channel)).isPresent()) {
                otherwise(tx, channel, stands, current, now);
                return Optional.empty();
            }
            Optional<Message> hold = held(tx, channel, current, cost, now);
            if (hold.isPresent()) {
                gate.hold(tx, current, hold.get(), now);
                return Optional.empty();
            }
            Optional<Instant> free = freeAgain(tx, channel, rates, now);
            if (free.isPresent()) {
                Message reason = Message.of("delivery.waiting.rate", "channel", channel.id());
                gate.throttle(tx, channel.id(), free.get(), now);
                Delivery waiting = current.on(DeliveryEvent.WAIT, now, reason).then(NextAction.SEND, free.get());
                deliveries.save(tx, gate.excused(waiting, free.get(), now), current.version());
                return Optional.empty();
            }
            Frozen frozen = row.frozen() != null
                    ? row.frozen().again(now)
                    : Objects.requireNonNull(request).at(now);
            return Optional.of(commit(tx, channel, current, DeliveryEvent.INTENT, row, frozen, cost, now));
        });
    }

    /**
     * The intent of sending the same request again under the same key, without knowing whether the first had its effect. It is a sending:
     * what forbids or delays one forbids or delays this.
     *
     * @return empty when it must not go out now: it stays UNKNOWN, and it is said when to look again
     */
    Optional<Committed> resend(Channel channel, Delivery unknown, DeliverySegment row, List<Rate> rates) {
        return unitOfWork.write(Urgency.DELIVERY, tx -> {
            Instant now = clock.instant();
            Delivery current = deliveries.find(tx, unknown.id()).orElseThrow();
            // Where the channel is another by now, whoever looks next asks that one.
            if (current.version() != unknown.version() || row.frozen() == null || !stands(tx, channel)) {
                return Optional.empty();
            }
            Optional<Instant> later = closed(tx, channel, current, rates, now);
            if (later.isPresent()) {
                deliveries.save(
                        tx, current.then(current.nextAction(), later.get()).bumped(), current.version());
                return Optional.empty();
            }
            Frozen frozen = row.frozen().again(now);
            return Optional.of(commit(tx, channel, current, DeliveryEvent.RESEND, row, frozen, Cost.FREE, now));
        });
    }

    private Optional<Instant> closed(Tx tx, Channel channel, Delivery unknown, List<Rate> rates, Instant now) {
        Optional<Instant> closed = accounts.find(tx, channel.id()).closedUntil(now);
        if (closed.isPresent()) {
            return closed;
        }
        if (gate.repeatForbidden(tx, unknown, now).isPresent()) {
            // Whoever looks next finds that it is forbidden, and asks the network instead.
            return Optional.of(now);
        }
        Optional<Instant> free = freeAgain(tx, channel, rates, now);
        free.ifPresent(until -> gate.throttle(tx, channel.id(), until, now));
        return free;
    }

    /**
     * The intent of asking for what the network is processing. It publishes nothing that was not asked for before, so a freeze does not
     * forbid it: only by asking is it known what is out.
     *
     * @return empty when it was changed, or the account is closed now
     */
    Optional<Committed> resume(Channel channel, Delivery waiting, DeliverySegment row) {
        return unitOfWork.write(Urgency.DELIVERY, tx -> {
            Instant now = clock.instant();
            Delivery current = deliveries.find(tx, waiting.id()).orElseThrow();
            if (current.version() != waiting.version() || row.frozen() == null || !stands(tx, channel)) {
                return Optional.empty();
            }
            Optional<Instant> closed = accounts.find(tx, channel.id()).closedUntil(now);
            if (closed.isPresent()) {
                deliveries.save(tx, current.then(NextAction.PROBE, closed.get()).bumped(), current.version());
                return Optional.empty();
            }
            return Optional.of(commit(tx, channel, current, DeliveryEvent.RESUME, row, row.frozen(), Cost.FREE, now));
        });
    }

    private boolean stands(Tx tx, Channel seen) {
        return channels.find(tx, seen.id()).filter(found -> same(found, seen)).isPresent();
    }

    private static boolean same(Channel one, Channel other) {
        return one.settings().equals(other.settings()) && one.secrets().equals(other.secrets());
    }

    /** While this was made ready its channel was removed, or given other settings: ceiling, rates, account. */
    private void otherwise(Tx tx, Channel seen, Optional<Channel> stands, Delivery current, Instant now) {
        if (stands.isEmpty()) {
            Message gone = Message.of("delivery.channel.removed", "channel", seen.id());
            boolean begun = deliveries.segments(tx, current.id()).stream()
                    .anyMatch(segment -> segment.state() != SegmentState.PENDING);
            if (begun) {
                gate.hold(tx, current, gone, now);
            } else {
                deliveries.save(tx, current.on(DeliveryEvent.CANCEL, now, gone), current.version());
            }
            return;
        }
        String since = Channel.ACCOUNT_SINCE_SETTING;
        if (!stands.get().setting(since).equals(seen.setting(since))) {
            FormerAccount.forget(tx, deliveries, current.id());
        }
        deliveries.save(tx, current.on(DeliveryEvent.RESTART, now, null), current.version());
    }

    private Committed commit(
            Tx tx,
            Channel channel,
            Delivery current,
            DeliveryEvent event,
            DeliverySegment row,
            Frozen frozen,
            Cost cost,
            Instant now) {
        Instant first = current.firstAttemptAt() == null ? now : current.firstAttemptAt();
        Delivery sending = current.on(event, now, null).attempted(current.attempts(), first);
        DeliverySegment segment = row.frozen(frozen).in(SegmentState.SENDING);
        int number = deliveries.attempts(tx, current.id()).size() + 1;
        DeliveryAttempt attempt = new DeliveryAttempt(
                current.id(),
                number,
                channel.id(),
                row.index(),
                now,
                null,
                "running",
                event != DeliveryEvent.RESUME,
                null,
                null,
                "",
                cost.microUsd());
        deliveries.save(tx, sending, current.version());
        deliveries.saveSegment(tx, segment);
        deliveries.startAttempt(tx, attempt);
        budget.book(tx, channel.id(), cost, now);
        return new Committed(sending, segment, intent(segment, sending), attempt);
    }

    /** @return the intent as the adapter needs it, from the committed row */
    Intent intent(DeliverySegment segment, Delivery delivery) {
        Frozen frozen = Objects.requireNonNull(segment.frozen());
        return new Intent(
                segment.key(),
                frozen.body(),
                frozen.text(),
                frozen.textHash(),
                frozen.parentId(),
                frozen.firstAt(),
                frozen.at(),
                remoteId -> unitOfWork.read(
                        tx -> deliveries.taken(tx, delivery.channelId(), remoteId, delivery.id(), segment.index())));
    }

    private Optional<Message> held(Tx tx, Channel channel, Delivery delivery, Cost cost, Instant now) {
        Account account = accounts.find(tx, channel.id());
        if (account.heldReason() != null) {
            return Optional.of(Message.of("delivery.held.channel", "channel", channel.id()));
        }
        if (FormerAccount.began(channel, deliveries.segments(tx, delivery.id()))) {
            return Optional.of(Message.of("delivery.account.thread", "channel", channel.id()));
        }
        Optional<Message> forbidden = gate.forbidden(tx, delivery, now);
        if (forbidden.isPresent()) {
            return forbidden;
        }
        return budget.passed(tx, channel, cost, now)
                .map(passed ->
                        Message.of("delivery.held.budget", "channel", channel.id(), "ceiling", passed.dollars()));
    }

    private Optional<Instant> freeAgain(Tx tx, Channel channel, List<Rate> rates, Instant now) {
        Instant latest = null;
        for (Rate rate : rates) {
            List<Instant> sends = deliveries.sends(tx, channel.id(), now.minus(rate.window()), rate.permits());
            if (sends.size() >= rate.permits()) {
                Instant free = sends.getLast().plus(rate.window()).plusMillis(1);
                latest = latest == null || free.isAfter(latest) ? free : latest;
            }
        }
        return Optional.ofNullable(latest);
    }
}
