package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.tocsin.subscriber.SignUpRig.MAIN;
import static org.tocsin.subscriber.SignUpRig.TEAM;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.sql.Opened;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.LeaveLog.What;
import org.tocsin.subscriber.Subscriber.State;
import org.tocsin.subscriber.Suppressions.Reason;

/** What is said of an address that somebody gave up, or of a membership that he ended, and where he is now. */
class GivenUpTest extends SignUpCase {
    private static final String OLD = "contact@example.org";
    private static final String NEW = "ana@neuf.example";

    private Subscriber moves(Subscriber one, String address) {
        rig.choices.correct(MAIN, one.id(), address, Door.LETTER);
        rig.post();
        clock.move(Duration.ofHours(1));
        rig.signUps.confirm(rig.token());
        clock.move(Duration.ofDays(2));
        return rig.of(address);
    }

    private void leaves(Subscriber one) {
        clock.move(Duration.ofDays(2));
        rig.leaving.leave(MAIN, one.id(), Door.LETTER, "link");
        clock.move(Duration.ofDays(2));
    }

    private Optional<Reason> shut(String who) {
        return store.read(tx -> rig.stores.suppressions().find(tx, MAIN, who).map(Suppressions.Entry::reason));
    }

    @Test
    void what_comes_back_from_the_address_before_says_nothing_of_the_one_now() {
        Subscriber ana = rig.confirmed(OLD);
        clock.move(Duration.ofHours(1));
        Instant written = clock.instant();
        clock.move(Duration.ofHours(1));
        moves(ana, NEW);

        assertThat(rig.leaving.moved(MAIN, ana.id(), written)).isTrue();
        assertThat(rig.leaving.bounced(MAIN, ana.id(), written, "5.1.1")).isFalse();
        assertThat(rig.leaving.complained(MAIN, ana.id(), written, "")).isFalse();

        assertThat(rig.of(NEW).state()).isEqualTo(State.CONFIRMED);
        assertThat(shut(NEW)).isEmpty();
        assertThat(rig.left).extracting(LeaveLog.Line::what).doesNotContain(What.BOUNCED, What.COMPLAINED);
        Instant later = clock.instant();
        assertThat(rig.leaving.moved(MAIN, ana.id(), later)).isFalse();
        assertThat(rig.leaving.bounced(MAIN, ana.id(), later, "5.1.1"))
                .as("a letter to the new one")
                .isTrue();
    }

    @Test
    void an_account_that_blocked_the_bot_says_nothing_of_who_reads_by_mail_now() {
        Subscriber ada = store.write(Urgency.REQUEST, tx -> rig.signUps.join(tx, MAIN, 7, rig.wish(), "update:1"));
        Instant written = clock.instant();
        clock.move(Duration.ofHours(1));
        moves(ada, NEW);
        assertThat(rig.leaving.bounced(MAIN, ada.id(), written, "bot")).isFalse();
        assertThat(rig.of(NEW).state()).isEqualTo(State.CONFIRMED);
    }

    @Test
    void who_came_back_is_not_silenced_where_his_coming_back_could_not_be_written() {
        leaves(rig.confirmed(OLD));
        rig.confirmed(OLD);
        // As if the daemon had ended between the commit and the line.
        assertThat(rig.left.removeLast().what()).isEqualTo(What.BACK);

        assertThat(rig.leaving.apply()).isZero();

        assertThat(shut(OLD)).isEmpty();
        assertThat(rig.of(OLD).state()).isEqualTo(State.CONFIRMED);
        assertThat(rig.left.getLast().what()).as("written now").isEqualTo(What.BACK);
        int lines = rig.left.size();
        rig.leaving.apply();
        assertThat(rig.left).hasSize(lines);
    }

    @Test
    void nobody_is_lifted_by_the_database_alone() {
        leaves(rig.confirmed(OLD));
        rig.listFails = true;
        assertThatExceptionOfType(FaultException.class).isThrownBy(() -> rig.team.lift(TEAM, OLD, "by telephone"));
        assertThat(shut(OLD)).as("else the next start would shut it again").contains(Reason.LEFT);
        rig.listFails = false;
        rig.team.lift(TEAM, OLD, "by telephone");
        rig.leaving.apply();
        assertThat(shut(OLD)).isEmpty();
    }

