package org.tocsin.watch.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Notice;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardSamples;
import org.tocsin.mention.Mention;
import org.tocsin.mention.SetAside;
import org.tocsin.mention.Source;
import org.tocsin.network.TestClock;
import org.tocsin.people.Actor;
import org.tocsin.recipient.Outbox;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAlerts;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlMentions;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlRecipients;
import org.tocsin.sql.SqlRingings;
import org.tocsin.sql.SqlSources;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlTellings;
import org.tocsin.sql.SqlWatchHits;
import org.tocsin.sql.SqlWatches;
import org.tocsin.watch.Quarantined;
import org.tocsin.watch.Rarity;
import org.tocsin.watch.StoredWatch;
import org.tocsin.watch.WatchIndex;
import org.tocsin.watch.WatchLanguage;
import org.tocsin.watch.WordLists;

/** Alerts and the progress of the reader are one: whatever breaks between them, nothing is lost and nothing rings twice. */
class WatchingTest {
    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");
    private static final Actor ACTOR = Actor.daemon(BranchId.MAIN);
    private static final Source SOURCE = HeardSamples.feed("s", "s", "https://ex.fr/f", START);

    private final TestClock clock = new TestClock(START);
    private final AtomicBoolean breaks = new AtomicBoolean();
    /** Done just before the next write. */
    private final AtomicReference<Runnable> before = new AtomicReference<>(() -> {});

