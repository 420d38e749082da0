package org.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.network.Cost;
import org.tocsin.network.Guarantee;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Receipt;
import org.tocsin.network.UploadResult;
import org.tocsin.publishing.ChannelAdministration;
import org.tocsin.publishing.DeliveryDecisions.Decision;

/** A channel is removed, or given another account or ceiling, while something of it is under way. */
class ChannelChangesTest extends RigTest {
    private void remove(String id) {
        rig.administration.remove(DeliveryRig.DAEMON, id);
    }

    private void set(Map<String, String> settings) {
        rig.administration.save(
                DeliveryRig.DAEMON,
                new ChannelAdministration.Wanted("one", null, "scripted", settings, Map.of(), null, true));
    }

    @Test
    void what_is_being_made_ready_does_not_go_out_on_a_channel_that_is_removed_meanwhile() {
        String id = rig.accept("text");
        rig.network.whileRendering = () -> remove("one");
        rig.run();
        assertThat(rig.network.sent).isEmpty();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.CANCELLED);
        assertThat(rig.reason(id)).isEqualTo("delivery.channel.removed");
    }

    @Test
    void the_rest_of_a_thread_stays_when_its_channel_is_removed_in_its_midst() {
        String id = rig.accept("1", "2", "3");
        rig.network.whilePublishing = (channel, intent) -> {
            rig.network.whilePublishing = (again, other) -> {};
            remove("one");
        };
        rig.run();
        assertThat(rig.network.texts()).containsExactly("1");
        assertThat(rig.state(id)).isEqualTo(DeliveryState.HELD);
    }

    @Test
    void a_ceiling_that_is_lowered_holds_at_once() {
        rig.channel("one", "monthlyCeilingUsd", "10");
        rig.network.cost = new Cost(1_000_000);
        String id = rig.accept("1", "2", "3");
        rig.network.whilePublishing = (channel, intent) -> {
            rig.network.whilePublishing = (again, other) -> {};
            set(Map.of("monthlyCeilingUsd", "1"));
        };
        rig.run();
        assertThat(rig.network.texts()).containsExactly("1");
        assertThat(rig.state(id)).isEqualTo(DeliveryState.HELD);
        assertThat(rig.reason(id)).isEqualTo("delivery.held.budget");
    }

    @Test
    void a_thread_does_not_go_on_under_another_account() {
        rig.channel("one", "chatId", "1");
        String id = rig.accept("1", "2", "3");
        rig.network.whilePublishing = (channel, intent) -> {
            rig.network.whilePublishing = (again, other) -> {};
            rig.clock.move(Duration.ofSeconds(1));
            set(Map.of("chatId", "2"));
        };
        rig.network.answers(new PublishResult.Published(new Receipt("7", null, rig.clock.instant(), Map.of())));
        rig.run();
        assertThat(rig.network.texts()).containsExactly("1");
        assertThat(rig.state(id)).isEqualTo(DeliveryState.HELD);
        assertThat(rig.reason(id)).isEqualTo("delivery.account.thread");
    }

    @Test
    void a_picture_that_was_brought_to_one_account_is_brought_to_the_next_again() {
        rig.channel("one", "chatId", "1");
        rig.network.uploads(new UploadResult.Uploaded("of-one"));
        rig.network.answers(new PublishResult.Unreachable(WHY));
        String id = rig.accept("one", rig.clock.instant(), List.of(rig.image("quai")), "text");
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.WAITING);
        set(Map.of("chatId", "2"));
        rig.later(Duration.ofMinutes(2));
        assertThat(rig.network.uploaded).hasSize(2);
        assertThat(rig.network.sent.getLast().intent().body()).doesNotContain("of-one");
    }

    @Test
    void a_number_that_the_account_before_had_is_no_double_on_the_next() {
        rig.channel("one", "chatId", "1");
        Receipt seven = new Receipt("7", null, rig.clock.instant(), Map.of());
        rig.network.answers(new PublishResult.Published(seven), new PublishResult.Published(seven));
        String first = rig.accept("un");
        rig.run();
        set(Map.of("chatId", "2"));
        String second = rig.accept("deux");
        rig.run();
        assertThat(List.of(rig.state(first), rig.state(second))).containsOnly(DeliveryState.PUBLISHED);
    }

    @Test
    void what_the_account_before_may_hold_is_made_anew_where_a_person_has_it_sent_again() {
        rig.channel("one", "chatId", "1");
        rig.network.guarantee = Guarantee.of(Guarantee.Kind.NONE);
        rig.network.answers(UNKNOWN);
        String id = rig.accept("text");
        rig.run();
        Instant made = frozenAt(id);
        rig.clock.move(Duration.ofSeconds(5));
        set(Map.of("chatId", "2"));
        rig.decisions.resolve(DeliveryRig.DAEMON, id, rig.get(id).version(), Decision.RESEND, null);
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(frozenAt(id)).isAfter(made);
    }

    @Test
    void a_server_that_says_when_to_come_back_is_not_asked_sooner() {
        Instant hour = rig.clock.instant().plus(Duration.ofHours(1));
        rig.network.answers(new PublishResult.Unreachable(WHY, hour));
        String waiting = rig.accept("un");
        rig.run();
        assertThat(rig.nextAt(waiting)).isEqualTo(hour);
        rig.channel("two");
        rig.network.guarantee = Guarantee.of(Guarantee.Kind.KEYED);
        rig.network.answers(new PublishResult.Unknown(WHY, hour));
        String unknown = rig.acceptOn("two", "deux");
        rig.run();
        assertThat(rig.state(unknown)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.nextAt(unknown)).isEqualTo(hour);
    }

    @Test
    void a_thread_whose_beginning_was_taken_back_ends_with_it() {
        String post = rig.post();
        String id = rig.acceptFor(post, "one", "1", "2");
        rig.network.answers(new PublishResult.Published(rig.network.receipt()), UNKNOWN);
        rig.run();
        rig.deletePost.delete(DeliveryRig.DAEMON, post);
        rig.remover.claim(16).forEach(removal -> {
            rig.remover.remove(removal);
            rig.remover.release(removal);
        });
        rig.decisions.resolve(DeliveryRig.DAEMON, id, rig.get(id).version(), Decision.RESEND, null);
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.CANCELLED);
        assertThat(rig.segments(id))
                .extracting(DeliverySegment::state)
                .containsExactly(SegmentState.DELETED, SegmentState.PENDING);
    }

    @Test
    void what_was_told_of_a_post_closes_when_it_is_deleted() {
        String post = rig.post();
        rig.network.answers(new PublishResult.Refused(WHY));
        rig.acceptFor(post, "one", "1");
        rig.run();
        assertThat(open()).isNotEmpty();
        rig.deletePost.delete(DeliveryRig.DAEMON, post);
        assertThat(open()).isEmpty();
    }

    private Instant frozenAt(String id) {
        return Objects.requireNonNull(rig.segments(id).getFirst().frozen()).firstAt();
    }

    private List<String> open() {
        return rig.store.read(tx -> rig.notices.page(tx, BranchId.MAIN, true, "", 9)).stream()
                .map(notice -> notice.kind() + " " + notice.subject())
                .toList();
    }
}
