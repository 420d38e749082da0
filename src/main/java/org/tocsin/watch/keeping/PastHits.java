package org.tocsin.watch.keeping;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
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
import org.tocsin.watch.WordList;
import org.tocsin.watch.WordLists;

/**
 * Looks through what was heard before a watch was saved, newest first, and writes what its words match as history. Nothing rings. Of a watch
 * whose words were changed, the hits of the former words go where the new ones do not match; of one that was removed, all go.
 */
public final class PastHits implements DueQueue<WatchHitRepository.Past> {
    private static final Logger log = LoggerFactory.getLogger(PastHits.class);
    /** So many mentions are read for a watch; the hits on older ones stay those of the words that were watched then. */
    public static final int MOST = 50_000;

    private static final int AT_ONCE = 200;
    /** Where more than this came into the log meanwhile, the piece is read again. */
    private static final int MOST_CHANGED = 2_000;

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

    /**
     * Looks through a piece: reads it, matches it while nobody waits, and writes what came of it in a short transaction. A mention that has
     * changed by then is left out: who reads the log reads it again.
     */
    public void look(WatchHitRepository.Past past) {
        Optional<Piece> piece = unitOfWork.read(tx -> piece(tx, past));
        if (piece.isEmpty()) {
            unitOfWork.write(Urgency.BULK, tx -> {
                if (hits.forget(tx, past.watchId(), AT_ONCE) < AT_ONCE) {
                    hits.done(tx, past.watchId());
                }
                return true;
            });
            return;
        }
        Matched matched = match(piece.get());
        unitOfWork.write(Urgency.BULK, tx -> write(tx, past, piece.get(), matched));
    }

    /**
     * What is looked through at once.
     *
     * @param asOf     the number of the log as of which it was read
     * @param networks by the ids of sources
     */
    private record Piece(Watch watch, List<Mention> page, long asOf, Map<String, String> networks) {}

    /** What the words match, with what a story is known by, and what they do not. */
    private record Matched(
            Map<Mention, List<String>> names,
            List<String> others,
            Map<String, Optional<WordList>> lists,
            boolean readable) {}

    /** @return empty where the watch was removed */
    private Optional<Piece> piece(Tx tx, WatchHitRepository.Past past) {
        return watches.find(tx, past.watchId()).map(watch -> {
            List<Mention> page = mentions.page(tx, watch.branch(), null, past.reached(), AT_ONCE);
            Map<String, String> networks = new HashMap<>();
            for (Mention mention : page) {
                networks.computeIfAbsent(
                        mention.sourceId(),
                        id -> sources.find(tx, id).map(Source::network).orElse(""));
            }
            return new Piece(watch, page, mentions.newest(tx), networks);
        });
    }

    private Matched match(Piece piece) {
        Watch watch = piece.watch();
        String owner = watch.branch().value();
        CheckedQuery checked = language.of(owner).check(watch.query());
        WatchQuery query = checked.query();
        if (query == null || !checked.valid() || !watch.enabled()) {
            return new Matched(Map.of(), List.of(), Map.of(), false);
        }
        WordLists own = lists.of(owner);
        Map<String, Optional<WordList>> used = new HashMap<>();
        Plan plan = Plan.of(query, analysis, name -> {
            @Nullable WordList list = own.find(name);
            used.put(name, Optional.ofNullable(list));
            return list;
        });
        Map<Mention, List<String>> names = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (Mention mention : piece.page()) {
            Heard words = heard(mention, piece.networks().getOrDefault(mention.sourceId(), ""));
            if (words == null) {
                continue;
            }
            if (!plan.matches(words)) {
                others.add(mention.id());
            } else if (mention.history() || mention.firstSeq() <= watch.sinceSeq()) {
                List<String> all = new ArrayList<>(StoryNames.of(mention.heard(), words));
                all.add("mention:" + mention.id());
                names.put(mention, all);
            }
        }
        return new Matched(names, others, used, true);
    }

    private boolean write(Tx tx, WatchHitRepository.Past past, Piece piece, Matched matched) {
        Watch watch = piece.watch();
        // The lists in memory follow a commit a little later: by now they have.
        WordLists own = lists.of(watch.branch().value());
        boolean same = watches.find(tx, watch.id())
                        .filter(now -> now.version() == watch.version())
                        .isPresent()
                && matched.lists().entrySet().stream()
                        .allMatch(one -> one.getValue().equals(Optional.ofNullable(own.find(one.getKey()))));
        if (!same) {
            // Its words are others by now: the same piece is read again.
            return false;
        }
        List<Mention> page = piece.page();
        if (!matched.readable() || page.isEmpty()) {
            hits.done(tx, past.watchId());
            return true;
        }
        List<Mention> since = mentions.after(tx, piece.asOf(), MOST_CHANGED);
        WatchHitRepository.Past after =
                new WatchHitRepository.Past(past.watchId(), page.getLast().id(), past.read() + page.size());
        if (since.size() == MOST_CHANGED || !hits.advance(tx, past, after)) {
            return false;
        }
        mark(tx, watch, matched, since.stream().map(Mention::id).collect(Collectors.toSet()));
        if (page.size() < AT_ONCE || after.read() >= MOST) {
            hits.done(tx, past.watchId());
        }
        return true;
    }

    private void mark(Tx tx, Watch watch, Matched matched, Set<String> changed) {
        List<WatchHit> marked = new ArrayList<>();
        Instant least = clock.instant().minus(Watching.STORY);
        matched.names().forEach((mention, names) -> {
            if (!changed.contains(mention.id())) {
                String story = alerts.story(tx, mention.branch(), names, least).orElse(mention.id());
                marked.add(new WatchHit(
                        watch.id(), mention.id(), mention.branch(), story, watch.version(), true, mention.at()));
            }
        });
        hits.drop(
                tx,
                watch.id(),
                watch.version(),
                matched.others().stream().filter(id -> !changed.contains(id)).toList());
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
}
