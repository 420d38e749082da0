package org.tocsin.watch.keeping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.mention.SourceState;
import org.tocsin.watch.spike.Baseline;
import org.tocsin.watch.spike.Surge;

/**
 * Notices where a watch hears much more than is usual at that hour, or nothing for longer than chance explains. Each such time is an episode:
 * it rings once, goes on until it has been usual again for an hour, and its end is noted. What is usual is told from rows, so that nothing
 * is lost when the daemon stops.
 */
public final class Tides {
    /** After this long of what is usual an episode is over. */
    static final Duration CALM = Duration.ofHours(1);
    /** A watch that hears less is often silent for a day. */
    static final int STORIES_PER_DAY = 10;

    private static final Duration LONGEST =
            Surge.WINDOWS.stream().max(Duration::compareTo).orElseThrow();
    private static final int MAX = 500;

    private static final Logger log = LoggerFactory.getLogger(Tides.class);

    private final UnitOfWork unitOfWork;
    private final EpisodeRepository episodes;
    private final WatchRepository watches;
    private final SourceRepository sources;
    private final EpisodeBell bell;
    private final Duration kept;
    private final ZoneId zone;
    private final Clock clock;

    /**
     * @param kept how long episodes are kept after their end
     * @param zone whose hours people keep
     */
    public Tides(
            UnitOfWork unitOfWork,
            EpisodeRepository episodes,
            WatchRepository watches,
            SourceRepository sources,
            EpisodeBell bell,
            Duration kept,
            ZoneId zone,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.episodes = episodes;
        this.watches = watches;
        this.sources = sources;
        this.bell = bell;
        this.kept = kept;
        this.zone = zone;
        this.clock = clock;
    }

    /** Looks for watches that hear unusually much, and for those that hear as usual again; to be called every minute. */
    public void rise() {
        Instant now = clock.instant();
        List<Episode> open = unitOfWork.read(episodes::open);
        Set<String> some = new LinkedHashSet<>(
                unitOfWork.read(tx -> episodes.busy(tx, now.minus(LONGEST), now, Surge.STORIES, MAX)));
        open.stream().map(Episode::watchId).forEach(some::add);
        each(some, id -> rise(id, now));
    }

    /** Looks for watches that are unusually silent, and forgets old episodes; to be called every quarter of an hour or so. */
    public void fall() {
        Instant now = clock.instant();
        int enough = (int) (STORIES_PER_DAY * Baseline.LEAST.toDays());
        List<String> some = List.of("");
        do {
            String after = some.getLast();
            some = unitOfWork.read(tx -> episodes.quiet(
                    tx, now.minus(Baseline.LOOK_BACK), now.minus(Duration.ofMinutes(30)), enough, after, MAX));
            each(some, id -> fall(id, now));
        } while (some.size() == MAX);
        unitOfWork.write(Urgency.BULK, tx -> episodes.forget(tx, now.minus(kept), MAX));
    }

    /**
     * @param watch its name
     * @return what an alert of an episode tells; empty for one that is about a story
     */
    public Optional<Message> told(Alert alert, String watch) {
        return alert.episode() == 0
                ? Optional.empty()
                : unitOfWork
                        .read(tx -> episodes.find(tx, alert.watchId(), alert.episode()))
                        .map(one -> one.told(watch));
    }

    private interface One {
        void look(String watchId);
    }

    /** One that fails keeps no other from being looked at. */
    private static void each(Collection<String> some, One one) {
        for (String id : some) {
            try {
                one.look(id);
            } catch (RuntimeException e) {
                log.atWarn().addKeyValue("watch", id).setCause(e).log("how much a watch hears could not be looked at");
            }
        }
    }

    /** What is usual before a time; silence and surges are no part of it. */
    private Baseline usual(Tx tx, Watch watch, Instant until) {
        Instant back = until.minus(Baseline.LOOK_BACK);
        Instant from = watch.since().isAfter(back) ? watch.since() : back;
        List<Baseline.Span> except = episodes.since(tx, watch.id(), from).stream()
                .map(one -> new Baseline.Span(
                        one.beganAt().minus(one.window()), one.endedAt() == null ? until : one.endedAt()))
                .toList();
        return Baseline.of(episodes.buckets(tx, watch.id(), from, until), from, until, except, zone);
    }

