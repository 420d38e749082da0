package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.subscriber.SignUpRig.MAIN;
import static org.tocsin.subscriber.SignUpRig.TEAM;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.letter.Posted;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlStore;
import org.tocsin.subscriber.Subscriber.State;

/** People come, confirm, leave and are forgotten; nobody is written to who did not want it. */
class SignUpsTest extends SignUpCase {
    private static final String ANA = "ana@example.org";

    @Test
    void nobody_gets_letters_before_the_link_in_a_mail_was_confirmed() {
        rig.ask(ANA);
        assertThat(rig.of(ANA).state()).isEqualTo(State.PENDING);
        assertThat(rig.letters).singleElement().satisfies(letter -> {
            assertThat(letter.to()).isEqualTo(ANA);
            assertThat(letter.text()).contains("Les Amis").contains("nos nouvelles");
        });
        String token = rig.token();

        assertThat(rig.signUps.look(token)).isInstanceOf(SignUps.Look.Open.class);
        assertThat(rig.of(ANA).state()).as("looking changes nothing").isEqualTo(State.PENDING);

        assertThat(rig.signUps.confirm(token)).isInstanceOf(SignUps.Look.Done.class);
        assertThat(rig.signUps.confirm(token)).as("twice is once").isInstanceOf(SignUps.Look.Done.class);
        assertThat(rig.of(ANA).state()).isEqualTo(State.CONFIRMED);
        assertThat(rig.team.data(TEAM, rig.of(ANA).id()).history())
                .extracting(step -> step.consent().kind())
                .containsExactly(Consent.Kind.ASKED, Consent.Kind.CONFIRMED);
    }

    @Test
    void a_token_works_for_two_days_and_is_not_kept_in_clear() throws IOException {
        rig.ask(ANA);
        String token = rig.token();
        assertThat(everything()).doesNotContain(token).doesNotContain(ANA);
        clock.move(Duration.ofDays(2));
        assertThat(rig.signUps.confirm(token)).isInstanceOf(SignUps.Look.Over.class);
        assertThat(rig.signUps.confirm(token.replace(token.charAt(0), '_'))).isInstanceOf(SignUps.Look.Over.class);
        assertThat(rig.of(ANA).state()).isEqualTo(State.PENDING);
    }

    @Test
    void an_address_gets_one_confirmation_a_day_and_three_a_month_whoever_asks() {
        for (int i = 0; i < 10; i++) {
            rig.ask(ANA);
        }
        assertThat(rig.letters).hasSize(1);
        for (int day = 0; day < 10; day++) {
            clock.move(Duration.ofHours(25));
            rig.ask("Ana@Example.org");
        }
        assertThat(rig.letters).hasSize(3);
    }

