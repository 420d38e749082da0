package org.tocsin.mention.hearing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardSamples;
import org.tocsin.mention.HearingRig;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionSource;
import org.tocsin.mention.ReadResult;
import org.tocsin.mention.Source;
import org.tocsin.network.Channel;
import org.tocsin.network.TestClock;

/** What of a page is news, what is history, and when something may have been missed. */
class KeeperTest {
    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

    private final TestClock clock = new TestClock(START);
    private final Deque<List<HeardItem>> pages = new ArrayDeque<>();
    private List<HeardItem> edited = List.of();
    private HearingRig rig;

    /** A site that shows what it is told to. */
    private final class Site implements MentionSource {
        @Override
        public String type() {
            return "feed";
        }

        @Override
        public Form form() {
            return new Form(true, false, false, false);
        }

        @Override
        public ReadResult read(Source source, @Nullable Channel channel) {
            return new ReadResult.Read(
                    pages.remove(), List.of(), edited, List.of(), List.of(), null, true, null, null, null, null, null);
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        rig = new HearingRig(folder, clock, new Site());
        rig.listen(null, "feed", null);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static HeardItem item(int number, @Nullable Instant at) {
        return HeardSamples.post(
                String.valueOf(number),
                Author.unknown(),
                "article " + number,
                null,
                null,
                at,
                List.of(),
                List.of(),
                Counts.unknown());
    }

    /** Articles of those numbers, one a month, the last of which is of the start. */
    private static List<HeardItem> months(int from, int to) {
        List<HeardItem> items = new ArrayList<>();
        for (int number = from; number <= to; number++) {
            items.add(item(number, START.minus(Duration.ofDays(30L * (20 - number)))));
        }
        return items;
    }

    private void read(List<HeardItem> page) {
        pages.add(page);
        rig.read();
    }

    private List<String> news() {
        return rig.heard().stream()
                .filter(one -> !one.history())
                .map(one -> one.heard().nativeId())
                .toList();
    }

    @Test
    void the_archive_that_a_feed_begins_to_show_is_history() {
        read(months(11, 20));
        read(months(1, 20));
        assertThat(rig.heard()).hasSize(20).allMatch(Mention::history);
        List<HeardItem> more = months(1, 20);
        more.add(item(21, clock.instant()));
        read(more);
        assertThat(news()).containsExactly("21");
    }

    /** Of the whole network edits are told, nearly all of what nobody watches for; an unknown one is not late, though a known one stands before it. */
    @Test
    void of_what_was_edited_only_what_is_known_is_kept() {
        read(List.of(item(1, START)));
        edited = List.of(HeardSamples.post("1", "autrement"), HeardSamples.post("2", "jamais gardé"));
        read(List.of(item(1, START)));
        assertThat(rig.texts()).containsExactly("autrement");
    }

    @Test
    void where_all_dates_are_one_they_say_nothing() {
        read(List.of(item(1, Instant.EPOCH), item(2, Instant.EPOCH)));
        read(List.of(item(1, Instant.EPOCH), item(2, Instant.EPOCH), item(3, Instant.EPOCH)));
        assertThat(news()).containsExactly("3");
    }

    @Test
    void the_first_reading_with_other_ids_rings_nothing() {
        List<HeardItem> first = new ArrayList<>();
        List<HeardItem> second = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            first.add(item(i, null));
            second.add(HeardSamples.post("neu" + i, "article " + i));
        }
        read(first);
        read(second);
        assertThat(rig.heard()).hasSize(40);
        assertThat(news()).isEmpty();
    }

    @Test
    void one_that_is_pinned_does_not_hide_a_gap() {
        Instant old = START.minus(Duration.ofDays(300));
        List<HeardItem> first = new ArrayList<>(List.of(item(0, old)));
        for (int number = 1; number <= 9; number++) {
            first.add(item(number, START.minusSeconds(100 - number)));
        }
        read(first);
        List<HeardItem> second = new ArrayList<>(List.of(item(0, old)));
        for (int number = 30; number <= 38; number++) {
            second.add(item(number, START.plusSeconds(number)));
        }
        read(second);
        assertThat(rig.gaps()).hasSize(1);
        assertThat(news()).hasSize(9);
    }

    @Test
    void where_the_last_are_still_there_nothing_was_missed() {
        read(months(11, 20));
        List<HeardItem> next = months(18, 20);
        for (int number = 21; number < 28; number++) {
            next.add(item(number, START.plusSeconds(number)));
        }
        read(next);
        assertThat(rig.gaps()).isEmpty();
    }
}
