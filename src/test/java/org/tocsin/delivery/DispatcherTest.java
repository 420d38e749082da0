package org.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.FaultException;
import org.tocsin.network.Intent;
import org.tocsin.network.PublishResult;
import org.tocsin.network.PublishResult.Scope;

/** What becomes of a delivery for each answer of its network. */
class DispatcherTest extends RigTest {
    private static final Instant SOON = DeliveryRig.START.plusSeconds(600);

    static Stream<Arguments> withoutEffect() {
        return Stream.of(
                Arguments.of(REFUSED, "refused", DeliveryState.REFUSED, NextAction.PERSON, 0, Notices.Kind.REFUSED),
                Arguments.of(UNREACHABLE, "unreachable", DeliveryState.WAITING, NextAction.SEND, 1, null),
                Arguments.of(
                        throttled(SOON, Scope.DELIVERY), "throttled", DeliveryState.WAITING, NextAction.SEND, 0, null),
                Arguments.of(
                        throttled(SOON, Scope.CHANNEL), "throttled", DeliveryState.WAITING, NextAction.SEND, 0, null),
                Arguments.of(
                        UNAUTHORIZED,
                        "unauthorized",
                        DeliveryState.HELD,
                        NextAction.PERSON,
                        0,
                        Notices.Kind.CHANNEL_HELD));
    }

    @ParameterizedTest
    @MethodSource("withoutEffect")
    void an_answer_without_effect_is_the_same_before_and_after_the_intent(
            PublishResult.NoEffect outcome,
            String kept,
            DeliveryState state,
            NextAction action,
            int counted,
            Notices.Kind notice) {
        for (boolean sending : new boolean[] {false, true}) {
            rig.channel(sending ? "sending" : "preparing");
            String id = rig.acceptOn(sending ? "sending" : "preparing", "text");
            if (sending) {
                rig.network.answers(outcome);
            } else {
                rig.network.blocks(outcome);
            }
            int told = rig.told().size();
            rig.run();
            Delivery after = rig.get(id);
            assertThat(after.state()).isEqualTo(state);
            assertThat(rig.reason(id)).isEqualTo("network.failing");
            assertThat(after.nextAction()).isEqualTo(action);
            assertThat(after.attempts()).isEqualTo(counted);
            assertThat(rig.attempts(id)).containsExactly(kept);
            assertThat(rig.told().subList(told, rig.told().size()))
                    .isEqualTo(notice == null ? List.of() : List.of(notice));
            assertThat(rig.segments(id)).extracting(DeliverySegment::state).containsExactly(SegmentState.PENDING);
        }
        assertThat(rig.network.sent).hasSize(1);
    }

    @Test
    void what_is_published_has_its_receipt_and_nothing_follows() {
        String id = rig.accept("text");
        rig.run();
        assertThat(rig.get(id)).satisfies(after -> {
            assertThat(after.state()).isEqualTo(DeliveryState.PUBLISHED);
            assertThat(after.nextAction()).isEqualTo(NextAction.NONE);
            assertThat(after.nextAt()).isNull();
        });
        assertThat(rig.segments(id).getFirst().receipt()).isNotNull();
        rig.later(Duration.ofDays(30));
        assertThat(rig.network.sent).hasSize(1);
        assertThat(rig.attempts(id)).containsExactly("published");
    }

    @Test
    void the_intent_is_durable_with_the_very_body_before_the_network_is_called() {
        String id = rig.accept("text");
        List<String> seen = new ArrayList<>();
        rig.network.whilePublishing = (channel, intent) -> {
            assertThat(rig.state(id)).isEqualTo(DeliveryState.SENDING);
            DeliverySegment segment = rig.segments(id).getFirst();
            assertThat(segment.state()).isEqualTo(SegmentState.SENDING);
            assertThat(segment.frozen().body()).isEqualTo(intent.body());
            assertThat(segment.frozen().textHash()).hasSize(64).isEqualTo(intent.textHash());
            assertThat(segment.key()).isEqualTo(intent.key());
            assertThat(rig.attempts(id)).containsExactly("running");
            seen.add(intent.body());
        };
        rig.run();
        assertThat(seen).hasSize(1);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void unreachable_is_tried_again_with_growing_waits_until_its_time_is_spent() {
        rig.grace(DeliveryRig.GIVE_UP.multipliedBy(2));
        String id = rig.accept("text");
        Duration longest = Duration.ZERO;
        int tries = 1;
        rig.network.answers(UNREACHABLE);
        rig.run();
        for (; rig.state(id) == DeliveryState.WAITING; tries++) {
            Duration wait = Duration.between(rig.clock.instant(), rig.nextAt(id));
            assertThat(wait).isBetween(DeliveryRig.RETRY_MIN, Duration.ofMinutes(30));
            longest = wait.compareTo(longest) > 0 ? wait : longest;
            rig.network.answers(UNREACHABLE);
            rig.later(wait);
        }
        assertThat(longest).isGreaterThan(Duration.ofMinutes(10));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.EXHAUSTED);
        assertThat(rig.clock.instant()).isAfter(DeliveryRig.START.plus(DeliveryRig.GIVE_UP));
        assertThat(rig.attempts(id)).hasSize(tries).containsOnly("unreachable");
        assertThat(rig.told()).containsExactly(Notices.Kind.EXHAUSTED);
        assertThat(rig.network.sent)
                .extracting(sent -> sent.intent().body())
                .as("the same request each time")
                .containsOnly(rig.segments(id).getFirst().frozen().body());
    }

