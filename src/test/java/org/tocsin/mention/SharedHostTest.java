package org.tocsin.mention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.network.Channel;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.TestClock;

/** What a host asks for one of its feeds counts for all of them. */
class SharedHostTest {
    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

    /** As in the route. */
    private static final int PLACES = 48;

    private final TestClock clock = new TestClock(START);
    private final List<String> asked = new ArrayList<>();

    /** Says that nothing is new, or throttles whoever asks first, for an hour. */
    private final class Feeds implements MentionSource {
        private final boolean limited;

        Feeds(boolean limited) {
            this.limited = limited;
        }

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
            asked.add(source.id());
            return limited && asked.size() == 1
                    ? new ReadResult.NotRead(new PublishResult.Throttled(
                            clock.instant().plus(Duration.ofHours(1)),
                            PublishResult.Scope.CHANNEL,
                            Reason.of("delivery.internal")))
                    : new ReadResult.Unchanged(null, null);
        }
    }

    private static Source source(String id, String url, Instant next) {
        return HeardSamples.feed(id, id, url, next);
    }

    @Test
    void none_of_its_feeds_is_asked_before_it_wants_to_be(@TempDir Path folder) {
        try (HearingRig rig = new HearingRig(folder, clock, new Feeds(true))) {
            rig.write(tx -> {
                rig.sources.insert(tx, source(HearingRig.SOURCE, "https://ex.fr/a", START));
                rig.sources.insert(tx, source("other", "https://ex.fr/b", START.plusSeconds(60)));
                rig.sources.insert(tx, source("else", "https://ex.org/c", START.plusSeconds(60)));
                return true;
            });
            rig.readDue();
            assertThat(asked).containsExactly(HearingRig.SOURCE);
            clock.move(Duration.ofMinutes(2));
            rig.readDue();
            assertThat(asked).containsExactly(HearingRig.SOURCE, "else");
            assertThat(rig.nextAt()).as("what waits is not due").isAfter(clock.instant());
            clock.move(Duration.ofMinutes(58));
            rig.readDue();
            assertThat(asked).contains("other");
        }
    }

    @Test
    void two_hundred_slow_feeds_of_one_host_hold_up_no_other_and_take_turns(@TempDir Path folder) {
        try (HearingRig rig = new HearingRig(folder, clock, new Feeds(false))) {
            rig.write(tx -> {
                for (int i = 0; i < 200; i++) {
                    rig.sources.insert(
                            tx,
                            source("slow%03d".formatted(i), "https://slow.example/" + i, START.minusSeconds(300 - i)));
                }
                for (int i = 0; i < 20; i++) {
                    rig.sources.insert(tx, source("else" + i, "https://h" + i + ".example/", START));
                }
                return true;
            });
            // As the route does it: nothing else is looked at where nothing was claimed.
            List<Source> slow = new ArrayList<>(rig.readAllBut("slow"));
            assertThat(asked).as("on time").hasSize(20);
            assertThat(slow).hasSize(1);
            List<String> turns = new ArrayList<>();
            for (int i = 0; i < 199; i++) {
                clock.move(Duration.ofSeconds(1));
                Source done = slow.removeFirst();
                turns.add(done.id());
                rig.finish(done);
                slow.addAll(rig.readAllBut("slow"));
                assertThat(slow).as("left alone for a moment").isEmpty();
                assertThat(rig.nextAt()).isEqualTo(clock.instant().plusSeconds(1));
                clock.move(Duration.ofSeconds(1));
                slow.addAll(rig.readAllBut("slow"));
                assertThat(slow).hasSize(1);
            }
            turns.add(slow.getFirst().id());
            assertThat(turns)
                    .as("each once, the longest due first")
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSize(200);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 100})
    void however_many_hosts_are_slow_one_that_is_quick_is_read_on_time(int many, @TempDir Path folder) {
        try (HearingRig rig = new HearingRig(folder, clock, new Feeds(false))) {
            rig.write(tx -> {
                rig.sources.insert(tx, source("good", "https://good.example/", START));
                return true;
            });
            rig.readDue();
            assertThat(asked).containsExactly("good");
            rig.write(tx -> {
                for (int i = 0; i < many; i++) {
                    rig.sources.insert(tx, source("slow" + i, "https://slow" + i + ".example/", START.minusSeconds(9)));
                }
                return true;
            });
            clock.move(Duration.ofHours(1));
            List<Source> first = rig.claim(PLACES);
            assertThat(first).extracting(Source::id).contains("good").hasSize(33);
            // Those that were never read have taken half a minute: by now that is known.
            first.stream().filter(one -> one.id().equals("good")).forEach(rig::finish);
            clock.move(Duration.ofSeconds(30));
            first.stream().filter(one -> !one.id().equals("good")).forEach(rig::finish);
            clock.move(Duration.ofHours(2));
            List<Source> second = rig.claim(PLACES);
            assertThat(second).extracting(Source::id).contains("good");
            assertThat(second).hasSizeLessThanOrEqualTo(33);
            second.forEach(rig::finish);
            List<Source> waited = new ArrayList<>(rig.claim(PLACES));
            while (!waited.isEmpty()) {
                waited.forEach(rig::finish);
                waited = new ArrayList<>(rig.claim(PLACES));
            }
            assertThat(asked.stream().filter(id -> id.startsWith("slow")).distinct())
                    .as("and each that is slow has its turn")
                    .hasSize(many);
        }
    }

    @Test
    void the_line_of_a_host_moves_on_where_the_next_one_was_stopped(@TempDir Path folder) {
        try (HearingRig rig = new HearingRig(folder, clock, new Feeds(false))) {
            rig.write(tx -> {
                for (int i = 0; i < 4; i++) {
                    rig.sources.insert(tx, source("slow" + i, "https://slow.example/" + i, START.minusSeconds(9 - i)));
                }
                return true;
            });
            Source first = rig.readAllBut("slow").getFirst();
            rig.write(tx -> {
                Source next = rig.sources.find(tx, "slow1").orElseThrow();
                return rig.sources.save(tx, next, next.in(SourceState.PAUSED, null, clock.instant()));
            });
            rig.finish(first);
            clock.move(Duration.ofSeconds(1));
            assertThat(rig.readAllBut("slow")).extracting(Source::id).containsExactly("slow2");
        }
    }
}
