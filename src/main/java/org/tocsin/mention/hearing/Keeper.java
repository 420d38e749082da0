package org.tocsin.mention.hearing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.mention.Gap;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Intake;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.MentionSource;
import org.tocsin.mention.Milestones;
import org.tocsin.mention.ReadResult;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.mention.SourceState;
import org.tocsin.mention.feed.FeedReader;
import org.tocsin.network.PublishResult;

/** Keeps what came of listening to a source: what was heard, how far it has been read, and when it is read again. */
public final class Keeper implements Intake {
    /** Nobody is left unread for longer, whatever they ask for. */
    private static final Duration RARELY = Duration.ofHours(6);

    private static final Duration BEGIN_AGAIN = Duration.ofSeconds(10);
    /** How often it is looked whether a person has put right what holds a source. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(30);
    /** So many answers in a row that are no feed, and it is one no longer. */
    static final int STOP_AFTER = 20;
    /** A reading that brings so many under ids that are not known, and hardly anything that was not said, makes ids anew each time. */
    private static final int CHURN_ITEMS = 10;

    /** Of authors who are gone so much is taken out at once; who wrote more was heard by nobody. */
    private static final int AT_ONCE_OF_AUTHORS = 2_000;

    private static final Duration A_DAY = Duration.ofDays(1);
    /** So many of those that were heard last are looked for: one or two of them may have been taken back. */
    private static final int LAST = 5;

    private static final double CHURN_SHARE = 0.9;
    private static final int CHURN_READINGS = 2;

    private static final Logger log = LoggerFactory.getLogger(Keeper.class);

    private final SourceRepository sources;
    private final MentionRepository mentions;
    private final Notices notices;
    private final Map<String, MentionSource> readers;
    private final RetryPolicy retry;
    private final Duration often;
    private final Clock clock;
    private final Wakeup heard;
    private final Milestones milestones;

    /**
     * @param readers at most one of each type
     * @param often   how often a source is read that asks for nothing else
     * @param heard   is rung when something was heard
     * @param milestones says which counts are waited for
     */
    public Keeper(
            SourceRepository sources,
            MentionRepository mentions,
            Notices notices,
            List<MentionSource> readers,
            RetryPolicy retry,
            Duration often,
            Clock clock,
            Wakeup heard,
            Milestones milestones) {
        this.sources = sources;
        this.mentions = mentions;
        this.notices = notices;
        this.readers = readers.stream().collect(Collectors.toMap(MentionSource::type, Function.identity()));
        this.retry = retry;
        this.often = often;
        this.clock = clock;
        this.heard = heard;
        this.milestones = milestones;
    }

    @Override
    public List<Source> listening(Tx tx, String type) {
        return sources.listening(tx, type);
    }

    @Override
    public void keep(Tx tx, Source source, ReadResult result) {
        if (kept(tx, source, result)) {
            tx.afterCommit(heard::ring);
        }
    }

    @Override
    public void follow(Tx tx, Source source, String query) {
        Source after = source.asking(query);
        if (sources.same(tx, after).filter(Source::enabled).isPresent()) {
            stop(tx, source, Message.of("heard.telegram.upgraded"), clock.instant());
        } else {
            sources.save(tx, source, after);
        }
    }

