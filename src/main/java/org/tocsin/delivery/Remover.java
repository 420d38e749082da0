package org.tocsin.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.Networks;
import org.tocsin.network.Query;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;

/**
 * Takes segments back from their networks; possible also in a freeze. A removal is repeated until it is done or refused; of each channel
 * one is asked for at a time, and none while its account is held or throttled.
 */
public final class Remover implements DueQueue<Removal> {
    /** So many attempts in vain take some hours; then a person is told, once, and it is tried on. */
    private static final int LONG = 10;

    private static final Logger log = LoggerFactory.getLogger(Remover.class);

    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final RemovalRepository removals;
    private final AccountRepository accounts;
    private final ChannelRepository channels;
    private final Networks networks;
    private final Notices notices;
    private final RetryPolicy retry;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Budget budget;
    private final Set<String> busy;

    public Remover(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            RemovalRepository removals,
            AccountRepository accounts,
            ChannelRepository channels,
            Networks networks,
            Notices notices,
            RetryPolicy retry,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.removals = removals;
        this.accounts = accounts;
        this.channels = channels;
        this.networks = networks;
        this.notices = notices;
        this.retry = retry;
        this.clock = clock;
        this.wakeup = wakeup;
        this.budget = new Budget(accounts);
        this.busy = ConcurrentHashMap.newKeySet();
    }

    @Override
    public List<Removal> claim(int max) {
        return unitOfWork.read(tx -> removals.due(tx, clock.instant(), max)).stream()
                .filter(removal -> busy.add(removal.channelId()))
                .toList();
    }

    @Override
    public void release(Removal removal) {
        busy.remove(removal.channelId());
    }

    @Override
    public Object key(Removal removal) {
        return removal.deliveryId() + "#" + removal.segment();
    }

