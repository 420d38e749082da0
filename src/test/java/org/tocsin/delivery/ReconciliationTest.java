package org.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tocsin.base.FaultException;
import org.tocsin.delivery.DeliveryRig.PowerCut;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Guarantee.Kind;
import org.tocsin.network.Intent;
import org.tocsin.network.PublishResult;
import org.tocsin.publishing.DeliveryDecisions.Decision;

/** What becomes of a delivery whose request may have had its effect. */
class ReconciliationTest extends RigTest {
    private static final Duration WINDOW = Duration.ofMinutes(50);

    private String lost(Guarantee guarantee) {
        rig.network.guarantee = guarantee;
        String id = rig.accept("text");
        rig.network.answers(UNKNOWN);
        rig.claim().forEach(rig::dispatch);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        return id;
    }

    private void sameRequestEachTime(int times) {
        assertThat(rig.network.sent).hasSize(times);
        Intent first = rig.network.sent.getFirst().intent();
        assertThat(rig.network.sent).allSatisfy(sent -> {
            assertThat(sent.intent().key()).isEqualTo(first.key());
            assertThat(sent.intent().body()).isEqualTo(first.body());
            assertThat(sent.intent().firstAt()).isEqualTo(first.firstAt());
        });
    }

    @Test
    void with_a_key_for_ever_the_same_request_goes_out_again_at_once_and_without_end() {
        String id = lost(Guarantee.of(Kind.KEYED));
        rig.grace(Duration.ofDays(1));
        rig.network.answers(UNKNOWN, UNKNOWN, UNREACHABLE);
        rig.run();
        for (int i = 0; i < 3; i++) {
            assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
            rig.later(Duration.between(rig.clock.instant(), rig.nextAt(id)));
        }
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        sameRequestEachTime(5);
        assertThat(rig.network.probed).isEmpty();
        assertThat(rig.attempts(id)).containsExactly("unknown", "unknown", "unknown", "unreachable", "published");
    }

    @Test
    void a_repeat_that_is_refused_is_not_repeated_and_absence_makes_it_refused() {
        String absent = lost(Guarantee.of(Kind.KEYED));
        rig.network.answers(REFUSED);
        rig.run();
        assertThat(rig.state(absent)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.network.probed).isEmpty();
        rig.later(DeliveryRig.QUIET);
        assertThat(rig.state(absent)).isEqualTo(DeliveryState.REFUSED);
        assertThat(rig.reason(absent)).isEqualTo("network.failing");
        assertThat(rig.told()).containsExactly(Notices.Kind.REFUSED);
        rig.later(Duration.ofDays(1));
        sameRequestEachTime(2);
    }

