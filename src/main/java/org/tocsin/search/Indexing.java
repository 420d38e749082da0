package org.tocsin.search;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.BranchId;
import org.tocsin.base.DueQueue;
import org.tocsin.base.LongWork;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UserId;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.SetAside;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.watch.Heard;
import org.tocsin.watch.keeping.Items;
import org.tocsin.watch.keeping.WatchHit;
import org.tocsin.watch.keeping.WatchHitRepository;

/**
 * Reads the log into the index, after the watches have read it, so that their hits are known. How far it has come stands in the index itself
 * and is durable with it: what was not committed is read again. Where nothing can be written, it waits and tries again; nothing else waits for it.
 */
public final class Indexing implements DueQueue<Indexing.Batch>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Indexing.class);
    private static final int AT_ONCE = 500;
    private static final Duration COMMIT = Duration.ofSeconds(5);
    /** What comes slowly need not wait for the next tick. Of what comes fast it must: each refresh costs as much as some hundred items. */
    private static final Duration REFRESH = Duration.ofMillis(100);

    private static final int FEW = 200;

    private static final Duration AFTER_FAULT = Duration.ofSeconds(10);
    /** For so long at most the files hold what is gone. */
    private static final Duration PURGE = Duration.ofHours(24);
    /** A daemon that is started anew each day purges as well. */
    private static final Duration FIRST_PURGE = Duration.ofHours(1);

    private static final String AHEAD = "watch";

    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final SourceRepository sources;
    private final WatchHitRepository hits;
    private final MentionIndex index;
    private final Analysis analysis;
    private final Clock clock;
    private final Wakeup wakeup;
    private final LongWork work;
    private final AtomicReference<LongWork.@Nullable Task> building;
    private final CrashPoints points;
    private final Executor committer;
    private final AtomicBoolean committing;
    private final AtomicBoolean busy;
    /** Items put into the index since it was last made visible, about. */
    private final AtomicInteger unseen;

    private volatile Instant heldUntil;
    private volatile Instant committed;
    private volatile Instant refreshed;
    private volatile Instant purged;
    private volatile boolean held;

    /**
     * @param wakeup    rung when the watches have read on
     * @param work      shows how far the building of the index is
     * @param committer makes the index durable, one at a time: to sync what came fast takes most of a second, in which what comes is found
     */
    public Indexing(
            UnitOfWork unitOfWork,
            MentionRepository mentions,
            SourceRepository sources,
            WatchHitRepository hits,
            MentionIndex index,
            Analysis analysis,
            Clock clock,
            Wakeup wakeup,
            LongWork work,
            CrashPoints points,
            Executor committer) {
        this.unitOfWork = unitOfWork;
        this.mentions = mentions;
        this.sources = sources;
        this.hits = hits;
        this.index = index;
        this.analysis = analysis;
        this.clock = clock;
        this.wakeup = wakeup;
        this.work = work;
        this.building = new AtomicReference<>();
        this.points = points;
        this.committer = committer;
        this.committing = new AtomicBoolean();
        this.busy = new AtomicBoolean();
        this.unseen = new AtomicInteger();
        this.heldUntil = Instant.MIN;
        this.committed = Instant.MIN;
        this.refreshed = Instant.MIN;
        this.purged = Instant.MIN;
    }

    /**
     * A piece of the log, with what each watch has matched of it.
     *
     * @param from     how far the index had come
     * @param to       how far it comes with this
     * @param mentions as they are now, in no order
     * @param networks of their sources, by id
     */
    public record Batch(
            long from,
            long to,
            List<Mention> mentions,
            Map<String, List<WatchHit>> hits,
            Map<String, String> networks) {
        public Batch {
            mentions = List.copyOf(mentions);
            hits = Map.copyOf(hits);
            networks = Map.copyOf(networks);
        }
    }

    @Override
    public List<Batch> claim(int max) {
        if (clock.instant().isBefore(heldUntil) || !busy.compareAndSet(false, true)) {
            return List.of();
        }
        try {
            index.open(unitOfWork.read(mentions::newest));
            Optional<Batch> batch = isWaiting() ? Optional.empty() : unitOfWork.read(this::batch);
            if (batch.isEmpty()) {
                busy.set(false);
            }
            return batch.stream().toList();
        } catch (IOException e) {
            hold(e);
            busy.set(false);
            return List.of();
        } catch (RuntimeException e) {
            busy.set(false);
            throw e;
        }
    }

    /** @return whether somebody has stopped the building of the index: what was there before answers meanwhile */
    private boolean isWaiting() {
        LongWork.Task task = building.get();
        if (index.whole()) {
            over();
            return false;
        }
        long from = index.seq();
        long bound = unitOfWork.read(this::bound);
        if (task == null && bound - from > AT_ONCE) {
            task = work.beginResumable(BranchId.MAIN, LongWork.Kind.INDEX, UserId.DAEMON.value(), wakeup::ring);
            building.set(task);
        }
        if (task == null) {
            return false;
        }
        task.at(from, bound);
        return task.isStopped();
    }

    private boolean isStopped() {
        LongWork.Task task = building.get();
        return task != null && task.isStopped();
    }

    private void over() {
        LongWork.Task task = building.getAndSet(null);
        if (task != null) {
            task.close();
        }
    }

    /** Up to where the watches have read everything. */
    private long bound(Tx tx) {
        List<Mention> unread = mentions.after(tx, mentions.seen(tx, AHEAD), 1);
        return unread.isEmpty() ? mentions.newest(tx) : unread.getFirst().changeSeq() - 1;
    }

    private Optional<Batch> batch(Tx tx) {
        long from = index.seq();
        long bound = bound(tx);
        if (from >= bound) {
            return Optional.empty();
        }
        List<Mention> changed = mentions.after(tx, from, AT_ONCE);
        List<WatchHitRepository.Touched> touched = hits.touched(tx, from, bound, AT_ONCE);
        long to = bound;
        if (changed.size() == AT_ONCE) {
            to = Math.min(to, changed.getLast().changeSeq());
        }
        if (touched.size() == AT_ONCE) {
            // The hits of the last number may go on.
            to = Math.min(to, touched.getLast().seq() - 1);
        }
        long until = to;
        Map<String, Mention> all = new LinkedHashMap<>();
        changed.stream().filter(one -> one.changeSeq() <= until).forEach(one -> all.put(one.id(), one));
        Set<String> more = new HashSet<>();
        touched.stream()
                .filter(one -> one.seq() <= until && !all.containsKey(one.mentionId()))
                .forEach(one -> more.add(one.mentionId()));
        mentions.all(tx, more).forEach(one -> all.put(one.id(), one));
        return Optional.of(
                new Batch(from, until, List.copyOf(all.values()), hits(tx, all.keySet()), networks(tx, all.values())));
    }

    private Map<String, List<WatchHit>> hits(Tx tx, Set<String> ids) {
        List<String> all = List.copyOf(ids);
        Map<String, List<WatchHit>> found = new HashMap<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            hits.of(tx, all.subList(from, Math.min(all.size(), from + AT_ONCE)))
                    .forEach(hit -> found.computeIfAbsent(hit.mentionId(), one -> new ArrayList<>())
                            .add(hit));
        }
        return found;
    }

    private Map<String, String> networks(Tx tx, Iterable<Mention> of) {
        Set<String> ids = new HashSet<>();
        of.forEach(mention -> ids.add(mention.sourceId()));
        return ids.stream()
                .flatMap(id -> sources.find(tx, id).stream())
                .collect(Collectors.toMap(Source::id, Source::network));
    }

    @Override
    public void release(Batch batch) {
        busy.set(false);
        wakeup.ring();
    }

    @Override
    public Object key(Batch batch) {
        return batch.from();
    }

    @Override
    public Optional<Instant> nextAt() {
        Instant until = heldUntil;
        if (clock.instant().isBefore(until)) {
            return Optional.of(until);
        }
        return busy.get() || isStopped() || unitOfWork.read(this::bound) <= index.seq()
                ? Optional.empty()
                : Optional.of(clock.instant());
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** Puts a batch into the index. */
    public void index(Batch batch) {
        if (batch.from() != index.seq()) {
            return;
        }
        Map<String, Document> documents = new LinkedHashMap<>();
        List<String> gone = new ArrayList<>();
        Map<String, Throwable> refused = new HashMap<>();
        for (Mention mention : batch.mentions()) {
            if (mention.deletedAt() != null) {
                gone.add(mention.id());
            } else {
                try {
                    documents.put(mention.id(), document(mention, batch));
                } catch (RuntimeException | StackOverflowError e) {
                    refused.put(mention.id(), e);
                    gone.add(mention.id());
                }
            }
        }
        guarded(() -> {
            refused.putAll(index.apply(documents, gone, batch.to()));
            setAside(batch, refused);
            boolean few = unseen.addAndGet(batch.mentions().size()) <= FEW;
            if (few && clock.instant().isAfter(refreshed.plus(REFRESH))) {
                refresh();
            }
        });
    }

    private Document document(Mention mention, Batch batch) {
        String network = batch.networks().getOrDefault(mention.sourceId(), "");
        return Documents.of(
                mention,
                Heard.of(Items.of(mention, network), analysis),
                batch.hits().getOrDefault(mention.id(), List.of()));
    }

    /** What follows is indexed: nobody waits for one item that cannot be. */
    private void setAside(Batch batch, Map<String, Throwable> refused) {
        if (refused.isEmpty()) {
            return;
        }
        refused.forEach((id, cause) ->
                log.atError().setCause(cause).addKeyValue("mention", id).log("an item cannot be indexed"));
        List<SetAside> aside = new ArrayList<>();
        for (Mention mention : batch.mentions()) {
            Throwable cause = refused.get(mention.id());
            if (cause != null) {
                aside.add(SetAside.of(mention, SetAside.Step.INDEX, cause, clock.instant()));
            }
        }
        unitOfWork.write(UnitOfWork.Urgency.BULK, tx -> {
            sources.setAside(tx, aside);
            return true;
        });
    }

    private void refresh() throws IOException {
        index.refresh();
        refreshed = clock.instant();
        unseen.set(0);
    }

    /** Makes what was read visible and, every few seconds, durable; to be called a few times a second. */
    public void tick() {
        if (clock.instant().isBefore(heldUntil)) {
            return;
        }
        if (!index.isThere()) {
            // The next claim builds it anew.
            wakeup.ring();
            return;
        }
        if (index.written().isEmpty()) {
            return;
        }
        guarded(() -> {
            refresh();
            if (!index.whole() && unitOfWork.read(this::bound) <= index.seq()) {
                passing(index::complete);
                over();
            } else if (clock.instant().isAfter(committed.plus(COMMIT))) {
                commitBeside();
            }
        });
        purgeNowAndThen();
    }

    private void commitBeside() {
        if (committing.compareAndSet(false, true)) {
            committed = clock.instant();
            committer.execute(() -> {
                try {
                    guarded(() -> passing(index::commit));
                } finally {
                    committing.set(false);
                }
            });
        }
    }

    /**
     * Removes what is gone from the files as well: until a segment is merged, they hold the words of what was deleted.
     *
     * @param seq the number of the log up to which it must be so
     * @return whether it is; false while the index has not read so far, or cannot be written
     */
    public boolean purge(long seq) {
        if (seq == 0) {
            return true;
        }
        if (clock.instant().isBefore(heldUntil) || !index.isThere() || !index.whole() || index.seq() < seq) {
            return false;
        }
        AtomicBoolean clean = new AtomicBoolean();
        guarded(() -> clean.set(index.purge()));
        purged = clock.instant();
        return clean.get();
    }

    /** Expiry, deletions and edits leave words in the files as well; nobody waits for these. */
    private void purgeNowAndThen() {
        Instant now = clock.instant();
        if (purged.equals(Instant.MIN)) {
            purged = now.minus(PURGE).plus(FIRST_PURGE);
        }
        if (now.isAfter(purged.plus(PURGE)) && index.holdsDeleted()) {
            purge(1);
        }
    }

    private void passing(Step commit) throws IOException {
        points.pass("index.before-commit");
        commit.run();
        points.pass("index.after-commit");
    }

    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Step step) {
        try {
            step.run();
            if (held) {
                held = false;
                log.info("what was heard is indexed again");
            }
        } catch (IOException | AlreadyClosedException e) {
            hold(e);
        }
    }

    /** Lucene closes a writer that could not write. What it has not committed is read again from the log. */
    private void hold(Exception cause) {
        heldUntil = index.isThere() ? clock.instant().plus(AFTER_FAULT) : Instant.MIN;
        if (!held) {
            held = true;
            log.atWarn().setCause(cause).log("what was heard cannot be indexed now: search lags behind until it can");
        }
        index.fail();
    }

    @Override
    public void close() {
        index.close();
    }
}
