package org.tocsin.publishing;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
import org.tocsin.delivery.AccountRepository;
import org.tocsin.delivery.Budget;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.Notices;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Cost;
import org.tocsin.network.Network;
import org.tocsin.network.Networks;
import org.tocsin.network.Query;
import org.tocsin.network.SessionStore;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/** Adds, checks and removes channels. A channel that is dead is told at once; one that works again lets its deliveries go on. */
public final class ChannelAdministration {
    private static final Logger log = LoggerFactory.getLogger(ChannelAdministration.class);
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private final UnitOfWork unitOfWork;
    private final ChannelRepository channels;
    private final AccountRepository accounts;
    private final ChannelDeliveries waiting;
    private final SessionStore sessions;
    private final Networks networks;
    private final Notices notices;
    private final AuditTrail audit;
    private final Clock clock;
    private final ChannelChecks checks;
    private final ChannelRule rule;

    /** @param rule looked at before a channel is kept */
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
            Wakeup wakeup,
            ChannelRule rule) {
        this.rule = rule;
        this.unitOfWork = unitOfWork;
        this.channels = channels;
        this.accounts = accounts;
        this.waiting = new ChannelDeliveries(deliveries, notices);
        this.sessions = sessions;
        this.networks = networks;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
        this.checks =
                new ChannelChecks(unitOfWork, channels, accounts, waiting, networks, notices, audit, clock, wakeup);
    }

    /**
     * What a channel is to have. One that exists keeps what is not given here.
     *
     * @param id           lower case letters, digits, hyphens; null makes one from the network's name
     * @param name         for people; null for the account's, or the id
     * @param settings     an empty value takes one away
     * @param inDefaultSet whether posts that name no channel go there; null for yes, or as it was
     * @param otherAccount whether an existing channel may become one of another account
     */
    public record Wanted(
            @Nullable String id,
            @Nullable String name,
            String network,
            Map<String, String> settings,
            Map<String, Secret> secrets,
            @Nullable Boolean inDefaultSet,
            boolean otherAccount) {
        Wanted as(String channelId) {
            return new Wanted(channelId, name, network, settings, secrets, inDefaultSet, otherAccount);
        }
    }

    /**
     * Adds a channel, or gives an existing one other settings and secrets, from what a person has typed.
     *
     * @throws FaultException INVALID with every missing, wrong or unknown setting and secret; CONFLICT
     *     ({@code publishing.channel.other}) for another account
     */
    public Channel save(Actor actor, Wanted wanted) {
        Network network = network(wanted);
        List<Fault> unknown = ChannelSettings.unknown(network, wanted.settings());
        if (!unknown.isEmpty()) {
            throw new FaultException(Kind.INVALID, unknown);
        }
        return save(actor, wanted, wanted.id(), tx -> wanted);
    }

    /**
     * The same, and nothing is kept unless the network says that it works. A check that costs money is left to a person.
     *
     * @throws FaultException as for {@link #save}; INVALID with the network's reason at what is wrong
     */
    public Channel saveChecked(Actor actor, Wanted wanted) {
        actor.require(Scope.ADMIN);
        network(wanted);
        identifiable("/id", wanted.id());
        Draft draft = unitOfWork.read(tx -> draft(tx, actor, wanted, wanted.id()));
        Channel channel = draft.channel();
        Channel before = draft.before();
        boolean same = before != null
                && before.settings().equals(channel.settings())
                && before.secrets().equals(channel.secrets());
        if (!same && networks.of(channel).cost(channel, Query.CHECK).equals(Cost.FREE)) {
            refuseBroken(channel);
        }
        return save(actor, wanted);
    }

    private void refuseBroken(Channel channel) {
        // Under a name of its own, so that the session of a channel that works is neither believed nor lost.
        Channel tried = new Channel(
                "check-" + UUID.randomUUID(),
                channel.branch(),
                channel.name(),
                channel.network(),
                channel.settings(),
                channel.secrets(),
                channel.createdAt());
        ChannelHealth health = networks.of(tried).check(tried);
        sessions.forget(tried);
        String address = channel.settings().containsKey("baseUrl") ? "/settings/baseUrl" : "/settings";
        String pointer = switch (health.status()) {
            case UNAUTHORIZED -> "/secrets";
            case UNREACHABLE -> address;
            // What works is kept, though something needs attention soon.
            case OK, UNCHECKED, DEGRADED -> null;
        };
        if (pointer != null && health.reason() != null) {
            throw FaultException.invalid(pointer, health.reason().message());
        }
    }

    /**
     * Adds a channel, or reconnects an existing one, with what a network has told.
     *
     * @param account as the network shows it: the name of a new channel that has none
     * @throws FaultException as for {@link #save}; INVALID where the account is another channel already
     */
    public Channel connect(Actor actor, Wanted wanted, String account) {
        network(wanted);
        return save(actor, wanted, account, tx -> known(tx, actor, wanted));
    }

    /** Looked at where it is written: of two answers at the same time, the second finds the channel of the first. */
    private Wanted known(Tx tx, Actor actor, Wanted wanted) {
        Optional<String> same = same(tx, actor, wanted);
        if (wanted.id() != null && same.isPresent() && !same.get().equals(wanted.id())) {
            throw FaultException.invalid(
                    "/channelId", Message.of("publishing.channel.same", "id", wanted.id(), "other", same.get()));
        }
        return wanted.id() != null ? wanted : same.map(wanted::as).orElse(wanted);
    }

    private Network network(Wanted wanted) {
        return networks.find(wanted.network())
                .orElseThrow(() -> FaultException.invalid(
                        "/network", Message.of("publishing.network.unknown", "value", wanted.network())));
    }

    /**
     * Before a person is led through a dialogue that would end in a refusal.
     *
     * @param pointer of the field, for the fault
     * @param id      null where one shall be chosen
     * @throws FaultException INVALID when no channel can have it
     */
    public static void identifiable(String pointer, @Nullable String id) {
        if (id != null && !ID.matcher(id).matches()) {
            throw FaultException.invalid(pointer, Message.of("publishing.channel.id", "value", id));
        }
    }

    private Channel save(Actor actor, Wanted asked, @Nullable String usualName, Function<Tx, Wanted> known) {
        actor.require(Scope.ADMIN);
        identifiable("/id", asked.id());
        Channel saved = unitOfWork.write(Urgency.REQUEST, tx -> {
            Wanted wanted = known.apply(tx);
            Draft draft = draft(tx, actor, wanted, usualName);
            Channel channel = draft.channel();
            if (draft.otherAccount()) {
                waiting.leave(tx, channel.id(), clock.instant());
            }
            if (draft.before() == null) {
                channels.insert(tx, channel, !Boolean.FALSE.equals(wanted.inDefaultSet()));
            } else {
                channels.update(tx, channel);
                if (wanted.inDefaultSet() != null) {
                    channels.setDefault(tx, channel.id(), wanted.inDefaultSet());
                }
            }
            String action = draft.before() == null ? "channel.add" : "channel.change";
            audit.add(tx, actor, action, channel.id(), "network=" + wanted.network() + approval(draft));
            return channel;
        });
        sessions.forget(saved);
        return saved;
    }

    /** Who turned the second pair of eyes on or off is told apart. */
    private static String approval(Draft draft) {
        boolean was = draft.before() != null && ApprovePost.asked(draft.before());
        boolean is = ApprovePost.asked(draft.channel());
        return was == is ? "" : " approval=" + is;
    }

    /**
     * What would be kept.
     *
     * @param before       the channel as it is; null for a new one
     * @param otherAccount whether it becomes one of another account
     */
    private record Draft(@Nullable Channel before, Channel channel, boolean otherAccount) {}

    private Draft draft(Tx tx, Actor actor, Wanted wanted, @Nullable String usualName) {
        String id = wanted.id();
        String network = wanted.network();
        String chosen = id == null ? free(tx, network) : id;
        Channel before = channels.find(tx, chosen).orElse(null);
        if (before != null && !before.branch().equals(actor.branch())) {
            throw FaultException.notFound("channel", chosen);
        }
        if (before == null && channels.known(tx, chosen)) {
            throw FaultException.invalid("/id", Message.of("publishing.channel.id.used", "value", chosen));
        }
        if (before != null && !before.network().equals(network)) {
            throw FaultException.invalid("/network", Message.of("publishing.channel.network", "id", chosen));
        }
        Map<String, Secret> kept = new TreeMap<>(before == null ? Map.of() : before.secrets());
        kept.putAll(wanted.secrets());
        Map<String, String> settings =
                ChannelSettings.merged(before == null ? Map.of() : before.settings(), wanted.settings());
        boolean other = before != null && ChannelSettings.otherAccount(before.settings(), settings);
        if (other && !wanted.otherAccount()) {
            throw FaultException.conflict(Message.of("publishing.channel.other", "id", chosen, "name", before.name()));
        }
        if (other) {
            settings = new TreeMap<>(settings);
            settings.put(Channel.ACCOUNT_SINCE_SETTING, clock.instant().toString());
        }
        Channel channel = new Channel(
                chosen,
                actor.branch(),
                name(wanted.name(), before, usualName, chosen),
                network,
                settings,
                kept,
                before == null ? clock.instant() : before.createdAt());
        List<Fault> faults = new ArrayList<>(networks.of(channel).validate(channel));
        Set<String> told = faults.stream().map(Fault::pointer).collect(Collectors.toSet());
        ChannelSettings.malformed(settings).stream()
                .filter(fault -> !told.contains(fault.pointer()))
                .forEach(faults::add);
        faults.addAll(rule.faults(tx, channel));
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        return new Draft(before, channel, other);
    }

    private static String name(@Nullable String wanted, @Nullable Channel before, @Nullable String usual, String id) {
        if (wanted != null && !wanted.isBlank()) {
            return wanted.strip();
        }
        if (before != null) {
            return before.name();
        }
        return usual == null || usual.isBlank() ? id : usual.strip();
    }

    /** An account that is connected again is the channel that it was: a second one would say everything twice. */
    private Optional<String> same(Tx tx, Actor actor, Wanted wanted) {
        return channels.all(tx, actor.branch()).stream()
                .filter(channel -> channel.network().equals(wanted.network()))
                .filter(channel -> ChannelSettings.sameAccount(channel.settings(), wanted.settings()))
                .map(Channel::id)
                .findFirst();
    }

    private String free(Tx tx, String network) {
        for (int i = 1; ; i++) {
            String id = i == 1 ? network : network + "-" + i;
            if (!channels.known(tx, id)) {
                return id;
            }
        }
    }

    /**
     * Takes a channel out of use; its secrets are erased, what it has delivered stays known.
     *
     * @return how many deliveries waited for it and are cancelled with it
     * @throws FaultException NOT_FOUND
     */
    public int remove(Actor actor, String id) {
        actor.require(Scope.ADMIN);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Channel channel = channels.find(tx, id)
                    .filter(found -> found.branch().equals(actor.branch()))
                    .orElseThrow(() -> FaultException.notFound("channel", id));
            channels.remove(tx, id, clock.instant());
            accounts.release(tx, id);
            notices.close(tx, channel.branch(), EnumSet.of(Notices.Kind.CHANNEL_HELD, Notices.Kind.TOKEN_EXPIRING), id);
            int cancelled = waiting.cancel(tx, id, clock.instant());
            audit.add(tx, actor, "channel.remove", id, "network=" + channel.network() + " cancelled=" + cancelled);
            return cancelled;
        });
    }

    /**
     * What a channel has cost this month.
     *
     * @param spent   in millionths of a US dollar, what is under way included
     * @param ceiling likewise; null where there is none
     * @param month   of UTC
     */
    public record Spending(long spent, @Nullable Long ceiling, YearMonth month) {
        private static final int MICRO_DIGITS = 6;

        /** @return whether more than nine tenths of the ceiling are spent */
        public boolean nearlyAll() {
            return ceiling != null && spent * 10 > ceiling * 9;
        }

        /** @return an amount in US dollars, without zeros at its end */
        public static String dollars(long microUsd) {
            BigDecimal plain = BigDecimal.valueOf(microUsd, MICRO_DIGITS).stripTrailingZeros();
            return plain.setScale(Math.max(2, plain.scale())).toPlainString();
        }
    }

    /** @return empty for a channel that has no ceiling and has cost nothing */
    public Optional<Spending> spending(Channel channel) {
        YearMonth month = Budget.month(clock.instant());
        long spent = unitOfWork.read(tx -> accounts.spent(tx, channel.id(), month));
        Optional<Long> ceiling = Budget.ceiling(channel);
        return spent == 0 && ceiling.isEmpty()
                ? Optional.empty()
                : Optional.of(new Spending(spent, ceiling.orElse(null), month));
    }

    /** @return the channels of the branch */
    public List<Channel> all(Actor actor) {
        return unitOfWork.read(tx -> channels.all(tx, actor.branch()));
    }

    /** Asks the network whether the channel works; held deliveries go on when it does again. For people: see {@link #checkAll}. */
    public ChannelHealth check(Actor actor, String id) {
        return checks.check(actor, id, true);
    }

    /** Asks as a clock does: what publishing has found stays. */
    public ChannelHealth look(Actor actor, String id) {
        return checks.check(actor, id, false);
    }

    /**
     * Asks every channel; one that cannot be asked harms no other. Called from time to time. What publishing has found (credits that are
     * spent, a right that is missing) a check cannot disprove, and so does not lift.
     */
    public void checkAll() {
        Actor daemon = Actor.daemon(BranchId.MAIN);
        for (Channel channel : all(daemon)) {
            try {
                checks.check(daemon, channel.id(), false);
            } catch (RuntimeException e) {
                // A channel that was removed meanwhile, or an adapter that breaks its promise: the others are asked all
                // the same.
                log.atWarn().setCause(e).addKeyValue("channel", channel.id()).log("a channel could not be checked");
            }
        }
    }
}
