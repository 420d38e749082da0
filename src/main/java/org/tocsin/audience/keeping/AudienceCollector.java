package org.tocsin.audience.keeping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.audience.AudienceDue;
import org.tocsin.audience.AudienceRepository;
import org.tocsin.audience.AudienceSeries;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.CountResult;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.AccountRepository;
import org.tocsin.delivery.Budget;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;
import org.tocsin.network.PublishResult;
import org.tocsin.network.PublishResult.NoEffect;
import org.tocsin.network.Reason;

/**
 * Asks every channel how many follow it, from the day on which it is connected and at least once on each day after it. A channel that has no
 * row yet is due at once, and so is what is counted beside the channels; after that its row says when. What cannot be asked on a day is a gap: nothing is made up for it later.
 */
public final class AudienceCollector implements DueQueue<AudienceDue> {
    /** Where asking is free, the day's figure is at most that much older than the day's end. */
    private static final Duration AGAIN = Duration.ofHours(6);
    /** A new day begins for all channels at once: they are asked within that time. */
    private static final int SPREAD_SECONDS = 1800;
    /** How often a channel whose ceiling is reached looks whether there is money again. */
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(AudienceCollector.class);

    private final UnitOfWork unitOfWork;
    private final AudienceRepository audience;
    private final ChannelRepository channels;
    private final AudienceSeries series;
    private final AccountRepository accounts;
    private final Map<String, AudienceSource> sources;
    private final Consumer<Channel> check;
    private final RetryPolicy retry;
    private final ZoneId zone;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Budget budget;
    private final Set<String> busy;

    /**
     * @param series  what is counted beside the channels
     * @param sources at most one of each network
     * @param check   asks whether a channel still works, and acts on it: told of one that was refused as unauthorised
     * @param zone    in which days begin
     */
    public AudienceCollector(
            UnitOfWork unitOfWork,
            AudienceRepository audience,
            ChannelRepository channels,
            AudienceSeries series,
            AccountRepository accounts,
            List<AudienceSource> sources,
            Consumer<Channel> check,
            RetryPolicy retry,
            ZoneId zone,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.audience = audience;
        this.channels = channels;
        this.series = series;
        this.accounts = accounts;
        this.sources = sources.stream().collect(Collectors.toMap(AudienceSource::network, Function.identity()));
        this.check = check;
        this.retry = retry;
        this.zone = zone;
        this.clock = clock;
        this.wakeup = wakeup;
        this.budget = new Budget(accounts);
        this.busy = ConcurrentHashMap.newKeySet();
    }

    @Override
    public List<AudienceDue> claim(int max) {
        if (unitOfWork.read(tx -> audience.unenrolled(tx, sources.keySet()))) {
            unitOfWork.write(Urgency.BULK, tx -> {
                audience.enrol(tx, sources.keySet(), clock.instant());
                return true;
            });
        }
        List<Channel> unenrolled = unitOfWork.read(tx -> series.all(tx).stream()
                .map(AudienceSeries.Series::counted)
                .filter(one -> audience.find(tx, one.branch(), one.id()).isEmpty())
                .toList());
        if (!unenrolled.isEmpty()) {
            unitOfWork.write(Urgency.BULK, tx -> {
                unenrolled.forEach(one -> audience.enrol(tx, one.branch(), one.id(), clock.instant()));
                return true;
            });
        }
        Set<String> held = Set.copyOf(busy);
        return unitOfWork.read(tx -> audience.due(tx, clock.instant(), held, max)).stream()
                .filter(due -> busy.add(due.key()))
                .toList();
    }

    @Override
    public void release(AudienceDue due) {
        busy.remove(due.key());
    }

    @Override
    public Object key(AudienceDue due) {
        return due.key();
    }

