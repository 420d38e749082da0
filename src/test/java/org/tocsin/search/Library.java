package org.tocsin.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.LongWork;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardSamples;
import org.tocsin.mention.Item;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceState;
import org.tocsin.mention.rights.RespectedMentions;
import org.tocsin.network.TestClock;
import org.tocsin.people.Actor;
import org.tocsin.recipient.Outbox;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAlerts;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlErasures;
import org.tocsin.sql.SqlMentions;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlRecipients;
import org.tocsin.sql.SqlRingings;
import org.tocsin.sql.SqlSources;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlTellings;
import org.tocsin.sql.SqlWatchHits;
import org.tocsin.sql.SqlWatches;
import org.tocsin.watch.Rarity;
import org.tocsin.watch.WatchIndex;
import org.tocsin.watch.WatchLanguage;
import org.tocsin.watch.WordLists;
import org.tocsin.watch.keeping.HowTold;
import org.tocsin.watch.keeping.LogIndex;
import org.tocsin.watch.keeping.LogReader;
import org.tocsin.watch.keeping.PastHits;
import org.tocsin.watch.keeping.Trial;
import org.tocsin.watch.keeping.WatchHit;
import org.tocsin.watch.keeping.WatchHitRepository;
import org.tocsin.watch.keeping.Watches;
import org.tocsin.watch.keeping.Watching;

