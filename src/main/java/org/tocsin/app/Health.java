package org.tocsin.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.camel.ReadyCheck;
import org.tocsin.delivery.Account;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.Ledger;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditProof;
import org.tocsin.publishing.ChannelAdministration;
import org.tocsin.subscriber.ConsentRegister;
import org.tocsin.watch.keeping.Ringings;
import org.tocsin.web.Diagnosis;
import org.tocsin.web.Diagnosis.Finding;
import org.tocsin.web.SubscriberViews;

/** Answers whether each part works, from what it can do now. */
final class Health {
    private static final Duration OVERDUE = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final Set<DeliveryState> PERSON = EnumSet.of(DeliveryState.UNKNOWN, DeliveryState.HELD);
    private static final int COUNTED = 1_000;
    private static final String CHANNEL = "channel:";
    private static final long DISK_FLOOR = 512L * 1024 * 1024;

    private final Stores stores;
    private final Path data;
    private final DiskReserve reserve;
    private final Clock clock;
    private @Nullable PrometheusMeterRegistry meters;
    private @Nullable MultiGauge usable;
    private volatile boolean routesStarted;
    private @Nullable Seen last;

    private record Seen(Map<String, Boolean> checks, long nanos) {}

    Health(Stores stores, Path data, DiskReserve reserve, Clock clock) {
        this.reserve = reserve;
        this.stores = stores;
        this.data = data;
        this.clock = clock;
    }

