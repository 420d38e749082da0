package org.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.delivery.DeliveryRig.PowerCut;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Guarantee.Kind;
import org.tocsin.network.Intent;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.UploadResult;
import org.tocsin.publishing.ChannelAdministration;
import org.tocsin.publishing.DeliveryDecisions.Decision;

/** Threads and images: what the dispatcher does segment by segment and step by step. */
class ThreadsTest extends RigTest {
    private List<String> parents() {
        return rig.network.sent.stream()
                .map(sent -> String.valueOf(sent.intent().parentRemoteId()))
                .toList();
    }

    private List<SegmentState> states(String id) {
        return rig.segments(id).stream().map(DeliverySegment::state).toList();
    }

    @Test
    void each_segment_answers_the_one_before_under_a_key_of_its_own() {
        String id = rig.accept("one", "two", "three");
        rig.run();
        assertThat(rig.network.texts()).containsExactly("one", "two", "three");
        assertThat(parents()).containsExactly("null", "r1", "r2");
        assertThat(rig.network.sent.stream().map(sent -> sent.intent().key())).doesNotHaveDuplicates();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void a_thread_stops_at_a_segment_that_is_unknown_and_goes_on_under_it_when_it_is_found() {
        String id = rig.accept("one", "two", "three");
        rig.network.answers(new PublishResult.Published(rig.network.receipt()), UNKNOWN);
        rig.run();
        assertThat(states(id)).containsExactly(SegmentState.PUBLISHED, SegmentState.UNKNOWN, SegmentState.PENDING);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        rig.network.finds(new FindResult.Found(rig.network.receipt()));
        rig.later(DeliveryRig.QUIET);
        assertThat(rig.network.texts()).containsExactly("one", "two", "three");
        assertThat(parents()).containsExactly("null", "r1", "r2");
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void a_keyed_thread_sends_the_lost_segment_again_and_goes_on() {
        rig.network.guarantee = Guarantee.of(Kind.KEYED);
        String id = rig.accept("one", "two", "three");
        rig.network.answers(new PublishResult.Published(rig.network.receipt()), UNKNOWN);
        rig.run();
        assertThat(rig.network.texts()).containsExactly("one", "two", "two", "three");
        Intent lost = rig.network.sent.get(1).intent();
        assertThat(rig.network.sent.get(2).intent().body()).isEqualTo(lost.body());
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void a_daemon_that_died_between_two_segments_sends_only_the_rest() {
        String id = rig.accept("one", "two");
        rig.diesAt("record.after-commit");
        assertThatExceptionOfType(PowerCut.class).isThrownBy(rig::run);
        rig.restart();
        rig.run();
        assertThat(rig.network.texts()).containsExactly("one", "two");
        assertThat(parents()).containsExactly("null", "r1");
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void a_segment_that_fails_without_effect_is_tried_again_and_the_others_are_not() {
        String id = rig.accept("one", "two");
        rig.network.answers(new PublishResult.Published(rig.network.receipt()), UNREACHABLE);
        rig.run();
        rig.later(Duration.ofMinutes(2));
        assertThat(rig.network.texts()).containsExactly("one", "two", "two");
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void a_person_must_say_where_a_lost_segment_is_before_more_can_follow() {
        rig.network.guarantee = Guarantee.of(Kind.NONE);
        String id = rig.accept("one", "two");
        rig.network.answers(UNKNOWN);
        rig.run();
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> rig.decisions.resolve(
                        DeliveryRig.DAEMON, id, rig.get(id).version(), Decision.PUBLISHED, null))
                .satisfies(
                        fault -> assertThat(fault.faults().getFirst().pointer()).isEqualTo("/url"));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
    }

    @Test
    void an_upload_is_kept_over_a_restart_and_a_slow_one_is_waited_for() {
        String id =
                rig.accept("one", DeliveryRig.START, List.of(rig.image("first"), rig.image("second")), "with images");
        rig.network.uploads(
                new UploadResult.Uploaded("up-1"), new UploadResult.Processing("up-2", Duration.ofSeconds(5)));
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.WAITING);
        assertThat(rig.get(id).attempts()).isZero();
        rig.restart();
        rig.later(Duration.ofSeconds(5));
        assertThat(rig.network.uploaded).containsExactly("first", "second");
        assertThat(rig.network.sent.getFirst().intent().body()).contains("[up-1, up-2]");
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void a_failed_upload_decides_like_a_failed_request() {
        String id = rig.accept("one", DeliveryRig.START, List.of(rig.image("alt")), "with image");
        rig.network.uploads(new UploadResult.Failed(UNREACHABLE));
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.WAITING);
        assertThat(rig.network.sent).isEmpty();
        rig.later(Duration.ofMinutes(2));
        assertThat(rig.network.uploaded).hasSize(2);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
    }

    @Test
    void an_upload_that_has_become_old_is_made_anew_with_the_request_that_names_it() {
        rig.grace(Duration.ofDays(2));
        String id = rig.accept("one", DeliveryRig.START, List.of(rig.image("alt")), "with image");
        rig.network.answers(throttled(DeliveryRig.START.plus(Duration.ofHours(13)), PublishResult.Scope.CHANNEL));
        rig.run();
        rig.later(Duration.ofHours(13));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.network.uploaded).hasSize(2);
        assertThat(rig.network.sent.getLast().intent().body()).contains("[upload-2]");
        assertThat(rig.network.sent.getLast().intent().key())
                .isEqualTo(rig.network.sent.getFirst().intent().key());
    }

    @Test
    void what_a_person_lets_go_after_a_hold_is_made_anew_where_nothing_of_it_left() {
        String id = rig.accept("one", DeliveryRig.START, List.of(rig.image("alt")), "with image");
        rig.network.answers(UNREACHABLE);
        rig.run();
        rig.later(Duration.ofHours(1));
        assertThat(rig.state(id)).isEqualTo(DeliveryState.HELD);
        rig.decisions.retry(DeliveryRig.DAEMON, id, rig.get(id).version(), null);
        rig.run();
        assertThat(rig.network.uploaded).hasSize(2);
        assertThat(rig.network.sent.getLast().intent().body())
                .isNotEqualTo(rig.network.sent.getFirst().intent().body());
    }

    private void remove() {
        for (int i = 0; i < 10; i++) {
            rig.remover.claim(16).forEach(removal -> {
                rig.remover.remove(removal);
                rig.remover.release(removal);
            });
        }
    }

    private List<Removal.State> removals(String id) {
        return rig.store.read(tx -> rig.removals.of(tx, id)).stream()
                .map(Removal::state)
                .toList();
    }

    @Test
    void what_is_deleted_is_taken_back_segment_by_segment_even_in_a_freeze() {
        String postId = rig.post();
        String out = rig.acceptFor(postId, "one", "one", "two");
        rig.run();
        rig.freeze(null, null);
        String due = rig.acceptFor(postId, "one", "later");
        assertThat(rig.deletePost.delete(DeliveryRig.DAEMON, postId)).isEmpty();
        assertThat(rig.state(due)).isEqualTo(DeliveryState.CANCELLED);
        rig.network.deletes(new DeleteResult.Later(WHY));
        remove();
        assertThat(rig.network.deleted).containsExactly("r2", "r1");
        assertThat(rig.state(out)).isEqualTo(DeliveryState.PUBLISHED);
        rig.clock.move(Duration.ofMinutes(2));
        remove();
        assertThat(rig.network.deleted).containsExactly("r2", "r1", "r2");
        assertThat(rig.state(out)).isEqualTo(DeliveryState.DELETED);
        assertThat(rig.network.sent).hasSize(2);
    }

    @Test
    void a_network_that_will_not_delete_is_told_and_can_be_asked_again() {
        String postId = rig.post();
        String id = rig.acceptFor(postId, "one", "text");
        rig.run();
        rig.network.deletes(new DeleteResult.Refused(WHY));
        rig.deletePost.delete(DeliveryRig.DAEMON, postId);
        remove();
        assertThat(removals(id)).containsExactly(Removal.State.REFUSED);
        assertThat(rig.told()).containsExactly(Notices.Kind.DELETE_REFUSED);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        rig.deletePost.delete(DeliveryRig.DAEMON, postId);
        remove();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.DELETED);
    }

    @Test
    void the_rest_of_a_thread_that_is_taken_back_does_not_go_out() {
        String postId = rig.post();
        String id = rig.acceptFor(postId, "one", "one", "two");
        rig.network.answers(new PublishResult.Published(rig.network.receipt()), UNREACHABLE);
        rig.run();
        rig.deletePost.delete(DeliveryRig.DAEMON, postId);
        remove();
        rig.later(Duration.ofDays(2));
        assertThat(rig.state(id))
                .as("nothing of it is out, and nobody is asked about it")
                .isEqualTo(DeliveryState.CANCELLED);
        assertThat(rig.network.texts()).containsExactly("one", "two");
        assertThat(rig.network.deleted).containsExactly("r1");
        assertThatExceptionOfType(FaultException.class)
                .as("what was taken back is not sent again")
                .isThrownBy(() ->
                        rig.decisions.retry(DeliveryRig.DAEMON, id, rig.get(id).version(), null));
        assertThat(rig.store
                        .read(tx -> rig.deliveries.ledger(tx, BranchId.MAIN))
                        .balanced())
                .isTrue();
    }

    @Test
    void another_account_is_not_asked_about_what_the_one_before_has_done() {
        rig.channel("one", "accountId", "1");
        String postId = rig.post();
        String out = rig.acceptFor(postId, "one", "out");
        rig.run();
        String unknown = rig.accept("unknown");
        rig.network.answers(new PublishResult.Unknown(Reason.of("network.unclear")));
        rig.run();
        rig.clock.move(Duration.ofSeconds(1));
        rig.administration.save(
                DeliveryRig.DAEMON,
                new ChannelAdministration.Wanted(
                        "one", "one", "scripted", Map.of("accountId", "2"), Map.of(), null, true));
        rig.later(Duration.ofHours(1));
        assertThat(rig.network.probed).isEmpty();
        assertThat(rig.get(unknown).nextAction()).isEqualTo(NextAction.PERSON);
        assertThat(rig.reason(unknown)).isEqualTo("delivery.account.other");
        rig.deletePost.delete(DeliveryRig.DAEMON, postId);
        remove();
        assertThat(rig.network.deleted).isEmpty();
        assertThat(rig.state(out)).as("it is still public").isEqualTo(DeliveryState.PUBLISHED);
        assertThat(rig.told()).contains(Notices.Kind.UNKNOWN, Notices.Kind.DELETE_REFUSED);
    }

    @Test
    void a_post_that_was_deleted_while_it_was_unknown_is_not_sent_again() {
        for (Kind kind : List.of(Kind.KEYED, Kind.PROBED)) {
            rig.network.guarantee = Guarantee.of(kind);
            rig.channel(kind.name());
            String postId = rig.post();
            String id = rig.acceptFor(postId, kind.name(), kind.name());
            rig.network.answers(UNKNOWN);
            rig.claim().forEach(rig::dispatch);
            assertThat(rig.deletePost.delete(DeliveryRig.DAEMON, postId)).hasSize(1);
            rig.later(DeliveryRig.QUIET);
            rig.later(Duration.ofMinutes(2));
            assertThat(rig.network.texts()).filteredOn(kind.name()::equals).hasSize(1);
            assertThat(rig.state(id)).isEqualTo(DeliveryState.CANCELLED);
            assertThat(rig.reason(id)).isEqualTo("delivery.withdrawn");
        }
    }

    @Test
    void what_turns_out_to_be_public_after_its_post_was_deleted_is_taken_back() {
        rig.channel("two");
        rig.channel("three");
        String postId = rig.post();
        String sending = rig.acceptFor(postId, "one", "sending");
        rig.network.whilePublishing = (channel, intent) -> rig.deletePost.delete(DeliveryRig.DAEMON, postId);
        rig.run();
        rig.network.whilePublishing = (channel, intent) -> {};
        String other = rig.post();
        String found = rig.acceptFor(other, "two", "found");
        String resolved = rig.acceptFor(other, "three", "resolved");
        rig.network.answers(UNKNOWN, UNKNOWN);
        rig.run();
        rig.deletePost.delete(DeliveryRig.DAEMON, other);
        rig.decisions.resolve(DeliveryRig.DAEMON, resolved, rig.get(resolved).version(), Decision.PUBLISHED, null);
        rig.network.finds(new FindResult.Found(rig.network.receipt()));
        rig.later(DeliveryRig.QUIET);
        remove();
        assertThat(List.of(sending, found)).allMatch(id -> rig.state(id) == DeliveryState.DELETED);
        assertThat(removals(resolved))
                .as("what nobody can name, nobody can take back")
                .containsExactly(Removal.State.REFUSED);
        assertThat(rig.told()).contains(Notices.Kind.DELETE_REFUSED);
        assertThat(rig.network.deleted).hasSize(2);
    }

    @Test
    void what_cannot_be_taken_back_from_a_dead_channel_waits_until_it_works_again() {
        String postId = rig.post();
        String id = rig.acceptFor(postId, "one", "text");
        rig.run();
        rig.network.deletes(new DeleteResult.Unauthorized(WHY));
        rig.deletePost.delete(DeliveryRig.DAEMON, postId);
        remove();
        rig.clock.move(Duration.ofHours(1));
        remove();
        assertThat(removals(id)).containsExactly(Removal.State.DUE);
        assertThat(rig.network.deleted).hasSize(1);
        assertThat(rig.told()).containsExactly(Notices.Kind.CHANNEL_HELD);
        rig.administration.check(DeliveryRig.DAEMON, "one");
        rig.clock.move(Duration.ofHours(1));
        remove();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.DELETED);
    }

