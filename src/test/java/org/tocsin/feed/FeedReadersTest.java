package org.tocsin.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlFeedReaders;
import org.tocsin.sql.SqlStore;

/** Who reads the feeds of a day. */
class FeedReadersTest {
    private static final String FEED = "/feeds/posts.rss";
    private static final String READER = "NetNewsWire (RSS Reader; https://netnewswire.com/)";
    private static final String FEEDLY = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; )";

    private final TestClock clock = new TestClock(Instant.parse("2026-12-01T17:30:00Z"));
    private SqlStore store;
    private FeedReaders readers;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        readers = fresh();
        readers.keep();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private FeedReaders fresh() {
        return new FeedReaders(store, new SqlFeedReaders(), ZoneId.of("Europe/Paris"), clock);
    }

    @Test
    void a_reader_is_one_however_often_he_reads_and_over_a_restart() {
        readers.saw(FEED, "192.0.2.1", READER);
        readers.saw(FEED, "192.0.2.1", READER);
        readers.saw("/feeds/posts.atom", "192.0.2.1", READER);
        readers.saw(FEED, "192.0.2.2", READER);
        readers.saw(FEED, "192.0.2.2", "Liferea/1.15");
        assertThat(seen(readers)).isEqualTo(3);
        FeedReaders again = fresh();
        again.keep();
        again.saw(FEED, "192.0.2.2", "Liferea/1.15");
        again.saw(FEED, "192.0.2.3", "Liferea/1.15");
        assertThat(seen(again)).isEqualTo(4);
    }

    @Test
    void an_aggregator_stands_for_those_it_tells_of_from_whatever_address() {
        readers.saw(FEED, "192.0.2.1", FEEDLY);
        readers.saw(FEED, "192.0.2.9", FEEDLY.replace("16", "18"));
        readers.saw(FEED, "192.0.2.1", FEEDLY.replace("16", "17"));
        assertThat(seen(readers)).as("the most of the day, once").isEqualTo(18);
        readers.saw("/feeds/posts.json", "192.0.2.1", FEEDLY.replace("16", "1"));
        readers.saw(FEED, "192.0.2.1", "NewsBlur Feed Fetcher - 5 subscribers");
        assertThat(seen(readers)).as("of each feed, and of each aggregator").isEqualTo(24);
        readers.saw(FEED, "192.0.2.1", "Boaster - 999999999 subscribers");
        assertThat(seen(readers)).as("nobody knows it: one reader").isEqualTo(25);
        readers.saw(FEED, "192.0.2.1", "Feedbin feed-id:1 - 999999999 subscribers");
        readers.saw(FEED, "192.0.2.1", "Feedbin feed-id:2 - 999999999 subscribers");
        assertThat(seen(readers)).isEqualTo(25 + FeedReaders.MOST_OF_ONE);
    }

    @Test
    void robots_read_for_nobody() {
        readers.saw(FEED, "192.0.2.1", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
        readers.saw(FEED, "192.0.2.1", "facebookexternalhit/1.1");
        assertThat(seen(readers)).isZero();
        readers.saw(FEED, "192.0.2.1", "");
        assertThat(seen(readers))
                .as("who does not say who he is may be a reader")
                .isEqualTo(1);
    }

    /** Who has read today, as it stands in the rows. */
    private long seen(FeedReaders of) {
        of.keep();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Paris"));
        return store.read(tx -> new SqlFeedReaders().count(tx, today));
    }

    /** Watches on, a minute at a time. */
    private void watch(FeedReaders of, Duration time) {
        for (long minute = 0; minute < time.toMinutes(); minute++) {
            clock.move(Duration.ofMinutes(1));
            of.keep();
        }
    }

    @Test
    void the_figure_of_a_morning_is_that_of_the_day_before_and_nothing_older_is_kept() {
        watch(readers, Duration.ofDays(1));
        for (int i = 0; i < 5; i++) {
            readers.saw(FEED, "192.0.2." + i, READER);
        }
        watch(readers, Duration.ofDays(1));
        readers.saw(FEED, "192.0.2.1", READER);
        assertThat(readers.count()).hasValue(5);
        watch(readers, Duration.ofDays(1));
        assertThat(readers.count()).as("one on the day before, none yet today").hasValue(1);
        assertThat(rows()).isEqualTo(1);
        watch(readers, Duration.ofDays(2));
        assertThat(readers.count()).hasValue(0);
        assertThat(rows()).isZero();
    }

    @Test
    void a_day_that_was_not_watched_whole_has_no_figure() {
        readers.saw(FEED, "192.0.2.1", READER);
        assertThat(readers.count()).as("the day of the start").isEmpty();
        watch(readers, Duration.ofDays(1));
        assertThat(readers.count()).as("after the day of the start").isEmpty();
        watch(readers, Duration.ofDays(1));
        assertThat(readers.count()).as("after a whole day").isPresent();

        clock.move(Duration.ofMinutes(11));
        FeedReaders again = fresh();
        again.keep();
        watch(again, Duration.ofDays(1));
        assertThat(again.count()).as("after a day with a stop in it").isEmpty();
        watch(again, Duration.ofDays(1));
        assertThat(again.count()).isPresent();

        clock.move(Duration.ofMinutes(40));
        watch(again, Duration.ofDays(1));
        assertThat(again.count()).as("after a machine that slept").isEmpty();
    }

    @Test
    void short_restarts_are_forgiven_until_they_are_many() {
        watch(readers, Duration.ofDays(2));
        FeedReaders of = readers;
        for (int i = 0; i < 3; i++) {
            clock.move(Duration.ofMinutes(3));
            of = fresh();
            of.keep();
        }
        watch(of, Duration.ofDays(1));
        assertThat(of.count()).as("nine minutes").isPresent();
        for (int i = 0; i < 4; i++) {
            clock.move(Duration.ofMinutes(3));
            of = fresh();
            of.keep();
        }
        watch(of, Duration.ofDays(1));
        assertThat(of.count()).as("twelve minutes").isEmpty();
    }

    @Test
    void a_stop_over_midnight_takes_from_both_days() {
        watch(readers, Duration.ofDays(1));
        ZonedDateTime now = clock.instant().atZone(ZoneId.of("Europe/Paris"));
        ZonedDateTime midnight = now.toLocalDate().plusDays(1).atStartOfDay(now.getZone());
        watch(readers, Duration.between(now, midnight).minusMinutes(20));
        clock.move(Duration.ofMinutes(40));
        FeedReaders again = fresh();
        again.keep();
        assertThat(again.count()).as("the evening").isEmpty();
        watch(again, Duration.ofDays(1));
        assertThat(again.count()).as("the morning").isEmpty();
        watch(again, Duration.ofDays(1));
        assertThat(again.count()).isPresent();
    }

    private long rows() {
        SqlFeedReaders sql = new SqlFeedReaders();
        return store.read(tx -> IntStream.range(-10, 2)
                .mapToLong(day -> sql.count(
                        tx,
                        LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Paris"))
                                .plusDays(day)))
                .sum());
    }

    @Test
    void nobody_fills_the_memory_by_calling_himself_ever_differently() {
        for (int i = 0; i < FeedReaders.MOST + 1_000; i++) {
            readers.saw(FEED, "192.0.2.1", "Reader/" + i);
        }
        assertThat(seen(readers)).isEqualTo(FeedReaders.MOST);
    }
}
