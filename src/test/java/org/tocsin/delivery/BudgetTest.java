package org.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Notice;
import org.tocsin.base.BranchId;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Cost;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Query;
import org.tocsin.network.Reason;

class BudgetTest {
    private static final Reason WHY = Reason.of("network.unreachable", "detail", "gone");

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

    private long spent() {
        return rig.store.read(tx -> rig.accounts.spent(tx, "one", YearMonth.of(2026, 12)));
    }

    private String published() {
        String id = rig.accept("text");
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        return id;
    }

    private void askToTakeBack(String id) {
        rig.write(tx -> {
            rig.removals.request(tx, Removal.of(rig.get(id), rig.segments(id).getFirst(), rig.clock.instant()));
            return id;
        });
    }

    private void remove() {
        rig.remover.claim(10).forEach(removal -> {
            rig.remover.remove(removal);
            rig.remover.release(removal);
        });
    }

    private Removal removal(String id) {
        return rig.store.read(tx -> rig.removals.of(tx, id)).getFirst();
    }

    @Test
    void a_deletion_is_paid_once_however_often_it_is_repeated() {
        String id = published();
        rig.network.prices.put(Query.DELETE, new Cost(10_000));
        rig.network.whileDeleting =
                () -> assertThat(spent()).as("booked before it is sent").isEqualTo(10_000);
        rig.network.deletes(new DeleteResult.Later(WHY), new DeleteResult.Gone());
        askToTakeBack(id);
        remove();
        assertThat(spent()).as("nothing was had").isZero();
        rig.clock.move(Duration.ofHours(1));
        remove();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.DELETED);
        assertThat(spent()).isEqualTo(10_000);
    }

    @Test
    void a_deletion_over_the_ceiling_waits_is_told_once_and_goes_on_when_the_ceiling_is_raised() {
        rig.channel("one", "monthlyCeilingUsd", "0.009");
        rig.network.prices.put(Query.DELETE, new Cost(10_000));
        String id = published();
        String other = published();
        askToTakeBack(id);
        askToTakeBack(other);
        for (int i = 0; i < 5; i++) {
            remove();
            rig.clock.move(Duration.ofMinutes(15));
        }
        assertThat(rig.network.deleted).isEmpty();
        assertThat(removal(id).state()).isEqualTo(Removal.State.DUE);
        assertThat(removal(id).reason())
                .isNotNull()
                .satisfies(why -> assertThat(why.code()).isEqualTo("delivery.delete.budget"));
        assertThat(rig.told()).containsExactly(Notices.Kind.BUDGET);
        rig.channel("one", "monthlyCeilingUsd", "0.02");
        remove();
        remove();
        assertThat(rig.network.deleted).hasSize(2);
        List<Notice> standing = rig.store.read(tx -> rig.notices.page(tx, BranchId.MAIN, true, "", 10));
        assertThat(standing).as("what waited goes on").isEmpty();
        assertThat(spent()).isEqualTo(20_000);
    }

    @Test
    void a_look_is_booked_at_its_most_and_paid_at_what_it_was() {
        rig.network.prices.put(Query.PROBE, new Cost(500_000));
        rig.network.probeCost = new Cost(3_000);
        rig.network.answers(new PublishResult.Unknown(WHY));
        rig.network.whileFinding =
                () -> assertThat(spent()).as("booked before it is sent").isEqualTo(500_000);
        rig.accept("text");
        rig.run();
        rig.later(DeliveryRig.QUIET);
        assertThat(rig.network.probed).hasSize(1);
        assertThat(spent()).isEqualTo(3_000);
    }

    @Test
    void a_look_over_the_ceiling_is_a_persons_and_nothing_is_sent_again() {
        rig.channel("one", "monthlyCeilingUsd", "0.49");
        rig.network.prices.put(Query.PROBE, new Cost(500_000));
        rig.network.answers(new PublishResult.Unknown(WHY));
        String id = rig.accept("text");
        rig.run();
        rig.later(DeliveryRig.QUIET);
        rig.later(Duration.ofHours(3));
        assertThat(rig.network.probed).isEmpty();
        assertThat(rig.network.sent).hasSize(1);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(rig.get(id).nextAction()).isEqualTo(NextAction.PERSON);
        assertThat(rig.reason(id)).isEqualTo("delivery.unknown.budget");
        assertThat(rig.told()).containsExactly(Notices.Kind.UNKNOWN);
        assertThat(spent()).isZero();
    }

    @Test
    void a_check_is_paid_once_a_day_and_only_where_it_was_answered() {
        rig.network.prices.put(Query.CHECK, new Cost(10_000));
        rig.network.health = ChannelHealth.Status.UNREACHABLE;
        rig.administration.checkAll();
        assertThat(spent()).isZero();
        rig.network.health = ChannelHealth.Status.OK;
        rig.administration.checkAll();
        rig.administration.checkAll();
        assertThat(spent()).isEqualTo(10_000);
        rig.clock.move(Duration.ofDays(1));
        rig.administration.checkAll();
        assertThat(spent()).isEqualTo(20_000);
    }

    @Test
    void over_the_ceiling_a_clock_checks_nothing_and_a_person_is_told_why() {
        rig.channel("one", "monthlyCeilingUsd", "0.009");
        rig.network.prices.put(Query.CHECK, new Cost(10_000));
        rig.administration.checkAll();
        assertThatThrownBy(() -> rig.administration.check(DeliveryRig.DAEMON, "one"))
                .hasMessageContaining("publishing.check.budget");
        assertThat(rig.network.checked).isZero();
        assertThat(spent()).isZero();
    }
}