    @Test
    void a_repeat_that_is_refused_may_be_one_of_what_is_there() {
        String id = lost(Guarantee.of(Kind.KEYED));
        rig.network.answers(REFUSED);
        rig.run();
        rig.network.finds(new FindResult.Found(rig.network.receipt()));
        rig.later(DeliveryRig.QUIET);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void a_throttled_repeat_waits_as_told_with_all_its_channel_and_counts_nothing() {
        String id = lost(Guarantee.of(Kind.KEYED));
        Instant until = DeliveryRig.START.plus(Duration.ofHours(1));
        rig.network.answers(throttled(until, PublishResult.Scope.CHANNEL));
        rig.run();
        assertThat(rig.nextAt(id)).isEqualTo(until);
        assertThat(rig.get(id).attempts()).isEqualTo(1);
        String behind = rig.accept("behind");
        rig.later(Duration.ofMinutes(59));
        assertThat(rig.network.sent).hasSize(2);
        rig.later(Duration.ofMinutes(1));
        assertThat(List.of(id, behind)).allMatch(one -> rig.state(one) == DeliveryState.PUBLISHED);
    }

    @Test
    void a_throttled_question_waits_as_told_and_is_none() {
        String id = lost(Guarantee.of(Kind.PROBED));
        Instant until = DeliveryRig.START.plus(Duration.ofMinutes(10));
        rig.network.finds(new FindResult.Inconclusive(WHY, until));
        rig.later(DeliveryRig.QUIET);
        assertThat(rig.nextAt(id)).isEqualTo(until);
        assertThat(rig.attempts(id)).containsExactly("unknown", "throttled");
        assertThat(rig.get(id).attempts()).isEqualTo(1);
    }

    @Test
    void an_adapter_that_fails_while_looking_has_told_nothing() {
        String id = lost(Guarantee.of(Kind.PROBED));
        rig.network.whileFinding = () -> {
            throw new IllegalStateException("oops");
        };
        rig.later(DeliveryRig.QUIET);
        assertThat(rig.attempts(id)).containsExactly("unknown", "inconclusive");
        assertThat(rig.nextAt(id)).isAfter(rig.clock.instant());
    }

    @Test
    void what_is_lost_and_absent_again_and_again_is_sent_ever_more_rarely_until_a_person_is_asked() {
        rig.grace(DeliveryRig.GIVE_UP.multipliedBy(2));
        String id = lost(Guarantee.of(Kind.PROBED));
        rig.network.whilePublishing = (channel, intent) -> rig.network.answers(UNKNOWN);
        for (int i = 0; i < 2000 && rig.get(id).nextAction() != NextAction.PERSON; i++) {
            rig.later(DeliveryRig.QUIET);
        }
        assertThat(rig.get(id).nextAction()).isEqualTo(NextAction.PERSON);
        assertThat(rig.told()).containsExactly(Notices.Kind.UNKNOWN);
        assertThat(rig.network.sent.size()).isLessThan(250);
    }

    @Test
    void a_repeat_obeys_a_freeze_that_is_ordered_after_it_was_claimed() {
        String id = lost(Guarantee.of(Kind.KEYED));
        List<DeliveryWork> claimed = rig.claim();
        rig.network.whileAskedForItsLimits = () -> rig.freeze(null, null);
        claimed.forEach(rig::dispatch);
        assertThat(rig.network.sent).hasSize(1);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.get(id).nextAt()).isNotNull();
    }

    @Test
    void one_channel_with_many_unknowns_starves_no_other() {
        rig.network.guarantee = Guarantee.of(Kind.PROBED);
        rig.channel("two");
        rig.network.whilePublishing = (channel, intent) -> rig.network.answers(UNKNOWN);
        for (int i = 0; i < 5; i++) {
            rig.accept("many " + i);
        }
        rig.acceptOn("two", "one");
        rig.run();
        rig.clock.move(DeliveryRig.QUIET);
        List<Delivery> heads =
                rig.store.read(tx -> rig.deliveries.timedHeads(tx, DeliveryState.UNKNOWN, rig.clock.instant()));
        assertThat(heads).extracting(Delivery::channelId).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void inside_its_window_the_same_request_waits_for_the_quiet_time() {
        String id = lost(new Guarantee(Kind.WINDOWED, WINDOW));
        assertThat(rig.get(id).nextAction()).isEqualTo(NextAction.SEND);
        rig.later(DeliveryRig.QUIET.minus(SECOND));
        assertThat(rig.network.sent).hasSize(1);
        assertThat(rig.network.probed).isEmpty();
        rig.later(SECOND);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        sameRequestEachTime(2);
    }

    @Test
    void after_its_window_the_network_is_asked() {
        String id = lost(new Guarantee(Kind.WINDOWED, WINDOW));
        rig.clock.move(WINDOW);
        rig.network.finds(new FindResult.Found(rig.network.receipt()));
        rig.run();
        assertThat(rig.network.sent).hasSize(1);
        assertThat(rig.network.probed).hasSize(1);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.reason(id)).isEqualTo("delivery.found");
    }

