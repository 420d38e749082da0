package org.tocsin.publishing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Account;
import org.tocsin.delivery.AccountRepository;
import org.tocsin.delivery.Budget;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Notices;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Cost;
import org.tocsin.network.Networks;
import org.tocsin.network.Query;
import org.tocsin.network.Reason;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;

/** Asks networks whether channels work, within what may be spent; holds what is dead and lets go on what works again. */
final class ChannelChecks {
    private static final Duration EXPIRES_SOON = Duration.ofDays(7);

    private final UnitOfWork unitOfWork;
    private final ChannelRepository channels;
    private final AccountRepository accounts;
    private final ChannelDeliveries waiting;
    private final Networks networks;
    private final Notices notices;
    private final AuditTrail audit;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Budget budget;

    ChannelChecks(
            UnitOfWork unitOfWork,
            ChannelRepository channels,
            AccountRepository accounts,
            ChannelDeliveries waiting,
            Networks networks,
            Notices notices,
            AuditTrail audit,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.channels = channels;
        this.accounts = accounts;
        this.waiting = waiting;
        this.networks = networks;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
        this.wakeup = wakeup;
        this.budget = new Budget(accounts);
    }

    /** @param person whether a person asks: then what is refused is said, and what publishing has found may be lifted */
    ChannelHealth check(Actor actor, String id, boolean person) {
        Channel channel = unitOfWork
                .read(tx -> channels.find(tx, id))
                .filter(found -> found.branch().equals(actor.branch()))
                .orElseThrow(() -> FaultException.notFound("channel", id));
        Cost cost = networks.of(channel).cost(channel, Query.CHECK);
        Instant asked = clock.instant();
        Optional<Message> refusal = unitOfWork.write(Urgency.REQUEST, tx -> booked(tx, channel, cost, asked));
        if (refusal.isPresent()) {
            if (person) {
                throw FaultException.conflict(refusal.get());
            }
            return unitOfWork.read(tx -> channels.health(tx, id));
        }
        ChannelHealth health = networks.of(channel).check(channel);
        ChannelHealth after = unitOfWork.write(Urgency.REQUEST, tx -> {
            ChannelHealth before = channels.health(tx, id);
            if (health.status() != ChannelHealth.Status.OK && !known(before, asked)) {
                budget.giveBack(tx, id, cost, asked);
            }
            Account account = accounts.find(tx, id);
            boolean good =
                    health.status() == ChannelHealth.Status.OK && (person || account.heldBy() == Account.Finder.CHECK);
            if (good && accounts.release(tx, id)) {
                waiting.release(tx, channel, clock.instant());
                notices.close(tx, channel.branch(), Set.of(Notices.Kind.CHANNEL_HELD), id);
                audit.add(tx, actor, "channel.release", id, "");
            }
            boolean died = health.status() == ChannelHealth.Status.UNAUTHORIZED
                    && before.status() != ChannelHealth.Status.UNAUTHORIZED;
            if (died && health.reason() != null && account.heldReason() == null) {
                accounts.hold(tx, id, Account.Finder.CHECK, health.reason().message(), clock.instant());
                notices.raise(
                        tx,
                        channel.branch(),
                        Notices.Kind.CHANNEL_HELD,
                        id,
                        health.reason().message());
                audit.add(
                        tx, actor, "channel.hold", id, health.reason().message().code());
            }
            expiring(tx, channel);
            ChannelHealth shown = shown(tx, id, health);
            channels.saveHealth(tx, id, shown);
            return shown;
        });
        wakeup.ring();
        return after;
    }

    /** The same account is charged once a day of UTC, however often it is asked for. */
    private Optional<Message> booked(Tx tx, Channel channel, Cost cost, Instant now) {
        if (known(channels.health(tx, channel.id()), now)) {
            return Optional.empty();
        }
        Optional<Message> refusal = budget.passed(tx, channel, cost, now)
                .map(passed -> Message.of(
                        "publishing.check.budget",
                        "channel",
                        channel.id(),
                        "ceiling",
                        passed.dollars(),
                        "month",
                        passed.month()));
        if (refusal.isEmpty()) {
            budget.book(tx, channel.id(), cost, now);
        }
        return refusal;
    }

    /** What holds the channel is what is shown, also where a check that only reads went well. */
    private ChannelHealth shown(Tx tx, String id, ChannelHealth health) {
        Message held = accounts.find(tx, id).heldReason();
        return held == null || health.status() == ChannelHealth.Status.UNAUTHORIZED
                ? health
                : new ChannelHealth(
                        ChannelHealth.Status.UNAUTHORIZED,
                        new Reason(held, null, ""),
                        health.account(),
                        health.checkedAt());
    }

    /** Only a check that was answered tells the account. */
    private static boolean known(ChannelHealth before, Instant now) {
        return before.toldOnDayOf(now);
    }

    /** Tells once of a token that ends within a week; of the one that replaces it, again when its time comes. */
    private void expiring(Tx tx, Channel channel) {
        channel.setting(ChannelSettings.EXPIRES).map(Instant::parse).ifPresent(end -> {
            Message message = Message.of("publishing.token.expiring", "channel", channel.id(), "at", end);
            boolean told = notices.told(tx, channel.branch(), Notices.Kind.TOKEN_EXPIRING, channel.id(), message);
            if (!told) {
                // Another token has taken the place of the one that was told of.
                notices.close(tx, channel.branch(), Set.of(Notices.Kind.TOKEN_EXPIRING), channel.id());
            }
            boolean soon = !clock.instant().isBefore(end.minus(EXPIRES_SOON));
            if (soon && !told) {
                notices.raise(tx, channel.branch(), Notices.Kind.TOKEN_EXPIRING, channel.id(), message);
            }
        });
    }
}
