package org.tocsin.feed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;

/**
 * Counts who reads the feeds. A feed has no followers; what can be known is who has fetched it on a day, and what an aggregator tells of
 * those for whom it fetches. An address never stands in a row: it is hashed with a secret of its day, which is forgotten with the day after.
 */
public final class FeedReaders {
    /** Beyond that, a day's further readers are not told apart any more: nobody may fill the memory by calling himself ever differently. */
    static final int MOST = 50_000;
    /** No aggregator has more for one organisation; who says so is not believed. */
    static final long MOST_OF_ONE = 10_000;

    /** As much of a day may be missed, in restarts above all, and it is still a day: a reader comes by every hour. */
    static final Duration TOLERATED = Duration.ofMinutes(10);

    /** Who was not called for longer was asleep, with the machine. */
    private static final Duration ASLEEP = Duration.ofMinutes(5);

    /** As these say it in their user agent: "Feedly/1.0 (…; 16 subscribers; …)". Others are believed to be one reader each. */
    private static final Pattern SUBSCRIBERS = Pattern.compile(
            "\\b(feedly|inoreader|newsblur|feedbin|theoldreader|bazqux|feedhq|netvibes)\\b.{0,300}?(\\d{1,9}) (?:subscribers?|readers?)\\b",
            Pattern.CASE_INSENSITIVE);
    /** Search engines and previews read for nobody. */
    private static final Pattern ROBOT =
            Pattern.compile("bot\\b|crawl|spider|slurp|facebookexternalhit", Pattern.CASE_INSENSITIVE);

    private final UnitOfWork unitOfWork;
    private final FeedReaderRepository rows;
    private final ZoneId zone;
    private final Clock clock;
    private final SecureRandom random;
    private final Map<LocalDate, Day> days;
    /** Up to when this process has watched without a break; null before it has begun to. */
    private @Nullable Instant kept;

    /** @param zone in which days begin */
    public FeedReaders(UnitOfWork unitOfWork, FeedReaderRepository rows, ZoneId zone, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.rows = rows;
        this.zone = zone;
        this.clock = clock;
        this.random = new SecureRandom();
        this.days = new HashMap<>();
    }

    /** What is known of one day, and what of it does not stand in the rows yet. */
    private record Day(String secret, Map<String, Long> known, Map<String, Long> unwritten) {}

    /**
     * Somebody has fetched a feed. Asks no database: whoever reads a feed does not wait for one.
     *
     * @param path    of the feed: an aggregator tells its number for each
     * @param address from where, as far as it is known
     * @param agent   as he calls himself; empty where he does not
     */
    public synchronized void saw(String path, String address, String agent) {
        Day day = days.get(today());
        if (day == null || ROBOT.matcher(agent).find()) {
            return;
        }
        Matcher told = SUBSCRIBERS.matcher(agent);
        // An aggregator fetches from many addresses, and tells another number tomorrow.
        boolean aggregator = told.find();
        long stands = aggregator ? Math.min(MOST_OF_ONE, Long.parseLong(told.group(2))) : 1;
        String name = hash(
                day.secret(),
                aggregator ? path + "\n" + told.group(1).toLowerCase(Locale.ROOT) : address + "\n" + agent);
        Long before = day.known().get(name);
        if (before == null ? day.known().size() < MOST : before < stands) {
            day.known().put(name, stands);
            day.unwritten().put(name, stands);
        }
    }

    /**
     * Writes who has read since the last time, and gets ready for today and tomorrow. To be called at the start and every minute or so: what
     * is not written, a crash forgets.
     */
    public void keep() {
        Instant now = clock.instant();
        LocalDate today = today();
        unitOfWork.write(Urgency.BULK, tx -> {
            rows.forget(tx, today.minusDays(1));
            return true;
        });
        open(today);
        open(today.plusDays(1));
        for (Map.Entry<LocalDate, Map<String, Long>> day : taken().entrySet()) {
            unitOfWork.write(Urgency.BULK, tx -> {
                rows.saw(tx, day.getKey(), day.getValue());
                return true;
            });
            written(day.getKey(), day.getValue());
        }
        watched(now);
        close(today);
    }

    /** After the rows: what is said to be watched stands in them. */
    private synchronized void watched(Instant now) {
        Instant before = kept;
        boolean awake = before != null && !now.isBefore(before) && !now.isAfter(before.plus(ASLEEP));
        LocalDate today = LocalDate.ofInstant(now, zone);
        unitOfWork.write(Urgency.BULK, tx -> {
            for (LocalDate day : List.of(today.minusDays(1), today)) {
                Instant end = ended(day).isBefore(now) ? ended(day) : now;
                rows.watched(tx, day)
                        .ifPresent(was -> rows.watched(tx, day, further(was, day, awake ? before : end, end)));
            }
            return true;
        });
        kept = now;
    }

    /** @param from since when there was no break */
    private FeedReaderRepository.Watched further(
            FeedReaderRepository.Watched was, LocalDate day, Instant from, Instant end) {
        Instant until = was.until() == null ? ended(day.minusDays(1)) : was.until();
        if (!end.isAfter(until)) {
            return was;
        }
        Instant to = from.isAfter(end) ? end : from;
        Duration missed = to.isAfter(until) ? Duration.between(until, to) : Duration.ZERO;
        return new FeedReaderRepository.Watched(end, was.missed().plus(missed));
    }

    private Instant ended(LocalDate day) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }

    private boolean whole(Tx tx, LocalDate day) {
        return rows.watched(tx, day)
                .filter(was -> was.until() != null)
                .filter(was -> was.missed()
                                .plus(Duration.between(was.until(), ended(day)))
                                .compareTo(TOLERATED)
                        <= 0)
                .isPresent();
    }

    private void open(LocalDate day) {
        synchronized (this) {
            if (days.containsKey(day)) {
                return;
            }
        }
        byte[] fresh = new byte[32];
        random.nextBytes(fresh);
        String secret = unitOfWork.write(
                Urgency.BULK, tx -> rows.secret(tx, day, HexFormat.of().formatHex(fresh)));
        synchronized (this) {
            days.putIfAbsent(day, new Day(secret, new HashMap<>(), new HashMap<>()));
        }
    }

    private synchronized Map<LocalDate, Map<String, Long>> taken() {
        Map<LocalDate, Map<String, Long>> taken = new HashMap<>();
        days.forEach((day, of) -> taken.put(day, Map.copyOf(of.unwritten())));
        taken.values().removeIf(Map::isEmpty);
        return taken;
    }

    private synchronized void written(LocalDate day, Map<String, Long> readers) {
        Day of = days.get(day);
        if (of != null) {
            readers.forEach(of.unwritten()::remove);
        }
    }

    private synchronized void close(LocalDate today) {
        days.entrySet()
                .removeIf(day -> day.getKey().isBefore(today)
                        && day.getValue().unwritten().isEmpty());
    }

    /**
     * @return how many read on the day before, or today until now where that is more; empty where the day before was not watched from its
     *     beginning to its end: what was counted of it is too low
     */
    public OptionalLong count() {
        keep();
        LocalDate today = today();
        return unitOfWork.read(tx -> whole(tx, today.minusDays(1))
                ? OptionalLong.of(Math.max(rows.count(tx, today), rows.count(tx, today.minusDays(1))))
                : OptionalLong.empty());
    }

    /** @return when the next day begins: no sooner is there another figure */
    Instant tomorrow() {
        return ended(today());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    private static String hash(String secret, String who) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(secret), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(who.getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