    @Test
    void nothing_is_sent_before_the_time_that_the_network_named() {
        String id = rig.accept("first");
        rig.network.answers(throttled(SOON, Scope.CHANNEL));
        rig.run();
        String behind = rig.accept("second");
        assertThat(rig.nextAt(id)).isEqualTo(SOON);
        rig.later(Duration.between(rig.clock.instant(), SOON).minusSeconds(1));
        assertThat(rig.network.sent).hasSize(1);
        // What is throttled at the account says when it goes on, and a restart does not forget it.
        rig.restart();
        rig.run();
        assertThat(rig.network.sent).hasSize(1);
        rig.later(SECOND);
        assertThat(rig.network.texts()).containsExactly("first", "first", "second");
        assertThat(rig.state(behind)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.get(id).attempts()).isZero();
    }

    @Test
    void a_throttle_without_a_time_waits_at_least_the_shortest_wait() {
        String id = rig.accept("text");
        rig.network.answers(throttled(null, Scope.DELIVERY));
        rig.run();
        assertThat(rig.nextAt(id)).isAfterOrEqualTo(DeliveryRig.START.plus(DeliveryRig.RETRY_MIN));
    }

    @Test
    void what_the_network_still_processes_is_asked_for_and_not_sent_again() {
        String id = rig.accept("text");
        rig.network.answers(new PublishResult.Pending("handle", Duration.ofSeconds(20)));
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.WAITING);
        assertThat(rig.get(id).nextAction()).isEqualTo(NextAction.PROBE);
        assertThat(rig.get(id).pending()).isEqualTo("handle");
        long version = rig.get(id).version();
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> rig.decisions.cancel(DeliveryRig.DAEMON, id, version));
        rig.restart();
        rig.network.answers(new PublishResult.Pending("handle-2", Duration.ofSeconds(20)));
        rig.later(Duration.ofSeconds(20));
        assertThat(rig.get(id).pending()).isEqualTo("handle-2");
        rig.later(Duration.ofSeconds(20));
        assertThat(rig.network.resumed).containsExactly("handle", "handle-2");
        assertThat(rig.network.sent).hasSize(1);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.attempts(id)).containsExactly("pending", "pending", "published");
    }

    @Test
    void a_failed_question_about_what_is_processed_leaves_it_unknown() {
        String id = rig.accept("text");
        rig.network.answers(new PublishResult.Pending("handle", Duration.ofSeconds(20)), UNREACHABLE);
        rig.run();
        rig.later(Duration.ofSeconds(20));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.network.sent).hasSize(1);
    }

    @Test
    void an_adapter_that_fails_while_sending_has_told_nothing() {
        String id = rig.accept("text");
        rig.network.fails(new IllegalStateException("oops"));
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.reason(id)).isEqualTo("delivery.internal");
        assertThat(rig.attempts(id)).containsExactly("unknown");
    }

    @Test
    void an_adapter_that_fails_before_sending_is_tried_again() {
        String id = rig.accept("text");
        rig.network.whileRendering = () -> {
            throw new IllegalStateException("oops");
        };
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.WAITING);
        assertThat(rig.network.sent).isEmpty();
        rig.network.whileRendering = () -> {};
        rig.later(Duration.ofMinutes(2));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void a_network_that_cannot_say_what_it_guarantees_has_been_sent_nothing() {
        String id = rig.accept("text");
        rig.network.whileAskedForItsGuarantee = () -> {
            throw new IllegalStateException("oops");
        };
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.WAITING);
        assertThat(rig.network.sent).isEmpty();
        rig.network.whileAskedForItsGuarantee = () -> {};
        rig.later(Duration.ofMinutes(2));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"intent.before-commit", "intent.after-commit", "answer.before-record"})
    void work_that_ended_without_a_word_does_not_stop_its_channel(String place) {
        String id = rig.accept("text");
        rig.channel("two");
        rig.diesAt(place);
        assertThatExceptionOfType(DeliveryRig.PowerCut.class).isThrownBy(rig::run);
        String behind = rig.accept("behind");
        rig.diesAt("nowhere");
        rig.run();
        boolean left = !place.equals("intent.before-commit");
        assertThat(rig.state(behind)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.state(id)).isEqualTo(left ? DeliveryState.UNKNOWN : DeliveryState.PUBLISHED);
        rig.later(DeliveryRig.QUIET);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void a_fault_of_our_own_before_sending_is_no_refusal() {
        String id = rig.accept("one", DeliveryRig.START, List.of(rig.image("alt")), "with image");
        rig.fitting = () -> {
            throw new FaultException(
                    FaultException.Kind.TOO_MANY,
                    org.tocsin.base.Fault.at("", org.tocsin.base.Message.of("media.busy")));
        };
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.WAITING);
        rig.fitting = () -> {};
        rig.later(Duration.ofMinutes(2));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        String gone = rig.accept("one", rig.clock.instant(), List.of(rig.image("alt")), "with image");
        rig.fitting = () -> {
            throw FaultException.notFound("media", "it");
        };
        rig.run();
        assertThat(rig.state(gone)).isEqualTo(DeliveryState.REFUSED);
    }

    @Test
    void a_stop_while_it_is_prepared_writes_nothing_and_counts_nothing() {
        String id = rig.accept("text");
        rig.network.blocks(UNREACHABLE);
        rig.network.whileRendering = () -> Thread.currentThread().interrupt();
        rig.claim().forEach(rig::dispatch);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PREPARING);
        assertThat(rig.attempts(id)).isEmpty();
    }

    @Test
    void a_stop_while_it_is_sent_counts_no_attempt() {
        String id = rig.accept("text");
        rig.network.answers(UNREACHABLE);
        rig.network.whilePublishing =
                (channel, intent) -> Thread.currentThread().interrupt();
        rig.claim().forEach(rig::dispatch);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(rig.get(id).state()).isEqualTo(DeliveryState.WAITING);
        assertThat(rig.get(id).attempts()).isZero();
    }

    @Test
    void a_remote_id_that_belongs_to_another_delivery_proves_nothing() {
        String first = rig.accept("same");
        rig.run();
        String second = rig.accept("same");
        rig.network.answers(
                new PublishResult.Published(rig.segments(first).getFirst().receipt()));
        rig.run();
        assertThat(rig.state(first)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.state(second)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.reason(second)).isEqualTo("delivery.remote-id.taken");
    }

    @Test
    void a_person_who_lets_a_refused_one_go_on_has_the_request_made_anew_under_the_same_key() {
        String id = rig.accept("text");
        rig.network.answers(REFUSED);
        rig.run();
        rig.decisions.retry(DeliveryRig.DAEMON, id, rig.get(id).version(), null);
        rig.run();
        Intent first = rig.network.sent.getFirst().intent();
        Intent second = rig.network.sent.getLast().intent();
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(second.body()).isNotEqualTo(first.body());
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.attempts(id)).containsExactly("refused", "published");
    }

    @Test
    void a_channel_that_is_gone_refuses_and_asks_nobody() {
        String due = rig.accept("due");
        rig.channel("two");
        rig.network.answers(UNKNOWN);
        String unknown = rig.acceptOn("two", "lost");
        rig.write(tx -> {
            rig.channels.remove(tx, "one", rig.clock.instant());
            return due;
        });
        rig.run();
        assertThat(rig.state(due)).isEqualTo(DeliveryState.REFUSED);
        assertThat(rig.reason(due)).isEqualTo("delivery.channel.removed");
        rig.write(tx -> {
            rig.channels.remove(tx, "two", rig.clock.instant());
            return unknown;
        });
        rig.later(Duration.ofHours(1));
        assertThat(rig.state(unknown)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.get(unknown).nextAction()).isEqualTo(NextAction.PERSON);
        assertThat(rig.told()).contains(Notices.Kind.UNKNOWN);
    }

    @Test
    void what_is_processed_on_a_channel_that_is_gone_is_a_persons_to_decide() {
        String id = rig.accept("text");
        rig.network.answers(new PublishResult.Pending("handle", SECOND));
        rig.run();
        rig.write(tx -> {
            rig.channels.remove(tx, "one", rig.clock.instant());
            return id;
        });
        rig.later(Duration.ofHours(1));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.get(id).nextAction()).isEqualTo(NextAction.PERSON);
        assertThat(rig.segments(id)).extracting(DeliverySegment::state).containsExactly(SegmentState.UNKNOWN);
    }
}
