package org.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Notice;
import org.tocsin.base.BranchId;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.ChannelHealth.Status;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.publishing.DeliveryDecisions.Decision;

class NoticesCloseTest {
    private static final Reason WHY = Reason.of("network.unauthorized", "status", 401);

    @TempDir
    private Path folder;

    private DeliveryRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new DeliveryRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private List<Notices.Kind> standing() {
        return rig.store.read(tx -> rig.notices.page(tx, BranchId.MAIN, true, "", 100)).reversed().stream()
                .map(Notice::kind)
                .toList();
    }

    private List<Delivery> forPerson() {
        return rig.store.read(tx -> rig.deliveries.forPerson(tx, BranchId.MAIN, Set.of(DeliveryState.values()), 100));
    }

    private ChannelHealth health() {
        return rig.store.read(tx -> rig.channels.health(tx, "one"));
    }

    @Test
    void a_delivery_that_was_resolved_retried_or_cancelled_needs_nobody_any_more() {
        rig.network.guarantee = Guarantee.of(Guarantee.Kind.NONE);
        rig.network.answers(
                new PublishResult.Unknown(WHY), new PublishResult.Refused(WHY), new PublishResult.Refused(WHY));
        String unknown = rig.accept("a");
        String retried = rig.accept("b");
        String refused = rig.accept("c");
        rig.run();
        assertThat(standing()).containsExactly(Notices.Kind.UNKNOWN, Notices.Kind.REFUSED, Notices.Kind.REFUSED);
        assertThat(forPerson()).hasSize(3);
        rig.decisions.resolve(DeliveryRig.DAEMON, unknown, rig.get(unknown).version(), Decision.PUBLISHED, null);
        rig.decisions.retry(DeliveryRig.DAEMON, retried, rig.get(retried).version(), null);
        rig.run();
        assertThat(rig.state(retried)).isEqualTo(DeliveryState.PUBLISHED);
        assertThat(standing()).as("the other refusal").containsExactly(Notices.Kind.REFUSED);
        assertThat(forPerson()).extracting(Delivery::id).containsExactly(refused);
    }

    @Test
    void what_is_held_again_is_told_again() {
        rig.network.answers(new PublishResult.Refused(WHY), new PublishResult.Refused(WHY));
        String id = rig.accept("a");
        rig.run();
        rig.decisions.retry(DeliveryRig.DAEMON, id, rig.get(id).version(), null);
        rig.run();
        assertThat(standing()).containsExactly(Notices.Kind.REFUSED);
        assertThat(rig.told()).hasSize(2);
    }

    @Test
    void what_will_be_found_out_by_itself_waits_for_nobody() {
        rig.network.answers(new PublishResult.Unknown(WHY));
        String id = rig.accept("a");
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(forPerson()).isEmpty();
    }

    @Test
    void a_channel_that_publishing_finds_dead_shows_it_at_once_until_it_is_released() {
        rig.administration.checkAll();
        assertThat(health().status()).isEqualTo(Status.OK);
        rig.network.answers(new PublishResult.Unauthorized(WHY));
        rig.accept("a");
        rig.run();
        assertThat(health().status()).isEqualTo(Status.UNAUTHORIZED);
        assertThat(health().reason())
                .isNotNull()
                .satisfies(why -> assertThat(why.message()).isEqualTo(WHY.message()));
        assertThat(standing()).containsExactly(Notices.Kind.CHANNEL_HELD);
        rig.clock.move(Duration.ofMinutes(1));
        rig.administration.checkAll();
        assertThat(health().status())
                .as("a check that only reads disproves nothing")
                .isEqualTo(Status.UNAUTHORIZED);
        rig.administration.check(DeliveryRig.DAEMON, "one");
        assertThat(health().status()).isEqualTo(Status.OK);
        assertThat(standing()).isEmpty();
    }

    @Test
    void a_removal_that_is_done_takes_its_notice_with_it() {
        String post = rig.post();
        String id = rig.acceptFor(post, "one", "text");
        rig.run();
        rig.network.deletes(new DeleteResult.Refused(WHY), new DeleteResult.Gone());
        rig.deletePost.delete(DeliveryRig.DAEMON, post);
        remove();
        assertThat(standing()).containsExactly(Notices.Kind.DELETE_REFUSED);
        rig.deletePost.delete(DeliveryRig.DAEMON, post);
        remove();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.DELETED);
        assertThat(standing()).isEmpty();
    }

    private void remove() {
        rig.remover.claim(10).forEach(removal -> {
            rig.remover.remove(removal);
            rig.remover.release(removal);
        });
    }
}