    @Test
    void one_place_cannot_ask_without_end() {
        for (int i = 0; i < SignUps.AN_HOUR; i++) {
            rig.ask("a" + i + "@example.org");
        }
        assertThatThrownBy(() -> rig.ask("b@example.org"))
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.kind()).isEqualTo(FaultException.Kind.TOO_MANY));
    }

    @Test
    void one_account_brings_five_mails_a_day_and_hears_nothing_else() {
        for (int day = 1; day <= 2; day++) {
            for (int i = 0; i < 8; i++) {
                rig.signUps.ask(MAIN, "v" + day + i + "@example.org", rig.wish(), "telegram:42");
            }
            rig.post();
            assertThat(rig.letters).hasSize(5 * day);
            assertThat(rig.there("v" + day + "7@example.org")).isFalse();
            clock.move(Duration.ofHours(25));
        }
        rig.signUps.ask(MAIN, "v9@example.org", rig.wish(), "telegram:43");
        rig.post();
        assertThat(rig.letters).as("another account").hasSize(11);
    }

    @Test
    void who_is_there_already_is_told_so_by_mail_and_nothing_changes() {
        rig.confirmed(ANA);
        clock.move(Duration.ofDays(2));
        rig.ask(ANA);
        assertThat(rig.letters.getLast().subject()).contains("déjà");
        assertThat(rig.of(ANA).state()).isEqualTo(State.CONFIRMED);
    }

    @Test
    void who_left_keeps_nothing_but_the_proof_and_may_come_back() {
        Subscriber ana = rig.confirmed(ANA);
        assertThat(rig.leaving.leave(MAIN, ana.id(), Consent.Door.LETTER, "")).isTrue();
        assertThat(rig.leaving.leave(MAIN, ana.id(), Consent.Door.LETTER, ""))
                .as("once")
                .isFalse();
        assertThat(rig.there(ANA)).isFalse();
        assertThat(rig.left).hasSize(1);
        assertThat(rig.team.find(TEAM, ANA)).containsExactly(ana.id());

        clock.move(Duration.ofDays(2));
        assertThat(rig.confirmed(ANA).state()).isEqualTo(State.CONFIRMED);
        assertThat(rig.left.getLast().what()).isEqualTo(LeaveLog.What.BACK);
        assertThat(rig.leaving.apply()).as("what is over is not applied").isZero();
        assertThat(rig.there(ANA)).isTrue();
    }

    @Test
    void who_complained_or_was_erased_is_not_written_to_whatever_is_typed() {
        rig.leaving.complained(MAIN, rig.confirmed(ANA).id(), clock.instant(), "");
        clock.move(Duration.ofDays(2));
        rig.ask(ANA);
        assertThat(rig.letters).hasSize(1);

        rig.leaving.erase(MAIN, rig.confirmed("eva@example.org").id(), Consent.Door.BOT, "");
        clock.move(Duration.ofDays(2));
        rig.ask("eva@example.org");
        assertThat(rig.letters).hasSize(2);

        rig.team.lift(TEAM, "eva@example.org", "she rang up");
        rig.ask("eva@example.org");
        assertThat(rig.letters).hasSize(3);
    }

    /** The mailer looks as well: here it is seen that nothing is made for it to refuse, not even a row of who is not to be written to. */
    @Test
    void what_is_typed_for_who_complained_makes_no_row_and_no_mail() {
        rig.leaving.complained(MAIN, rig.confirmed(ANA).id(), clock.instant(), "");
        clock.move(Duration.ofDays(2));
        rig.signUps.ask(MAIN, ANA, rig.wish(), "192.0.2.1");
        assertThat(rig.mailer.claim(100)).isEmpty();
        assertThat(rig.stores
                        .unitOfWork()
                        .<Boolean>read(tx -> rig.stores
                                .subscribers()
                                .byAddress(tx, MAIN, ANA)
                                .isPresent()))
                .isFalse();
    }

    @Test
    void who_complains_while_the_mail_waits_does_not_get_it() {
        rig.signUps.ask(MAIN, ANA, rig.wish(), "192.0.2.1");
        rig.stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            rig.stores.suppressions().add(tx, MAIN, ANA, Suppressions.Reason.COMPLAINED, clock.instant());
            return true;
        });
        rig.post();
        assertThat(rig.letters).isEmpty();
        clock.move(Duration.ofDays(1));
        rig.post();
        assertThat(rig.letters).as("nor later").isEmpty();
    }

    @Test
    void an_erasure_leaves_no_trace_and_the_register_still_holds() throws IOException {
        rig.confirmed("bob@example.org");
        Subscriber ana = rig.confirmed(ANA);
        rig.confirmed("cleo@example.org");
        assertThat(rig.leaving.erase(MAIN, ana.id(), Consent.Door.LETTER, "")).isTrue();

        assertThat(rig.team.find(TEAM, ANA)).isEmpty();
        assertThat(rig.team.verify(TEAM)).isEqualTo(new ConsentRegister.Verified(7, 3, 0, null));
        assertThat(everything()).doesNotContain(ANA).doesNotContain("bob@example.org");
        String id = ana.id();
        assertThat(store.<Integer>read(tx -> stores(id))).isZero();
    }

    /** How many rows of sign-ups still name an id. */
    private int stores(String id) {
        return store.read(tx -> rig.stores.register().of(tx, id).size()
                + (rig.stores.subscribers().find(tx, MAIN, id).isPresent() ? 1 : 0));
    }

    @Test
    void a_database_from_before_learns_who_left_before_anything_is_sent() {
        rig.confirmed(ANA);
        rig.confirmed("eva@example.org");
        clock.move(Duration.ofMinutes(1));
        String ana = Opened.BOX.hash(ANA);
        String eva = Opened.BOX.hash("eva@example.org");
        rig.left.add(new LeaveLog.Line(LeaveLog.What.LEFT, MAIN, ana, clock.instant()));
        rig.left.add(new LeaveLog.Line(LeaveLog.What.ERASED, MAIN, eva, clock.instant()));
        rig.left.add(new LeaveLog.Line(LeaveLog.What.LEFT, MAIN, eva, clock.instant()));

        assertThat(rig.leaving.apply()).isEqualTo(2);
        assertThat(rig.leaving.apply()).isZero();
        assertThat(rig.there(ANA)).isFalse();
        assertThat(store.<Boolean>read(tx -> rig.stores
                        .suppressions()
                        .find(tx, MAIN, "eva@example.org")
                        .filter(entry -> entry.reason() == Suppressions.Reason.ERASED)
                        .isPresent()))
                .isTrue();
    }

    @Test
    void what_was_never_confirmed_is_erased_after_a_week() {
        rig.ask(ANA);
        clock.move(Duration.ofDays(6));
        rig.retention.work();
        assertThat(rig.there(ANA)).isTrue();
        clock.move(Duration.ofDays(2));
        rig.retention.work();
        assertThat(rig.there(ANA)).isFalse();
    }

    @Test
    void who_missed_the_confirmation_may_ask_again() {
        rig.ask(ANA);
        clock.move(Duration.ofDays(8));
        rig.retention.work();
        assertThat(rig.there(ANA)).isFalse();
        assertThat(rig.left).as("nobody has left").isEmpty();
        assertThat(rig.confirmed(ANA).state()).isEqualTo(State.CONFIRMED);
    }

    @Test
    void one_person_cannot_have_mails_sent_to_many() {
        Subscriber ana = rig.confirmed(ANA);
        for (int i = 0; i < 20; i++) {
            rig.choices.correct(MAIN, ana.id(), "victim" + i + "@example.org", Consent.Door.BOT);
            rig.post();
        }
        assertThat(rig.letters).hasSize(1 + SignUps.AN_ACCOUNT);
    }

    @Test
    void who_had_left_and_is_erased_later_stays_so_in_an_older_database() {
        Subscriber ana = rig.confirmed(ANA);
        rig.leaving.leave(MAIN, ana.id(), Consent.Door.LETTER, "");
        rig.leaving.erase(MAIN, ana.id(), Consent.Door.TEAM, "");
        assertThat(rig.left.getLast())
                .satisfies(line -> assertThat(line.what()).isEqualTo(LeaveLog.What.ERASED))
                .satisfies(line -> assertThat(line.key()).isEqualTo(Opened.BOX.hash(ANA)));
        assertThat(rig.erased).containsExactly(ana.id());
    }

    @Test
    void an_erasure_of_what_was_before_takes_nobody_out_who_came_back() {
        Subscriber before = rig.confirmed(ANA);
        rig.leaving.leave(MAIN, before.id(), Consent.Door.LETTER, "");
        clock.move(Duration.ofDays(2));
        Subscriber back = rig.confirmed(ANA);
        clock.move(Duration.ofMinutes(1));
        rig.leaving.erase(MAIN, before.id(), Consent.Door.TEAM, "");
        assertThat(rig.leaving.apply()).isZero();
        assertThat(rig.of(ANA).id()).isEqualTo(back.id());
    }

    @Test
    void a_restriction_holds_in_an_older_database() {
        rig.confirmed(ANA);
        clock.move(Duration.ofMinutes(1));
        rig.left.add(new LeaveLog.Line(LeaveLog.What.RESTRICTED, MAIN, Opened.BOX.hash(ANA), clock.instant()));
        assertThat(rig.leaving.apply()).isEqualTo(1);
        assertThat(rig.of(ANA).state()).isEqualTo(State.RESTRICTED);
    }

    @Test
    void on_a_disk_that_is_nearly_full_people_can_still_go() {
        Subscriber ana = rig.confirmed(ANA);
        Subscriber bob = rig.confirmed("bob@example.org");
        Subscriber eva = rig.confirmed("eva@example.org");
        Subscriber joe = rig.confirmed("joe@example.org");
        Subscriber lea = rig.confirmed("lea@example.org");
        Subscriber max = rig.confirmed("max@example.org");
        rig.diskLow = true;
        assertThat(rig.leaving.leave(MAIN, ana.id(), Consent.Door.LETTER, "")).isTrue();
        assertThat(rig.leaving.bounced(MAIN, bob.id(), clock.instant(), "")).isTrue();
        assertThat(rig.leaving.complained(MAIN, eva.id(), clock.instant(), "")).isTrue();
        assertThat(rig.leaving.erase(MAIN, joe.id(), Consent.Door.LETTER, "")).isTrue();
        assertThat(rig.choices.restrict(MAIN, lea.id(), Consent.Door.LETTER).state())
                .isEqualTo(State.RESTRICTED);
        rig.team.erase(TEAM, max.id(), null);
        Map<State, Long> counts = store.read(tx -> rig.stores.subscribers().counts(tx, MAIN));
        assertThat(counts).doesNotContainKey(State.CONFIRMED);
        assertThatThrownBy(() -> rig.signUps.ask(MAIN, "zoe@example.org", rig.wish(), "192.0.2.2"))
                .as("nobody new is taken")
                .isInstanceOf(FaultException.class);
    }

    @Test
    void the_link_to_his_data_that_a_stranger_has_sent_to_him_lives_an_hour() {
        rig.confirmed(ANA);
        clock.move(Duration.ofDays(2));
        rig.ask(ANA);
        assertThat(rig.letters).hasSize(2);
        assertThat(rig.letters.getLast().text()).contains("dans l’heure").doesNotContain("deux jours");
        String token = rig.token();
        clock.move(Duration.ofMinutes(59));
        assertThat(rig.signUps.look(token)).isInstanceOf(SignUps.Look.Open.class);
        clock.move(Duration.ofMinutes(2));
        assertThat(rig.signUps.look(token)).isInstanceOf(SignUps.Look.Over.class);
    }

    @Test
    void another_address_holds_once_it_was_confirmed_there() {
        Subscriber ana = rig.confirmed(ANA);
        rig.choices.correct(MAIN, ana.id(), "ana@new.example", Consent.Door.BOT);
        rig.post();
        assertThat(rig.letters.getLast().to()).isEqualTo("ana@new.example");
        assertThat(rig.there(ANA)).isTrue();
        rig.signUps.confirm(rig.token());
        assertThat(rig.there(ANA)).isFalse();
        assertThat(rig.of("ana@new.example").id()).isEqualTo(ana.id());
    }

    @Test
    void restricted_data_is_used_for_nothing_until_it_is_released() {
        Subscriber ana = rig.confirmed(ANA);
        rig.choices.restrict(MAIN, ana.id(), Consent.Door.LETTER);
        assertThat(chosen(Segment.ALL)).isZero();
        rig.choices.release(MAIN, ana.id(), Consent.Door.LETTER);
        assertThat(chosen(Segment.ALL)).isEqualTo(1);
    }

    @Test
    void whoever_chose_nothing_gets_everything() {
        Topic streets = rig.keeping.addTopic(TEAM, "Rues", "Streets");
        Topic schools = rig.keeping.addTopic(TEAM, "Écoles", "Schools");
        Subscriber ana = rig.confirmed(ANA);
        rig.confirmed("bob@example.org");
        rig.choices.choose(MAIN, ana.id(), Set.of(streets.id()), "en", Consent.Door.LETTER);

        assertThat(chosen(topic(streets))).isEqualTo(2);
        assertThat(chosen(topic(schools))).isEqualTo(1);
        assertThat(chosen(new Segment(Set.of(), Set.of("en"), Set.of(), Set.of())))
                .isEqualTo(1);
    }

    private static Segment topic(Topic topic) {
        return new Segment(Set.of(topic.id()), Set.of(), Set.of(), Set.of());
    }

    private long chosen(Segment segment) {
        long count = store.read(tx -> rig.stores.subscribers().count(tx, MAIN, segment));
        int ids = store.<Integer>read(tx ->
                rig.stores.subscribers().chosen(tx, MAIN, segment, "", 100).size());
        assertThat((long) ids).isEqualTo(count);
        return count;
    }

    @Test
    void a_server_that_is_busy_is_asked_again_and_a_lost_answer_is_not_repeated() {
        rig.outcome = new Posted.Later(org.tocsin.base.Message.of("base.not-found"), null, true);
        rig.ask(ANA);
        clock.move(Duration.ofMinutes(2));
        rig.outcome = new Posted.Unknown(org.tocsin.base.Message.of("base.not-found"));
        rig.post();
        clock.move(Duration.ofDays(1));
        rig.post();
        assertThat(rig.letters).hasSize(2);
        assertThat(rig.letters.getFirst().id()).isEqualTo(rig.letters.getLast().id());
    }

    @Test
    void nobody_signs_up_before_it_is_said_who_answers_for_it(@TempDir Path other) {
        try (SqlStore fresh = Opened.at(other)) {
            SignUpRig closed = new SignUpRig(fresh, clock);
            fresh.write(Urgency.BULK, tx -> Opened.execute(tx, "delete from sign_up"));
            assertThatThrownBy(() -> closed.ask(ANA)).hasMessageContaining("signup.closed");
        }
    }

    /** Every byte of the folder: the database and its log. */
    private String everything() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void a_confirmation_waits_for_room_in_the_mail_of_the_day_and_is_no_attempt() {
        Instant tomorrow = clock.instant().plus(Duration.ofHours(14));
        rig.allowance =
                (tx, now) -> now.isBefore(tomorrow) ? java.util.Optional.of(tomorrow) : java.util.Optional.empty();
        rig.ask(ANA);
        assertThat(rig.letters).isEmpty();
        clock.move(Duration.ofHours(14));
        rig.post();
        assertThat(rig.letters).hasSize(1);
        assertThat(rig.signUps.confirm(rig.token())).isInstanceOf(SignUps.Look.Done.class);
    }

    @Test
    void after_an_erasure_nothing_names_the_person_not_even_the_audit_trail() throws IOException {
        Subscriber ana = rig.confirmed(ANA);
        rig.team.data(TEAM, ana.id());
        rig.team.page(TEAM, java.util.List.of(), Segment.ALL, ana.id(), 10);
        rig.team.restrict(TEAM, ana.id(), true, "call of 3 May");
        assertThat(everything()).contains(ana.id());
        rig.team.erase(TEAM, ana.id(), "letter of 4 May");
        rig.retention.work();

        assertThat(everything()).doesNotContain(ana.id()).doesNotContain(ANA);
        var audit = store.read(tx -> rig.stores.audit().page(tx, MAIN, 0, 20));
        assertThat(audit)
                .filteredOn(row -> row.subject().startsWith("person-"))
                .extracting(row -> row.action())
                .containsExactly("subscriber.erase", "subscriber.restrict", "subscriber.read");
        assertThat(audit.stream()
                        .map(row -> row.subject())
                        .filter(subject -> subject.startsWith("person-"))
                        .distinct())
                .as("what was done for one person can be told apart while and after he is there")
                .hasSize(1);
        long broken = store.read(tx -> rig.stores.audit().firstBroken(tx));
        assertThat(broken).isZero();
    }

    @Test
    void a_reason_that_would_outlive_an_erasure_names_nobody() {
        Subscriber ana = rig.confirmed(ANA);
        for (String reason : new String[] {"wrote from " + ANA, "about " + ana.id()}) {
            assertThatThrownBy(() -> rig.team.erase(TEAM, ana.id(), reason))
                    .hasMessageContaining("signup.reason.names");
        }
        assertThat(rig.there(ANA)).isTrue();
    }

    @Test
    void whatever_is_known_of_an_address_the_answer_is_the_same() {
        rig.confirmed("there@example.org");
        rig.leaving.leave(MAIN, rig.confirmed("left@example.org").id(), Consent.Door.LETTER, "");
        rig.leaving.complained(MAIN, rig.confirmed("angry@example.org").id(), clock.instant(), "");
        rig.leaving.erase(MAIN, rig.confirmed("erased@example.org").id(), Consent.Door.LETTER, "");
        rig.ask("waiting@example.org");
        for (String address : new String[] {"there", "left", "angry", "erased", "waiting", "new"}) {
            assertThatCode(() -> rig.ask(address + "@example.org")).as(address).doesNotThrowAnyException();
        }
    }
}
