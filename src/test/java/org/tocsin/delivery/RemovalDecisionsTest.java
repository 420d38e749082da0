package org.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.Reason;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.publishing.RemovalDecisions;

/** What a network will not take back, or says nothing of, is a person's to tell, as what it does not say of a sending is. */
class RemovalDecisionsTest {
    private static final Reason WHY = Reason.of("telegram.delete.refused", "status", 400);

    @TempDir
    private Path folder;

    private DeliveryRig rig;
    private RemovalDecisions decisions;

    @BeforeEach
    void start() throws IOException {
        rig = new DeliveryRig(folder);
        decisions = new RemovalDecisions(
                rig.store, rig.deliveries, rig.removals, rig.notices, rig.audit, rig.clock, rig.wakeup);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    /** @return a delivery that was out and is asked for, with these answers */
    private String taken(String[] texts, DeleteResult... answers) {
        String post = rig.post();
        String id = rig.acceptFor(post, "one", texts);
        rig.run();
        rig.network.deletes(answers);
        rig.deletePost.delete(DeliveryRig.DAEMON, post);
        remove();
        return id;
    }

    private String taken(DeleteResult... answers) {
        return taken(new String[] {"text"}, answers);
    }

    private void remove() {
        for (int i = 0; i < 5; i++) {
            rig.remover.claim(16).forEach(removal -> {
                rig.remover.remove(removal);
                rig.remover.release(removal);
            });
        }
    }

    private List<Removal> removals(String id) {
        return rig.store.read(tx -> rig.removals.of(tx, id));
    }

    private List<Removal.State> states(String id) {
        return removals(id).stream().map(Removal::state).toList();
    }

    private List<String> asked() {
        return rig.store.read(tx -> rig.removals.forPerson(tx, BranchId.MAIN, 10));
    }

    private List<String> standing() {
        return rig.store.read(tx -> rig.notices.open(tx, BranchId.MAIN, Notices.Kind.DELETE_REFUSED, 10));
    }

    private void gone(String id) {
        decisions.gone(DeliveryRig.DAEMON, id, rig.get(id).version());
    }

    private void again(String id) {
        decisions.again(DeliveryRig.DAEMON, id, rig.get(id).version());
    }

    @Test
    void what_is_not_answered_is_unknown_until_it_is_and_is_repeated_by_itself() {
        String id = taken(new DeleteResult.Unclear(WHY), new DeleteResult.Later(WHY));
        assertThat(states(id)).containsExactly(Removal.State.UNKNOWN);
        assertThat(asked()).containsExactly(id);
        rig.clock.move(Duration.ofMinutes(2));
        remove();
        assertThat(states(id))
                .as("that it cannot be asked now says nothing of the request before")
                .containsExactly(Removal.State.UNKNOWN);
        rig.clock.move(Duration.ofMinutes(10));
        remove();
        assertThat(rig.network.deleted).hasSize(3);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.DELETED);
        assertThat(asked()).isEmpty();
    }

    @Test
    void what_only_waits_asks_nobody() {
        String id = taken(new DeleteResult.Later(WHY, DeliveryRig.START.plus(Duration.ofHours(1))));
        assertThat(states(id)).containsExactly(Removal.State.DUE);
        assertThat(asked()).isEmpty();
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> again(id))
                .satisfies(
                        e -> assertThat(e.faults().getFirst().message().code()).isEqualTo("publishing.removal.waits"));
        assertThat(removals(id).getFirst().nextAt())
                .as("the network has named its hour")
                .isEqualTo(DeliveryRig.START.plus(Duration.ofHours(1)));
    }

    @Test
    void what_was_refused_is_asked_for_again() {
        String id = taken(new DeleteResult.Refused(WHY));
        assertThat(asked()).containsExactly(id);
        assertThat(standing()).containsExactly(id);
        again(id);
        assertThat(states(id)).containsExactly(Removal.State.DUE);
        assertThat(asked()).isEmpty();
        remove();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.DELETED);
        assertThat(standing()).isEmpty();
    }

    @Test
    void what_somebody_has_deleted_by_hand_is_gone_with_all_its_parts() {
        String id = taken(new String[] {"one", "two"}, new DeleteResult.Refused(WHY), new DeleteResult.Unclear(WHY));
        assertThat(states(id)).containsExactly(Removal.State.UNKNOWN, Removal.State.REFUSED);
        gone(id);
        assertThat(states(id)).containsOnly(Removal.State.GONE);
        assertThat(rig.segments(id)).extracting(DeliverySegment::state).containsOnly(SegmentState.DELETED);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.DELETED);
        assertThat(standing()).isEmpty();
        assertThat(asked()).isEmpty();
        rig.clock.move(Duration.ofDays(1));
        remove();
        assertThat(rig.network.deleted).as("nobody asks for it again").hasSize(2);
    }

    @Test
    void an_answer_that_comes_after_a_person_has_looked_changes_nothing() {
        String id = taken(new DeleteResult.Unclear(WHY));
        rig.network.deletes(new DeleteResult.Refused(WHY));
        rig.network.whileDeleting = () -> gone(id);
        rig.clock.move(Duration.ofMinutes(2));
        remove();
        assertThat(states(id)).containsExactly(Removal.State.GONE);
        assertThat(rig.state(id)).isEqualTo(DeliveryState.DELETED);
        assertThat(standing()).isEmpty();
    }

    @Test
    void a_decision_names_what_was_seen_and_is_a_managers() {
        String id = taken(new DeleteResult.Refused(WHY), new DeleteResult.Refused(WHY));
        long seen = rig.get(id).version();
        again(id);
        remove();
        assertThatExceptionOfType(FaultException.class)
                .as("somebody else has had it asked for again meanwhile")
                .isThrownBy(() -> decisions.gone(DeliveryRig.DAEMON, id, seen))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FaultException.Kind.CONFLICT));
        Actor author = new Actor("author", BranchId.MAIN, java.util.Set.of(Scope.READ, Scope.POST));
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> decisions.gone(author, id, rig.get(id).version()))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FaultException.Kind.FORBIDDEN));
        Actor stranger = new Actor("other", new BranchId("other"), DeliveryRig.DAEMON.scopes());
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> decisions.gone(stranger, id, rig.get(id).version()))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FaultException.Kind.NOT_FOUND));
        gone(id);
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> gone(id))
                .satisfies(
                        e -> assertThat(e.faults().getFirst().message().code()).isEqualTo("publishing.removal.state"));
    }

    @Test
    void a_dead_channel_says_why_nothing_is_taken_back() {
        String post = rig.post();
        String id = rig.acceptFor(post, "one", "text");
        rig.run();
        rig.write(tx -> {
            rig.accounts.hold(tx, "one", Account.Finder.PUBLISHING, WHY.message(), rig.clock.instant());
            return id;
        });
        rig.deletePost.delete(DeliveryRig.DAEMON, post);
        remove();
        assertThat(rig.network.deleted).isEmpty();
        assertThat(removals(id).getFirst().reason()).isEqualTo(WHY.message());
    }
}
