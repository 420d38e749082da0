package org.tocsin.publishing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Account;
import org.tocsin.delivery.AccountRepository;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryEvent;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.Notices;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Networks;
import org.tocsin.network.SessionStore;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/** Adds, checks and removes channels. A channel that is dead is told at once; one that works again lets its deliveries go on. */
public final class ChannelAdministration {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private final UnitOfWork unitOfWork;
    private final ChannelRepository channels;
    private final AccountRepository accounts;
    private final DeliveryRepository deliveries;
    private final SessionStore sessions;
    private final Networks networks;
    private final Notices notices;
    private final AuditTrail audit;
    private final Clock clock;
    private final Wakeup wakeup;

    public ChannelAdministration(
            UnitOfWork unitOfWork,
            ChannelRepository channels,
            AccountRepository accounts,
            DeliveryRepository deliveries,
            SessionStore sessions,
            Networks networks,
            Notices notices,
            AuditTrail audit,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.channels = channels;
        this.accounts = accounts;
        this.deliveries = deliveries;
        this.sessions = sessions;
        this.networks = networks;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
        this.wakeup = wakeup;
    }

    /**
     * Adds a channel, or gives an existing one new settings and secrets (a reconnection).
     *
     * @param id           lower case letters, digits, hyphens; null makes one from the network's name
     * @param inDefaultSet whether posts that name no channel go there
     * @throws FaultException INVALID with every missing or wrong setting and secret
     */
    public Channel save(
            Actor actor,
            @Nullable String id,
            @Nullable String name,
            String network,
            Map<String, String> settings,
            Map<String, Secret> secrets,
            boolean inDefaultSet) {
        actor.require(Scope.ADMIN);
        if (networks.find(network).isEmpty()) {
            throw FaultException.invalid("/network", Message.of("publishing.network.unknown", "value", network));
        }
        if (id != null && !ID.matcher(id).matches()) {
            throw FaultException.invalid("/id", Message.of("publishing.channel.id", "value", id));
        }
        Channel saved = unitOfWork.write(Urgency.REQUEST, tx -> {
            String chosen = id == null ? free(tx, network) : id;
            Channel before = channels.find(tx, chosen).orElse(null);
            if (before == null && channels.known(tx, chosen)) {
                throw FaultException.invalid("/id", Message.of("publishing.channel.id.used", "value", chosen));
            }
            if (before != null && !before.network().equals(network)) {
                throw FaultException.invalid("/network", Message.of("publishing.channel.network", "id", chosen));
            }
            Map<String, Secret> kept = new TreeMap<>(before == null ? Map.of() : before.secrets());
            kept.putAll(secrets);
            Channel channel = new Channel(
                    chosen,
                    actor.branch(),
                    name == null || name.isBlank() ? chosen : name.strip(),
                    network,
                    settings,
                    kept,
                    before == null ? clock.instant() : before.createdAt());
            List<Fault> faults = new ArrayList<>(networks.of(channel).validate(channel));
            if (!faults.isEmpty()) {
                throw new FaultException(Kind.INVALID, faults);
            }
            if (before == null) {
                channels.insert(tx, channel, inDefaultSet);
            } else {
                channels.update(tx, channel);
                channels.setDefault(tx, chosen, inDefaultSet);
            }
            audit.add(tx, actor, before == null ? "channel.add" : "channel.change", chosen, "network=" + network);
            return channel;
        });
        sessions.forget(saved);
        return saved;
    }

    private String free(Tx tx, String network) {
        for (int i = 1; ; i++) {
            String id = i == 1 ? network : network + "-" + i;
            if (!channels.known(tx, id)) {
                return id;
            }
        }
    }

    /** Takes a channel out of use; its secrets are erased, what it has delivered stays known. */
    public void remove(Actor actor, String id) {
        actor.require(Scope.ADMIN);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            Channel channel = channels.find(tx, id)
                    .filter(found -> found.branch().equals(actor.branch()))
                    .orElseThrow(() -> FaultException.notFound("channel", id));
            channels.remove(tx, id, clock.instant());
            accounts.release(tx, id);
            audit.add(tx, actor, "channel.remove", id, "network=" + channel.network());
            return id;
        });
    }

    /** @return the channels of the branch */
    public List<Channel> all(Actor actor) {
        return unitOfWork.read(tx -> channels.all(tx, actor.branch()));
    }

    /** Asks the network whether the channel works; held deliveries go on when it does again. For people: see {@link #checkAll}. */
    public ChannelHealth check(Actor actor, String id) {
        return check(actor, id, true);
    }

    private ChannelHealth check(Actor actor, String id, boolean person) {
        Channel channel = unitOfWork
                .read(tx -> channels.find(tx, id))
                .filter(found -> found.branch().equals(actor.branch()))
                .orElseThrow(() -> FaultException.notFound("channel", id));
        ChannelHealth health = networks.of(channel).check(channel);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            ChannelHealth before = channels.health(tx, id);
            channels.saveHealth(tx, id, health);
            Account account = accounts.find(tx, id);
            boolean good =
                    health.status() == ChannelHealth.Status.OK && (person || account.heldBy() == Account.Finder.CHECK);
            if (good && accounts.release(tx, id)) {
                release(tx, channel);
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
            }
            return health;
        });
        wakeup.ring();
        return health;
    }

    /** What waited for the channel goes on; what has become late meanwhile is held for that by the queue. */
    private void release(Tx tx, Channel channel) {
        Instant now = clock.instant();
        for (Delivery delivery : deliveries.inState(tx, DeliveryState.HELD)) {
            boolean waited = delivery.channelId().equals(channel.id())
                    && delivery.nextAction() == NextAction.PERSON
                    && delivery.heldForChannel();
            if (waited) {
                deliveries.save(tx, delivery.on(DeliveryEvent.RELEASE, now, null), delivery.version());
            }
        }
        for (Delivery delivery : deliveries.inState(tx, DeliveryState.UNKNOWN)) {
            if (delivery.channelId().equals(channel.id()) && delivery.nextAction() != NextAction.PERSON) {
                deliveries.save(tx, delivery.then(delivery.nextAction(), now), delivery.version());
            }
        }
    }

    /**
     * Asks every channel; one that cannot be asked harms no other. Called from time to time. What publishing has found (credits that are
     * spent, a right that is missing) a check cannot disprove, and so does not lift.
     */
    public void checkAll() {
        Actor daemon = Actor.daemon(BranchId.MAIN);
        for (Channel channel : all(daemon)) {
            check(daemon, channel.id(), false);
        }
    }
}