    @Test
    void the_link_of_an_old_letter_ends_the_membership_of_now() {
        Subscriber first = rig.confirmed(OLD);
        leaves(first);
        Subscriber now = rig.confirmed(OLD);
        Subscriber bob = rig.confirmed("bob@example.org");

        assertThat(rig.leaving.leaveByLink(MAIN, first.id())).isTrue();

        assertThat(rig.choices.find(MAIN, now.id())).get().returns(State.LEFT, Subscriber::state);
        assertThat(rig.choices.find(MAIN, bob.id())).get().returns(State.CONFIRMED, Subscriber::state);
        assertThat(shut(OLD)).contains(Reason.LEFT);
        assertThat(rig.leaving.leaveByLink(MAIN, first.id())).isFalse();
    }

    @Test
    void the_link_of_an_old_letter_ends_nobody_who_has_an_address_that_was_given_up() {
        Subscriber ana = moves(rig.confirmed(OLD), NEW);
        leaves(ana);
        Subscriber heir = rig.confirmed(OLD);
        assertThat(rig.leaving.leaveByLink(MAIN, ana.id())).isFalse();
        assertThat(rig.choices.find(MAIN, heir.id())).get().returns(State.CONFIRMED, Subscriber::state);
    }

    @Test
    void a_restriction_is_written_down_under_each_of_his_keys() {
        Subscriber ada = store.write(Urgency.REQUEST, tx -> rig.signUps.join(tx, MAIN, 7, rig.wish(), "update:1"));
        moves(ada, NEW);
        rig.choices.restrict(MAIN, ada.id(), Door.LETTER);
        assertThat(rig.left)
                .filteredOn(line -> line.what() == What.RESTRICTED)
                .extracting(LeaveLog.Line::key)
                .containsExactlyInAnyOrder(Opened.BOX.hash(NEW), Opened.BOX.hash("telegram:7"));
    }

    @Test
    void who_is_erased_after_he_has_left_is_shut_at_once_as_at_the_next_start() {
        Subscriber ana = rig.confirmed(OLD);
        leaves(ana);
        rig.leaving.erase(MAIN, ana.id(), Door.TEAM, "");
        assertThat(shut(OLD)).contains(Reason.ERASED);
        rig.leaving.apply();
        assertThat(shut(OLD)).contains(Reason.ERASED);
    }

    @Test
    void no_link_to_data_goes_to_an_address_that_nobody_has_confirmed() {
        Subscriber ada = store.write(Urgency.REQUEST, tx -> rig.signUps.join(tx, MAIN, 7, rig.wish(), "update:1"));
        rig.choices.restrict(MAIN, ada.id(), Door.BOT);
        rig.team.correct(TEAM, ada.id(), NEW);
        rig.post();
        int letters = rig.letters.size();
        clock.move(Duration.ofDays(2));
        rig.ask(NEW);
        rig.choices.sendDataLink(MAIN, ada.id());
        rig.post();
        assertThat(rig.letters).hasSize(letters);
    }

    @Test
    void the_register_names_the_purpose_that_was_shown() {
        rig.ask(OLD);
        rig.keeping.save(
                TEAM,
                new SignUpSettings(
                        "Les Amis", "contact@amis.example", "1, rue Basse", "autre chose", "else", null, "", 1));
        rig.signUps.confirm(rig.token());
        assertThat(store.<List<ConsentRow>>read(
                        tx -> rig.stores.register().of(tx, rig.of(OLD).id())))
                .extracting(row -> row.consent() == null ? "" : row.consent().purpose())
                .containsOnly("nos nouvelles");
    }

    @Test
    void who_came_to_an_address_after_it_was_given_up_is_neither_shown_nor_erased() {
        Subscriber ana = moves(rig.confirmed(OLD), NEW);
        Subscriber heir = rig.confirmed(OLD);
        leaves(heir);

        assertThat(rig.choices.data(MAIN, ana.id()).orElseThrow().earlier()).isEmpty();
        rig.leaving.erase(MAIN, ana.id(), Door.LETTER, "");

        assertThat(store.<List<ConsentRow>>read(tx -> rig.stores.register().of(tx, heir.id())))
                .isNotEmpty();
        rig.leaving.apply();
        assertThat(rig.choices.find(MAIN, heir.id()))
                .as("also after a restore")
                .get()
                .returns(State.LEFT, Subscriber::state);
        assertThat(rig.left)
                .filteredOn(line -> line.what() == What.ERASED)
                .extracting(LeaveLog.Line::key)
                .containsExactlyInAnyOrder(Opened.BOX.hash(OLD), Opened.BOX.hash(NEW));
    }
}
