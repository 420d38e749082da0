package org.tocsin.audience.keeping;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.audience.Counts;
import org.tocsin.audience.EngagementDue;
import org.tocsin.audience.EngagementRepository;
import org.tocsin.audience.MetricsResult;
import org.tocsin.audience.MetricsSource;
import org.tocsin.audience.PostMetrics;
import org.tocsin.base.BranchId;
import org.tocsin.base.LiveEvents;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliverySettings;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.delivery.SegmentState;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.PublishResult;
import org.tocsin.network.PublishResult.NoEffect;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAccounts;
import org.tocsin.sql.SqlChannels;
import org.tocsin.sql.SqlDeliveries;
import org.tocsin.sql.SqlEngagement;
import org.tocsin.sql.SqlStore;

/** The collector over a real store, with a network that says what a test tells it to. */
final class EngagementRig implements AutoCloseable {
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    static final Instant START = Instant.parse("2026-12-01T10:00:00Z");

    final TestClock clock = new TestClock(START);
    final SqlStore store;
    final SqlEngagement engagement = new SqlEngagement();
    final SqlDeliveries deliveries = new SqlDeliveries(new LiveEvents());
    final SqlChannels channels = new SqlChannels(Opened.BOX);
    final SqlAccounts accounts = new SqlAccounts();
    final List<String> checked = new ArrayList<>();
    final Scripted network = new Scripted();
    EngagementCollector collector;

    /** A network that tells of three posts at once. */
    static final class Scripted implements MetricsSource {
        final Map<String, MetricsResult.Told> told = new HashMap<>();
        final List<List<String>> asked = new ArrayList<>();
        Cost price = Cost.FREE;
        boolean wanted = true;
        String throwing = "";
        String spoiling = "";

        @Nullable
        NoEffect failure;

        @Override
        public String network() {
            return "scripted";
        }

        @Override
        public int batch() {
            return 3;
        }

        @Override
        public MetricsResult read(Channel channel, List<String> remoteIds) {
            asked.add(remoteIds);
            if (channel.id().equals(throwing)) {
                throw new IllegalStateException("scripted");
            }
            if (failure != null) {
                return new MetricsResult.NotRead(failure);
            }
            if (remoteIds.contains(spoiling)) {
                return new MetricsResult.NotRead(
                        new PublishResult.Refused(Reason.of("network.refused", "status", "400")));
            }
            return new MetricsResult.Read(told.entrySet().stream()
                    .filter(one -> remoteIds.contains(one.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        }

        @Override
        public boolean wanted(Channel channel) {
            return wanted;
        }

        @Override
        public Cost cost(Channel channel, int posts) {
            return new Cost(price.microUsd() * posts);
        }
    }

    EngagementRig(Path folder) {
        this.store = Opened.at(folder);
        this.collector = open();
    }

    private EngagementCollector open() {
        return new EngagementCollector(
                store,
                engagement,
                deliveries,
                channels,
                accounts,
                List.of(network),
                channel -> checked.add(channel.id()),
                new RetryPolicy(
                        new DeliverySettings(
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(15),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(30),
                                Duration.ofHours(24),
                                48),
                        new Random(1)),
                clock,
                new Wakeup());
    }

    /** A new daemon over the same rows. */
    void restart() {
        collector = open();
    }

    <R> R write(Function<Tx, R> work) {
        return store.write(Urgency.REQUEST, work);
    }

    Channel channel(String id, Map<String, String> settings) {
        Channel channel = new Channel(id, BranchId.MAIN, id, "scripted", settings, Map.of(), Instant.EPOCH);
        write(tx -> {
            channels.insert(tx, channel, true);
            return true;
        });
        return channel;
    }

    void update(String id, Map<String, String> settings) {
        write(tx -> {
            channels.update(tx, new Channel(id, BranchId.MAIN, id, "scripted", settings, Map.of(), Instant.EPOCH));
            return true;
        });
    }

    /** A delivery that went out then; its remote id is {@code r-} and its id. */
    void published(String id, String channel, Instant at) {
        write(tx -> {
            Delivery delivery = new Delivery(
                    id,
                    "post-" + id,
                    BranchId.MAIN,
                    channel,
                    "scripted",
                    deliveries.nextSequence(tx),
                    DeliveryState.PUBLISHED,
                    at,
                    null,
                    NextAction.NONE,
                    null,
                    1,
                    at,
                    at,
                    1,
                    at,
                    null,
                    null);
            DeliverySegment segment = new DeliverySegment(
                    id,
                    0,
                    new DeliverySegment.Content("text of " + id, List.of(), "fr", null, null, null, null),
                    new DeliveryKey("k-" + id),
                    SegmentState.PUBLISHED,
                    List.of(),
                    null,
                    null);
            deliveries.insert(tx, delivery, List.of(segment));
            deliveries.saveSegment(tx, segment.published(new Receipt("r-" + id, null, at, Map.of())));
            return true;
        });
    }

    void state(String id, DeliveryState state) {
        write(tx -> Opened.execute(tx, "update delivery set state = ? where id = ?", state.name(), id));
    }

    void tells(String id, long likes) {
        network.told.put("r-" + id, new MetricsResult.Counted(new Counts(likes, null, null, null, null)));
    }

    /** As the route does: everything that is due now. Says how many channels were asked. */
    int run() {
        List<String> claimed = collector.claim(10);
        claimed.forEach(channel -> {
            collector.read(channel);
            collector.release(channel);
        });
        return claimed.size();
    }

    /** Gives rows to what is published, and asks nothing. */
    void enrolled() {
        collector.claim(10).forEach(collector::release);
    }

    /** Until nothing is due any more. */
    void runAll() {
        enrolled();
        for (int i = 0; i < 200 && rowNext().isPresent(); i++) {
            moveToNext();
            run();
        }
    }

    private Optional<Instant> rowNext() {
        return store.read(tx -> engagement.nextAt(tx, Set.of()));
    }

    /** Moves the clock to the time of the next row, or to when its channel has rested. */
    Instant moveToNext() {
        enrolled();
        Instant row = rowNext().orElseThrow();
        Instant next = row.isAfter(clock.instant()) ? row : collector.nextAt().orElseThrow();
        if (next.isAfter(clock.instant())) {
            clock.move(Duration.between(clock.instant(), next));
        }
        return next;
    }

    Optional<EngagementDue> found(String id) {
        return store.read(tx -> engagement.ofPost(tx, BranchId.MAIN, "post-" + id)).stream()
                .map(EngagementRepository.Of::row)
                .findFirst();
    }

    EngagementDue row(String id) {
        return found(id).orElseThrow();
    }

    List<PostMetrics> readings(String id) {
        return store.read(tx -> engagement.history(tx, id));
    }

    long spent(String channel) {
        return store.read(tx -> accounts.spent(tx, channel, YearMonth.of(2026, 12)));
    }

    @Override
    public void close() {
        store.close();
    }
}