    /** @return whether the log has something new */
    private boolean kept(Tx tx, Source source, ReadResult result) {
        Instant now = clock.instant();
        return switch (result) {
            case ReadResult.Read read -> keep(tx, source, read, now);
            case ReadResult.Unchanged(Duration every, String moved) -> {
                sources.save(
                        tx,
                        source,
                        succeeded(
                                source,
                                address(tx, source, moved),
                                source.cursor(),
                                false,
                                source.churn(),
                                remark(source),
                                every,
                                now));
                freed(tx, source);
                yield false;
            }
            case ReadResult.Gone(Message why) -> {
                stop(tx, source, why, now);
                yield false;
            }
            case ReadResult.Unreadable(Message why) -> {
                if (source.attempts() + 1 >= STOP_AFTER) {
                    stop(tx, source, why, now);
                } else {
                    sources.save(tx, source, failed(source, why, now.plus(pause(source)), now));
                }
                yield false;
            }
            case ReadResult.Held(Message why, Instant until) -> {
                hold(tx, source, why, until == null ? now.plus(LOOK_AGAIN) : until, now);
                yield false;
            }
            case ReadResult.NotRead(PublishResult.Unauthorized outcome)
            when source.channelId() != null -> {
                hold(tx, source, outcome.reason().message(), now.plus(LOOK_AGAIN), now);
                yield false;
            }
            case ReadResult.NotRead(PublishResult.NoEffect outcome) -> {
                Instant asked = switch (outcome) {
                    case PublishResult.Throttled throttled -> throttled.until();
                    case PublishResult.Unreachable unreachable -> unreachable.until();
                    case PublishResult.Refused _, PublishResult.Unauthorized _ -> null;
                };
                Instant soonest = now.plus(pause(source));
                Instant next = asked != null && asked.isAfter(soonest) ? asked : soonest;
                sources.save(tx, source, failed(source, outcome.reason().message(), next, now));
                yield false;
            }
        };
    }

    private boolean keep(Tx tx, Source source, ReadResult.Read read, Instant now) {
        boolean first = source.lastSuccessAt() == null;
        // Counted before anything is written: what looks new because ids were made anew must not ring.
        long unknown = read.whole() ? unknown(tx, source, read.items()) : 0;
        boolean churned = !first
                && read.items().size() >= CHURN_ITEMS
                && unknown > CHURN_SHARE * read.items().size()
                && saidAgain(tx, source, read.items()) > CHURN_SHARE * unknown;
        // Where nothing is new, nothing is known of how it makes its ids.
        int churn = churned ? source.churn() + 1 : read.whole() && unknown == 0 ? source.churn() : 0;
        boolean held = churn >= CHURN_READINGS;
        Set<String> before = known(
                tx,
                source,
                Stream.concat(read.again().stream(), read.edited().stream()).toList());
        boolean reaches = first || !read.whole() || reaches(tx, source, read.items(), unknown);
        MentionRepository.Added late = add(tx, source, late(read.again(), before), now, first);
        MentionRepository.Added added = add(tx, source, read.items(), now, first || churned || held);
        MentionRepository.Added again = mentions.add(
                tx,
                source,
                Stream.concat(read.again().stream(), read.edited().stream())
                        .filter(item -> before.contains(item.nativeId()))
                        .toList(),
                now,
                true,
                milestones);
        int deleted = mentions.delete(tx, source, read.deleted(), now) + deleteOf(tx, source, read.gone(), now);
        if (!reaches && !read.items().isEmpty() && source.lastHeardAt() != null) {
            sources.gap(
                    tx,
                    new Gap(source.id(), source.lastSuccessAt(), oldest(read.items(), source.lastSuccessAt(), now)));
        }
        if (read.missed() != null && source.lastSuccessAt() != null) {
            Instant from = read.missed().from() == null
                    ? source.lastSuccessAt()
                    : read.missed().from();
            if (read.missed().to().isAfter(from)) {
                sources.gap(tx, new Gap(source.id(), from, read.missed().to()));
            }
        }
        Message told = held ? Message.of("heard.feed.churn") : read.remark();
        Source after = succeeded(
                source,
                address(tx, source, read.moved()),
                read.cursor(),
                added.added() + late.added() > 0,
                churn,
                told,
                read.every(),
                now);
        if (!sources.save(tx, source, after)) {
            // Changed by a person meanwhile: the items are known all the same, and the next reading goes on from the
            // cursor before.
            log.atInfo().addKeyValue("source", source.id()).log("a source was changed while it was read");
        }
        freed(tx, source);
        if (held && source.churn() < CHURN_READINGS) {
            notices.raise(tx, source.branch(), Notices.Kind.SOURCE, source.id(), Message.of("heard.feed.churn"));
        }
        // What a feed has to say of itself is that it has become another.
        if (source.type().equals(FeedReader.TYPE)
                && read.remark() != null
                && !read.remark().equals(source.reason())) {
            notices.raise(tx, source.branch(), Notices.Kind.SOURCE, source.id(), read.remark());
        }
        return added.added() + added.changed() + late.added() + again.changed() + deleted > 0;
    }