    private final SqlSources sources = new SqlSources();
    private final SqlAlerts alerts = new SqlAlerts();
    private final SqlWatchHits hits = new SqlWatchHits();
    private SqlStore store;
    private SqlMentions mentions;
    private SqlNotices notices;
    private Watches watches;
    private WatchIndex index;
    private Watching watching;
    private Supplier<Watching> begin;
    private LogReader reader;
    private Function<UnitOfWork, Watches> over;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        Ids ids = new Ids(clock);
        mentions = new SqlMentions(ids);
        Analysis analysis = new Analysis();
        WatchLanguage language = new WatchLanguage(analysis, WordLists.none());
        index = new WatchIndex(analysis, WordLists.none(), Rarity.byLength(), System::nanoTime, WatchIndex.BUDGET);
        SqlWatches rows = new SqlWatches();
        notices = new SqlNotices(ids, clock, new Wakeup(), false);
        Outbox outbox = new Outbox(new SqlRecipients(Opened.BOX), new SqlTellings(), ids, clock, new Wakeup());
        over = unitOfWork -> new Watches(
                unitOfWork,
                rows,
                hits,
                notices,
                language,
                index,
                alerts,
                outbox,
                new SqlRingings(),
                new SqlAudit(clock),
                ids,
                clock,
                new Wakeup());
        watches = over(store);
        begin = () -> new Watching(
                new Breaking(),
                mentions,
                sources,
                rows,
                hits,
                alerts,
                new SqlRingings(),
                outbox,
                new Wakeup(),
                notices,
                index,
                analysis,
                ids,
                Duration.ofDays(396),
                clock,
                new Wakeup());
        watching = fresh();
        reader = new LogReader(store, mentions, "watch", clock, new Wakeup());
        write(tx -> sources.insert(tx, SOURCE));
    }

    private Watching fresh() {
        return begin.get();
    }

    private Watches over(UnitOfWork unitOfWork) {
        return over.apply(unitOfWork);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** A store that dies after the work and before it is durable. */
    private final class Breaking implements UnitOfWork {
        @Override
        public <R> R write(Urgency urgency, Function<Tx, R> work) {
            before.getAndSet(() -> {}).run();
            return store.write(urgency, tx -> {
                R result = work.apply(tx);
                if (breaks.getAndSet(false)) {
                    throw new IllegalStateException("killed");
                }
                return result;
            });
        }

        @Override
        public <R> R read(Function<Tx, R> work) {
            return store.read(work);
        }
    }

    private void write(Consumer<Tx> work) {
        boolean done = store.write(UnitOfWork.Urgency.BULK, tx -> {
            work.accept(tx);
            return true;
        });
        assertThat(done).isTrue();
    }

    private static HeardItem post(String id, String text) {
        return HeardSamples.post(id, text);
    }

    private void say(HeardItem... items) {
        clock.move(Duration.ofSeconds(1));
        write(tx -> mentions.add(tx, SOURCE, List.of(items), clock.instant(), false));
    }

    private void watch(String query) {
        assertThat(watches.save(ACTOR, new Watches.Wanted(null, query, query, null, null, null))
                        .watch()
                        .version())
                .isEqualTo(1);
    }

    private void run() {
        for (LogReader.Batch batch : reader.claim(1)) {
            try {
                watching.match(batch);
            } finally {
                reader.release(batch);
            }
        }
    }

    @Test
    void what_nobody_has_matched_yet_rings_under_the_words_that_a_watch_has_by_then() {
        watch("piscine");
        Watch old = watches.all(ACTOR).getFirst();
        say(post("1", "la piscine ferme"));
        run();
        say(post("2", "une autre piscine, pleine celle-là"));
        clock.move(Duration.ofSeconds(1));
        watches.save(ACTOR, new Watches.Wanted(old.id(), "piscine", "piscine OR stade", null, null, 1L));
        say(post("3", "le stade rouvre"));
        run();
        assertThat(rung()).hasSize(3);
        assertThat(store.<List<WatchHit>>read(
                        tx -> hits.of(tx, rung().stream().map(Alert::mentionId).toList())))
                .hasSize(3)
                .noneMatch(WatchHit::history);
    }

    /** As where both are one group of commits, and its items are read before its watches have come into the index. */
    @Test
    void a_watch_that_comes_into_the_index_while_a_batch_is_read_rings_for_it() {
        watch("eau");
        Watch watch = watches.all(ACTOR).getFirst();
        index.remove(watch.id());
        say(post("1", "l'eau monte"));
        before.set(() -> index.put(new StoredWatch(
                watch.id(), watch.version(), watch.query(), watch.branch().value())));
        run();
        assertThat(rung()).hasSize(1);
        run();
        assertThat(rung()).hasSize(1);
    }

    private List<Alert> rung() {
        return store.read(tx -> alerts.page(tx, BranchId.MAIN, false, "", 100));
    }

    private long seen() {
        return store.read(tx -> mentions.seen(tx, "watch"));
    }

    @Test
    void what_was_not_committed_is_read_again_and_rings_once() {
        watch("piscine");
        say(post("1", "la piscine ferme"));
        breaks.set(true);
        assertThatIllegalStateException().isThrownBy(this::run);
        assertThat(rung()).isEmpty();
        assertThat(seen()).isZero();
        run();
        run();
        assertThat(rung()).hasSize(1);
        assertThat(seen()).isPositive();
        assertThat(reader.nextAt()).isEmpty();
    }

    @Test
    void who_reads_the_same_batch_a_second_time_rings_nothing() {
        watch("piscine");
        say(post("1", "la piscine ferme"));
        LogReader.Batch batch = reader.claim(1).getFirst();
        watching.match(batch);
        watching.match(batch);
        assertThat(rung()).hasSize(1).allMatch(alert -> alert.more() == 0);
    }

    @Test
    void what_is_taken_back_or_changed_while_its_batch_is_matched_is_not_told_with_its_former_words() {
        watch("piscine");
        say(post("1", "la piscine ferme"), post("2", "la piscine rouvre"));
        LogReader.Batch batch = reader.claim(1).getFirst();
        write(tx -> mentions.delete(tx, SOURCE, List.of("1"), clock.instant()));
        say(post("2", "la mairie rouvre"));
        watching.match(batch);
        reader.release(batch);
        run();
        assertThat(rung()).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void what_its_source_takes_back_later_leaves_the_notice_too() {
        watch("piscine");
        say(post("1", "la piscine ferme"));
        run();
        assertThat(told()).hasSize(1);
        write(tx -> mentions.delete(tx, SOURCE, List.of("1"), clock.instant()));
        assertThat(told()).isEmpty();
    }

    @Test
    void a_watch_counts_from_when_it_is_kept_however_long_it_waited_for_that() {
        Instant asked = clock.instant();
        UnitOfWork slow = new UnitOfWork() {
            @Override
            public <R> R write(Urgency urgency, Function<Tx, R> work) {
                clock.move(Duration.ofMinutes(1));
                return store.write(urgency, work);
            }

            @Override
            public <R> R read(Function<Tx, R> work) {
                return store.read(work);
            }
        };
        assertThat(over(slow)
                        .save(ACTOR, new Watches.Wanted(null, "x", "piscine", null, null, null))
                        .watch()
                        .since())
                .isEqualTo(asked.plus(Duration.ofMinutes(1)));
    }

    @Test
    void of_a_whole_network_only_what_a_watch_of_the_same_branch_matches_is_wanted() {
        Actor south = Actor.daemon(new BranchId("sud"));
        assertThat(watches.save(south, new Watches.Wanted(null, "w", "piscine", null, null, null))
                        .watch()
                        .branch())
                .isEqualTo(south.branch());
        assertThat(watching.wanted(SOURCE, post("1", "la piscine ferme"))).isFalse();
        watch("piscine");
        assertThat(watching.wanted(SOURCE, post("1", "la piscine ferme"))).isTrue();
    }

    @Test
    void a_clock_that_was_ahead_when_a_watch_was_saved_silences_nothing() {
        say(post("0", "la piscine était fermée"));
        clock.move(Duration.ofDays(30));
        watch("piscine");
        clock.move(Duration.ofDays(-30));
        say(post("1", "la piscine ferme"));
        run();
        assertThat(rung()).as("and what was heard before is history").hasSize(1);
    }

    @Test
    void a_clock_that_was_put_back_makes_no_news_of_what_was_heard_before() {
        say(post("0", "la piscine était fermée"));
        clock.move(Duration.ofDays(-30));
        watch("piscine");
        run();
        assertThat(rung()).isEmpty();
    }

    @Test
    void an_edit_that_brings_the_word_rings_and_another_edit_of_it_does_not() {
        watch("piscine");
        say(post("1", "la mairie ferme"));
        run();
        assertThat(rung()).isEmpty();
        say(post("1", "la piscine ferme"));
        run();
        say(post("1", "la piscine ferme aujourd’hui"));
        run();
        assertThat(rung()).hasSize(1);
    }

    private static HeardItem unreadable(String id) {
        // No adapter gives such an address: that it cannot be read is what is tried here.
        return HeardSamples.post(
                id, Author.unknown(), "la piscine", null, "http://[", null, List.of(), List.of(), Counts.unknown());
    }

    @Test
    void one_that_cannot_be_read_is_set_aside_and_what_follows_rings() {
        watch("piscine");
        say(post("1", "la piscine ferme"), unreadable("2"), post("3", "encore la piscine, au parc"));
        run();
        assertThat(rung()).hasSize(2);
        assertThat(reader.nextAt()).isEmpty();
        List<SetAside> aside = store.read(tx -> sources.aside(tx, "s", 10));
        assertThat(aside).hasSize(1).allSatisfy(one -> {
            assertThat(one.step()).isEqualTo(SetAside.Step.MATCH);
            assertThat(one.reason())
                    .startsWith("IllegalArgumentException watch.keeping.Items:")
                    .doesNotContain("piscine");
        });
        int retried = store.write(UnitOfWork.Urgency.BULK, tx -> sources.retry(tx, 10));
        assertThat(retried).isEqualTo(1);
        run();
        assertThat(store.<Long>read(sources::aside)).isEqualTo(1);
        say(post("2", "la piscine, lisible"));
        run();
        assertThat(store.<Long>read(sources::aside)).isZero();
        assertThat(rung()).hasSize(3);
    }

    @Test
    void one_that_cannot_be_read_stops_no_start() {
        say(unreadable("1"));
        run();
        watch("piscine");
        Watching again = fresh();
        say(post("2", "la piscine ferme"));
        for (LogReader.Batch batch : reader.claim(1)) {
            again.match(batch);
        }
        assertThat(rung()).hasSize(1);
    }

    private void archive(HeardItem item) {
        write(tx -> mentions.add(tx, SOURCE, List.of(item), clock.instant(), true));
    }

    private void pastIsRead() {
        write(tx -> watches.all(ACTOR).forEach(watch -> hits.done(tx, watch.id())));
    }

    @Test
    void an_edit_of_what_was_there_before_rings_where_it_brings_the_word() {
        archive(post("1", "la mairie ferme"));
        archive(post("2", "la piscine ferme"));
        run();
        watch("piscine");
        String second = id("2");
        write(tx -> hits.put(
                tx,
                List.of(new WatchHit(
                        watches.all(ACTOR).getFirst().id(), second, BranchId.MAIN, "story", 1, true, START)),
                hits.next(tx)));
        pastIsRead();
        say(post("1", "la mairie ferme, la piscine aussi"), post("2", "la piscine ferme tôt"));
        run();
        assertThat(rung()).hasSize(1);
        assertThat(rung().getFirst().mentionId()).isEqualTo(id("1"));
        assertThat(store.<List<WatchHit>>read(tx -> hits.of(tx, List.of(id("1"), id("2")))))
                .extracting(WatchHit::mentionId, WatchHit::history)
                .containsExactlyInAnyOrder(tuple(id("1"), false), tuple(id("2"), true));
    }

    @Test
    void an_edit_of_the_archive_before_it_was_read_does_not_ring() {
        watch("piscine");
        pastIsRead();
        archive(post("1", "la mairie ferme"));
        archive(post("1", "la piscine ferme"));
        run();
        assertThat(rung()).isEmpty();
        say(post("1", "la piscine ferme, la mairie aussi"));
        run();
        assertThat(rung()).as("its word is known").isEmpty();
        archive(post("2", "le parc ferme"));
        run();
        say(post("2", "le parc et la piscine ferment"));
        run();
        assertThat(rung()).extracting(Alert::mentionId).containsExactly(id("2"));
    }

    @Test
    void an_edit_before_the_past_of_a_watch_is_known_is_history() {
        archive(post("1", "la piscine ferme"));
        run();
        watch("piscine");
        say(post("1", "la piscine ferme tôt"));
        run();
        assertThat(rung()).isEmpty();
    }

    private String id(String nativeId) {
        return store.read(tx -> mentions.of(tx, "s", nativeId)).orElseThrow().id();
    }

    @Test
    void however_often_a_mention_is_edited_its_story_counts_it_once() {
        watch("piscine");
        say(post("1", "La piscine du parc ferme demain matin"));
        say(post("2", "la PISCINE du parc ferme demain matin !"));
        run();
        for (int i = 0; i < 3; i++) {
            say(post("2", "la PISCINE du parc ferme demain matin " + "!".repeat(i + 2)));
            run();
        }
        assertThat(rung()).hasSize(1).allMatch(alert -> alert.more() == 1);
    }

    @Test
    void what_nearly_tells_the_same_is_one_story_once_it_is_known_which_words_are_rare() {
        watch("Lubrizol");
        String before = "Incendie à l'usine Lubrizol de Rouen : trois communes confinées";
        say(IntStream.range(0, 300)
                .mapToObj(i -> post("b" + i, "la ville et ses communes " + Integer.toString(i * 7919, 36) + "x"))
                .toArray(HeardItem[]::new));
        run();
        run();
        say(post("1", before));
        run();
        say(
                post("2", "Rouen : un incendie à l'usine Lubrizol, des communes confinées"),
                post("3", before + " ; le préfet ordonne l'évacuation, deux ouvriers disparus"));
        run();
        assertThat(rung()).hasSize(2).extracting(Alert::more).containsExactlyInAnyOrder(1L, 0L);
    }

    @Test
    void a_watch_that_an_update_cannot_read_is_told_once_and_until_it_is_mended() {
        watch("eau");
        Watch good = watches.all(ACTOR).getFirst();
        Watch bad = new Watch(
                "w-bad",
                good.branch(),
                "Fuites",
                "fuite (((",
                true,
                null,
                good.since(),
                good.sinceSeq(),
                good.createdAt(),
                1);
        write(tx -> new SqlWatches().insert(tx, bad, "somebody"));
        assertThat(watches.load()).extracting(Quarantined::id).containsExactly("w-bad");
        watches.load();
        assertThat(open(Notices.Kind.WATCH)).containsExactly("w-bad");
        watches.save(ACTOR, new Watches.Wanted("w-bad", null, "fuite", null, null, 1L));
        assertThat(open(Notices.Kind.WATCH)).isEmpty();
        assertThat(watches.load()).isEmpty();
    }

    @Test
    void a_watch_that_fails_while_it_matches_is_told_once_for_each_version() {
        watch("eau");
        Watch good = watches.all(ACTOR).getFirst();
        watching.merge();
        assertThat(open(Notices.Kind.WATCH)).isEmpty();
        index.load(List.of(new StoredWatch(good.id(), good.version(), "eau (((")));
        watching.merge();
        watching.merge();
        assertThat(open(Notices.Kind.WATCH)).containsExactly(good.id());
        write(tx -> notices.close(tx, BranchId.MAIN, Set.of(Notices.Kind.WATCH), good.id()));
        watching.merge();
        assertThat(open(Notices.Kind.WATCH)).as("told of that version").isEmpty();
    }

    @Test
    void a_watch_that_threw_is_told_with_that_cause_and_no_update() {
        watch("eau");
        Watch good = watches.all(ACTOR).getFirst();
        Message threw = Message.of("watch.threw", "cause", "ArithmeticException");
        Watches.tellAside(store, notices, List.of(new Quarantined(good.id(), good.version(), threw)), List.of(good));
        assertThat(store.read(tx -> notices.page(tx, BranchId.MAIN, true, "", 9)).stream()
                        .filter(notice -> notice.kind() == Notices.Kind.WATCH)
                        .map(notice -> notice.message().code()))
                .containsExactly("watching.threw");
    }

    private List<String> open(Notices.Kind kind) {
        return store.read(tx -> notices.page(tx, BranchId.MAIN, true, "", 9)).stream()
                .filter(notice -> notice.kind() == kind)
                .map(Notice::subject)
                .toList();
    }

    @Test
    void what_tells_the_same_is_one_story_for_three_days_and_then_another() {
        watch("piscine");
        say(post("1", "La piscine du parc ferme demain matin"));
        run();
        say(post("2", "la PISCINE du parc ferme demain matin !"), post("3", "piscine"));
        run();
        assertThat(rung()).hasSize(2).extracting(Alert::more).containsExactlyInAnyOrder(1L, 0L);
        clock.move(Duration.ofDays(4));
        say(post("4", "La piscine du parc ferme demain matin"));
        run();
        assertThat(rung()).hasSize(3);
    }

    private static HeardItem at(String id, String text, String url) {
        HeardItem plain = post(id, text);
        return new HeardItem(
                id,
                plain.kind(),
                plain.author(),
                plain.title(),
                text,
                plain.language(),
                url,
                plain.publishedAt(),
                plain.tags(),
                plain.mentioned(),
                plain.links(),
                plain.about(),
                plain.media(),
                plain.counts());
    }

    @Test
    void comments_on_one_page_and_news_at_one_address_are_stories_of_their_own() {
        watch("piscine");
        say(
                at("c1", "la piscine rouvre demain matin pour les écoles", "https://ville.fr/a#comment-1"),
                at("c2", "moi je trouve que cette piscine coûte trop cher", "https://ville.fr/a#comment-2"));
        run();
        say(at("n1", "la piscine ferme pour travaux jusqu’à lundi", "https://ville.fr/alertes"));
        run();
        say(at("n2", "fuite de chlore à la piscine municipale ce soir", "https://ville.fr/alertes"));
        run();
        assertThat(rung()).hasSize(4);
    }

    @Test
    void a_story_that_is_told_day_after_day_rings_again_after_a_week() {
        watch("piscine");
        for (int day = 0; day < 10; day++) {
            say(post("d" + day, "travaux à la piscine la ligne de tram est déviée"));
            run();
            clock.move(Duration.ofDays(1));
        }
        assertThat(rung()).hasSize(2);
    }

    @Test
    void after_its_time_the_words_are_gone_from_the_log_and_from_what_was_told() {
        watch("piscine");
        say(post("1", "la piscine ferme"));
        run();
        assertThat(told()).hasSize(1);
        clock.move(Duration.ofDays(395));
        watching.expire();
        assertThat(told()).hasSize(1);
        clock.move(Duration.ofDays(2));
        watching.expire();
        assertThat(told()).isEmpty();
        List<Mention> log = store.read(tx -> mentions.after(tx, 0, 10));
        assertThat(log).allSatisfy(mention -> assertThat(mention.heard().text()).isEmpty());
        say(post("1", "la piscine ferme"));
        run();
        assertThat(rung()).hasSize(1);
    }

    private List<Notice> told() {
        return store.read(tx -> notices.page(tx, BranchId.MAIN, false, "", 10));
    }

    @Test
    void the_whole_log_is_read_however_much_there_is() {
        watch("piscine");
        for (int i = 0; i < 5; i++) {
            int hundred = i * 100;
            say(IntStream.range(hundred, hundred + 100)
                    .mapToObj(n -> post("p" + n, n % 50 == 0 ? "piscine " + n : "rien " + n))
                    .toArray(HeardItem[]::new));
        }
        while (reader.nextAt().isPresent()) {
            run();
        }
        assertThat(rung()).hasSize(10);
        assertThat(seen()).isEqualTo(500);
    }

    private static HeardItem liked(String id, String text, long likes) {
        return HeardSamples.post(
                id,
                Author.unknown(),
                text,
                null,
                null,
                null,
                List.of(),
                List.of(),
                new Counts(likes, null, null, null));
    }

    private void counted(HeardItem item) {
        clock.move(Duration.ofSeconds(1));
        write(tx -> mentions.add(
                tx,
                SOURCE,
                List.of(item),
                clock.instant(),
                false,
                (branch, before, after) -> index.passed(branch.value(), before, after)));
        run();
    }

    private long newest() {
        return store.read(mentions::newest);
    }

    @Test
    void a_count_that_grows_past_what_a_watch_asks_for_rings_once() {
        watch("mairie likes>=100");
        counted(liked("1", "la mairie ferme", 3));
        counted(liked("2", "le parc ferme", 3));
        long before = newest();
        counted(liked("1", "la mairie ferme", 99));
        assertThat(newest()).as("what passes no bound is not read again").isEqualTo(before);
        counted(liked("1", "la mairie ferme", 100));
        counted(liked("2", "le parc ferme", 100));
        assertThat(rung()).hasSize(1).allMatch(alert -> alert.mentionId().equals(id("1")));
        counted(liked("1", "la mairie ferme", 90));
        counted(liked("1", "la mairie ferme", 110));
        assertThat(rung()).hasSize(1).allMatch(alert -> alert.more() == 0);
        assertThat(store.read(tx -> mentions.of(tx, "s", "1")).orElseThrow().revision())
                .isEqualTo(1);
    }

    @Test
    void a_count_that_grows_after_an_edit_rings_once() {
        watch("mairie likes>=100");
        counted(liked("1", "la mairie ferme", 3));
        counted(liked("1", "la mairie ferme tôt", 3));
        counted(liked("1", "la mairie ferme tôt", 100));
        counted(liked("1", "la mairie ferme plus tôt", 101));
        assertThat(rung()).hasSize(1).allMatch(alert -> alert.more() == 0);
    }

    @Test
    void a_count_of_what_was_there_before_anybody_listened_does_not_ring() {
        watch("mairie likes>=100");
        pastIsRead();
        archive(liked("1", "la mairie ferme", 3));
        run();
        counted(liked("1", "la mairie ferme", 100));
        assertThat(rung()).isEmpty();
    }

    @Test
    void a_count_that_no_watch_asks_for_is_not_read_again() {
        watch("mairie likes<100");
        watches.all(ACTOR).forEach(watch -> watches.remove(ACTOR, watch.id(), watch.version()));
        watch("parc");
        counted(liked("1", "la mairie ferme", 300));
        long before = newest();
        counted(liked("1", "la mairie ferme", 3));
        assertThat(newest()).isEqualTo(before);
    }
}
