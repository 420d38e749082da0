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
        rig.network.answers(UNKNOWN, UNKNOWN, UNREACHABLE, REFUSED);
        rig.run();
        for (int i = 0; i < 4; i++) {
            assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
            rig.later(Duration.between(rig.clock.instant(), rig.nextAt(id)));
        }
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        sameRequestEachTime(6);
        assertThat(rig.network.probed).isEmpty();
        assertThat(rig.attempts(id))
                .containsExactly("unknown", "unknown", "unknown", "unreachable", "refused", "published");
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