    private void rise(String watchId, Instant now) {
        // Both in one snapshot: what is compared was true at once.
        record Look(Optional<Watch> watch, Optional<Episode> open, Optional<Surge.Found> found) {}
        Look look = unitOfWork.read(tx -> {
            Optional<Watch> watch = watches.find(tx, watchId).filter(Watch::enabled);
            return new Look(
                    watch,
                    episodes.open(tx).stream()
                            .filter(one -> one.watchId().equals(watchId))
                            .findFirst(),
                    watch.flatMap(one -> Surge.look(
                            usual(tx, one, now.minus(LONGEST)),
                            now,
                            window -> episodes.count(tx, watchId, now.minus(window), now))));
        });
        if (look.open().isPresent()) {
            go(look.watch(), look.open().get(), look.found(), now);
        } else if (look.watch().isPresent()) {
            look.found()
                    .filter(Surge.Found::begins)
                    .ifPresent(found -> begin(look.watch().get(), found, now));
        }
    }

    private void begin(Watch watch, Surge.Found found, Instant now) {
        unitOfWork.write(Urgency.BULK, tx -> {
            Episode episode = new Episode(
                    watch.branch(),
                    watch.id(),
                    episodes.newest(tx, watch.id()) + 1,
                    Episode.Kind.SPIKE,
                    now,
                    now,
                    null,
                    found.count().stories(),
                    found.count().authors(),
                    found.expected(),
                    found.window(),
                    episodes.last(tx, watch.id()).orElseThrow().mentionId(),
                    "");
            return begin(tx, watch, episode, episode.told(watch.name()));
        });
    }

    private boolean begin(Tx tx, Watch watch, Episode episode, Message told) {
        boolean begun = episodes.begin(tx, episode);
        if (begun) {
            bell.ring(tx, watch, episode, told);
        }
        return begun;
    }

    private void go(Optional<Watch> watch, Episode open, Optional<Surge.Found> found, Instant now) {
        boolean still = watch.isPresent()
                && (open.kind() == Episode.Kind.SPIKE
                        ? found.filter(Surge.Found::goesOn).isPresent()
                        : unitOfWork
                                .read(tx -> episodes.last(tx, open.watchId()))
                                .filter(last -> last.at().isAfter(open.beganAt()))
                                .isEmpty());
        boolean over = !still
                && (watch.isEmpty()
                        || open.kind() == Episode.Kind.SILENCE
                        || !now.isBefore(open.lastSeen().plus(CALM)));
        if (!still && !over) {
            return;
        }
        unitOfWork.write(Urgency.BULK, tx -> {
            episodes.save(tx, over ? open.over(now) : open.still(now));
            if (over) {
                watch.ifPresent(one -> bell.over(
                        tx,
                        one,
                        open,
                        Message.of(
                                open.kind() == Episode.Kind.SPIKE ? "watching.spike.over" : "watching.silence.over",
                                "watch",
                                one.name(),
                                "from",
                                open.beganAt(),
                                "to",
                                now)));
            }
            return over;
        });
    }

    private void fall(String watchId, Instant now) {
        record Silent(Watch watch, Episode episode) {}
        Optional<Silent> silent = unitOfWork.read(tx -> {
            Optional<Watch> watch = watches.find(tx, watchId).filter(Watch::enabled);
            Optional<EpisodeRepository.Last> last = episodes.last(tx, watchId);
            if (watch.isEmpty()
                    || last.isEmpty()
                    || episodes.open(tx).stream().anyMatch(one -> one.watchId().equals(watchId))) {
                return Optional.empty();
            }
            // A silence of long is of no use for telling what is usual.
            Instant heard = last.get().at();
            Baseline usual = usual(tx, watch.get(), heard.truncatedTo(ChronoUnit.HOURS));
            if (!usual.known() || usual.perDay() < STORIES_PER_DAY || usual.silent(heard, now) >= Surge.UNLIKELY) {
                return Optional.empty();
            }
            String dead = episodes.sources(tx, watchId, now.minus(Baseline.LOOK_BACK)).stream()
                    .flatMap(id -> sources.find(tx, id).stream())
                    .filter(Tides::isDead)
                    .map(Source::name)
                    .collect(Collectors.joining(", "));
            Episode episode = new Episode(
                    watch.get().branch(),
                    watchId,
                    episodes.newest(tx, watchId) + 1,
                    Episode.Kind.SILENCE,
                    now,
                    now,
                    null,
                    0,
                    0,
                    usual.between(heard, now).mean(),
                    Duration.between(heard, now),
                    last.get().mentionId(),
                    dead);
            return Optional.of(new Silent(watch.get(), episode));
        });
        silent.ifPresent(one -> unitOfWork.write(
                Urgency.BULK,
                tx -> begin(
                        tx,
                        one.watch(),
                        one.episode(),
                        one.episode().told(one.watch().name()))));
    }

    private static boolean isDead(Source source) {
        return source.state() != SourceState.LISTENING || source.attempts() > 0;
    }
}
