package org.tocsin.watch.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Notice;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardSamples;
import org.tocsin.mention.Mention;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceState;
import org.tocsin.network.TestClock;
import org.tocsin.recipient.Outbox;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAlerts;
import org.tocsin.sql.SqlEpisodes;
import org.tocsin.sql.SqlMentions;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlRecipients;
import org.tocsin.sql.SqlRingings;
import org.tocsin.sql.SqlSources;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlTellings;
import org.tocsin.sql.SqlWatchHits;
import org.tocsin.sql.SqlWatches;

/** Four weeks of two stories an hour, and what comes after them. */
class TidesTest {
    private static final Instant BEGAN = Instant.parse("2026-09-07T00:00:00Z");
    private static final Instant START = BEGAN.plus(Duration.ofDays(28));
    private static final Source SOURCE = HeardSamples.feed("s", "La Gazette", "https://ex.fr/f", START);
    private static final Watch WATCH =
            new Watch("w", BranchId.MAIN, "Piscine", "piscine", true, null, BEGAN, 0, BEGAN, 1);

    private final TestClock clock = new TestClock(START);
    private final SqlSources sources = new SqlSources();
    private final SqlAlerts alerts = new SqlAlerts();
    private final SqlEpisodes episodes = new SqlEpisodes();
    private SqlStore store;
    private SqlMentions mentions;
    private SqlNotices notices;
    private EpisodeBell bell;
    private Tides tides;
    private int said;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        Ids ids = new Ids(clock);
        mentions = new SqlMentions(ids);
        notices = new SqlNotices(ids, clock, new Wakeup(), false);
        bell = new EpisodeBell(
                alerts,
                new SqlRingings(),
                new Outbox(new SqlRecipients(Opened.BOX), new SqlTellings(), ids, clock, new Wakeup()),
                new Wakeup(),
                notices,
                ids,
                clock);
        tides = tides();
        write(tx -> {
            sources.insert(tx, SOURCE);
            new SqlWatches().insert(tx, WATCH, "u");
        });
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < 28 * 48; i++) {
            times.add(BEGAN.plus(Duration.ofMinutes(30L * i + 1)));
        }
        say(times);
    }

    private Tides tides() {
        return new Tides(store, episodes, new SqlWatches(), sources, bell, Duration.ofDays(396), ZoneOffset.UTC, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write(Consumer<Tx> work) {
        assertThat(store.<Boolean>write(UnitOfWork.Urgency.BULK, tx -> {
                    work.accept(tx);
                    return true;
                }))
                .isTrue();
    }

    /** Stories of as many authors. */
    private void say(List<Instant> times) {
        List<HeardItem> items = times.stream()
                .map(at -> {
                    said++;
                    return HeardSamples.post(
                            "n" + said,
                            voice.apply(said),
                            "la piscine " + said,
                            null,
                            null,
                            at,
                            List.of(),
                            List.of(),
                            Counts.unknown());
                })
                .toList();
        write(tx -> {
            long from = mentions.newest(tx);
            mentions.add(tx, SOURCE, items, clock.instant(), false);
            new SqlWatchHits()
                    .put(
                            tx,
                            mentions.after(tx, from, items.size()).stream()
                                    .map(TidesTest::hit)
                                    .toList(),
                            1);
        });
    }

    private static WatchHit hit(Mention mention) {
        return new WatchHit("w", mention.id(), BranchId.MAIN, mention.id(), 1, false, mention.at());
    }

    private IntFunction<Author> voice = said -> new Author("Voix " + said, "voix" + said, null);

    private void burst(int stories) {
        say(IntStream.range(0, stories)
                .mapToObj(i -> clock.instant().minusSeconds(10L * i + 1))
                .toList());
    }

    private List<Alert> rung() {
        return store.read(tx -> alerts.page(tx, BranchId.MAIN, false, "", 100));
    }

    private List<String> told() {
        return store.read(tx -> notices.page(tx, BranchId.MAIN, false, "", 10)).stream()
                .map(Notice::message)
                .map(Message::code)
                .toList();
    }

    private void pass(Duration time) {
        for (Instant end = clock.instant().plus(time); clock.instant().isBefore(end); ) {
            clock.move(Duration.ofMinutes(5));
            tides.rise();
        }
    }

    @Test
    void who_is_known_by_the_address_of_a_profile_alone_is_an_author() {
        voice = said -> new Author(null, null, "https://x.com/i/user/" + said);
        burst(9);
        tides.rise();
        assertThat(rung()).hasSize(1);
    }

    @Test
    void as_usual_nothing_rings() {
        tides.rise();
        tides.fall();
        assertThat(rung()).isEmpty();
    }

    @Test
    void an_episode_rings_once_however_often_is_looked_and_its_end_is_noted() {
        burst(9);
        tides.rise();
        tides.rise();
        tides = tides();
        burst(9);
        tides.rise();
        assertThat(rung()).singleElement().satisfies(alert -> {
            assertThat(alert.episode()).isEqualTo(1);
            assertThat(alert.storyId()).isEqualTo("spike:1");
            assertThat(tides.told(alert, "Piscine").orElseThrow().args())
                    .containsEntry("stories", "9")
                    .containsEntry("authors", "9")
                    .containsEntry("minutes", "5");
        });
        assertThat(told()).containsExactly("watching.spike");
        pass(Duration.ofHours(3));
        assertThat(told()).containsExactlyInAnyOrder("watching.spike", "watching.spike.over");
        assertThat(store.read(episodes::open)).isEmpty();
        burst(9);
        tides.rise();
        assertThat(rung()).hasSize(2).extracting(Alert::episode).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void a_silence_rings_once_and_is_over_with_the_next_mention() {
        clock.move(Duration.ofHours(3));
        tides.fall();
        assertThat(rung()).isEmpty();
        clock.move(Duration.ofHours(5));
        tides.fall();
        tides.fall();
        assertThat(told()).containsExactly("watching.silence");
        clock.move(Duration.ofHours(1));
        tides.rise();
        assertThat(store.read(episodes::open)).hasSize(1);
        say(List.of(clock.instant().minusSeconds(1)));
        tides.rise();
        assertThat(told()).containsExactlyInAnyOrder("watching.silence", "watching.silence.over");
    }

    @Test
    void where_a_source_does_not_answer_the_silence_says_so() {
        write(tx -> {
            Source now = sources.find(tx, "s").orElseThrow();
            assertThat(sources.save(tx, now, now.in(SourceState.PAUSED, null, clock.instant())))
                    .isTrue();
        });
        clock.move(Duration.ofHours(8));
        tides.fall();
        assertThat(told()).containsExactly("watching.silence.source");
        assertThat(tides.told(rung().getFirst(), "Piscine").orElseThrow().args())
                .containsEntry("sources", "La Gazette");
    }

    @Test
    void a_silence_is_found_however_many_watches_are_looked_at_before() {
        // As many as one look takes, all before it in order; they are watches no more.
        write(tx -> Opened.execute(
                tx,
                "insert into watch_hit (watch_id, mention_id, branch, story_id, watch_version, history, at, seq)"
                        + " with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)"
                        + " select printf('a%03d', i), mention_id, branch, story_id, watch_version, history, at, seq"
                        + " from watch_hit, n where watch_hit.rowid % 8 = 0"));
        clock.move(Duration.ofHours(8));
        tides.fall();
        assertThat(told()).containsExactly("watching.silence");
    }
}
