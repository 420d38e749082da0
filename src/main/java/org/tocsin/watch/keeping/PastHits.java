package org.tocsin.watch.keeping;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.watch.CheckedQuery;
import org.tocsin.watch.Heard;
import org.tocsin.watch.Plan;
import org.tocsin.watch.WatchLanguage;
import org.tocsin.watch.WatchQuery;
import org.tocsin.watch.WordLists;

/**
 * Looks through what was heard before a watch was saved, newest first, and writes what its words match as history. Nothing rings. Of a watch
 * whose words were changed, the hits of the former words go where the new ones do not match; of one that was removed, all go.
 */
public final class PastHits implements DueQueue<WatchHitRepository.Past> {
    private static final Logger log = LoggerFactory.getLogger(PastHits.class);
    /** So many mentions are read for a watch; the hits on older ones stay those of the words that were watched then. */
    public static final int MOST = 50_000;
    /** Read, matched and written within 50 ms of the writer's time. */
    private static final int AT_ONCE = 200;

    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final SourceRepository sources;
    private final WatchRepository watches;
    private final WatchHitRepository hits;
    private final AlertRepository alerts;
    private final Analysis analysis;
    private final WatchLanguage language;
    private final WordLists lists;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Wakeup found;
    private final AtomicBoolean busy;

    /**
     * @param wakeup rung when there is a past to be looked through
     * @param found  rung when hits were found in it
     */
    public PastHits(
            UnitOfWork unitOfWork,
            MentionRepository mentions,
            SourceRepository sources,
            WatchRepository watches,
            WatchHitRepository hits,
            AlertRepository alerts,
            Analysis analysis,
            WatchLanguage language,
            WordLists lists,
            Clock clock,
            Wakeup wakeup,
            Wakeup found) {
        this.unitOfWork = unitOfWork;
        this.mentions = mentions;
        this.sources = sources;
        this.watches = watches;
        this.hits = hits;
        this.alerts = alerts;
        this.analysis = analysis;
        this.language = language;
        this.lists = lists;
        this.clock = clock;
        this.wakeup = wakeup;
        this.found = found;
        this.busy = new AtomicBoolean();
    }

    @Override
    public List<WatchHitRepository.Past> claim(int max) {
        if (!busy.compareAndSet(false, true)) {
            return List.of();
        }
        Optional<WatchHitRepository.Past> past = unitOfWork.read(hits::past);
        if (past.isEmpty()) {
            busy.set(false);
        }
        return past.stream().toList();
    }

    @Override
    public void release(WatchHitRepository.Past past) {
        busy.set(false);
        wakeup.ring();
    }

    @Override
    public Object key(WatchHitRepository.Past past) {
        return past.watchId();
    }

    @Override
    public Optional<Instant> nextAt() {
        return busy.get() ? Optional.empty() : unitOfWork.read(hits::past).map(waiting -> clock.instant());
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** Looks through a piece. It is read where it is written: a mention that changes meanwhile is read again by who reads the log. */
    public void look(WatchHitRepository.Past past) {
        unitOfWork.write(Urgency.BULK, tx -> {
            Optional<Watch> watch = watches.find(tx, past.watchId());
            if (watch.isEmpty()) {
                if (hits.forget(tx, past.watchId(), AT_ONCE) < AT_ONCE) {
                    hits.done(tx, past.watchId());
                }
                return true;
            }
            List<Mention> page = mentions.page(tx, watch.get().branch(), null, past.reached(), AT_ONCE);
            String owner = watch.get().branch().value();
            CheckedQuery checked = language.of(owner).check(watch.get().query());
            WatchQuery query = checked.query();
            if (query == null || !checked.valid() || !watch.get().enabled() || page.isEmpty()) {
                hits.done(tx, past.watchId());
                return true;
            }
            WatchHitRepository.Past after =
                    new WatchHitRepository.Past(past.watchId(), page.getLast().id(), past.read() + page.size());
            if (!hits.advance(tx, past, after)) {
                return true;
            }
            mark(tx, watch.get(), Plan.of(query, analysis, lists.of(owner)), page);
            if (page.size() < AT_ONCE || after.read() >= MOST) {
                hits.done(tx, past.watchId());
            }
            return true;
        });
    }

    private void mark(Tx tx, Watch watch, Plan plan, List<Mention> page) {
        List<WatchHit> marked = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Mention mention : page) {
            String network =
                    sources.find(tx, mention.sourceId()).map(Source::network).orElse("");
            Heard words = heard(mention, network);
            if (words == null) {
                continue;
            }
            if (!plan.matches(words)) {
                others.add(mention.id());
            } else if (mention.history() || mention.heardAt().isBefore(watch.since())) {
                marked.add(new WatchHit(
                        watch.id(),
                        mention.id(),
                        mention.branch(),
                        story(tx, mention, words),
                        watch.version(),
                        true,
                        mention.at()));
            }
        }
        hits.drop(tx, watch.id(), watch.version(), others);
        if (!marked.isEmpty()) {
            hits.put(tx, marked, hits.next(tx));
            tx.afterCommit(found::ring);
        }
    }

    /** @return null where it cannot be read: who reads the log has said so of it */
    private @Nullable Heard heard(Mention mention, String network) {
        try {
            return Heard.of(Items.of(mention, network), analysis);
        } catch (RuntimeException | StackOverflowError e) {
            log.atDebug().setCause(e).addKeyValue("mention", mention.id()).log("a mention cannot be read");
            return null;
        }
    }

    private String story(Tx tx, Mention mention, Heard words) {
        List<String> names = new ArrayList<>(StoryNames.of(mention.heard(), words));
        names.add("mention:" + mention.id());
        return alerts.story(tx, mention.branch(), names, clock.instant().minus(Watching.STORY))
                .orElse(mention.id());
    }
}
