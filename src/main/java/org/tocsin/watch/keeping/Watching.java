package org.tocsin.watch.keeping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.Ids;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.SetAside;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.recipient.Outbox;
import org.tocsin.watch.Heard;
import org.tocsin.watch.Matches;
import org.tocsin.watch.Quarantined;
import org.tocsin.watch.WatchIndex;
import org.tocsin.watch.WordCounts;

/**
 * Reads the log against all watches. Hits, alerts, the stories that they are raised for and how far the log was read are one transaction, so
 * that after a crash a batch is read again, and rings and counts nothing twice.
 */
public final class Watching {
    /** What tells the same within that time is the same story. */
    static final Duration STORY = Duration.ofDays(3);

    /** So many rows are well below 50 ms of the writer's time. */
    private static final int AT_ONCE = 200;
    /** So many of the log are read at the start, in well below a second. */
    private static final int RECALLED = 2_000;

    private static final Logger log = LoggerFactory.getLogger(Watching.class);

    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final SourceRepository sources;
    private final WatchRepository watches;
    private final WatchHitRepository hits;
    private final AlertRepository alerts;
    private final Notices notices;
    private final Raising raising;
    private final WatchIndex index;
    private final Analysis analysis;
    private final Duration kept;
    private final Clock clock;
    private final Wakeup readOn;
    private final WordCounts counts;
    private final Stories stories;
    private final AtomicBoolean recalled;

    /**
     * @param escalate rung when something waits for an answer
     * @param kept     how long what was heard is kept
     * @param readOn   rung when the log was read on
     */
    public Watching(
            UnitOfWork unitOfWork,
            MentionRepository mentions,
            SourceRepository sources,
            WatchRepository watches,
            WatchHitRepository hits,
            AlertRepository alerts,
            RingingRepository ringings,
            Outbox outbox,
            Wakeup escalate,
            Notices notices,
            WatchIndex index,
            Analysis analysis,
            Ids ids,
            Duration kept,
            Clock clock,
            Wakeup readOn) {
        this.unitOfWork = unitOfWork;
        this.mentions = mentions;
        this.sources = sources;
        this.watches = watches;
        this.hits = hits;
        this.alerts = alerts;
        this.notices = notices;
        this.index = index;
        this.analysis = analysis;
        this.kept = kept;
        this.clock = clock;
        this.readOn = readOn;
        this.counts = new WordCounts();
        this.recalled = new AtomicBoolean();
        this.stories = new Stories(alerts, mentions, counts);
        Bell bell = new Bell(alerts, ringings, outbox, escalate, notices, ids);
        this.raising = new Raising(mentions, watches, hits, stories, bell, clock);
    }

    /** Keeps the index of watches in few pieces; to be called every few seconds. */
    public void merge() {
        index.merge();
        tellAside();
    }

    /** A watch that failed on an item matches no longer until it is saved again: who relies on it must hear of it. */
    private void tellAside() {
        List<Quarantined> aside = index.quarantined();
        if (aside.isEmpty()) {
            return;
        }
        Watches.tellAside(
                unitOfWork,
                notices,
                aside,
                unitOfWork.read(tx -> aside.stream()
                        .flatMap(one -> watches.find(tx, one.id()).stream())
                        .toList()));
    }

    /** Files the watches anew by what is rare in what was heard; to be called once a day or so. */
    public void reanchor() {
        index.reanchor(counts.rarity());
    }

    /** Forgets what was heard too long ago, and by what stories that are over were known. */
    public void expire() {
        Instant now = clock.instant();
        int gone;
        do {
            gone = unitOfWork.write(Urgency.BULK, tx -> mentions.expire(tx, now.minus(kept), now, AT_ONCE));
        } while (gone == AT_ONCE);
        do {
            gone = unitOfWork.write(Urgency.BULK, tx -> alerts.forget(tx, now.minus(STORY), AT_ONCE));
        } while (gone == AT_ONCE);
        do {
            // A notice tells the words as well.
            gone = unitOfWork.write(
                    Urgency.BULK, tx -> notices.forget(tx, Notices.Kind.ALERT, now.minus(kept), AT_ONCE));
        } while (gone == AT_ONCE);
    }

    /** @return whether any watch of the source's branch matches it, as if it had been heard: of a whole network, only that is kept */
    public boolean wanted(Source source, HeardItem item) {
        Mention mention = new Mention("", 0, 0, 1, source.branch(), source.id(), item, clock.instant(), false, null);
        try {
            Matches matches = index.match(Heard.of(Items.of(mention, source.network()), analysis));
            // Where some watches were not tried, whether it is wanted cannot be told either.
            return !matches.complete()
                    || matches.matches().stream()
                            .anyMatch(match ->
                                    match.owner().equals(source.branch().value()));
        } catch (RuntimeException | StackOverflowError e) {
            // Whether it is wanted cannot be told: it is kept, and set aside where it is seen.
            log.atWarn().setCause(e).addKeyValue("source", source.id()).log("an item of a stream cannot be read");
            return true;
        }
    }

