package org.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Notice;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.delivery.DeliverySegment.Content;
import org.tocsin.network.EditResult;
import org.tocsin.network.Reason;

/** What is out gets other words: once, whatever happens on the way. */
class RevisionsTest {
    private static final Reason WHY = Reason.of("network.failing", "status", 503);

    @TempDir
    private Path folder;

    private DeliveryRig rig;
    private int bodies;

    @BeforeEach
    void open() throws IOException {
        rig = new DeliveryRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Accepts other words for a segment, as the use case does. */
    private void accept(String deliveryId, int segment, String text) {
        String body = text + "|" + ++bodies;
        rig.write(tx -> {
            Content said = rig.deliveries.segments(tx, deliveryId).get(segment).content();
            Content content = new Content(
                    text,
                    said.media(),
                    said.language(),
                    said.contentWarning(),
                    said.visibility(),
                    said.linkCard(),
                    said.replyTo());
            Revisions.request(
                    tx,
                    rig.revisions,
                    rig.deliveries.find(tx, deliveryId).orElseThrow(),
                    segment,
                    new Revision.Wording(content, body, text),
                    DeliveryRig.QUIET,
                    rig.clock.instant());
            return body;
        });
    }

    private void revise() {
        for (int i = 0; i < 10; i++) {
            rig.reviser.claim(16).forEach(revision -> {
                try {
                    rig.reviser.revise(revision);
                } finally {
                    rig.reviser.release(revision);
                }
            });
        }
    }

    private void later(Duration by) {
        rig.clock.move(by);
        revise();
    }

    private List<Revision.State> states(String id) {
        return rig.store.read(tx -> rig.revisions.of(tx, id)).stream()
                .map(Revision::state)
                .toList();
    }

    private List<String> in(Revision.State state) {
        return rig.store.read(tx -> rig.revisions.deliveriesIn(tx, BranchId.MAIN, state, 9));
    }

    private Revision last(String id) {
        return rig.store.read(tx -> rig.revisions.of(tx, id)).getLast();
    }

    private String reason(String id) {
        Message reason = last(id).reason();
        return reason == null ? "" : reason.code();
    }

    private String out(String... texts) {
        String id = rig.acceptFor(rig.post(), "one", texts);
        rig.run();
        assertThat(rig.state(id)).isEqualTo(DeliveryState.PUBLISHED);
        return id;
    }

    @Test
    void nothing_is_edited_by_a_clock_that_has_jumped() {
        String id = out("un");
        rig.freeze(
                rig.clock.instant().plus(Duration.ofMinutes(1)),
                rig.clock.instant().plus(Duration.ofMinutes(30)));
        revise();
        accept(id, 0, "deux");
        rig.jump(Duration.ofHours(1));
        revise();
        assertThat(rig.network.edited)
                .as("the freeze is over by the wall clock alone")
                .isEmpty();
        later(Duration.ofMinutes(6));
        assertThat(states(id)).as("both clocks agree again").containsExactly(Revision.State.DONE);
    }

    @Test
    void the_new_words_are_those_of_the_segment_its_receipt_and_the_attempts() {
        String id = out("Rendez-vous à 18 h", "suite");
        DeliverySegment before = rig.segments(id).getFirst();
        long version = rig.get(id).version();
        accept(id, 0, "Rendez-vous à 19 h");
        assertThat(rig.segments(id).getFirst().content().text()).isEqualTo("Rendez-vous à 18 h");
        revise();
        assertThat(states(id)).containsExactly(Revision.State.DONE);
        assertThat(rig.network.edited).containsExactly("r1 Rendez-vous à 19 h|1");
        DeliverySegment after = rig.segments(id).getFirst();
        assertThat(after.content().text()).isEqualTo("Rendez-vous à 19 h");
        assertThat(after.receipt()).isEqualTo(before.receipt());
        assertThat(after.frozen().textHash()).isEqualTo(Dispatcher.textHash("Rendez-vous à 19 h"));
        assertThat(after.frozen().body()).isEqualTo(before.frozen().body());
        assertThat(rig.segments(id).getLast().content().text()).isEqualTo("suite");
        assertThat(rig.attempts(id)).containsExactly("published", "published", "edited");
        assertThat(rig.get(id).version()).isGreaterThan(version);
        Instant since = DeliveryRig.START.minusSeconds(1);
        assertThat(rig.store.<Boolean>read(tx -> rig.deliveries.equalText(
                        tx, "one", "Rendez-vous à 19 h\n\nsuite", since, since.plus(Duration.ofDays(1)))))
                .isTrue();
        assertThat(rig.network.sent).hasSize(2);
    }

    @Test
    void what_could_not_be_told_is_sent_again_with_the_same_body_and_no_sooner_than_the_network_says() {
        String id = out("Rendez-vous à 18 h");
        accept(id, 0, "Rendez-vous à 19 h");
        Instant until = DeliveryRig.START.plus(Duration.ofHours(1));
        rig.network.edits(new EditResult.Later(WHY), new EditResult.Later(WHY, until));
        revise();
        assertThat(rig.network.edited).hasSize(1);
        later(Duration.ofMinutes(2));
        assertThat(rig.network.edited).hasSize(2);
        later(Duration.ofMinutes(50));
        assertThat(rig.network.edited).hasSize(2);
        assertThat(reason(id)).isEqualTo("network.failing");
        later(Duration.ofMinutes(10));
        assertThat(rig.network.edited).hasSize(3).containsOnly("r1 Rendez-vous à 19 h|1");
        assertThat(rig.attempts(id)).containsExactly("published", "edit-later", "edit-later", "edited");
        assertThat(states(id)).containsExactly(Revision.State.DONE);
    }

    @Test
    void a_daemon_that_dies_before_or_after_the_request_repeats_it_with_the_same_body() {
        String id = out("Rendez-vous à 18 h");
        accept(id, 0, "Rendez-vous à 19 h");
        for (String place : List.of("revision.after-commit", "revision.before-record")) {
            Reviser dying = rig.reviser(name -> {
                if (name.equals(place)) {
                    throw new DeliveryRig.PowerCut();
                }
            });
            Revision claimed = dying.claim(1).getFirst();
            assertThatThrownBy(() -> dying.revise(claimed)).isInstanceOf(DeliveryRig.PowerCut.class);
            assertThat(states(id)).containsExactly(Revision.State.DUE);
        }
        rig.restart();
        revise();
        assertThat(rig.network.edited).hasSize(2).containsOnly("r1 Rendez-vous à 19 h|1");
        assertThat(states(id)).containsExactly(Revision.State.DONE);
        assertThat(last(id).attempts()).isEqualTo(3);
    }

    @Test
    void a_refusal_is_told_and_a_person_can_have_it_asked_again() {
        String id = out("Rendez-vous à 18 h");
        accept(id, 0, "Rendez-vous à 19 h");
        rig.network.edits(new EditResult.Refused(WHY));
        revise();
        assertThat(states(id)).containsExactly(Revision.State.REFUSED);
        assertThat(rig.told()).containsExactly(Notices.Kind.REVISION_REFUSED);
        assertThat(rig.segments(id).getFirst().content().text()).isEqualTo("Rendez-vous à 18 h");
        later(Duration.ofDays(1));
        assertThat(rig.network.edited).hasSize(1);
        rig.decisions.retry(DeliveryRig.DAEMON, id, rig.get(id).version(), null);
        assertThat(openNotices()).as("somebody has seen to it").isEmpty();
        revise();
        assertThat(states(id)).containsExactly(Revision.State.DONE);
        long version = rig.get(id).version();
        assertThatThrownBy(() -> rig.decisions.retry(DeliveryRig.DAEMON, id, version, null))
                .as("nothing is left to retry")
                .isInstanceOf(FaultException.class);
    }

    @Test
    void what_is_gone_on_the_network_or_cannot_be_edited_there_is_refused() {
        String id = out("Rendez-vous à 18 h");
        accept(id, 0, "Rendez-vous à 19 h");
        rig.network.edits(new EditResult.Gone());
        revise();
        assertThat(reason(id)).isEqualTo("delivery.revision.gone");
        accept(id, 0, "Rendez-vous à 20 h");
        rig.network.canEdit = false;
        revise();
        assertThat(states(id)).containsExactly(Revision.State.REFUSED, Revision.State.REFUSED);
        assertThat(reason(id)).isEqualTo("delivery.revision.none");
        assertThat(rig.network.edited).hasSize(1);
    }

    @Test
    void a_dead_channel_is_held_and_the_edit_waits_with_it() {
        String id = out("Rendez-vous à 18 h");
        accept(id, 0, "Rendez-vous à 19 h");
        rig.network.edits(new EditResult.Unauthorized(WHY));
        revise();
        assertThat(rig.told()).containsExactly(Notices.Kind.CHANNEL_HELD);
        later(Duration.ofMinutes(20));
        assertThat(rig.network.edited).hasSize(1);
        rig.write(tx -> rig.accounts.release(tx, "one"));
        later(Duration.ofMinutes(20));
        assertThat(states(id)).containsExactly(Revision.State.DONE);
    }

    @Test
    void in_a_freeze_it_is_held_and_let_go_by_a_person_alone() {
        String id = out("Rendez-vous à 18 h");
        Freeze freeze = rig.freeze(null, DeliveryRig.START.plus(Duration.ofHours(1)));
        accept(id, 0, "Rendez-vous à 19 h");
        revise();
        assertThat(states(id)).containsExactly(Revision.State.HELD);
        assertThat(rig.told()).containsExactly(Notices.Kind.HELD);
        assertThat(reason(id)).isEqualTo("delivery.held.frozen");
        assertThat(in(Revision.State.HELD)).containsExactly(id);
        long version = rig.get(id).version();
        assertThatThrownBy(() -> rig.decisions.retry(DeliveryRig.DAEMON, id, version, null))
                .isInstanceOf(FaultException.class);
        rig.decisions.retry(DeliveryRig.DAEMON, id, version, "the wrong hour is dangerous");
        revise();
        assertThat(states(id)).containsExactly(Revision.State.DONE);
        assertThat(last(id).freezeOverride()).startsWith(freeze.id());
        assertThat(in(Revision.State.HELD)).isEmpty();

        accept(id, 0, "Rendez-vous à 20 h");
        revise();
        later(Duration.ofHours(2));
        assertThat(last(id).state()).as("a freeze releases nothing").isEqualTo(Revision.State.HELD);
        rig.decisions.retry(DeliveryRig.DAEMON, id, rig.get(id).version(), null);
        revise();
        assertThat(last(id).state()).isEqualTo(Revision.State.DONE);
        assertThat(rig.network.edited).hasSize(2);
    }

    @Test
    void taking_back_goes_before_a_pending_edit() {
        String postId = rig.post();
        String id = rig.acceptFor(postId, "one", "Rendez-vous à 18 h");
        rig.run();
        accept(id, 0, "Rendez-vous à 19 h");
        rig.deletePost.delete(DeliveryRig.DAEMON, postId);
        revise();
        assertThat(states(id)).containsExactly(Revision.State.DROPPED);
        assertThat(rig.network.edited).isEmpty();
    }

    @Test
    void later_words_take_the_place_of_earlier_ones_and_do_not_overtake_them_on_the_way() {
        String id = out("Rendez-vous à 18 h");
        accept(id, 0, "Rendez-vous à 19 h");
        accept(id, 0, "Rendez-vous à 20 h");
        rig.network.edits(new EditResult.Later(WHY));
        revise();
        assertThat(rig.network.edited).containsExactly("r1 Rendez-vous à 20 h|2");
        accept(id, 0, "Rendez-vous à 21 h");
        revise();
        assertThat(rig.network.edited)
                .as("the request before may still be on the way")
                .hasSize(1);
        later(DeliveryRig.QUIET);
        assertThat(rig.network.edited).containsExactly("r1 Rendez-vous à 20 h|2", "r1 Rendez-vous à 21 h|3");
        assertThat(states(id)).containsExactly(Revision.State.DROPPED, Revision.State.DROPPED, Revision.State.DONE);
        assertThat(rig.segments(id).getFirst().content().text()).isEqualTo("Rendez-vous à 21 h");
    }

    @Test
    void the_answer_to_words_that_were_replaced_meanwhile_changes_nothing() {
        String id = out("Rendez-vous à 18 h");
        accept(id, 0, "Rendez-vous à 19 h");
        rig.network.whileEditing = () -> {
            rig.network.whileEditing = () -> {};
            accept(id, 0, "Rendez-vous à 20 h");
        };
        revise();
        assertThat(states(id)).containsExactly(Revision.State.DROPPED, Revision.State.DUE);
        assertThat(rig.segments(id).getFirst().content().text()).isEqualTo("Rendez-vous à 18 h");
        later(DeliveryRig.QUIET);
        assertThat(rig.segments(id).getFirst().content().text()).isEqualTo("Rendez-vous à 20 h");
    }

    @Test
    void of_a_channel_one_is_asked_for_at_a_time_and_after_a_restore_none_without_a_person() {
        String id = out("un", "deux");
        accept(id, 0, "un !");
        accept(id, 1, "deux !");
        assertThat(rig.reviser.claim(16)).singleElement().satisfies(one -> {
            assertThat(one.segment()).isZero();
            assertThat(rig.reviser.claim(16)).isEmpty();
            rig.reviser.release(one);
        });
        rig.engine.recovery().holdAll(Message.of("delivery.held.restored"));
        revise();
        assertThat(rig.network.edited).isEmpty();
        assertThat(states(id)).containsExactly(Revision.State.HELD, Revision.State.HELD);
        assertThat(rig.told()).containsExactly(Notices.Kind.HELD);
    }

    @Test
    void an_edit_that_does_not_come_through_for_hours_is_told_once_and_tried_on() {
        String id = out("Rendez-vous à 18 h");
        accept(id, 0, "Rendez-vous à 19 h");
        rig.network.edits(
                Stream.generate(() -> new EditResult.Later(WHY)).limit(14).toArray(EditResult[]::new));
        for (int i = 0; i < 20; i++) {
            later(Duration.ofMinutes(31));
        }
        assertThat(rig.told()).containsExactly(Notices.Kind.REVISION_REFUSED);
        assertThat(states(id)).containsExactly(Revision.State.DONE);
        assertThat(openNotices()).as("it has come through").isEmpty();
    }

    @Test
    void a_third_edit_does_not_overtake_the_first_by_taking_the_place_of_a_second_that_waits_for_it() {
        String id = out("Rendez-vous à 18 h");
        accept(id, 0, "Rendez-vous à 19 h");
        rig.network.edits(new EditResult.Later(WHY));
        rig.reviser.claim(16).forEach(revision -> {
            rig.reviser.revise(revision);
            rig.reviser.release(revision);
        });
        assertThat(rig.network.edited).hasSize(1);
        accept(id, 0, "Rendez-vous à 20 h");
        Instant quietOver = last(id).nextAt();
        accept(id, 0, "Rendez-vous à 21 h");
        assertThat(last(id).nextAt()).isEqualTo(quietOver).isAfter(rig.clock.instant());
        revise();
        assertThat(rig.network.edited).as("the first may still be on the way").hasSize(1);
        later(Duration.between(rig.clock.instant(), quietOver));
        assertThat(rig.network.edited).hasSize(2).last().asString().contains("21 h");
    }

    private List<Notice> openNotices() {
        return rig.store.read(tx -> rig.notices.page(tx, BranchId.MAIN, true, "", 100));
    }
}
