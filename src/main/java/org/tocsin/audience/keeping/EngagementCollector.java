package org.tocsin.audience.keeping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.audience.EngagementDue;
import org.tocsin.audience.EngagementRepository;
import org.tocsin.audience.MetricsResult;
import org.tocsin.audience.MetricsSource;
import org.tocsin.audience.PollingAge;
import org.tocsin.audience.PostMetrics;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.AccountRepository;
import org.tocsin.delivery.Budget;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;
import org.tocsin.network.PublishResult;
import org.tocsin.network.PublishResult.NoEffect;
import org.tocsin.network.Reason;

/**
 * Asks networks how people have answered what was published, at the ages that {@link PollingAge} says. The work is a channel: whatever is due on
 * it is asked for together, as far as one request goes, and then the channel rests, so that a thousand posts never use up what publishing
 * needs. What is asked once and what is kept are rows; that a channel rests is not, because after a restart one question more does no harm.
 */
public final class EngagementCollector implements DueQueue<String> {
    /** Posts appear here within that time, long before the age of their first reading. */
    private static final Duration ENROL = Duration.ofSeconds(10);
    /** How often a channel that is not to be asked, or has no money left, looks whether that has changed. */
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(EngagementCollector.class);

    private final UnitOfWork unitOfWork;
    private final EngagementRepository engagement;
    private final DeliveryRepository deliveries;
    private final ChannelRepository channels;
    private final AccountRepository accounts;
    private final Map<String, MetricsSource> sources;
    private final Consumer<Channel> check;
    private final RetryPolicy retry;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Budget budget;
    private final Set<String> busy;
    private final Map<String, Instant> resting;
    private final AtomicReference<Instant> enrolled;

    /**
     * @param sources at most one of each network
     * @param check   asks whether a channel still works, and acts on it: told of one that was refused as unauthorised
     */
    public EngagementCollector(
            UnitOfWork unitOfWork,
            EngagementRepository engagement,
            DeliveryRepository deliveries,
            ChannelRepository channels,
            AccountRepository accounts,
            List<MetricsSource> sources,
            Consumer<Channel> check,
            RetryPolicy retry,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.engagement = engagement;
        this.deliveries = deliveries;
        this.channels = channels;
        this.accounts = accounts;
        this.sources = sources.stream().collect(Collectors.toMap(MetricsSource::network, Function.identity()));
        this.check = check;
        this.retry = retry;
        this.clock = clock;
        this.wakeup = wakeup;
        this.budget = new Budget(accounts);
        this.busy = ConcurrentHashMap.newKeySet();
        this.resting = new ConcurrentHashMap<>();
        this.enrolled = new AtomicReference<>(Instant.MIN);
    }

    @Override
    public List<String> claim(int max) {
        Instant now = clock.instant();
        enrol(now);
        Set<String> held = held(now);
        return unitOfWork.read(tx -> engagement.dueChannels(tx, now, held, max)).stream()
                .filter(busy::add)
                .toList();
    }

    private void enrol(Instant now) {
        Instant last = enrolled.get();
        // A clock that was put back must not stop it.
        boolean lately = !last.equals(Instant.MIN) && !now.isBefore(last) && now.isBefore(last.plus(ENROL));
        if (lately) {
            return;
        }
        Instant since = now.minus(PollingAge.LAST);
        if (unitOfWork.read(tx -> engagement.unenrolled(tx, sources.keySet(), since))) {
            unitOfWork.write(Urgency.BULK, tx -> {
                engagement.enrol(tx, sources.keySet(), since);
                return true;
            });
        }
        enrolled.set(now);
    }

    private Set<String> held(Instant now) {
        resting.values().removeIf(until -> !now.isBefore(until));
        return Stream.concat(busy.stream(), resting.keySet().stream()).collect(Collectors.toSet());
    }

    @Override
    public void release(String channelId) {
        busy.remove(channelId);
    }

