package org.tocsin.audience.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.audience.AudienceDue;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.audience.CountResult;
import org.tocsin.base.BranchId;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Cost;
import org.tocsin.network.PublishResult;
import org.tocsin.network.PublishResult.NoEffect;
import org.tocsin.network.Reason;

class AudienceCollectorTest {
    private static final LocalDate DAY = LocalDate.of(2026, 12, 1);
    private static final Reason WHY = Reason.of("network.unreachable", "detail", "gone");

    private AudienceRig rig;

    @BeforeEach
    void open(@TempDir Path folder) {
        rig = new AudienceRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void fails(String channel, NoEffect outcome) {
        rig.network.answers.put(channel, new CountResult.NotCounted(outcome));
    }

    private static AudienceSnapshot measured(String channel, LocalDate day, Instant at, long followers) {
        return new AudienceSnapshot(channel, day, at, followers, AudienceSnapshot.Origin.MEASURED);
    }

    @Test
    void a_channel_is_counted_as_soon_as_it_is_connected() {
        assertThat(rig.run()).isZero();
        rig.channel("one", "scripted", Map.of());
        rig.channel("feeds", "feed", Map.of());
        rig.counts("one", 2418);
        assertThat(rig.run()).isEqualTo(1);
        assertThat(rig.snapshots()).containsExactly(measured("one", DAY, AudienceRig.START, 2418));
        assertThat(rig.run()).as("and not again at once").isZero();
        assertThat(rig.network.asked).containsExactly("one");
    }

    @Test
    void every_day_has_its_figure_and_the_last_of_the_day_is_the_days() {
        rig.channel("one", "scripted", Map.of());
        for (int i = 0; i < 40; i++) {
            rig.counts("one", 100 + i);
            rig.run();
            rig.moveToNext();
        }
        List<AudienceSnapshot> snapshots = rig.snapshots();
        for (int i = 1; i < snapshots.size(); i++) {
            AudienceSnapshot before = snapshots.get(i - 1);
            assertThat(snapshots.get(i).day()).isEqualTo(before.day().plusDays(1));
            Instant end =
                    before.day().plusDays(1).atStartOfDay(AudienceRig.PARIS).toInstant();
            assertThat(Duration.between(before.takenAt(), end)).isPositive().isLessThan(Duration.ofHours(6));
            assertThat(snapshots.get(i).followers()).isGreaterThan(before.followers() + 1);
        }
        assertThat(snapshots).hasSizeBetween(9, 12);
    }

    @Test
    void a_day_begins_in_the_organisations_zone() {
        rig.channel("one", "scripted", Map.of());
        rig.clock.move(Duration.between(AudienceRig.START, Instant.parse("2026-12-01T23:10:00Z")));
        rig.counts("one", 1);
        rig.run();
        assertThat(rig.snapshots()).extracting(AudienceSnapshot::day).containsExactly(LocalDate.of(2026, 12, 2));
    }

    @Test
    void a_channel_that_is_charged_is_asked_once_a_day() {
        rig.network.price = new Cost(10_000);
        rig.channel("one", "scripted", Map.of());
        rig.counts("one", 1);
        for (int i = 0; i < 5; i++) {
            assertThat(rig.run()).isEqualTo(1);
            rig.moveToNext();
        }
        assertThat(rig.snapshots()).hasSize(5);
        assertThat(rig.spent("one")).isEqualTo(50_000);
    }

    @Test
    void the_price_is_booked_before_it_is_asked_and_given_back_where_nothing_was_told() {
        rig.network.price = new Cost(10_000);
        rig.channel("one", "scripted", Map.of());
        rig.network.whileAsked = () -> assertThat(rig.spent("one")).isEqualTo(10_000);
        fails("one", new PublishResult.Unreachable(WHY));
        rig.run();
        assertThat(rig.network.asked).hasSize(1);
        assertThat(rig.spent("one")).isZero();
    }

    @Test
    void a_check_of_the_day_has_paid_for_it() {
        rig.network.price = new Cost(10_000);
        rig.channel("one", "scripted", Map.of());
        rig.write(tx -> {
            rig.channels.saveHealth(
                    tx, "one", new ChannelHealth(ChannelHealth.Status.OK, null, "@one", rig.clock.instant()));
            return true;
        });
        rig.counts("one", 1);
        rig.run();
        assertThat(rig.snapshots()).hasSize(1);
        assertThat(rig.spent("one")).isZero();
    }

    @Test
    void over_the_ceiling_nothing_is_asked_the_day_is_a_gap_and_the_reason_is_kept() {
        rig.network.price = new Cost(10_000);
        rig.channel("one", "scripted", Map.of("monthlyCeilingUsd", "0.015"));
        rig.counts("one", 1);
        rig.run();
        for (int i = 0; i < 30; i++) {
            rig.moveToNext();
            rig.run();
        }
        assertThat(rig.network.asked).hasSize(1);
        assertThat(rig.spent("one")).isEqualTo(10_000);
        AudienceDue row = rig.row("one");
        assertThat(row.reason())
                .isNotNull()
                .satisfies(why -> assertThat(why.code()).isEqualTo("audience.budget"));
        assertThat(row.attempts()).isZero();
        rig.clock.move(Duration.between(rig.clock.instant(), Instant.parse("2027-01-01T00:30:00Z")));
        rig.run();
        assertThat(rig.snapshots())
                .extracting(AudienceSnapshot::day)
                .as("nothing is made up for the days between")
                .containsExactly(DAY, LocalDate.of(2027, 1, 1));
        assertThat(rig.row("one").reason()).isNull();
    }

    @Test
    void a_network_that_fails_is_asked_again_later_and_later() {
        rig.channel("one", "scripted", Map.of());
        fails("one", new PublishResult.Unreachable(WHY));
        for (int i = 1; i <= 8; i++) {
            assertThat(rig.run()).isEqualTo(1);
            AudienceDue row = rig.row("one");
            assertThat(row.attempts()).isEqualTo(i);
            assertThat(row.reason()).isEqualTo(WHY.message());
            assertThat(Duration.between(rig.clock.instant(), row.nextAt()))
                    .isBetween(Duration.ofSeconds(30), Duration.ofMinutes(30));
            rig.moveToNext();
        }
        rig.counts("one", 5);
        rig.run();
        assertThat(rig.row("one").attempts()).isZero();
        assertThat(rig.row("one").reason()).isNull();
        assertThat(rig.checked).isEmpty();
    }

    @Test
    void a_network_that_says_until_when_is_left_alone_until_then() {
        rig.channel("one", "scripted", Map.of());
        Instant until = AudienceRig.START.plus(Duration.ofHours(3));
        fails("one", new PublishResult.Throttled(until, PublishResult.Scope.CHANNEL, WHY));
        rig.run();
        assertThat(rig.row("one").nextAt()).isEqualTo(until);
        fails("one", new PublishResult.Throttled(null, PublishResult.Scope.CHANNEL, WHY));
        rig.moveToNext();
        rig.run();
        assertThat(rig.row("one").nextAt()).isAfter(until).isBefore(until.plus(Duration.ofMinutes(31)));
    }

    @Test
    void a_throttled_account_is_not_asked() {
        rig.channel("one", "scripted", Map.of());
        Instant until = AudienceRig.START.plus(Duration.ofHours(1));
        rig.write(tx -> {
            rig.accounts.throttle(tx, "one", AudienceRig.START, until);
            return true;
        });
        rig.run();
        assertThat(rig.network.asked).isEmpty();
        assertThat(rig.row("one").nextAt()).isEqualTo(until);
    }

    @Test
    void a_channel_that_may_not_ask_is_checked_by_the_check_that_judges_it() {
        rig.channel("one", "scripted", Map.of());
        rig.channel("two", "scripted", Map.of());
        fails("one", new PublishResult.Unauthorized(WHY));
        rig.counts("two", 7);
        rig.run();
        assertThat(rig.checked).containsExactly("one");
        assertThat(rig.snapshots()).as("the others are counted").hasSize(1);
    }

    @Test
    void an_adapter_that_throws_harms_no_other_channel() {
        rig.channel("one", "scripted", Map.of());
        rig.channel("two", "scripted", Map.of());
        rig.counts("two", 7);
        rig.run();
        assertThat(rig.snapshots()).hasSize(1);
        assertThat(rig.row("one").attempts()).isEqualTo(1);
    }

    @Test
    void a_channel_that_is_removed_is_asked_no_more_and_its_figures_stay() {
        rig.channel("one", "scripted", Map.of());
        rig.counts("one", 7);
        rig.run();
        rig.write(tx -> {
            rig.channels.remove(tx, "one", rig.clock.instant());
            return true;
        });
        rig.moveToNext();
        rig.run();
        assertThat(rig.network.asked).hasSize(1);
        assertThat(rig.collector.nextAt()).isEmpty();
        assertThat(rig.snapshots()).hasSize(1);
    }

    @Test
    void what_was_claimed_from_an_old_look_is_not_asked_twice() {
        rig.channel("one", "scripted", Map.of());
        rig.counts("one", 7);
        AudienceDue claimed = rig.collector.claim(10).getFirst();
        assertThat(rig.collector.claim(10)).as("nobody else holds it").isEmpty();
        rig.collector.count(claimed);
        rig.collector.count(claimed);
        assertThat(rig.network.asked).hasSize(1);
    }

    @Test
    void a_crash_before_the_figure_is_kept_asks_again() {
        rig.channel("one", "scripted", Map.of());
        rig.counts("one", 7);
        assertThat(rig.collector.claim(10)).hasSize(1);
        assertThat(rig.store
                        .read(tx -> rig.audience.find(tx, BranchId.MAIN, "one"))
                        .orElseThrow())
                .satisfies(row -> assertThat(row.nextAt()).isEqualTo(AudienceRig.START));
        assertThat(rig.snapshots()).isEmpty();
        assertThat(BranchId.MAIN).isEqualTo(rig.row("one").branch());
    }
}