    @Test
    void taking_back_is_one_at_a_time_on_a_channel_and_waits_as_told() {
        String postId = rig.post();
        String id = rig.acceptFor(postId, "one", "one", "two");
        rig.run();
        rig.deletePost.delete(DeliveryRig.DAEMON, postId);
        assertThat(rig.remover.claim(16)).hasSize(1).allSatisfy(rig.remover::release);
        rig.network.deletes(new DeleteResult.Later(WHY, DeliveryRig.START.plus(Duration.ofHours(1))));
        remove();
        rig.clock.move(Duration.ofMinutes(59));
        remove();
        assertThat(rig.network.deleted).hasSize(1);
        rig.clock.move(Duration.ofMinutes(1));
        remove();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.DELETED);
    }

    @Test
    void a_removal_that_was_claimed_from_an_old_look_overwrites_nothing() {
        String postId = rig.post();
        String id = rig.acceptFor(postId, "one", "one");
        rig.run();
        rig.deletePost.delete(DeliveryRig.DAEMON, postId);
        Removal old = rig.remover.claim(16).getFirst();
        rig.remover.remove(old);
        rig.network.deletes(new DeleteResult.Later(WHY));
        rig.remover.remove(old);
        assertThat(removals(id)).containsExactly(Removal.State.GONE);
        assertThat(rig.network.deleted).hasSize(1);
    }

    @Test
    void an_adapter_that_fails_while_taking_back_is_asked_later() {
        String postId = rig.post();
        String id = rig.acceptFor(postId, "one", "one");
        rig.run();
        rig.deletePost.delete(DeliveryRig.DAEMON, postId);
        rig.network.whileDeleting = () -> {
            throw new IllegalStateException("oops");
        };
        remove();
        assertThat(rig.network.deleted).hasSize(1);
        assertThat(removals(id)).containsExactly(Removal.State.UNKNOWN);
    }

    @Test
    void a_post_that_was_deleted_while_it_was_being_sent_is_not_tried_again() {
        String postId = rig.post();
        String id = rig.acceptFor(postId, "one", "text");
        rig.network.answers(UNREACHABLE);
        rig.network.whilePublishing = (channel, intent) -> rig.deletePost.delete(DeliveryRig.DAEMON, postId);
        rig.run();
        rig.later(Duration.ofMinutes(2));
        assertThat(rig.network.sent).hasSize(1);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.CANCELLED);
    }
}
