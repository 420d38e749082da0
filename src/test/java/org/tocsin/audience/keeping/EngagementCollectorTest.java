package org.tocsin.audience.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.audience.Counts;
import org.tocsin.audience.EngagementDue;
import org.tocsin.audience.MetricsResult;
import org.tocsin.audience.PollingAge;
import org.tocsin.audience.PostMetrics;
import org.tocsin.base.Message;
import org.tocsin.delivery.Account;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

class EngagementCollectorTest {
    private static final Reason WHY = Reason.of("network.unreachable", "detail", "gone");
    private static final Instant START = EngagementRig.START;

    private EngagementRig rig;

    @BeforeEach
    void open(@TempDir Path folder) {
        rig = new EngagementRig(folder);
        rig.channel("one", Map.of());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_post_is_read_at_the_ages_of_its_schedule_and_then_no_more() {
        rig.published("d1", "one", START);
        rig.tells("d1", 5);
        rig.runAll();
        assertThat(rig.readings("d1"))
                .extracting(reading -> Duration.between(START, reading.takenAt()))
                .containsExactlyElementsOf(PollingAge.ages());
        assertThat(rig.row("d1").nextAt()).isNull();
        rig.clock.move(Duration.ofMinutes(1));
        assertThat(rig.collector.nextAt()).isEmpty();
    }

    @Test
    void what_was_published_before_the_upgrade_is_read_at_once_and_older_posts_never() {
        rig.published("new", "one", START.minus(Duration.ofDays(12)));
        rig.published("old", "one", START.minus(Duration.ofDays(31)));
        rig.tells("new", 5);
        rig.tells("old", 5);
        rig.run();
        assertThat(rig.readings("new")).hasSize(1);
        assertThat(rig.row("new").nextAt()).isEqualTo(START.plus(Duration.ofDays(2)));
        assertThat(rig.found("old")).isEmpty();
    }

    @Test
    void a_daemon_that_was_off_takes_one_reading_and_goes_on() {
        rig.published("d1", "one", START);
        rig.tells("d1", 5);
        rig.moveToNext();
        rig.run();
        rig.clock.move(Duration.ofDays(3));
        rig.restart();
        rig.run();
        rig.run();
        assertThat(rig.readings("d1")).hasSize(2);
        assertThat(rig.row("d1").nextAt()).isEqualTo(START.plus(Duration.ofDays(4)));
    }

    @Test
    void what_is_due_on_a_channel_is_one_question_and_then_the_channel_rests() {
        for (int i = 0; i < 5; i++) {
            rig.published("d" + i, "one", START.minus(Duration.ofHours(1)));
            rig.tells("d" + i, i);
        }
        assertThat(rig.run()).isEqualTo(1);
        assertThat(rig.network.asked).containsExactly(List.of("r-d0", "r-d1", "r-d2"));
        assertThat(rig.run()).as("it rests").isZero();
        assertThat(rig.collector.nextAt()).contains(START.plusSeconds(5));
        rig.clock.move(Duration.ofSeconds(5));
        assertThat(rig.run()).isEqualTo(1);
        assertThat(rig.network.asked.getLast()).containsExactly("r-d3", "r-d4");
    }

    @Test
    void one_post_that_is_not_told_harms_no_other() {
        rig.published("d1", "one", START.minus(Duration.ofHours(1)));
        rig.published("d2", "one", START.minus(Duration.ofHours(1)));
        rig.tells("d2", 5);
        rig.run();
        assertThat(rig.readings("d2")).hasSize(1);
        assertThat(rig.row("d1").attempts()).isEqualTo(1);
        assertThat(rig.row("d1").reason())
                .satisfies(why -> assertThat(why.code()).isEqualTo("audience.engagement.untold"));
        assertThat(rig.readings("d1")).isEmpty();
    }

    @Test
    void a_post_that_spoils_the_question_is_found_by_smaller_ones() {
        for (int i = 0; i < 3; i++) {
            rig.published("d" + i, "one", START.minus(Duration.ofHours(1)));
            rig.tells("d" + i, i);
        }
        rig.network.spoiling = "r-d1";
        for (int i = 0; i < 12; i++) {
            rig.run();
            rig.moveToNext();
        }
        assertThat(rig.readings("d0")).isNotEmpty();
        assertThat(rig.readings("d2")).isNotEmpty();
        assertThat(rig.readings("d1")).isEmpty();
    }

    @Test
    void a_post_that_is_gone_is_not_asked_about_again_and_its_readings_stay() {
        rig.published("d1", "one", START);
        rig.tells("d1", 5);
        rig.moveToNext();
        rig.run();
        rig.network.told.put("r-d1", new MetricsResult.Gone());
        Instant at = rig.moveToNext();
        rig.run();
        assertThat(rig.row("d1").goneAt()).isEqualTo(at);
        assertThat(rig.row("d1").nextAt()).isNull();
        assertThat(rig.readings("d1")).hasSize(1);
        rig.clock.move(Duration.ofDays(1));
        rig.run();
        assertThat(rig.network.asked).hasSize(2);
    }

    @Test
    void a_delivery_that_was_deleted_is_not_asked_about() {
        rig.published("d1", "one", START.minus(Duration.ofHours(1)));
        rig.enrolled();
        rig.state("d1", DeliveryState.DELETED);
        rig.run();
        assertThat(rig.network.asked).isEmpty();
        assertThat(rig.row("d1").nextAt()).isNull();
    }

    @Test
    void nothing_is_asked_on_a_channel_that_is_removed() {
        rig.published("d1", "one", START.minus(Duration.ofHours(1)));
        rig.enrolled();
        rig.write(tx -> {
            rig.channels.remove(tx, "one", START);
            return true;
        });
        rig.run();
        assertThat(rig.network.asked).isEmpty();
        assertThat(rig.row("d1").nextAt()).isNull();
    }

    @Test
    void posts_of_the_account_that_the_channel_had_before_are_left_alone() {
        rig.published("d1", "one", START.minus(Duration.ofHours(1)));
        rig.enrolled();
        rig.update("one", Map.of(Channel.ACCOUNT_SINCE_SETTING, START.toString()));
        rig.run();
        assertThat(rig.network.asked).isEmpty();
        assertThat(rig.row("d1").nextAt()).isNull();
    }

    @Test
    void a_throttled_or_held_account_is_not_asked() {
        rig.published("d1", "one", START.minus(Duration.ofHours(1)));
        Instant until = START.plus(Duration.ofHours(1));
        rig.write(tx -> {
            rig.accounts.throttle(tx, "one", START, until);
            return true;
        });
        rig.run();
        assertThat(rig.row("d1").nextAt()).isEqualTo(until);
        rig.write(tx -> {
            rig.accounts.throttle(tx, "one", null, null);
            rig.accounts.hold(tx, "one", Account.Finder.CHECK, Message.of("network.unauthorized"), START);
            return true;
        });
        rig.moveToNext();
        rig.run();
        assertThat(rig.row("d1").nextAt()).isAfter(until);
        assertThat(rig.network.asked).isEmpty();
    }

    @Test
    void a_network_that_says_until_when_is_left_alone_until_then_with_everything_of_the_channel() {
        for (int i = 0; i < 5; i++) {
            rig.published("d" + i, "one", START.minus(Duration.ofHours(1)));
        }
        Instant until = START.plus(Duration.ofHours(3));
        rig.network.failure = new PublishResult.Throttled(until, PublishResult.Scope.CHANNEL, WHY);
        rig.run();
        for (int i = 0; i < 5; i++) {
            assertThat(rig.row("d" + i).nextAt()).isEqualTo(until);
        }
        assertThat(rig.checked).isEmpty();
    }

    @Test
    void a_network_that_fails_is_asked_again_later_and_later() {
        rig.published("d1", "one", START.minus(Duration.ofHours(1)));
        rig.network.failure = new PublishResult.Unreachable(WHY);
        for (int i = 1; i <= 8; i++) {
            assertThat(rig.run()).isEqualTo(1);
            EngagementDue row = rig.row("d1");
            assertThat(row.attempts()).isEqualTo(i);
            assertThat(row.reason()).isEqualTo(WHY.message());
            assertThat(Duration.between(rig.clock.instant(), row.nextAt()))
                    .isBetween(Duration.ofSeconds(30), Duration.ofMinutes(30));
            rig.moveToNext();
        }
        rig.network.failure = null;
        rig.tells("d1", 5);
        rig.run();
        assertThat(rig.row("d1").attempts()).isZero();
        assertThat(rig.row("d1").reason()).isNull();
    }

    @Test
    void a_channel_that_may_not_ask_is_checked_by_the_check_that_judges_it() {
        rig.published("d1", "one", START.minus(Duration.ofHours(1)));
        rig.network.failure = new PublishResult.Unauthorized(WHY);
        rig.run();
        assertThat(rig.checked).containsExactly("one");
    }

    @Test
    void an_adapter_that_throws_harms_no_other_channel() {
        rig.channel("two", Map.of());
        rig.published("d1", "one", START.minus(Duration.ofHours(1)));
        rig.published("d2", "two", START.minus(Duration.ofHours(1)));
        rig.tells("d2", 5);
        rig.network.throwing = "one";
        rig.run();
        assertThat(rig.readings("d2")).hasSize(1);
        assertThat(rig.row("d1").attempts()).isEqualTo(1);
    }

    @Test
    void a_network_that_charges_is_asked_where_a_person_wants_it_and_once_a_day_is_paid() {
        rig.network.price = new Cost(5000);
        rig.network.wanted = false;
        rig.published("d1", "one", START.minus(Duration.ofMinutes(20)));
        rig.tells("d1", 5);
        rig.run();
        assertThat(rig.network.asked).isEmpty();
        assertThat(rig.row("d1").reason())
                .satisfies(why -> assertThat(why.code()).isEqualTo("audience.engagement.off"));
        rig.network.wanted = true;
        rig.moveToNext();
        rig.run();
        rig.moveToNext();
        rig.run();
        assertThat(rig.readings("d1")).hasSize(2);
        assertThat(rig.spent("one")).isEqualTo(5000);
    }

    @Test
    void what_nobody_wants_to_be_asked_ends_with_its_time_as_well() {
        rig.network.wanted = false;
        rig.published("d1", "one", START);
        rig.run();
        rig.clock.move(Duration.ofDays(32));
        rig.run();
        assertThat(rig.network.asked).isEmpty();
        assertThat(rig.row("d1").nextAt()).isNull();
    }

    @Test
    void what_would_pass_the_ceiling_is_not_asked_and_what_was_not_told_is_not_paid() {
        rig.network.price = new Cost(5000);
        rig.update("one", Map.of("monthlyCeilingUsd", "0.006"));
        rig.published("d1", "one", START.minus(Duration.ofHours(1)));
        rig.run();
        assertThat(rig.network.asked).hasSize(1);
        assertThat(rig.spent("one")).as("nothing was told").isZero();
        rig.published("d2", "one", START.minus(Duration.ofHours(1)));
        rig.tells("d1", 1);
        rig.tells("d2", 1);
        rig.clock.move(Duration.ofHours(1));
        rig.run();
        assertThat(rig.network.asked)
                .as("one failed before: the next question is smaller")
                .hasSize(2);
        rig.clock.move(Duration.ofSeconds(5));
        rig.run();
        assertThat(rig.spent("one")).isEqualTo(5000);
        assertThat(rig.network.asked).hasSize(2);
    }

    @Test
    void a_restart_between_question_and_reading_asks_again() {
        rig.published("d1", "one", START.minus(Duration.ofHours(1)));
        rig.tells("d1", 5);
        assertThat(rig.collector.claim(10)).containsExactly("one");
        assertThat(rig.collector.claim(10)).as("nobody else holds it").isEmpty();
        rig.restart();
        rig.run();
        assertThat(rig.readings("d1"))
                .extracting(PostMetrics::counts)
                .containsExactly(new Counts(5L, null, null, null, null));
    }
}