/** A real store with a log, watches and an index, driven by hand. */
final class Library implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-26T12:00:00Z");
    static final Actor ACTOR = Actor.daemon(BranchId.MAIN);
    static final Source PRESS = source("s1", BranchId.MAIN, "mastodon");
    static final Source TOWN = source("s2", BranchId.MAIN, "rss");

    final TestClock clock = new TestClock(START);
    final LongWork work = new LongWork(new Ids(clock), clock);
    final SqlStore store;
    final MentionRepository mentions;
    final SqlWatchHits hits = new SqlWatchHits();
    final SqlAlerts alerts = new SqlAlerts();
    final SqlAudit audit;
    final Watches watches;
    final Analysis analysis = new Analysis();
    final SqlSources sources = new SqlSources();
    private final SqlWatches rows = new SqlWatches();
    private final WordLists lists;
    private final WatchLanguage language;
    private final Watching watching;
    private final LogReader reader;
    private final PastHits past;
    private final Path folder;
    private final String database;
    private final Executor committer;
    MentionIndex index;
    Indexing indexing;
    Search search;

    Library(Path folder) {
        this(folder, "db", WordLists.none());
    }

    Library(Path folder, String database, WordLists lists) {
        this(folder, database, lists, Runnable::run);
    }

    /** @param committer as of {@link Indexing} */
    Library(Path folder, String database, WordLists lists, Executor committer) {
        this.folder = folder;
        this.database = database;
        this.lists = lists;
        this.committer = committer;
        store = Opened.at(folder);
        Ids ids = new Ids(clock);
        mentions = new RespectedMentions(new SqlMentions(ids), new SqlErasures(), Opened.BOX::hash);
        audit = new SqlAudit(clock);
        language = new WatchLanguage(analysis, lists);
        WatchIndex watchIndex = new WatchIndex(analysis, lists, Rarity.byLength(), System::nanoTime, WatchIndex.BUDGET);
        watches = new Watches(
                store,
                rows,
                hits,
                new SqlNotices(ids, clock, new Wakeup(), false),
                language,
                watchIndex,
                alerts,
                new Outbox(new SqlRecipients(Opened.BOX), new SqlTellings(), ids, clock, new Wakeup()),
                new SqlRingings(),
                audit,
                ids,
                clock,
                new Wakeup());
        watching = new Watching(
                store,
                mentions,
                sources,
                rows,
                hits,
                alerts,
                new SqlRingings(),
                new Outbox(new SqlRecipients(Opened.BOX), new SqlTellings(), ids, clock, new Wakeup()),
                new Wakeup(),
                new SqlNotices(ids, clock, new Wakeup(), false),
                watchIndex,
                analysis,
                ids,
                Duration.ofDays(396),
                clock,
                new Wakeup());
        reader = new LogReader(store, mentions, "watch", clock, new Wakeup());
        past = new PastHits(
                store,
                mentions,
                sources,
                rows,
                hits,
                alerts,
                analysis,
                language,
                lists,
                clock,
                new Wakeup(),
                new Wakeup());
        if (store.read(tx -> sources.find(tx, "s1")).isEmpty()) {
            write(tx -> {
                sources.insert(tx, PRESS);
                sources.insert(tx, TOWN);
            });
        }
        open();
    }

    private void open() {
        index = new MentionIndex(indexFolder(), database);
        indexing = new Indexing(
                store,
                mentions,
                sources,
                hits,
                index,
                analysis,
                clock,
                new Wakeup(),
                work,
                CrashPoints.NONE,
                committer);
        search = new Search(
                store,
                index,
                mentions,
                sources,
                hits,
                audit,
                analysis,
                language,
                lists,
                Opened.BOX::hash,
                ZoneOffset.UTC);
    }

    Trial trial(LogIndex past) {
        return new Trial(
                store,
                mentions,
                sources,
                alerts,
                analysis,
                language,
                lists,
                past,
                new HowTold(new SqlRecipients(Opened.BOX), new SqlTellings(), clock),
                watches::trouble,
                work,
                ZoneOffset.UTC);
    }

    Path indexFolder() {
        return folder.resolve("index").resolve("mentions");
    }

    /** What a kill leaves: what was not committed is gone. */
    void kill() {
        index.shut();
        open();
    }

    /** A stop and a start. */
    void restart() {
        index.close();
        open();
    }

    static Source source(String id, BranchId branch, String type) {
        return new Source(
                id,
                branch,
                type,
                id,
                "https://ex.fr/" + id,
                null,
                null,
                null,
                SourceState.LISTENING,
                null,
                0,
                null,
                START,
                START,
                null,
                0,
                START,
                1);
    }

    void add(Source source) {
        write(tx -> sources.insert(tx, source));
    }

    void write(Consumer<Tx> work) {
        assertThat(store.<Boolean>write(Urgency.BULK, tx -> {
                    work.accept(tx);
                    return true;
                }))
                .isTrue();
    }

    static HeardItem post(String id, String text) {
        return post(id, text, null, null);
    }

    static HeardItem post(String id, String text, @Nullable String language, @Nullable Instant at) {
        return HeardSamples.post(
                id, Author.unknown(), text, language, null, at, List.of(), List.of(), Counts.unknown());
    }

    static HeardItem heard(String id, Item item) {
        return new HeardItem(
                id,
                item.kind(),
                item.author(),
                item.title(),
                item.text(),
                item.language(),
                item.url(),
                null,
                item.tags(),
                item.mentions(),
                item.links(),
                null,
                item.media(),
                item.counts());
    }

    void say(Source source, HeardItem... items) {
        clock.move(Duration.ofSeconds(1));
        write(tx -> mentions.add(tx, source, List.of(items), clock.instant(), false));
    }

    void say(HeardItem... items) {
        say(PRESS, items);
    }

    void unsay(String nativeId) {
        write(tx -> mentions.delete(tx, PRESS, List.of(nativeId), clock.instant()));
    }

    String watch(String query) {
        clock.move(Duration.ofSeconds(1));
        String id = watches.save(ACTOR, new Watches.Wanted(null, query, query, null, null, null))
                .watch()
                .id();
        clock.move(Duration.ofSeconds(1));
        return id;
    }

    /** Saves many at once, as many people would: their commits are shared. */
    void watchAll(List<String> queries) {
        clock.move(Duration.ofSeconds(1));
        try (ExecutorService many = Executors.newFixedThreadPool(32)) {
            CompletableFuture.allOf(queries.stream()
                            .map(query -> CompletableFuture.runAsync(
                                    () -> watches.save(ACTOR, new Watches.Wanted(null, query, query, null, null, null)),
                                    many))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        clock.move(Duration.ofSeconds(1));
    }

    /** What the daemon does every few seconds. */
    void mergeWatches() {
        watching.merge();
    }

    /** Reads the log against the watches, to its end. */
    void match() {
        while (reader.nextAt().isPresent()) {
            for (LogReader.Batch batch : reader.claim(1)) {
                try {
                    watching.match(batch);
                } finally {
                    reader.release(batch);
                }
            }
        }
        while (past.nextAt().isPresent()) {
            for (WatchHitRepository.Past one : past.claim(1)) {
                try {
                    past.look(one);
                } finally {
                    past.release(one);
                }
            }
        }
    }

    /** Puts what the watches have read into the index, and makes it visible; nothing is durable yet. */
    int index() {
        int batches = 0;
        for (List<Indexing.Batch> some = indexing.claim(1); !some.isEmpty(); some = indexing.claim(1)) {
            indexing.index(some.getFirst());
            indexing.release(some.getFirst());
            batches++;
        }
        indexing.tick();
        return batches;
    }

    /** Everything that the routes would do, and what is indexed is durable. */
    void settle() {
        match();
        index();
        clock.move(Duration.ofSeconds(10));
        indexing.tick();
    }

    List<Mention> log() {
        return store.read(tx -> mentions.after(tx, 0, 100_000));
    }

    List<WatchHit> hits() {
        return store.read(
                tx -> hits.of(tx, log().stream().map(Mention::id).limit(500).toList()));
    }

    /** The native ids of everything that is found, page by page. */
    List<String> found(Wanted wanted) {
        List<String> found = new ArrayList<>();
        String next = "";
        do {
            Search.Page page = search.page(ACTOR, wanted, next, 50);
            page.items().forEach(one -> found.add(one.mention().heard().nativeId()));
            next = page.next();
        } while (next != null);
        return found;
    }

    List<String> found(String query) {
        return found(Wanted.of(query));
    }

    @Override
    public void close() {
        index.close();
        store.close();
    }
}