    /**
     * What another server sent late stands where it was written, before what is known already. What is older than everything that is known
     * there comes to light because others were taken back, and is no news.
     *
     * @param again oldest first
     * @param known of these, native ids
     */
    private static List<HeardItem> late(List<HeardItem> again, Set<String> known) {
        return again.stream()
                .dropWhile(item -> !known.contains(item.nativeId()))
                .filter(item -> !known.contains(item.nativeId()))
                .toList();
    }

    /**
     * @return whether what a source shows goes back to what was heard last: an older one that is known, such as one that is pinned, does not
     *     show that nothing was missed
     */
    private boolean reaches(Tx tx, Source source, List<HeardItem> items, long unknown) {
        Set<String> last = mentions.page(tx, source.branch(), source.id(), "", LAST).stream()
                .map(one -> one.heard().nativeId())
                .collect(Collectors.toSet());
        return last.isEmpty()
                ? unknown < items.size()
                : items.stream().map(HeardItem::nativeId).anyMatch(last::contains);
    }

    /** What people should know of a source that is read well stays true while it says nothing new. */
    private static @Nullable Message remark(Source source) {
        return source.state() == SourceState.LISTENING && source.attempts() == 0 ? source.reason() : null;
    }

    /** What is handed in without being asked for may be older than the source, and so may what a feed begins to show: that is history. */
    private MentionRepository.Added add(Tx tx, Source source, List<HeardItem> items, Instant now, boolean history) {
        if (history) {
            return mentions.add(tx, source, items, now, true, milestones);
        }
        boolean asked = readers.containsKey(source.type());
        Instant restored = asked ? sources.restoredAt(tx).orElse(Instant.MIN) : Instant.MIN;
        Instant usual = archive(source, items);
        Instant archive = usual.isBefore(restored) ? restored : usual;
        // Of what bears no date nothing is known but that the source was read since.
        boolean undated =
                source.lastSuccessAt() != null && source.lastSuccessAt().isBefore(restored);
        Map<Boolean, List<HeardItem>> parts = items.stream()
                .collect(Collectors.partitioningBy(item -> item.publishedAt() == null
                        ? undated
                        : item.publishedAt().isBefore(archive)));
        MentionRepository.Added old =
                mentions.add(tx, source, parts.getOrDefault(true, List.of()), now, true, milestones);
        MentionRepository.Added fresh =
                mentions.add(tx, source, parts.getOrDefault(false, List.of()), now, false, milestones);
        return new MentionRepository.Added(
                old.added() + fresh.added(), old.changed() + fresh.changed(), old.same() + fresh.same());
    }

