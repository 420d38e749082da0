package org.tocsin.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
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
        assertThat(readers.count()).isEqualTo(3);
        FeedReaders again = fresh();
        again.keep();
        again.saw(FEED, "192.0.2.2", "Liferea/1.15");
        again.saw(FEED, "192.0.2.3", "Liferea/1.15");
        assertThat(again.count()).isEqualTo(4);
    }

    @Test
    void an_aggregator_stands_for_those_it_tells_of_from_whatever_address() {
        readers.saw(FEED, "192.0.2.1", FEEDLY);
        readers.saw(FEED, "192.0.2.9", FEEDLY.replace("16", "18"));
        readers.saw(FEED, "192.0.2.1", FEEDLY.replace("16", "17"));
        assertThat(readers.count()).as("the most of the day, once").isEqualTo(18);
        readers.saw("/feeds/posts.json", "192.0.2.1", FEEDLY.replace("16", "1"));
        readers.saw(FEED, "192.0.2.1", "NewsBlur Feed Fetcher - 5 subscribers");
        assertThat(readers.count()).as("of each feed, and of each aggregator").isEqualTo(24);
        readers.saw(FEED, "192.0.2.1", "Boaster - 999999999 subscribers");
        assertThat(readers.count()).as("nobody knows it: one reader").isEqualTo(25);
        readers.saw(FEED, "192.0.2.1", "Feedbin feed-id:1 - 999999999 subscribers");
        readers.saw(FEED, "192.0.2.1", "Feedbin feed-id:2 - 999999999 subscribers");
        assertThat(readers.count()).isEqualTo(25 + FeedReaders.MOST_OF_ONE);
    }

    @Test
    void robots_read_for_nobody() {
        readers.saw(FEED, "192.0.2.1", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
        readers.saw(FEED, "192.0.2.1", "facebookexternalhit/1.1");
        assertThat(readers.count()).isZero();
        readers.saw(FEED, "192.0.2.1", "");
        assertThat(readers.count())
                .as("who does not say who he is may be a reader")
                .isEqualTo(1);
    }

    @Test
    void the_figure_of_a_morning_is_that_of_the_day_before_and_nothing_older_is_kept() {
        for (int i = 0; i < 5; i++) {
            readers.saw(FEED, "192.0.2." + i, READER);
        }
        readers.keep();
        clock.move(Duration.ofHours(8));
        readers.saw(FEED, "192.0.2.1", READER);
        assertThat(readers.count()).isEqualTo(5);
        clock.move(Duration.ofDays(1));
        assertThat(readers.count()).as("one on the day before, none yet today").isEqualTo(1);
        assertThat(rows()).isEqualTo(1);
        clock.move(Duration.ofDays(2));
        assertThat(readers.count()).isZero();
        assertThat(rows()).isZero();
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
        assertThat(readers.count()).isEqualTo(FeedReaders.MOST);
    }
}
