package org.tocsin.mention.hearing;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.AccountRepository;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.mention.MentionSource;
import org.tocsin.mention.PaidSource;
import org.tocsin.mention.ReadResult;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/**
 * Reads each source when it is due. What was heard and how far the source has been read are one transaction. One host is asked one thing at
 * a time, so that a server that is slow holds up its own sources and no others; of its own, the one that is due for longest comes next. Without
 * an account a host is left alone for a moment after each reading, and for as long as it asks; with accounts, limits are each account's own.
 * However many hosts are slow, those that have answered in time find a place: what is known to be slow, and what nobody knows yet, have their own.
 */
public final class Listener implements DueQueue<Source> {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    /** A list of hundreds of feeds of one host is no burst of as many requests. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** So many rows are looked at in one transaction where the first ones cannot be read now. */
    private static final int LOOKED_AT = 64;

    /** Who takes longer than that is slow until he is quicker: most feeds answer within a second. */
    private static final Duration SLOW = Duration.ofSeconds(5);
    /** So many that are slow are read at the same time. */
    private static final int MOST_SLOW = 16;
    /** So many that are slow, or were never read, at the same time; the places beyond are for those that are known to be quick. */
    private static final int MOST_UNPROVEN = 32;

    private static final ReadResult INTERNAL =
            new ReadResult.NotRead(new PublishResult.Unreachable(Reason.of("delivery.internal")));

    /** Longer than any source is left alone. */
    private static final Duration REMEMBERED = Duration.ofDays(2);

    private final UnitOfWork unitOfWork;
    private final SourceRepository sources;
    private final ChannelRepository channels;
    private final Map<String, MentionSource> readers;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Keeper keeper;
    private final Spending spending;
    private final Map<String, Reading> busy;
    /** Hosts that took long last time; forgotten at a stop. */
    private final Set<String> slow;
    /** Until when hosts are left alone; forgotten at a stop, after which each source still knows its own time. */
    private final Map<String, Instant> resting;
    /** Sources that are due and wait for their host. */
    private final Map<Line, NavigableSet<Turn>> behind;

