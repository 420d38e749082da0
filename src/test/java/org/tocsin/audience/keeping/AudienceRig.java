package org.tocsin.audience.keeping;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.tocsin.audience.AudienceDue;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.CountResult;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.DeliverySettings;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAccounts;
import org.tocsin.sql.SqlAudience;
import org.tocsin.sql.SqlChannels;
import org.tocsin.sql.SqlSignUp;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlSubscribers;
import org.tocsin.subscriber.SubscriberAudience;

/** The collector over a real store, with a network that says what a test tells it to. */
final class AudienceRig implements AutoCloseable {
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    /** 18 h 30 in Paris. */
    static final Instant START = Instant.parse("2026-12-01T17:30:00Z");

    final TestClock clock = new TestClock(START);
    final SqlStore store;
    final SqlAudience audience = new SqlAudience();
    final SqlChannels channels = new SqlChannels(Opened.BOX);
    final SqlAccounts accounts = new SqlAccounts();
    final List<String> checked = new ArrayList<>();
    final Scripted network = new Scripted();
    final SqlSignUp signUps = new SqlSignUp(Opened.BOX);
    final SqlSubscribers subscribers = new SqlSubscribers(Opened.BOX);
    final SubscriberAudience subscribed;
    final AudienceCollector collector;

    /** A network whose answers are scripted by channel. */
    static final class Scripted implements AudienceSource {
        final Map<String, CountResult> answers = new HashMap<>();
        final List<String> asked = new ArrayList<>();
        Cost price = Cost.FREE;
        Runnable whileAsked = () -> {};

        @Override
        public String network() {
            return "scripted";
        }

        @Override
        public CountResult count(Channel channel) {
            asked.add(channel.id());
            whileAsked.run();
            CountResult answer = answers.get(channel.id());
            if (answer == null) {
                throw new IllegalStateException("nothing scripted");
            }
            return answer;
        }

        @Override
        public Cost cost(Channel channel) {
            return price;
        }
    }

    AudienceRig(Path folder) {
        this.store = Opened.at(folder);
        this.subscribed = new SubscriberAudience(store, signUps, subscribers);
        this.collector = new AudienceCollector(
                store,
                audience,
                channels,
                subscribed,
                accounts,
                List.of(network, subscribed),
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
                PARIS,
                clock,
                new Wakeup());
    }

    <R> R write(Function<Tx, R> work) {
        return store.write(Urgency.REQUEST, work);
    }

    Channel channel(String id, String network, Map<String, String> settings) {
        Channel channel = new Channel(id, BranchId.MAIN, id, network, settings, Map.of(), clock.instant());
        write(tx -> {
            channels.insert(tx, channel, true);
            return true;
        });
        return channel;
    }

    void counts(String channel, long followers) {
        network.answers.put(channel, new CountResult.Counted(followers));
    }

    /** As the route does: everything that is due now. Says how many were. */
    int run() {
        List<AudienceDue> claimed = collector.claim(10);
        claimed.forEach(due -> {
            collector.count(due);
            collector.release(due);
        });
        return claimed.size();
    }

    /** Moves the clock to the time of the next row. */
    Instant moveToNext() {
        Instant next = collector.nextAt().orElseThrow();
        clock.move(Duration.between(clock.instant(), next));
        return next;
    }

    AudienceDue row(String channel) {
        return store.read(tx -> audience.find(tx, BranchId.MAIN, channel)).orElseThrow();
    }

    List<AudienceSnapshot> snapshots() {
        return store.read(tx -> audience.between(tx, BranchId.MAIN, LocalDate.EPOCH, LocalDate.of(2100, 1, 1)));
    }

    long spent(String channel) {
        return store.read(tx -> accounts.spent(tx, channel, YearMonth.of(2026, 12)));
    }

    @Override
    public void close() {
        store.close();
    }
}