    @Test
    void a_window_counts_from_the_first_intent_and_not_from_the_latest() {
        Duration window = DeliveryRig.QUIET.multipliedBy(4);
        String id = lost(new Guarantee(Kind.WINDOWED, window));
        rig.network.answers(UNKNOWN, UNKNOWN, UNKNOWN);
        for (int i = 0; i < 3; i++) {
            rig.later(DeliveryRig.QUIET);
        }
        sameRequestEachTime(4);
        assertThat(rig.get(id).nextAction()).isEqualTo(NextAction.PROBE);
        rig.network.finds(INCONCLUSIVE);
        rig.later(DeliveryRig.QUIET);
        sameRequestEachTime(4);
        assertThat(rig.network.probed).hasSize(1);
    }

    @Test
    void only_an_absence_after_the_quiet_time_permits_another_sending() {
        String id = lost(Guarantee.of(Kind.PROBED));
        rig.later(DeliveryRig.QUIET.minus(SECOND));
        assertThat(rig.network.probed).as("asked before the quiet time").isEmpty();
        Instant tooEarly = DeliveryRig.START.plus(DeliveryRig.QUIET).minusMillis(1);
        rig.network.finds(new FindResult.AbsentAsOf(tooEarly), INCONCLUSIVE);
        rig.later(SECOND);
        assertThat(rig.network.probed).hasSize(1);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        rig.later(Duration.between(rig.clock.instant(), rig.nextAt(id)));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.network.sent).hasSize(1);
        rig.later(Duration.between(rig.clock.instant(), rig.nextAt(id)));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        sameRequestEachTime(2);
        assertThat(rig.attempts(id)).containsExactly("unknown", "absent", "inconclusive", "absent", "published");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"WINDOWED", "PROBED"})
    void after_a_time_out_the_quiet_time_begins_with_the_loss(Kind kind) {
        rig.network.guarantee = new Guarantee(kind, WINDOW);
        String id = rig.accept("text");
        rig.network.whilePublishing = (channel, intent) -> rig.clock.move(DeliveryRig.QUIET);
        rig.network.answers(UNKNOWN);
        rig.run();
        rig.network.whilePublishing = (channel, intent) -> {};
        rig.later(DeliveryRig.QUIET.minus(SECOND));
        assertThat(rig.network.probed).isEmpty();
        assertThat(rig.network.sent).hasSize(1);
        rig.later(SECOND);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        sameRequestEachTime(2);
    }

    @Test
    void after_a_crash_the_quiet_time_begins_with_the_start() {
        String id = rig.accept("text");
        rig.diesAt("answer.before-record");
        assertThatExceptionOfType(PowerCut.class).isThrownBy(rig::run);
        rig.clock.move(DeliveryRig.QUIET);
        rig.restart();
        rig.later(DeliveryRig.QUIET.minus(SECOND));
        assertThat(rig.network.probed).isEmpty();
        assertThat(rig.network.sent).hasSize(1);
        rig.later(SECOND);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void a_network_that_never_tells_leaves_it_to_a_person() {
        String id = lost(Guarantee.of(Kind.PROBED));
        for (int i = 0; i < DeliveryRig.PROBES; i++) {
            rig.network.finds(INCONCLUSIVE);
        }
        rig.later(Duration.ofHours(2));
        rig.later(Duration.ofHours(2));
        rig.later(Duration.ofHours(2));
        assertThat(rig.get(id).nextAction()).isEqualTo(NextAction.PERSON);
        assertThat(rig.get(id).nextAt()).isNull();
        assertThat(rig.told()).containsExactly(Notices.Kind.UNKNOWN);
        int asked = rig.network.probed.size();
        rig.later(Duration.ofDays(30));
        assertThat(rig.network.probed).hasSize(asked);
        assertThat(rig.network.sent).hasSize(1);
    }

    @Test
    void without_key_and_probe_a_person_is_asked_and_nothing_else_happens() {
        String id = lost(Guarantee.of(Kind.NONE));
        assertThat(rig.get(id).nextAction()).isEqualTo(NextAction.PERSON);
        assertThat(rig.told()).containsExactly(Notices.Kind.UNKNOWN);
        rig.later(Duration.ofDays(30));
        assertThat(rig.network.sent).hasSize(1);
        assertThat(rig.network.probed).isEmpty();
    }

    @Test
    void what_was_found_is_not_believed_when_it_is_anothers() {
        String first = rig.accept("same");
        rig.run();
        String id = lost(Guarantee.of(Kind.PROBED));
        rig.network.finds(new FindResult.Found(rig.segments(first).getFirst().receipt()));
        rig.later(DeliveryRig.QUIET);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.network.probed.getFirst().taken()).accepts("r1").rejects("r99");
        assertThat(rig.network.sent).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_daemon_that_died_after_the_intent_knows_nothing_and_goes_on_by_the_guarantee(Kind kind) {
        rig.network.guarantee = new Guarantee(kind, kind == Kind.WINDOWED ? WINDOW : Duration.ZERO);
        String id = rig.accept("text");
        rig.diesAt("answer.before-record");
        assertThatExceptionOfType(PowerCut.class).isThrownBy(rig::run);
        assertThat(rig.restart()).isEqualTo(1);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.attempts(id)).containsExactly("interrupted");
        assertThat(rig.reason(id)).isEqualTo("delivery.interrupted");
        rig.network.finds(new FindResult.Found(rig.network.receipt()));
        rig.run();
        boolean at_once = kind == Kind.KEYED;
        assertThat(rig.network.sent).hasSize(at_once ? 2 : 1);
        rig.later(DeliveryRig.QUIET);
        assertThat(rig.state(id)).isEqualTo(kind == Kind.NONE ? DeliveryState.UNKNOWN : DeliveryState.PUBLISHED);
        sameRequestEachTime(kind == Kind.KEYED || kind == Kind.WINDOWED ? 2 : 1);
    }

    @Test
    void a_daemon_that_died_before_the_intent_begins_anew_and_counts_nothing() {
        String id = rig.accept("text");
        rig.diesAt("intent.before-commit");
        assertThatExceptionOfType(PowerCut.class).isThrownBy(rig::run);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PREPARING);
        assertThat(rig.restart()).isZero();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.DUE);
        rig.run();
        assertThat(rig.network.sent).hasSize(1);
        assertThat(rig.attempts(id)).containsExactly("published");
    }

    @Test
    void a_person_says_that_it_is_there_or_has_it_sent_again() {
        String there = lost(Guarantee.of(Kind.NONE));
        String again = lost(Guarantee.of(Kind.NONE));
        rig.decisions.resolve(DeliveryRig.DAEMON, there, rig.get(there).version(), Decision.PUBLISHED, null);
        rig.decisions.resolve(DeliveryRig.DAEMON, again, rig.get(again).version(), Decision.RESEND, null);
        rig.run();
        assertThat(rig.state(there)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.state(again)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.network.sent).hasSize(3);
    }

    @Test
    void a_decision_upon_another_version_is_a_conflict() {
        String id = lost(Guarantee.of(Kind.NONE));
        long version = rig.get(id).version();
        for (long other : new long[] {version - 1, version + 1}) {
            assertThatExceptionOfType(FaultException.class)
                    .isThrownBy(() -> rig.decisions.resolve(DeliveryRig.DAEMON, id, other, Decision.RESEND, null))
                    .satisfies(fault -> assertThat(fault.kind()).isEqualTo(FaultException.Kind.CONFLICT));
        }
        assertThat(rig.get(id).version()).isEqualTo(version);
    }

    @Test
    void a_late_answer_of_a_probe_is_dropped_when_a_person_was_faster() {
        String id = lost(Guarantee.of(Kind.PROBED));
        rig.network.finds(new FindResult.Found(rig.network.receipt()));
        rig.network.whileFinding =
                () -> rig.decisions.resolve(DeliveryRig.DAEMON, id, rig.get(id).version(), Decision.PUBLISHED, null);
        rig.later(DeliveryRig.QUIET);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.reason(id)).isEqualTo("publishing.resolved.published");
        assertThat(rig.segments(id).getFirst().receipt().remoteId()).isEqualTo("resolved:" + id);
        assertThat(rig.attempts(id)).containsExactly("unknown");
    }

    @Test
    void nothing_is_cancelled_while_it_may_be_out() {
        String id = lost(Guarantee.of(Kind.PROBED));
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() ->
                        rig.decisions.cancel(DeliveryRig.DAEMON, id, rig.get(id).version()))
                .satisfies(fault -> assertThat(fault.kind()).isEqualTo(FaultException.Kind.CONFLICT));
        rig.network.whilePublishing = (channel, intent) -> assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> {
                    String sending = rig.store
                            .read(tx -> rig.deliveries.inState(tx, DeliveryState.SENDING))
                            .getFirst()
                            .id();
                    rig.decisions.cancel(
                            DeliveryRig.DAEMON, sending, rig.get(sending).version());
                });
        String other = rig.accept("other");
        rig.run();
        assertThat(rig.state(other)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.network.texts()).isEqualTo(List.of("text", "other"));
    }

    @Test
    void a_restore_holds_all_that_would_go_out_and_leaves_unknowns_to_a_person() {
        String due = rig.accept("due");
        String scheduled = rig.acceptAt("one", DeliveryRig.START.plusSeconds(60), "scheduled");
        rig.channel("two");
        rig.network.answers(UNREACHABLE);
        String waiting = rig.acceptOn("two", "waiting");
        rig.channel("three");
        rig.claim().stream()
                .filter(work -> work.delivery().id().equals(waiting))
                .forEach(rig::dispatch);
        rig.restart();
        int held = rig.engine.recovery().holdAll(org.tocsin.base.Message.of("delivery.held.restored"));
        assertThat(held).isEqualTo(3);
        rig.later(Duration.ofDays(1));
        assertThat(List.of(due, scheduled, waiting)).allSatisfy(id -> {
            assertThat(rig.state(id)).isEqualTo(DeliveryState.HELD);
            assertThat(rig.reason(id)).isEqualTo("delivery.held.restored");
        });
        assertThat(rig.network.sent).hasSize(1);
        assertThat(rig.told()).as("one notice for all").containsExactly(Notices.Kind.HELD);
    }

    @Test
    void what_a_restore_held_before_its_time_waits_for_it_when_a_person_lets_it_go_on() {
        String id = rig.acceptAt("one", DeliveryRig.START.plusSeconds(3600), "scheduled");
        rig.engine.recovery().holdAll(org.tocsin.base.Message.of("delivery.held.restored"));
        rig.decisions.retry(DeliveryRig.DAEMON, id, rig.get(id).version(), null);
        rig.later(Duration.ofMinutes(59));
        assertThat(rig.network.sent).isEmpty();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.SCHEDULED);
        rig.later(Duration.ofMinutes(1));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void after_a_restore_a_channel_that_works_again_releases_nothing() {
        String id = rig.accept("text");
        rig.network.answers(UNAUTHORIZED);
        rig.run();
        rig.engine.recovery().holdAll(org.tocsin.base.Message.of("delivery.held.restored"));
        rig.administration.check(DeliveryRig.DAEMON, "one");
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.HELD);
        assertThat(rig.reason(id)).isEqualTo("delivery.held.restored");
    }

    @Test
    void after_a_restore_an_unknown_is_neither_asked_for_nor_sent_again() {
        String id = lost(Guarantee.of(Kind.KEYED));
        rig.engine.recovery().holdAll(org.tocsin.base.Message.of("delivery.held.restored"));
        rig.later(Duration.ofDays(1));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.network.sent).hasSize(1);
        assertThat(rig.network.probed).isEmpty();
    }
}