    @Override
    public Optional<Instant> nextAt() {
        Set<String> held = Set.copyOf(busy);
        return unitOfWork.read(tx -> audience.nextAt(tx, held));
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** Asks for one channel, once. */
    public void count(AudienceDue claimed) {
        // It was claimed from a look at the rows: it may have been done since.
        if (!unitOfWork
                .read(tx -> audience.find(tx, claimed.branch(), claimed.channelId()))
                .filter(claimed::equals)
                .isPresent()) {
            return;
        }
        Optional<Channel> found = unitOfWork.read(tx -> counted(tx, claimed));
        Optional<AudienceSource> source = found.map(channel -> sources.get(channel.network()));
        if (source.isEmpty()) {
            unitOfWork.write(Urgency.BULK, tx -> {
                audience.drop(tx, claimed.branch(), claimed.channelId());
                return true;
            });
            return;
        }
        Channel channel = found.get();
        Instant asked = clock.instant();
        Optional<Cost> booked = unitOfWork.write(Urgency.BULK, tx -> admitted(tx, claimed, channel, source.get()));
        if (booked.isEmpty()) {
            return;
        }
        CountResult result = ask(source.get(), channel);
        unitOfWork.write(Urgency.BULK, tx -> {
            record(tx, claimed, channel, source.get(), result);
            if (result instanceof CountResult.NotCounted) {
                // Charged once a day, and only when it is told: the next attempt of the day books it again.
                budget.giveBack(tx, channel.id(), booked.get(), asked);
            }
            return true;
        });
        if (result instanceof CountResult.NotCounted(PublishResult.Unauthorized _)) {
            // Whether it can still publish is not for a count to judge.
            check.accept(channel);
        }
    }

    private Optional<Channel> counted(Tx tx, AudienceDue claimed) {
        return channels.find(tx, claimed.channelId())
                .or(() -> series.of(tx, claimed.branch()).stream()
                        .map(AudienceSeries.Series::counted)
                        .filter(one -> one.id().equals(claimed.channelId()))
                        .findFirst());
    }

    /** @return what was booked; empty where it may not be asked now, and the row waits */
    private Optional<Cost> admitted(Tx tx, AudienceDue claimed, Channel channel, AudienceSource source) {
        Instant now = clock.instant();
        Optional<Instant> throttled = Optional.ofNullable(
                        accounts.find(tx, channel.id()).throttledUntil())
                .filter(now::isBefore);
        if (throttled.isPresent()) {
            audience.save(tx, claimed.putOff(claimed.reason(), throttled.get()));
            return Optional.empty();
        }
        Cost cost = channels.health(tx, channel.id()).toldOnDayOf(now) ? Cost.FREE : source.cost(channel);
        Optional<Message> refusal = budget.passed(tx, channel, cost, now)
                .map(passed -> Message.of(
                        "audience.budget",
                        "channel",
                        channel.id(),
                        "ceiling",
                        passed.dollars(),
                        "month",
                        passed.month()));
        if (refusal.isPresent()) {
            audience.save(tx, claimed.putOff(refusal.get(), now.plus(LOOK_AGAIN)));
            return Optional.empty();
        }
        budget.book(tx, channel.id(), cost, now);
        return Optional.of(cost);
    }

    private static CountResult ask(AudienceSource source, Channel channel) {
        try {
            return source.count(channel);
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("channel", channel.id()).log("an adapter failed while counting");
            return new CountResult.NotCounted(new PublishResult.Unreachable(Reason.of("delivery.internal")));
        }
    }

    private void record(Tx tx, AudienceDue claimed, Channel channel, AudienceSource source, CountResult result) {
        Instant now = clock.instant();
        switch (result) {
            case CountResult.Counted(long followers) -> {
                if (audience.save(tx, claimed.counted(next(channel, source, now)))) {
                    LocalDate day = LocalDate.ofInstant(now, zone);
                    audience.measured(
                            tx,
                            channel.branch(),
                            new AudienceSnapshot(channel.id(), day, now, followers, AudienceSnapshot.Origin.MEASURED));
                }
            }
            case CountResult.NotCounted(NoEffect outcome) -> {
                Instant until = switch (outcome) {
                    case PublishResult.Throttled throttled -> throttled.until();
                    case PublishResult.Unreachable unreachable -> unreachable.until();
                    default -> null;
                };
                Instant later =
                        until != null && until.isAfter(now) ? until : now.plus(retry.backOff(claimed.attempts() + 1));
                audience.save(tx, claimed.failed(outcome.reason().message(), later));
            }
        }
    }

    /** The first minutes of tomorrow; earlier where asking is free. */
    private Instant next(Channel channel, AudienceSource source, Instant now) {
        LocalDate tomorrow = LocalDate.ofInstant(now, zone).plusDays(1);
        Instant day = tomorrow.atStartOfDay(zone)
                .toInstant()
                .plusSeconds(Math.floorMod(channel.id().hashCode(), SPREAD_SECONDS));
        Instant soon = now.plus(AGAIN);
        return source.cost(channel).equals(Cost.FREE) && soon.isBefore(day) ? soon : day;
    }
}
