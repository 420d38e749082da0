package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.subscriber.SignUpRig.MAIN;
import static org.tocsin.subscriber.SignUpRig.TEAM;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.sql.Opened;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.web.SubscriberViews;

/** Who left and came again is one person: an erasure reaches all that was kept of him. */
class EarlierMembershipsTest extends SignUpCase {
    private static final String ANA = "ana@example.org";
    private static final String NEW = "ana@neuf.example";

    /** Comes, and leaves two days later. */
    private Subscriber was(String address) {
        Subscriber one = rig.confirmed(address);
        leaves(one);
        return one;
    }

    private void leaves(Subscriber one) {
        clock.move(Duration.ofDays(2));
        rig.leaving.leave(MAIN, one.id(), Door.LETTER, "link");
        clock.move(Duration.ofDays(2));
    }

    private Subscriber moves(Subscriber one, String address) {
        rig.choices.correct(MAIN, one.id(), address, Door.LETTER);
        rig.post();
        rig.signUps.confirm(rig.token());
        return rig.of(address);
    }

    /** Whether anything is kept under an id. */
    private boolean kept(Subscriber one) {
        return store.read(
                tx -> rig.stores.subscribers().find(tx, MAIN, one.id()).isPresent()
                        || !rig.stores.register().of(tx, one.id()).isEmpty());
    }

    private String said(String query) {
        return store.read(tx -> Opened.text(tx, query));
    }

    @Test
    void an_erasure_reaches_what_he_was_before_and_the_register_still_holds() {
        Subscriber first = was(ANA);
        Subscriber second = was(ANA);
        Subscriber now = rig.confirmed(ANA);
        rig.confirmed("bob@example.org");

        assertThat(rig.leaving.erase(MAIN, now.id(), Door.LETTER, "")).isTrue();

        assertThat(kept(first)).isFalse();
        assertThat(kept(second)).isFalse();
        assertThat(kept(now)).isFalse();
        assertThat(rig.erased).containsExactlyInAnyOrder(first.id(), second.id(), now.id());
        assertThat(rig.team.find(TEAM, ANA)).isEmpty();
        assertThat(rig.team.verify(TEAM)).isEqualTo(new ConsentRegister.Verified(11, 9, 0, null));
        assertThat(said("select count(*) from consent_event where who_key is not null"))
                .as("of Bob alone")
                .isEqualTo("2");
    }

    @Test
    void an_erasure_follows_from_one_address_to_the_next() {
        Subscriber first = was(NEW);
        Subscriber second = moves(rig.confirmed(ANA), NEW);
        leaves(second);
        Subscriber now = rig.confirmed(ANA);

        rig.leaving.erase(MAIN, now.id(), Door.LETTER, "");

        assertThat(kept(second)).as("ended under another address").isFalse();
        assertThat(kept(first)).as("had that other address alone").isFalse();
        assertThat(rig.left.stream().filter(line -> line.what() == LeaveLog.What.ERASED))
                .extracting(LeaveLog.Line::key)
                .containsExactlyInAnyOrder(Opened.BOX.hash(ANA), Opened.BOX.hash(NEW));
    }

    @Test
    void who_has_an_address_of_his_now_is_somebody_else_and_stays() {
        Subscriber ana = moves(rig.confirmed(ANA), NEW);
        clock.move(Duration.ofDays(2));
        Subscriber heir = rig.confirmed(ANA);

        rig.leaving.erase(MAIN, ana.id(), Door.LETTER, "");

        assertThat(kept(ana)).isFalse();
        assertThat(rig.of(ANA).id()).isEqualTo(heir.id());
    }

    @Test
    void rows_of_an_older_version_are_found_once_they_have_their_key() {
        Subscriber first = was(ANA);
        Subscriber now = rig.confirmed(ANA);
        store.write(Urgency.BULK, tx -> Opened.execute(tx, "update consent_event set who_key = null"));
        assertThat(rig.team.find(TEAM, ANA)).containsExactly(now.id());

        rig.stores.register().fill(store);

        assertThat(rig.team.find(TEAM, " Ana@Example.org ")).containsExactly(now.id(), first.id());
        rig.leaving.erase(MAIN, now.id(), Door.LETTER, "");
        assertThat(kept(first)).isFalse();
        rig.stores.register().fill(store);
        assertThat(said("select count(*) from consent_event where who_key is not null"))
                .isEqualTo("0");
    }

    @Test
    void what_time_takes_away_is_one_membership_alone() {
        Subscriber first = was(ANA);
        clock.move(Duration.ofDays(2 * 365));
        Subscriber now = rig.confirmed(ANA);
        clock.move(Duration.ofDays(370));
        rig.retention.work();
        assertThat(kept(first)).isFalse();
        assertThat(kept(now)).isTrue();
    }

    @Test
    void who_asks_what_is_kept_is_told_of_what_he_was_before_and_of_what_he_asked_for() {
        Subscriber first = rig.confirmed(ANA);
        rig.choices.restrict(MAIN, first.id(), Door.LETTER);
        leaves(first);
        Subscriber now = rig.confirmed(ANA);
        rig.choices.restrict(MAIN, now.id(), Door.BOT);
        rig.confirmed("bob@example.org");

        PersonData data = rig.choices.data(MAIN, now.id()).orElseThrow();

        assertThat(data.earlier()).extracting(PersonData.Earlier::id).containsExactly(first.id());
        assertThat(data.earlier().getFirst().history())
                .extracting(step -> step.consent().kind())
                .contains(Consent.Kind.CONFIRMED, Consent.Kind.RESTRICTED, Consent.Kind.WITHDRAWN);
        assertThat(data.requests())
                .extracting(one -> one.kind() + " " + one.door())
                .containsExactly("RESTRICTION LETTER", "RESTRICTION BOT");
        assertThat(SubscriberViews.file(data)).contains("\"earlier\"", first.id(), "\"requests\"", "RESTRICTION");
    }

    @Test
    void nobody_is_shown_what_was_said_under_an_address_that_he_never_had() {
        Subscriber first = moves(rig.confirmed(NEW), ANA);
        leaves(first);
        Subscriber now = rig.confirmed(ANA);

        PersonData data = rig.choices.data(MAIN, now.id()).orElseThrow();

        assertThat(data.earlier()).extracting(PersonData.Earlier::id).containsExactly(first.id());
        assertThat(SubscriberViews.file(data)).contains(ANA).doesNotContain(NEW);
    }
}
