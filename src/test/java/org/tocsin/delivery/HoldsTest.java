package org.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.base.FaultException;
import org.tocsin.network.Cost;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Guarantee.Kind;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Rate;
import org.tocsin.network.Reason;

/** What stops a delivery before a byte of it has left: freezes, lateness, rates, money, a held channel, a person. */
class HoldsTest extends RigTest {
    private static final YearMonth MONTH = YearMonth.of(2026, 12);

    @Test
    void what_falls_due_in_a_freeze_is_held_and_ending_the_freeze_releases_nothing() {
        Freeze freeze = rig.freeze(null, DeliveryRig.START.plusSeconds(300));
        String id = rig.accept("text");
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.HELD);
        assertThat(rig.reason(id)).isEqualTo("delivery.held.frozen");
        assertThat(rig.get(id).reason().args()).containsEntry("freeze", freeze.id());
        assertThat(rig.told()).containsExactly(Notices.Kind.HELD);
        rig.later(Duration.ofMinutes(5));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.HELD);
        rig.decisions.retry(DeliveryRig.DAEMON, id, rig.get(id).version(), null);
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void what_nobody_has_agreed_to_does_not_go_out_even_when_it_is_due() {
        String id = rig.accept("text");
        rig.approval(id, "another text");
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.HELD);
        assertThat(rig.reason(id)).isEqualTo("delivery.held.unapproved");
        assertThat(rig.network.sent).isEmpty();
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() ->
                        rig.decisions.retry(DeliveryRig.DAEMON, id, rig.get(id).version(), null))
                .withMessageContaining("unapproved");
        rig.approval(id, null);
        rig.decisions.retry(DeliveryRig.DAEMON, id, rig.get(id).version(), null);
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void a_freeze_that_is_ordered_between_claim_and_intent_is_in_time() {
        String id = rig.accept("text");
        rig.network.whileRendering = () -> rig.freeze(null, null);
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.HELD);
        assertThat(rig.network.sent).isEmpty();
    }

    @Test
    void a_thread_that_would_cross_the_border_of_a_freeze_does_not_start() {
        Instant border = rig.clock.instant().plusSeconds(100);
        rig.freeze(border, null);
        rig.channel("two");
        String two = rig.acceptOn("two", "1", "2");
        String three = rig.accept("1", "2", "3");
        rig.run();
        assertThat(rig.reason(three)).isEqualTo("delivery.held.crossing");
        assertThat(rig.state(two)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.network.texts()).containsExactly("1", "2");
    }

    @Test
    void an_override_lets_one_through_and_is_kept() {
        rig.freeze(null, null);
        String through = rig.accept("through");
        String held = rig.accept("held");
        rig.run();
        rig.decisions.retry(DeliveryRig.DAEMON, through, rig.get(through).version(), "the mayor asked for it");
        long version = rig.get(held).version();
        assertThatExceptionOfType(FaultException.class)
                .as("it would only be held again")
                .isThrownBy(() -> rig.decisions.retry(DeliveryRig.DAEMON, held, version, null));
        rig.run();
        assertThat(rig.state(through)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.get(through).freezeOverride()).endsWith(" the mayor asked for it");
        assertThat(rig.state(held)).isEqualTo(DeliveryState.HELD);
    }

    @Test
    void an_override_is_for_the_freeze_that_held_and_not_for_a_later_one() {
        rig.freeze(null, null);
        String id = rig.accept("text");
        rig.run();
        rig.decisions.retry(DeliveryRig.DAEMON, id, rig.get(id).version(), "why");
        rig.network.answers(new PublishResult.Unreachable(Reason.of("network.unreachable")));
        rig.run();
        rig.freeze(null, null);
        rig.later(Duration.ofMinutes(5));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.HELD);
        assertThat(rig.network.sent).hasSize(1);
        rig.decisions.retry(DeliveryRig.DAEMON, id, rig.get(id).version(), "again");
        rig.run();
        assertThat(rig.state(id)).as("both are overridden now").isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void a_network_that_throttles_without_end_is_given_up_and_told() {
        String id = rig.accept("text");
        for (int i = 0; i < 30 && rig.state(id) != DeliveryState.EXHAUSTED; i++) {
            rig.network.answers(new PublishResult.Throttled(
                    rig.clock.instant().plus(Duration.ofHours(1)),
                    PublishResult.Scope.CHANNEL,
                    Reason.of("network.throttled")));
            rig.run();
            rig.clock.move(Duration.ofHours(1).plusSeconds(1));
        }
        assertThat(rig.state(id)).isEqualTo(DeliveryState.EXHAUSTED);
        assertThat(rig.told()).contains(Notices.Kind.EXHAUSTED);
        assertThat(rig.get(id).attempts()).as("throttling is no attempt").isZero();
    }

    @Test
    void a_freeze_stops_even_the_repeat_that_a_key_makes_harmless_but_not_the_question() {
        rig.network.guarantee = Guarantee.of(Kind.KEYED);
        String id = rig.accept("text");
        rig.network.answers(UNKNOWN);
        rig.claim().forEach(rig::dispatch);
        rig.freeze(null, null);
        rig.run();
        rig.later(DeliveryRig.QUIET);
        assertThat(rig.network.sent).hasSize(1);
        assertThat(rig.network.probed).hasSize(1);
        assertThat(rig.reason(id)).isEqualTo("delivery.held.frozen");
    }

    @Test
    void what_is_a_little_late_goes_out_and_what_is_later_is_held_and_told() {
        String little = rig.acceptAt("one", DeliveryRig.START.plusSeconds(60), "little");
        rig.later(DeliveryRig.GRACE.plusSeconds(60));
        assertThat(rig.state(little)).isEqualTo(DeliveryState.PUBLISHED);
        String much = rig.acceptAt("one", rig.clock.instant().plusSeconds(60), "much");
        rig.later(DeliveryRig.GRACE.plusSeconds(61));
        assertThat(rig.state(much)).isEqualTo(DeliveryState.HELD);
        assertThat(rig.reason(much)).isEqualTo("delivery.held.late");
        assertThat(rig.told()).containsExactly(Notices.Kind.LATE);
        rig.decisions.retry(DeliveryRig.DAEMON, much, rig.get(much).version(), null);
        rig.run();
        assertThat(rig.state(much)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void waiting_for_the_network_does_not_make_a_delivery_late() {
        String id = rig.accept("text");
        rig.network.answers(throttled(DeliveryRig.START.plus(Duration.ofHours(3)), PublishResult.Scope.CHANNEL));
        rig.run();
        rig.later(Duration.ofHours(3));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void an_account_wide_throttle_does_not_make_those_behind_it_late() {
        String first = rig.accept("first");
        String second = rig.accept("second");
        rig.network.answers(throttled(DeliveryRig.START.plus(Duration.ofHours(3)), PublishResult.Scope.CHANNEL));
        rig.run();
        rig.later(Duration.ofHours(3));
        assertThat(rig.state(first)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.state(second)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void the_rate_of_an_account_is_kept_over_a_restart() {
        rig.network.rates = List.of(new Rate("posts", 2, Duration.ofMinutes(5)));
        List<String> ids =
                IntStream.range(0, 3).mapToObj(i -> rig.accept("text " + i)).toList();
        rig.run();
        assertThat(rig.network.sent).hasSize(2);
        assertThat(rig.reason(ids.get(2))).isEqualTo("delivery.waiting.rate");
        assertThat(rig.get(ids.get(2)).attempts()).isZero();
        rig.restart();
        rig.later(Duration.ofMinutes(5));
        assertThat(rig.network.sent).hasSize(2);
        rig.later(SECOND);
        assertThat(rig.network.sent).hasSize(3);
    }

    @Test
    void those_behind_an_account_at_its_rate_are_not_late() {
        rig.network.rates = List.of(new Rate("posts", 1, Duration.ofHours(1)));
        List<String> ids =
                IntStream.range(0, 3).mapToObj(i -> rig.accept("text " + i)).toList();
        rig.run();
        rig.later(Duration.ofHours(1).plus(SECOND));
        rig.later(Duration.ofHours(1).plus(SECOND));
        assertThat(ids).allMatch(id -> rig.state(id) == DeliveryState.PUBLISHED);
    }

    @Test
    void money_is_spent_with_the_intent_up_to_the_ceiling_and_given_back_where_nothing_was_had() {
        rig.channel("one", "monthlyCeilingUsd", "0.03");
        rig.network.cost = new Cost(15_000);
        rig.network.answers(UNREACHABLE);
        rig.network.whilePublishing = (channel, intent) ->
                assertThat(spent()).as("spent before it is sent").isPositive();
        String first = rig.accept("first");
        rig.run();
        assertThat(spent()).isZero();
        rig.later(Duration.ofMinutes(2));
        assertThat(rig.state(first)).isEqualTo(DeliveryState.PUBLISHED);
        rig.network.answers(UNKNOWN);
        rig.accept("second");
        rig.run();
        assertThat(spent()).as("what may have been had is paid").isEqualTo(30_000);
        String third = rig.accept("third");
        rig.run();
        assertThat(rig.state(third)).isEqualTo(DeliveryState.HELD);
        assertThat(rig.reason(third)).isEqualTo("delivery.held.budget");
        assertThat(rig.network.sent).hasSize(3);
        assertThat(spent()).isEqualTo(30_000);
    }

    @Test
    void money_for_what_was_not_had_goes_back_to_the_month_in_which_it_was_spent() {
        rig.network.cost = new Cost(15_000);
        rig.clock.move(Duration.between(DeliveryRig.START, Instant.parse("2026-12-31T23:59:30Z")));
        rig.network.answers(UNKNOWN);
        rig.accept("text");
        rig.run();
        assertThat(spent()).isEqualTo(15_000);
        rig.later(DeliveryRig.QUIET);
        assertThat(spent()).as("December").isZero();
        assertThat((long) rig.store.read(tx -> rig.accounts.spent(tx, "one", YearMonth.of(2027, 1))))
                .as("January: it was sent again")
                .isEqualTo(15_000);
    }

    private long spent() {
        return rig.store.read(tx -> rig.accounts.spent(tx, "one", MONTH));
    }

    @Test
    void on_a_held_channel_nothing_is_asked_until_a_good_check_releases_all_that_waited_for_it() {
        String first = rig.accept("first");
        rig.network.answers(UNAUTHORIZED);
        rig.run();
        String second = rig.accept("second");
        Freeze freeze = rig.freeze(null, DeliveryRig.START.plusSeconds(1));
        rig.channel("two");
        String frozen = rig.acceptOn("two", "frozen");
        rig.run();
        assertThat(freeze).isNotNull();
        assertThat(List.of(first, second)).allMatch(id -> rig.get(id).heldForChannel());
        assertThat(rig.network.sent).hasSize(1);
        rig.clock.move(SECOND);
        rig.administration.check(DeliveryRig.DAEMON, "one");
        rig.run();
        assertThat(rig.network.texts()).containsExactly("first", "first", "second");
        assertThat(rig.state(frozen)).as("held for another reason").isEqualTo(DeliveryState.HELD);
        assertThat(rig.told().stream().filter(kind -> kind == Notices.Kind.CHANNEL_HELD))
                .hasSize(1);
    }

    @Test
    void a_dead_channel_is_told_once_however_often_it_is_asked() {
        rig.network.guarantee = Guarantee.of(Kind.KEYED);
        String id = rig.accept("text");
        rig.network.answers(UNKNOWN, UNAUTHORIZED);
        rig.run();
        for (int i = 0; i < 2; i++) {
            rig.later(Duration.between(rig.clock.instant(), rig.nextAt(id)));
        }
        assertThat(rig.attempts(id))
                .as("a held channel is asked nothing, whatever the key makes harmless")
                .containsExactly("unknown", "unauthorized");
        assertThat(rig.network.probed).isEmpty();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.get(id).attempts()).isEqualTo(1);
        assertThat(rig.told()).containsExactly(Notices.Kind.CHANNEL_HELD);
        rig.administration.check(DeliveryRig.DAEMON, "one");
        rig.network.finds(new FindResult.Found(rig.network.receipt()));
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void what_is_held_for_its_channel_can_be_taken_back() {
        String postId = rig.post();
        String first = rig.accept("first");
        String second = rig.acceptFor(postId, "one", "second");
        rig.network.answers(UNAUTHORIZED);
        rig.run();
        assertThat(List.of(first, second)).allMatch(id -> rig.get(id).heldForChannel());
        rig.decisions.cancel(DeliveryRig.DAEMON, first, rig.get(first).version());
        assertThat(rig.deletePost.delete(DeliveryRig.DAEMON, postId)).isEmpty();
        rig.administration.check(DeliveryRig.DAEMON, "one");
        rig.run();
        assertThat(List.of(first, second)).allMatch(id -> rig.state(id) == DeliveryState.CANCELLED);
        assertThat(rig.network.sent).hasSize(1);
    }

    @Test
    void what_was_refused_can_be_set_aside_and_says_why_it_failed() {
        String postId = rig.post();
        String first = rig.acceptFor(postId, "one", "first");
        rig.network.answers(REFUSED);
        rig.run();
        String why = rig.reason(first);
        assertThat(rig.state(first)).isEqualTo(DeliveryState.REFUSED);
        rig.decisions.cancel(DeliveryRig.DAEMON, first, rig.get(first).version());
        rig.run();
        assertThat(rig.state(first)).isEqualTo(DeliveryState.CANCELLED);
        assertThat(rig.reason(first)).isEqualTo(why);
        assertThat(rig.network.sent).hasSize(1);
    }

    @Test
    void what_was_refused_of_a_post_that_is_deleted_waits_for_nobody() {
        String postId = rig.post();
        String id = rig.acceptFor(postId, "one", "text");
        rig.network.answers(REFUSED);
        rig.run();
        rig.deletePost.delete(DeliveryRig.DAEMON, postId);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.CANCELLED);
    }

    @Test
    void what_publishing_has_found_a_timed_check_does_not_disprove() {
        String id = rig.accept("text");
        rig.network.answers(UNAUTHORIZED);
        rig.run();
        rig.administration.checkAll();
        assertThat(rig.get(id).heldForChannel()).isTrue();
        rig.administration.check(DeliveryRig.DAEMON, "one");
        assertThat(rig.state(id)).isEqualTo(DeliveryState.DUE);
    }

    @Test
    void a_network_that_was_away_for_long_does_not_make_a_late_post_timely() {
        String head = rig.accept("head");
        String behind = rig.accept("behind");
        rig.network.answers(UNREACHABLE, UNREACHABLE, UNREACHABLE, UNREACHABLE, UNREACHABLE, UNREACHABLE);
        rig.run();
        for (int i = 0; i < 4 && rig.state(head) == DeliveryState.WAITING; i++) {
            rig.later(Duration.between(rig.clock.instant(), rig.nextAt(head)));
        }
        rig.later(Duration.ofMinutes(30));
        assertThat(List.of(head, behind)).allSatisfy(id -> {
            assertThat(rig.state(id)).isEqualTo(DeliveryState.HELD);
            assertThat(rig.reason(id)).isEqualTo("delivery.held.late");
        });
        assertThat(rig.told()).containsExactly(Notices.Kind.LATE, Notices.Kind.LATE);
        rig.decisions.retry(DeliveryRig.DAEMON, behind, rig.get(behind).version(), null);
        assertThat(rig.get(behind).expectedAt()).isEqualTo(rig.clock.instant());
    }

    @Test
    void a_throttle_excuses_nobody_who_was_late_before_it() {
        rig.accept("throttled");
        String late =
                rig.acceptAt("one", DeliveryRig.START.minus(DeliveryRig.GRACE).minus(SECOND), "late");
        rig.write(tx -> {
            Delivery row = rig.get(late);
            rig.deliveries.save(
                    tx, row.due(DeliveryRig.START).expected(row.dueAt()).bumped(), row.version());
            return row;
        });
        rig.network.answers(throttled(DeliveryRig.START.plus(Duration.ofHours(3)), PublishResult.Scope.CHANNEL));
        rig.run();
        rig.later(Duration.ofHours(3));
        assertThat(rig.state(late)).isEqualTo(DeliveryState.HELD);
        assertThat(rig.reason(late)).isEqualTo("delivery.held.late");
    }

    @Test
    void the_rest_of_a_thread_that_is_held_can_be_given_up() {
        String postId = rig.post();
        String id = rig.acceptFor(postId, "one", "one", "two");
        rig.network.answers(new PublishResult.Published(rig.network.receipt()), UNAUTHORIZED);
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.HELD);
        rig.decisions.cancel(DeliveryRig.DAEMON, id, rig.get(id).version());
        assertThat(rig.state(id)).isEqualTo(DeliveryState.CANCELLED);
        assertThat(rig.segments(id).getFirst().state()).isEqualTo(SegmentState.PUBLISHED);
        rig.administration.check(DeliveryRig.DAEMON, "one");
        assertThat(rig.deletePost.delete(DeliveryRig.DAEMON, postId)).isEmpty();
        rig.remover.claim(16).forEach(rig.remover::remove);
        assertThat(rig.network.deleted).containsExactly("r1");
        assertThat(rig.segments(id).getFirst().state()).isEqualTo(SegmentState.DELETED);
    }

    @Test
    void a_cancellation_between_claim_and_intent_wins() {
        String id = rig.accept("text");
        rig.network.whileRendering =
                () -> rig.decisions.cancel(DeliveryRig.DAEMON, id, rig.get(id).version());
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.CANCELLED);
        assertThat(rig.network.sent).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.tocsin.delivery.DispatcherTest#withoutEffect")
    void a_cancellation_while_it_is_prepared_wins_over_whatever_the_preparation_comes_to(
            PublishResult.NoEffect outcome) {
        String id = rig.accept("text");
        rig.network.blocks(outcome);
        rig.network.whileRendering =
                () -> rig.decisions.cancel(DeliveryRig.DAEMON, id, rig.get(id).version());
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.CANCELLED);
        assertThat(rig.told()).isEmpty();
    }

    @Test
    void a_thread_of_which_a_part_is_out_is_not_cancelled() {
        String id = rig.accept("one", "two");
        rig.network.answers(new PublishResult.Published(rig.network.receipt()), UNREACHABLE);
        rig.run();
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() ->
                        rig.decisions.cancel(DeliveryRig.DAEMON, id, rig.get(id).version()));
    }

    @Test
    void a_channels_line_is_kept_by_a_retry_and_not_by_what_needs_a_person() {
        rig.network.answers(UNREACHABLE);
        String waiting = rig.accept("first");
        rig.accept("second");
        rig.run();
        assertThat(rig.network.texts()).containsExactly("first");
        rig.later(Duration.ofMinutes(2));
        assertThat(rig.network.texts()).containsExactly("first", "first", "second");
        assertThat(rig.state(waiting)).isEqualTo(DeliveryState.PUBLISHED);
        rig.network.answers(UNKNOWN);
        String unknown = rig.accept("third");
        rig.accept("fourth");
        rig.run();
        assertThat(rig.state(unknown)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.network.texts()).endsWith("third", "fourth");
    }

    @Test
    void the_line_is_by_due_time_and_then_by_acceptance() {
        Instant due = DeliveryRig.START.plusSeconds(60);
        rig.acceptAt("one", due.plusSeconds(1), "third");
        rig.acceptAt("one", due, "first");
        rig.acceptAt("one", due, "second");
        rig.later(Duration.ofSeconds(70));
        assertThat(rig.network.texts()).containsExactly("first", "second", "third");
    }

    @Test
    void a_slow_channel_delays_no_other_and_has_one_request_at_a_time() {
        rig.channel("two");
        rig.accept("slow 1");
        rig.accept("slow 2");
        rig.acceptOn("two", "fast 1");
        rig.acceptOn("two", "fast 2");
        List<DeliveryWork> first = rig.claim();
        assertThat(first).extracting(work -> work.delivery().channelId()).containsExactlyInAnyOrder("one", "two");
        DeliveryWork fast = first.stream()
                .filter(work -> work.delivery().channelId().equals("two"))
                .findFirst()
                .orElseThrow();
        rig.dispatch(fast);
        rig.run();
        assertThat(rig.network.texts()).containsExactly("fast 1", "fast 2");
        first.stream().filter(work -> !work.equals(fast)).forEach(rig::dispatch);
        rig.run();
        assertThat(rig.network.texts()).containsExactly("fast 1", "fast 2", "slow 1", "slow 2");
    }

    @Test
    void after_a_jump_of_the_clock_nothing_is_claimed_until_it_has_settled() {
        rig.run();
        String id = rig.acceptAt("one", DeliveryRig.START.plus(Duration.ofHours(1)), "for later");
        rig.jump(Duration.ofHours(1));
        rig.run();
        assertThat(rig.clockJumps).isEqualTo(1);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.SCHEDULED);
        rig.jump(Duration.ofHours(-1));
        rig.run();
        rig.later(Duration.ofMinutes(4));
        assertThat(rig.network.sent).isEmpty();
        String due = rig.accept("now");
        rig.later(Duration.ofMinutes(2));
        assertThat(rig.state(due)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.SCHEDULED);
    }
}