    @Override
    public Optional<Instant> nextAt() {
        return unitOfWork.read(removals::nextAt);
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** Asks the network once. */
    public void remove(Removal claimed) {
        Optional<Removal> row = unitOfWork.read(tx -> removals.of(tx, claimed.deliveryId())).stream()
                .filter(removal -> removal.segment() == claimed.segment())
                .findFirst();
        // It was claimed from a look at the rows: it may have been done since.
        if (!row.filter(claimed::equals).isPresent() || waits(claimed)) {
            return;
        }
        Optional<Channel> channel = unitOfWork.read(tx -> channels.find(tx, claimed.channelId()));
        Receipt receipt = unitOfWork
                .read(tx -> deliveries.segments(tx, claimed.deliveryId()))
                .get(claimed.segment())
                .receipt();
        if (channel.isEmpty() || receipt == null) {
            record(
                    claimed,
                    new DeleteResult.Refused(Reason.of("delivery.channel.removed", "channel", claimed.channelId())));
        } else if (receipt.remoteId().startsWith(Removal.RESOLVED)) {
            record(
                    claimed,
                    new DeleteResult.Refused(Reason.of("delivery.delete.resolved", "channel", claimed.channelId())));
        } else if (FormerAccount.published(channel.get(), receipt)) {
            record(
                    claimed,
                    new DeleteResult.Refused(
                            Reason.of("delivery.delete.other-account", "channel", claimed.channelId())));
        } else {
            Cost cost = networks.of(channel.get()).cost(channel.get(), Query.DELETE);
            Instant booked = clock.instant();
            if (booked(claimed, channel.get(), cost, booked)) {
                DeleteResult result = delete(channel.get(), receipt);
                unitOfWork.write(Urgency.DELIVERY, tx -> {
                    // A post is deleted once: what was not answered yet is paid when a repeat is told that it is gone.
                    if (!(result instanceof DeleteResult.Gone)) {
                        budget.giveBack(tx, claimed.channelId(), cost, booked);
                    }
                    return record(tx, claimed, result);
                });
            }
        }
    }

    private boolean waits(Removal removal) {
        return unitOfWork.write(Urgency.DELIVERY, tx -> {
            Account account = accounts.find(tx, removal.channelId());
            Optional<Instant> closed = account.closedUntil(clock.instant());
            closed.ifPresent(until -> {
                if (account.heldReason() == null) {
                    removals.postpone(tx, removal.channelId(), until);
                } else {
                    removals.hold(tx, removal.channelId(), account.heldReason(), until);
                }
            });
            return closed.isPresent();
        });
    }

    private DeleteResult delete(Channel channel, Receipt receipt) {
        try {
            return networks.of(channel).delete(channel, receipt);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("an adapter failed while taking back");
            return new DeleteResult.Unclear(Reason.of("delivery.internal"));
        }
    }

    /** @return whether it may be asked for; where the ceiling forbids it, it waits, and a person is told once a month */
    private boolean booked(Removal removal, Channel channel, Cost cost, Instant now) {
        if (cost.microUsd() == 0) {
            return true;
        }
        return unitOfWork.write(Urgency.DELIVERY, tx -> {
            Optional<Message> refusal = budget.passed(tx, channel, cost, now)
                    .map(passed -> Message.of(
                            "delivery.delete.budget",
                            "channel",
                            channel.id(),
                            "ceiling",
                            passed.dollars(),
                            "month",
                            passed.month()));
            if (refusal.isEmpty()) {
                notices.close(tx, removal.branch(), Set.of(Notices.Kind.BUDGET), channel.id());
                budget.book(tx, channel.id(), cost, now);
                return true;
            }
            removals.hold(tx, channel.id(), refusal.get(), now.plus(Account.LOOK_AGAIN));
            if (!notices.told(tx, removal.branch(), Notices.Kind.BUDGET, channel.id(), refusal.get())) {
                notices.raise(tx, removal.branch(), Notices.Kind.BUDGET, channel.id(), refusal.get());
            }
            return false;
        });
    }

    private void record(Removal removal, DeleteResult result) {
        unitOfWork.write(Urgency.DELIVERY, tx -> record(tx, removal, result));
    }

    private Removal record(Tx tx, Removal removal, DeleteResult result) {
        Instant now = clock.instant();
        switch (result) {
            case DeleteResult.Gone ignored -> {
                if (removals.save(tx, removal.after(Removal.State.GONE, null, null))) {
                    Withdrawals.gone(tx, deliveries, removals, notices, removal, now);
                }
            }
            case DeleteResult.Later(Reason reason, Instant until) ->
                again(tx, removal, removal.state(), reason, until, now);
            case DeleteResult.Unclear(Reason reason, Instant until) ->
                again(tx, removal, Removal.State.UNKNOWN, reason, until, now);
            case DeleteResult.Unauthorized(Reason reason) -> unauthorized(tx, removal, reason, now);
            case DeleteResult.Refused(Reason reason) -> {
                if (removals.save(tx, removal.after(Removal.State.REFUSED, reason.message(), null))) {
                    notices.raise(
                            tx, removal.branch(), Notices.Kind.DELETE_REFUSED, removal.deliveryId(), reason.message());
                }
            }
        }
        return removal;
    }

    /**
     * It is repeated. What has no effect now says nothing about the request before it: what was unknown stays unknown.
     *
     * @param until before which the network does not want to be asked, null where it does not say
     */
    private void again(
            Tx tx, Removal removal, Removal.State state, Reason reason, @Nullable Instant until, Instant now) {
        Instant next = now.plus(retry.backOff(removal.attempts() + 1));
        boolean named = until != null && until.isAfter(now);
        removals.save(tx, removal.after(state, reason.message(), named ? until : next));
        if (removal.attempts() == LONG) {
            notices.raise(
                    tx,
                    removal.branch(),
                    Notices.Kind.DELETE_REFUSED,
                    removal.deliveryId(),
                    Message.of("delivery.delete.long", "channel", removal.channelId()));
        }
        if (named) {
            removals.postpone(tx, removal.channelId(), until);
        }
    }

    /** It waits with the deliveries of its channel until that works again. */
    private void unauthorized(Tx tx, Removal removal, Reason reason, Instant now) {
        if (accounts.find(tx, removal.channelId()).heldReason() == null) {
            accounts.hold(tx, removal.channelId(), Account.Finder.PUBLISHING, reason.message(), now);
            channels.unauthorized(tx, removal.channelId(), reason);
            notices.raise(tx, removal.branch(), Notices.Kind.CHANNEL_HELD, removal.channelId(), reason.message());
        }
        Instant later = accounts.find(tx, removal.channelId()).closedUntil(now).orElse(now);
        removals.save(tx, removal.after(removal.state(), reason.message(), later));
    }
}