    @Override
    public Optional<Instant> nextAt() {
        Set<String> held = held(clock.instant());
        Optional<Instant> row = unitOfWork.read(tx -> engagement.nextAt(tx, held));
        return Stream.concat(row.stream(), resting.values().stream()).min(Instant::compareTo);
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** Asks one channel, with one question. */
    public void read(String channelId) {
        Optional<Channel> found = unitOfWork.read(tx -> channels.find(tx, channelId));
        Optional<MetricsSource> source = found.map(channel -> sources.get(channel.network()));
        if (source.isEmpty()) {
            unitOfWork.write(Urgency.BULK, tx -> {
                engagement.end(tx, channelId);
                return true;
            });
            return;
        }
        Channel channel = found.get();
        Instant asked = clock.instant();
        Asked question = unitOfWork.write(Urgency.BULK, tx -> admitted(tx, channel, source.get()));
        if (question.rows().isEmpty()) {
            return;
        }
        MetricsResult result = ask(source.get(), channel, question.rows());
        unitOfWork.write(Urgency.BULK, tx -> {
            record(tx, channel, question, result, asked);
            return true;
        });
        resting.put(channelId, clock.instant().plus(source.get().pause()));
        if (result instanceof MetricsResult.NotRead(PublishResult.Unauthorized _)) {
            // Whether it can still publish is not for a reading to judge.
            check.accept(channel);
        }
    }

    /**
     * What is asked for.
     *
     * @param costs of each row what was booked
     */
    private record Asked(List<EngagementDue> rows, Map<String, Cost> costs) {
        static final Asked NOTHING = new Asked(List.of(), Map.of());
    }

    private Asked admitted(Tx tx, Channel channel, MetricsSource source) {
        Instant now = clock.instant();
        Optional<Instant> closed = accounts.find(tx, channel.id()).closedUntil(now);
        if (closed.isPresent()) {
            engagement.postpone(tx, channel.id(), null, closed.get());
            return Asked.NOTHING;
        }
        List<EngagementRepository.Of> due =
                live(tx, channel, engagement.due(tx, channel.id(), now, source.batch()), now);
        if (!source.wanted(channel)) {
            engagement.postpone(
                    tx,
                    channel.id(),
                    Message.of("audience.engagement.off", "channel", channel.id()),
                    now.plus(LOOK_AGAIN));
            return Asked.NOTHING;
        }
        // Where one post spoils the question for the others, ever smaller questions find it.
        int tried = due.stream().mapToInt(of -> of.row().attempts()).max().orElse(0);
        List<EngagementRepository.Of> asked = due.stream()
                .limit(Math.max(1, source.batch() >> Math.min(tried, 16)))
                .toList();
        Map<String, Cost> costs = asked.stream()
                .collect(Collectors.toMap(of -> of.row().deliveryId(), of -> cost(source, channel, of.latest(), now)));
        Cost all = costs.values().stream().reduce(Cost.FREE, Cost::plus);
        Optional<Budget.Passed> passed = budget.passed(tx, channel, all, now);
        if (passed.isPresent()) {
            Message why = Message.of(
                    "audience.engagement.budget",
                    "channel",
                    channel.id(),
                    "ceiling",
                    passed.get().dollars(),
                    "month",
                    passed.get().month());
            engagement.postpone(tx, channel.id(), why, now.plus(LOOK_AGAIN));
            return Asked.NOTHING;
        }
        budget.book(tx, channel.id(), all, now);
        return new Asked(asked.stream().map(EngagementRepository.Of::row).toList(), costs);
    }

    /** Ends the rows of what is deleted, too old, or of the account that the channel had before; the others remain. */
    private List<EngagementRepository.Of> live(Tx tx, Channel channel, List<EngagementRepository.Of> due, Instant now) {
        Instant since = channel.setting(Channel.ACCOUNT_SINCE_SETTING)
                .map(Instant::parse)
                .orElse(Instant.MIN);
        List<EngagementRepository.Of> live = new ArrayList<>();
        for (EngagementRepository.Of of : due) {
            EngagementDue row = of.row();
            boolean published = deliveries
                    .find(tx, row.deliveryId())
                    .map(Delivery::state)
                    .filter(DeliveryState.PUBLISHED::equals)
                    .isPresent();
            if (published
                    && !PollingAge.over(row.publishedAt(), now)
                    && !row.publishedAt().isBefore(since)) {
                live.add(of);
            } else {
                engagement.save(tx, row.ended());
            }
        }
        return live;
    }

    private static Cost cost(MetricsSource source, Channel channel, @Nullable PostMetrics latest, Instant now) {
        boolean today = latest != null
                && latest.takenAt()
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .equals(now.atZone(ZoneOffset.UTC).toLocalDate());
        return today ? Cost.FREE : source.cost(channel, 1);
    }

    private static MetricsResult ask(MetricsSource source, Channel channel, List<EngagementDue> rows) {
        try {
            return source.read(
                    channel, rows.stream().map(EngagementDue::remoteId).toList());
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("channel", channel.id()).log("an adapter failed while reading");
            return new MetricsResult.NotRead(new PublishResult.Unreachable(Reason.of("delivery.internal")));
        }
    }

    private void record(Tx tx, Channel channel, Asked question, MetricsResult result, Instant asked) {
        Instant now = clock.instant();
        Set<String> untold = new HashSet<>();
        switch (result) {
            case MetricsResult.Read(Map<String, MetricsResult.Told> told) -> {
                for (EngagementDue row : question.rows()) {
                    switch (told.get(row.remoteId())) {
                        case MetricsResult.Counted counted -> counted(tx, row, counted, now);
                        case MetricsResult.Gone _ -> engagement.save(tx, row.gone(now));
                        case null -> {
                            untold.add(row.deliveryId());
                            engagement.save(tx, row.failed(Message.of("audience.engagement.untold"), later(row, now)));
                        }
                    }
                }
            }
            case MetricsResult.NotRead(NoEffect outcome) -> {
                Message why = outcome.reason().message();
                Instant later = told(outcome)
                        .filter(now::isBefore)
                        .orElseGet(() -> later(question.rows().getFirst(), now));
                for (EngagementDue row : question.rows()) {
                    untold.add(row.deliveryId());
                    engagement.save(tx, row.failed(why, later));
                }
                if (!(outcome instanceof PublishResult.Refused)) {
                    engagement.postpone(tx, channel.id(), why, later);
                }
            }
        }
        Cost back = untold.stream().map(question.costs()::get).reduce(Cost.FREE, Cost::plus);
        budget.giveBack(tx, channel.id(), back, asked);
    }

    private void counted(Tx tx, EngagementDue row, MetricsResult.Counted counted, Instant now) {
        Instant next = PollingAge.next(row.publishedAt(), now).orElse(null);
        if (engagement.save(tx, row.read(next))) {
            engagement.keep(tx, new PostMetrics(row.deliveryId(), row.channelId(), now, counted.counts()));
        }
    }

    private Instant later(EngagementDue row, Instant now) {
        return now.plus(retry.backOff(row.attempts() + 1));
    }

    private static Optional<Instant> told(NoEffect outcome) {
        return switch (outcome) {
            case PublishResult.Throttled throttled -> Optional.ofNullable(throttled.until());
            case PublishResult.Unreachable unreachable -> Optional.ofNullable(unreachable.until());
            case PublishResult.Refused _, PublishResult.Unauthorized _ -> Optional.empty();
        };
    }
}