    /** What was heard before this start tells what is rare as well. */
    private void recall(LogReader.Batch batch) {
        if (recalled.compareAndSet(false, true)) {
            unitOfWork.read(tx -> {
                stories.recall(tx);
                return true;
            });
            unitOfWork.read(tx -> mentions.after(tx, Math.max(0, batch.from() - RECALLED), RECALLED)).stream()
                    .filter(mention -> mention.changeSeq() <= batch.from() && mention.deletedAt() == null)
                    .forEach(this::recount);
        }
    }

    private void recount(Mention mention) {
        try {
            counts.count(Heard.of(Items.of(mention, ""), analysis));
        } catch (RuntimeException | StackOverflowError e) {
            log.atDebug().setCause(e).addKeyValue("mention", mention.id()).log("a mention does not count");
        }
    }

    private Optional<Raising.Rung> read(Mention mention, String network) {
        Heard words = Heard.of(Items.of(mention, network), analysis);
        Matches matches = index.match(words);
        if (!mention.history()) {
            counts.count(words);
        }
        if (!matches.complete()) {
            log.atWarn()
                    .addKeyValue("mention", mention.id())
                    .log("so many watches may match an item that some were not tried");
        }
        return matches.matches().isEmpty()
                ? Optional.empty()
                : Optional.of(new Raising.Rung(mention, stories.known(mention, words), matches.matches()));
    }

    private record Read(List<Raising.Rung> rung, List<SetAside> aside) {}

    private Read read(LogReader.Batch batch, Map<String, String> networks) {
        List<Raising.Rung> rung = new ArrayList<>();
        List<SetAside> aside = new ArrayList<>();
        for (Mention mention : batch.mentions()) {
            if (mention.deletedAt() == null) {
                try {
                    read(mention, networks.getOrDefault(mention.sourceId(), "")).ifPresent(rung::add);
                } catch (RuntimeException | StackOverflowError e) {
                    // What follows it is read: nobody waits for one item that cannot be.
                    log.atError()
                            .setCause(e)
                            .addKeyValue("mention", mention.id())
                            .log("an item cannot be matched");
                    aside.add(SetAside.of(mention, SetAside.Step.MATCH, e, clock.instant()));
                }
            }
        }
        return new Read(rung, aside);
    }

    /** Matches a batch and raises what it rings. */
    public void match(LogReader.Batch batch) {
        recall(batch);
        long edits = index.edits();
        Map<String, String> networks = unitOfWork.read(tx -> batch.mentions().stream()
                .map(Mention::sourceId)
                .distinct()
                .flatMap(id -> sources.find(tx, id).stream())
                .collect(Collectors.toMap(Source::id, Source::network)));
        Read first = read(batch, networks);
        unitOfWork.write(Urgency.BULK, tx -> {
            // Moved on first: who read the same batch meanwhile has raised its alerts, and these are dropped.
            if (mentions.advance(tx, batch.reader(), batch.from(), batch.to())) {
                // A watch may have been saved in the transaction of an item, and come into the index after that was
                // read
                // here: it looks into the past only for what is older. By now it is there.
                Read read = index.edits() == edits ? first : read(batch, networks);
                List<Raising.Rung> rung = read.rung();
                Map<String, Map<String, Boolean>> before = before(tx, rung);
                sources.readAgain(tx, batch.mentions().stream().map(Mention::id).toList());
                sources.setAside(tx, read.aside());
                hits.drop(
                        tx,
                        batch.mentions().stream()
                                .filter(mention -> mention.deletedAt() != null || mention.revision() > 1)
                                .map(Mention::id)
                                .toList());
                raising.raise(tx, rung, before);
                tx.afterCommit(readOn::ring);
            }
            return true;
        });
    }

    /** @return the ids of the watches that had matched each of them, as it was before, and whether that was history */
    private Map<String, Map<String, Boolean>> before(Tx tx, List<Raising.Rung> rung) {
        Map<String, Map<String, Boolean>> before = new HashMap<>();
        hits.of(tx, rung.stream().map(one -> one.mention().id()).toList())
                .forEach(hit -> before.computeIfAbsent(hit.mentionId(), id -> new HashMap<>())
                        .put(hit.watchId(), hit.history()));
        return before;
    }
}