    /** Registers the checks with Camel. */
    void register(CamelContext camel) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(camel);
        registry.register(new ReadyCheck("store", this::writable));
        registry.register(new ReadyCheck("overdue", () -> !overdue()));
        registry.register(new ReadyCheck("disk", () -> !reserve.low()));
        routesStarted = true;
    }

    /** Made when somebody first asks: a start does without its classes. */
    private PrometheusMeterRegistry counted() {
        PrometheusMeterRegistry made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        for (DeliveryState state : DeliveryState.values()) {
            Gauge.builder(
                            "tocsin.deliveries",
                            this,
                            health -> health.ledger().states().getOrDefault(state, 0L))
                    .description("Deliveries by state")
                    .tags("state", state.name())
                    .register(made);
        }
        Gauge.builder(
                        "tocsin.deliveries.requested",
                        this,
                        health -> health.ledger().requested())
                .description("Deliveries that were ever accepted")
                .register(made);
        Gauge.builder("tocsin.ledger.balanced", this, health -> health.ledger().balanced() ? 1 : 0)
                .description("1 when what was accepted equals the sum of the states, else 0")
                .register(made);
        Gauge.builder("tocsin.deliveries.overdue.seconds", this, Health::overdueSeconds)
                .description("For how long the delivery that is latest should have moved; 0 when none is late")
                .register(made);
        Gauge.builder(
                        "tocsin.mentions.aside",
                        this,
                        health -> health.stores.store().read(health.stores.sources()::aside))
                .description("Messages that were heard and could not be matched or indexed")
                .register(made);
        Gauge.builder("tocsin.notices.open", this, health -> health.openNotices(BranchId.MAIN))
                .description("Notices that nobody has acknowledged and that have not closed, counted up to " + COUNTED)
                .register(made);
        return made;
    }

    private double overdueSeconds() {
        Instant now = clock.instant();
        return stores.store()
                .read(tx -> Stream.of(
                                stores.deliveries().timed(tx, DeliveryState.SCHEDULED, now, 1),
                                stores.deliveries().inState(tx, DeliveryState.DUE),
                                stores.deliveries().timed(tx, DeliveryState.WAITING, now, 1))
                        .flatMap(List::stream)
                        .map(delivery -> Duration.between(delivery.expectedAt(), now))
                        .mapToLong(Duration::toSeconds)
                        .filter(late -> late > 0)
                        .max()
                        .orElse(0));
    }

    /** @return how many stand, counted up to a thousand */
    int openNotices(BranchId branch) {
        return stores.store()
                .read(tx -> stores.notices().page(tx, branch, true, "", COUNTED).size());
    }

    /**
     * Looks at most every few seconds, however many ask: one look is a synced write.
     *
     * @return by name; the daemon is ready when all are true but those that begin with {@code channel:}, which are shown: a dead channel
     *     does not make the daemon unready
     */
    synchronized Map<String, Boolean> checks(CamelContext camel) {
        long now = System.nanoTime();
        boolean starting = last == null || !Boolean.TRUE.equals(last.checks().get("routes"));
        if (starting || now - last.nanos() > KEPT.toNanos()) {
            last = new Seen(look(camel), now);
        }
        return last.checks();
    }

    private Map<String, Boolean> look(CamelContext camel) {
        Map<String, Boolean> checks = new TreeMap<>();
        checks.put("routes", routesStarted);
        if (routesStarted) {
            HealthCheckRegistry.get(camel).stream()
                    .filter(check -> check.getGroup().equals(ReadyCheck.GROUP))
                    .map(HealthCheck::call)
                    .forEach(
                            result -> checks.put(result.getCheck().getId(), result.getState() == HealthCheck.State.UP));
            checks.putAll(channels());
        }
        return checks;
    }

    private boolean writable() {
        stores.store().write(Urgency.REQUEST, tx -> {
            stores.meta().put(tx, "health", clock.instant().toString());
            return true;
        });
        return true;
    }

    /** @return whether anything has stood still for long in a state that moves by itself */
    private boolean overdue() {
        Instant limit = clock.instant().minus(OVERDUE);
        return stores.store().read(tx -> {
            Map<String, Account> accounts = stores.accounts().all(tx);
            // What waits for its account's rates does not stand still: it is let in when its turn comes.
            Predicate<Delivery> late =
                    delivery -> delivery.expectedAt().isBefore(limit) && !throttled(accounts.get(delivery.channelId()));
            Predicate<Delivery> still = delivery -> delivery.since().isBefore(limit);
            return missed(tx, DeliveryState.SCHEDULED, limit)
                    || any(tx, DeliveryState.DUE, late)
                    || any(tx, DeliveryState.PREPARING, still)
                    || any(tx, DeliveryState.SENDING, still.and(late))
                    || missed(tx, DeliveryState.WAITING, limit)
                    || missed(tx, DeliveryState.UNKNOWN, limit);
        });
    }

    private boolean throttled(@Nullable Account account) {
        return account != null
                && account.throttledUntil() != null
                && account.throttledUntil().isAfter(clock.instant());
    }

    private boolean missed(Tx tx, DeliveryState state, Instant limit) {
        return !stores.deliveries().timed(tx, state, limit, 1).isEmpty();
    }

    private boolean any(Tx tx, DeliveryState state, Predicate<Delivery> bad) {
        return stores.deliveries().inState(tx, state).stream().anyMatch(bad);
    }

    /** Whether each channel may be used. They come and go while the daemon runs, so they are asked for each time. */
    private Map<String, Boolean> channels() {
        return stores.store()
                .read(tx -> stores.channels().all(tx, BranchId.MAIN).stream()
                        .collect(Collectors.toMap(
                                channel -> CHANNEL + channel.id(),
                                channel -> stores.channels()
                                                        .health(tx, channel.id())
                                                        .status()
                                                != ChannelHealth.Status.UNAUTHORIZED
                                        && stores.accounts()
                                                        .find(tx, channel.id())
                                                        .heldReason()
                                                == null)));
    }

    private Ledger ledger() {
        return stores.store().read(tx -> stores.deliveries().ledger(tx, BranchId.MAIN));
    }

    synchronized String metrics() {
        if (meters == null || usable == null) {
            meters = counted();
            usable = MultiGauge.builder("tocsin.channel.usable")
                    .description("1 when the channel may be used, 0 when it is held or has to be reconnected")
                    .register(meters);
        }
        // Channels come and go while the daemon runs.
        usable.register(
                channels().entrySet().stream()
                        .map(one -> MultiGauge.Row.of(
                                Tags.of("channel", one.getKey().substring(CHANNEL.length())), one.getValue() ? 1 : 0))
                        .collect(Collectors.toList()),
                true);
        return meters.scrape();
    }

    /** Looks at store, ledger, audit trail, disk, what needs a person, and asks each channel. */
    Diagnosis diagnosis(
            ChannelAdministration administration,
            Ringings ringings,
            AuditProof proof,
            Function<BranchId, ConsentRegister.Verified> register) {
        return () -> {
            List<Finding> findings = new ArrayList<>();
            findings.add(finding(writableQuietly(), "app.doctor.store.good", "app.doctor.store.bad"));
            findings.add(finding(ledger().balanced(), "app.doctor.ledger.good", "app.doctor.ledger.bad"));
            Message broken = proof.verify().why();
            findings.add(new Finding(broken == null, broken == null ? Message.of("app.doctor.audit.good") : broken));
            ConsentRegister.Verified consents = register.apply(BranchId.MAIN);
            findings.add(new Finding(
                    consents.fault() == null,
                    consents.fault() == null
                            ? Message.of("app.doctor.register.good")
                            : SubscriberViews.fault(consents)));
            long free = data.toFile().getUsableSpace();
            findings.add(new Finding(
                    free > DISK_FLOOR,
                    Message.of(
                            free > DISK_FLOOR ? "app.doctor.disk.good" : "app.doctor.disk.bad",
                            "free",
                            free / 1_000_000)));
            long person = stores.store()
                    .read(tx -> stores.deliveries()
                            .forPerson(tx, BranchId.MAIN, PERSON, Integer.MAX_VALUE)
                            .size());
            findings.add(new Finding(
                    person == 0,
                    Message.of(person == 0 ? "app.doctor.person.good" : "app.doctor.person.bad", "count", person)));
            findings.add(finding(
                    !"root".equals(System.getProperty("user.name")), "app.doctor.root.good", "app.doctor.root.bad"));
            findings.add(finding(!overdue(), "app.doctor.overdue.good", "app.doctor.overdue.bad"));
            long aside = stores.store().read(stores.sources()::aside);
            findings.add(new Finding(
                    aside == 0,
                    aside == 0
                            ? Message.of("app.doctor.aside.good")
                            : Message.of("app.doctor.aside.bad", "count", aside)));
            long urgent = ringings.troubled(BranchId.MAIN);
            findings.add(new Finding(
                    urgent == 0,
                    urgent == 0
                            ? Message.of("app.doctor.urgent.good")
                            : Message.of("app.doctor.urgent.bad", "count", urgent)));
            Actor daemon = Actor.daemon(BranchId.MAIN);
            for (Channel channel : administration.all(daemon)) {
                findings.add(channel(channel.id(), administration.look(daemon, channel.id())));
                administration
                        .spending(channel)
                        .flatMap(money -> money(channel.id(), money))
                        .ifPresent(findings::add);
            }
            return findings;
        };
    }

    private static Finding finding(boolean good, String well, String wrong) {
        return new Finding(good, Message.of(good ? well : wrong));
    }

    private static Finding channel(String id, ChannelHealth health) {
        boolean good = health.status() == ChannelHealth.Status.OK;
        return new Finding(
                good,
                good
                        ? Message.of("app.doctor.channel.good", "channel", id)
                        : Message.of("app.doctor.channel.bad", "channel", id, "status", health.status()));
    }

    private static Optional<Finding> money(String id, ChannelAdministration.Spending money) {
        if (money.ceiling() == null) {
            return Optional.empty();
        }
        boolean good = !money.nearlyAll();
        return Optional.of(new Finding(
                good,
                Message.of(
                        good ? "app.doctor.money.good" : "app.doctor.money.bad",
                        "channel",
                        id,
                        "spent",
                        ChannelAdministration.Spending.dollars(money.spent()),
                        "ceiling",
                        ChannelAdministration.Spending.dollars(money.ceiling()),
                        "month",
                        money.month())));
    }

    private boolean writableQuietly() {
        try {
            return writable();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