    /**
     * @param readers at most one of each type
     * @param wakeup  rung when there may be something to read
     * @param keeper  keeps what came of it
     */
    public Listener(
            UnitOfWork unitOfWork,
            SourceRepository sources,
            ChannelRepository channels,
            AccountRepository accounts,
            List<MentionSource> readers,
            Clock clock,
            Wakeup wakeup,
            Keeper keeper) {
        this.unitOfWork = unitOfWork;
        this.sources = sources;
        this.channels = channels;
        this.readers = readers.stream().collect(Collectors.toMap(MentionSource::type, Function.identity()));
        this.clock = clock;
        this.wakeup = wakeup;
        this.keeper = keeper;
        this.spending = new Spending(sources, accounts);
        this.busy = new ConcurrentHashMap<>();
        Ticker ticker = () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
        // One whose sources are all gone is read no more, and forgotten.
        this.slow = Collections.newSetFromMap(Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED)
                .ticker(ticker)
                .<String, Boolean>build()
                .asMap());
        this.resting = new ConcurrentHashMap<>();
        this.behind = new HashMap<>();
    }

    /** How much is known of how long a source takes. */
    private enum Pace {
        QUICK,
        UNKNOWN,
        SLOW
    }

    /** What is read now. */
    private record Reading(String host, Pace pace, Instant since) {}

    /**
     * Who waits for a host in one row.
     *
     * @param account whether they are read with an account, and need not wait where the host rests
     */
    private record Line(String host, boolean account, Pace pace) {}

    private Line line(Source source, String host) {
        Pace pace = source.attempts() > 0 || slow.contains(host)
                ? Pace.SLOW
                : source.lastSuccessAt() == null ? Pace.UNKNOWN : Pace.QUICK;
        return new Line(host, source.channelId() != null, pace);
    }

    /** Of a source in its line: who is due for longest is first. */
    private record Turn(Instant due, String id) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            int order = due.compareTo(other.due);
            return order == 0 ? id.compareTo(other.id) : order;
        }
    }

    @Override
    public synchronized List<Source> claim(int max) {
        Instant now = clock.instant();
        resting.values().removeIf(until -> !until.isAfter(now));
        // One of each line that moves on is looked at, not all of them each time.
        for (Pace pace : Pace.values()) {
            behind.entrySet().stream()
                    .filter(line ->
                            line.getKey().pace() == pace && !line.getValue().isEmpty() && isFree(line.getKey()))
                    .sorted(Comparator.comparing(line -> line.getValue().first()))
                    .limit(room(pace))
                    .forEach(line -> line.getValue().pollFirst());
        }
        List<Source> claimed = new ArrayList<>();
        boolean more;
        do {
            more = look(now, max, claimed);
            // Where the one whose turn it was is due no longer, a free host would be waited for.
            more |= claimed.size() < max
                    && behind.entrySet()
                            .removeIf(line ->
                                    isFree(line.getKey()) && !line.getValue().isEmpty());
        } while (more && claimed.size() < max);
        behind.values().removeIf(Set::isEmpty);
        return claimed;
    }

    /** Takes what can be read, and puts in line what cannot. @return whether there is more to look at */
    private boolean look(Instant now, int max, List<Source> claimed) {
        Map<Source, String> hosts = unitOfWork.read(tx -> {
            Map<Source, String> due = new LinkedHashMap<>();
            sources.due(tx, now, readers.keySet(), held(), LOOKED_AT)
                    .forEach(source -> due.put(source, host(tx, source)));
            return due;
        });
        for (Map.Entry<Source, String> one : hosts.entrySet()) {
            if (claimed.size() < max && take(one.getKey(), one.getValue())) {
                claimed.add(one.getKey());
            }
        }
        return hosts.size() == LOOKED_AT;
    }

    private boolean take(Source source, String host) {
        Line line = line(source, host);
        if (!isFree(line)) {
            behind.computeIfAbsent(line, _ -> new TreeSet<>()).add(new Turn(source.nextAt(), source.id()));
            return false;
        }
        busy.put(source.id(), new Reading(host, line.pace(), clock.instant()));
        return true;
    }

    private boolean isFree(Line line) {
        return !isBusy(line.host()) && (line.account() || !resting.containsKey(line.host())) && room(line.pace()) > 0;
    }

    private boolean isBusy(String host) {
        return busy.values().stream().anyMatch(one -> one.host().equals(host));
    }

    /** @return how many more of that pace may be read now */
    private int room(Pace pace) {
        int unproven = MOST_UNPROVEN - reading(Pace.UNKNOWN) - reading(Pace.SLOW);
        return switch (pace) {
            case QUICK -> Integer.MAX_VALUE;
            case UNKNOWN -> Math.max(0, unproven);
            case SLOW -> Math.max(0, Math.min(unproven, MOST_SLOW - reading(Pace.SLOW)));
        };
    }

    private int reading(Pace pace) {
        return (int) busy.values().stream().filter(one -> one.pace() == pace).count();
    }

    private Set<String> held() {
        Set<String> held = new HashSet<>(busy.keySet());
        behind.values().forEach(line -> line.forEach(turn -> held.add(turn.id())));
        return held;
    }

    /** Where a channel is read, it is the server of that channel. */
    private String host(Tx tx, Source source) {
        MentionSource reader = readers.get(source.type());
        String host = source.url() != null
                ? URI.create(source.url()).getHost()
                : reader == null ? null : reader.host(channel(tx, source));
        return host == null ? source.id() : host;
    }

    private @Nullable Channel channel(Tx tx, Source source) {
        return source.channelId() == null
                ? null
                : channels.find(tx, source.channelId()).orElse(null);
    }

    @Override
    public synchronized void release(Source source) {
        Reading done = busy.remove(source.id());
        if (done != null) {
            Instant now = clock.instant();
            if (Duration.between(done.since(), now).compareTo(SLOW) > 0) {
                slow.add(done.host());
            } else {
                slow.remove(done.host());
            }
            if (source.channelId() == null) {
                rest(done.host(), now.plus(PAUSE));
            }
        }
        wakeup.ring();
    }

    @Override
    public Object key(Source source) {
        return source.id();
    }

    @Override
    public synchronized Optional<Instant> nextAt() {
        Optional<Instant> due = unitOfWork.read(tx -> sources.nextAt(tx, readers.keySet(), held()));
        Stream<Instant> rested = behind.keySet().stream()
                .filter(line -> !line.account() && !isBusy(line.host()) && room(line.pace()) > 0)
                .flatMap(line -> Stream.ofNullable(resting.get(line.host())));
        return Stream.concat(due.stream(), rested).min(Comparator.naturalOrder());
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** Reads one source, once. */
    public void read(Source claimed) {
        Optional<Source> current = unitOfWork
                .read(tx -> sources.find(tx, claimed.id()))
                .filter(Source::enabled)
                .filter(source -> !source.nextAt().isAfter(clock.instant()));
        if (current.isEmpty()) {
            // It was claimed from a look at the rows: it may have been read or changed since.
            return;
        }
        Source source = current.get();
        Channel channel =
                unitOfWork.read(tx -> Optional.ofNullable(channel(tx, source))).orElse(null);
        MentionSource reader = readers.get(source.type());
        if (reader == null || (source.channelId() != null && channel == null)) {
            keep(source, new ReadResult.Gone(Message.of("heard.channel.gone")));
        } else if (reader instanceof PaidSource paid && channel != null) {
            pay(source, channel, paid);
        } else {
            ReadResult result = asked(source, () -> reader.read(source, channel));
            rest(source, result);
            keep(source, result);
        }
    }

    private void rest(Source source, ReadResult result) {
        @Nullable
        Instant until = result instanceof ReadResult.NotRead(PublishResult.NoEffect outcome)
                ? switch (outcome) {
                    case PublishResult.Throttled throttled -> throttled.until();
                    case PublishResult.Unreachable unreachable -> unreachable.until();
                    case PublishResult.Refused _, PublishResult.Unauthorized _ -> null;
                }
                : null;
        Reading reading = busy.get(source.id());
        if (until != null && reading != null && source.channelId() == null) {
            rest(reading.host(), until);
        }
    }

    private void rest(String host, Instant until) {
        resting.merge(host, until, (one, other) -> one.isAfter(other) ? one : other);
    }

    private void pay(Source source, Channel channel, PaidSource reader) {
        Spending.Leave leave =
                unitOfWork.write(Urgency.BULK, tx -> spending.ask(tx, source, channel, reader, clock.instant()));
        switch (leave) {
            case Spending.Denied(ReadResult.Held why) -> keep(source, why);
            case Spending.Granted granted -> {
                // What fails in our own hands may have been charged: nothing is given back then.
                PaidSource.Paid nothing = new PaidSource.Paid(INTERNAL, granted.items());
                AtomicReference<PaidSource.Paid> paid = new AtomicReference<>(nothing);
                ReadResult result = asked(source, () -> {
                    paid.set(reader.read(source, channel, granted.items()));
                    return paid.get().result();
                });
                unitOfWork.write(Urgency.BULK, tx -> {
                    spending.settle(
                            tx, source, channel, reader, granted, paid.get().charged());
                    keeper.keep(tx, source, result);
                    return true;
                });
            }
        }
    }

    private void keep(Source source, ReadResult result) {
        unitOfWork.write(Urgency.BULK, tx -> {
            keeper.keep(tx, source, result);
            return true;
        });
    }

    private static ReadResult asked(Source source, Supplier<ReadResult> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("source", source.id()).log("a source failed while it was read");
            return INTERNAL;
        }
    }
}