    /**
     * @return what was published before that is history. A source that is asked may be a day behind; and where all are as old as the newest, its
     *     dates say nothing
     */
    private Instant archive(Source source, List<HeardItem> items) {
        if (!readers.containsKey(source.type())) {
            return source.createdAt();
        }
        Instant old = source.createdAt().minus(A_DAY);
        Instant newest = items.stream()
                .map(HeardItem::publishedAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(old);
        return newest.isBefore(old) ? newest : old;
    }

    /** A fast feed brings as many that are not known, but they say something else. */
    private long saidAgain(Tx tx, Source source, List<HeardItem> items) {
        Set<String> known = known(tx, source, items);
        return Churn.again(
                items.stream().filter(item -> !known.contains(item.nativeId())).toList(),
                mentions.page(tx, source.branch(), source.id(), "", Churn.COMPARED));
    }

    private Set<String> known(Tx tx, Source source, List<HeardItem> items) {
        return mentions.known(
                tx, source.id(), items.stream().map(HeardItem::nativeId).toList());
    }

    private long unknown(Tx tx, Source source, List<HeardItem> items) {
        Set<String> known = known(tx, source, items);
        return items.stream()
                .map(HeardItem::nativeId)
                .distinct()
                .filter(id -> !known.contains(id))
                .count();
    }

    /** Whoever closed an account is asked about once: all that he wrote goes, however much it is. */
    private int deleteOf(Tx tx, Source source, List<String> profiles, Instant now) {
        int gone = 0;
        int step;
        do {
            step = mentions.deleteOf(tx, source.branch(), profiles, now, AT_ONCE_OF_AUTHORS);
            gone += step;
        } while (step == AT_ONCE_OF_AUTHORS);
        return gone;
    }

    private static Instant oldest(List<HeardItem> items, Instant since, Instant now) {
        return items.stream()
                .map(HeardItem::publishedAt)
                .filter(at -> at != null && at.isAfter(since))
                .min(Instant::compareTo)
                .orElse(now);
    }

    /** @return where it is read from now on; another source that is read there already keeps its address for itself */
    private @Nullable String address(Tx tx, Source source, @Nullable String moved) {
        boolean taken = moved == null || sources.same(tx, source.at(moved)).isPresent();
        if (!taken && source.url() != null) {
            sources.moved(tx, source, source.url());
        }
        return taken ? source.url() : moved;
    }

    private Duration least(Source source) {
        MentionSource reader = readers.get(source.type());
        if (reader == null) {
            // What comes by itself asks nobody: only where it has broken off is it begun again.
            return often.compareTo(BEGIN_AGAIN) < 0 ? often : BEGIN_AGAIN;
        }
        return reader.pause(often);
    }

    private Duration pause(Source source) {
        Duration backOff = retry.backOff(source.attempts() + 1);
        Duration least = least(source);
        return backOff.compareTo(least) < 0 ? least : backOff;
    }

    private Source succeeded(
            Source source,
            @Nullable String url,
            @Nullable String cursor,
            boolean news,
            int churn,
            @Nullable Message told,
            @Nullable Duration every,
            Instant now) {
        Duration least = least(source);
        Duration wanted = every == null || every.compareTo(least) < 0 ? least : every;
        Instant next = now.plus(wanted.compareTo(RARELY) > 0 ? RARELY : wanted);
        return source.read(url, cursor, churn, told, news, next, now);
    }

    private static Source failed(Source source, Message why, Instant next, Instant now) {
        return failed(source, source.state(), why, next, now);
    }

    private static Source failed(Source source, SourceState state, Message why, Instant next, Instant now) {
        return source.failed(state, why, next.isAfter(now) ? next : now);
    }

    private void hold(Tx tx, Source source, Message why, Instant next, Instant now) {
        boolean saved = sources.save(tx, source, failed(source, SourceState.HELD, why, next, now));
        if (saved && !(source.state() == SourceState.HELD && why.equals(source.reason()))) {
            freed(tx, source);
            notices.raise(tx, source.branch(), Notices.Kind.SOURCE, source.id(), why);
        }
    }

    /** What held it has been put right. */
    private void freed(Tx tx, Source source) {
        if (source.state() == SourceState.HELD) {
            notices.close(tx, source.branch(), Set.of(Notices.Kind.SOURCE), source.id());
        }
    }

    private void stop(Tx tx, Source source, Message why, Instant now) {
        if (sources.save(tx, source, source.in(SourceState.STOPPED, why, now))) {
            notices.raise(tx, source.branch(), Notices.Kind.SOURCE, source.id(), why);
        }
    }
}
