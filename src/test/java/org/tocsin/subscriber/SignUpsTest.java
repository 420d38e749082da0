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
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.letter.Posted;
import org.tocsin.network.TestClock;
import org.tocsin.people.Actor;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlStore;
import org.tocsin.subscriber.Subscriber.State;

/** People come, confirm, leave and are forgotten; nobody is written to who did not want it. */
class SignUpsTest {
    private static final String ANA = "ana@example.org";

    private final TestClock clock = new TestClock(Instant.parse("2026-11-27T09:00:00Z"));
    private Path folder;
    private SqlStore store;
    private SignUpRig rig;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = temporary;
        store = Opened.at(temporary);
        rig = new SignUpRig(store, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

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
        rig.leaving.complained(MAIN, rig.confirmed(ANA).id(), "");
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
        rig.leaving.complained(MAIN, rig.confirmed(ANA).id(), "");
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
    void a_row_of_the_register_that_was_changed_is_found() {
        rig.confirmed(ANA);
        rig.confirmed("bob@example.org");
        assertThat(rig.team.verify(TEAM).broken()).isZero();
        behind("drop trigger consent_event_unchanged");
        behind("update consent_event set at = at + 1 where branch = 'main' and seq = 2");
        assertThat(rig.team.verify(TEAM))
                .returns(2L, ConsentRegister.Verified::broken)
                .returns(ConsentRegister.Fault.CHAIN, ConsentRegister.Verified::fault);
    }

    @Test
    void a_text_of_consent_that_was_changed_is_found() {
        rig.confirmed(ANA);
        assertThat(rig.team.verify(TEAM).broken()).isZero();
        behind("drop trigger consent_text_unchanged");
        behind("update consent_text set text = text || ' et plus'");
        assertThat(rig.team.verify(TEAM))
                .returns(1L, ConsentRegister.Verified::broken)
                .returns(ConsentRegister.Fault.TEXT, ConsentRegister.Verified::fault);
    }

    private void behind(String statement) {
        store.write(Urgency.BULK, tx -> Opened.execute(tx, statement));
    }

    @Test
    void what_was_agreed_to_is_neither_changed_nor_taken_away_and_an_erasure_only_empties() {
        rig.confirmed(ANA);
        for (String statement : List.of(
                "update consent_text set text = 'x'",
                "delete from consent_text",
                "update consent_event set at = at + 1",
                "update consent_event set sealed = 'x'",
                "update consent_event set subscriber_id = 'x', sealed = ''",
                "delete from consent_event")) {
            assertThatThrownBy(() -> behind(statement)).as(statement).isInstanceOf(RuntimeException.class);
        }
        rig.leaving.erase(MAIN, rig.of(ANA).id(), Consent.Door.LETTER, "");
        assertThat(rig.team.verify(TEAM)).isEqualTo(new ConsentRegister.Verified(3, 3, 0, null));
    }

    @Test
    void a_page_reads_of_the_register_what_is_new_and_the_whole_is_read_each_day() {
        rig.confirmed(ANA);
        assertThat(rig.team.look(TEAM)).isEqualTo(new ConsentRegister.Verified(2, 0, 0, null));
        Subscriber bob = rig.confirmed("bob@example.org");
        assertThat(rig.team.look(TEAM)).isEqualTo(new ConsentRegister.Verified(4, 0, 0, null));
        rig.leaving.erase(MAIN, rig.of(ANA).id(), Consent.Door.LETTER, "");
        assertThat(rig.team.look(TEAM)).as("erased meanwhile").isEqualTo(new ConsentRegister.Verified(5, 3, 0, null));

        behind("drop trigger consent_event_unchanged");
        behind("update consent_event set at = at + 1 where branch = 'main' and seq = 3");
        assertThat(rig.team.look(TEAM).broken()).as("was found whole").isZero();
        assertThat(rig.team.verify(TEAM).broken()).isEqualTo(3);
        assertThat(rig.team.look(TEAM).broken())
                .as("since then everybody sees it")
                .isEqualTo(3);
        behind("update consent_event set at = at - 1 where branch = 'main' and seq = 3");
        assertThat(rig.team.look(TEAM).fault()).isNull();

        rig.leaving.leave(MAIN, bob.id(), Consent.Door.LETTER, "");
        behind("update consent_event set at = at + 1 where branch = 'main' and seq = 6");
        assertThat(rig.team.look(TEAM).broken()).as("what is new is read").isEqualTo(6);
    }

    @Test
    void a_register_that_was_made_anew_differs_from_what_was_signed() {
        rig.confirmed(ANA);
        String hash = store.read(tx -> rig.stores.register().last(tx, MAIN))
                .orElseThrow()
                .hash();
        rig.checkpoints.add(new ConsentProof.Checkpoint(LocalDate.of(2026, 11, 27), 2, hash, true));
        assertThat(rig.team.verify(TEAM).fault()).isNull();

        behind("drop trigger consent_event_kept");
        behind("delete from consent_event where seq = 2");
        assertThat(rig.team.verify(TEAM))
                .returns(2L, ConsentRegister.Verified::broken)
                .returns(ConsentRegister.Fault.CHECKPOINT, ConsentRegister.Verified::fault);
        rig.checkpoints.set(0, new ConsentProof.Checkpoint(LocalDate.of(2026, 11, 27), 2, hash, false));
        assertThat(rig.team.verify(TEAM).fault()).isEqualTo(ConsentRegister.Fault.SIGNATURE);
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
    void what_is_proven_is_the_text_that_was_shown() {
        rig.ask(ANA);
        rig.keeping.write(TEAM, "fr", "Un tout autre texte.");
        rig.signUps.confirm(rig.token());
        assertThat(rig.team.data(TEAM, rig.of(ANA).id()).history())
                .hasSize(2)
                .allSatisfy(step -> assertThat(step.version()).isEqualTo(1));
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
    void who_was_silent_for_three_years_is_asked_and_then_erased_unless_he_answers() {
        rig.confirmed(ANA);
        rig.confirmed("bob@example.org");
        clock.move(Duration.ofDays(3 * 365 + 2));
        rig.retention.work();
        rig.retention.work();
        rig.post();
        assertThat(rig.letters).hasSize(4);
        String still = rig.letters.get(2).to().equals(ANA) ? token(2) : token(3);
        rig.signUps.confirm(still);
        clock.move(Duration.ofDays(31));
        rig.retention.work();
        assertThat(rig.there(ANA)).isTrue();
        assertThat(rig.there("bob@example.org")).isFalse();
    }

    @Test
    void the_days_to_answer_begin_when_the_question_was_sent() {
        rig.confirmed(ANA);
        clock.move(Duration.ofDays(3 * 365 + 2));
        rig.retention.work();
        // No room in the mail of the day, for a long time.
        clock.move(Duration.ofDays(40));
        rig.retention.work();
        assertThat(rig.there(ANA)).as("nobody has asked her").isTrue();
        rig.post();
        assertThat(rig.letters).as("one question, however long it waited").hasSize(2);
        clock.move(Duration.ofDays(29));
        rig.retention.work();
        assertThat(rig.signUps.look(rig.token())).as("she may still answer").isInstanceOf(SignUps.Look.Open.class);
        clock.move(Duration.ofDays(2));
        rig.retention.work();
        assertThat(rig.there(ANA)).isFalse();
    }

    @Test
    void who_could_not_be_asked_is_asked_again_and_not_erased() {
        rig.confirmed(ANA);
        clock.move(Duration.ofDays(3 * 365 + 2));
        rig.outcome = new Posted.Refused(org.tocsin.base.Message.of("base.not-found"), false);
        rig.retention.work();
        rig.post();
        clock.move(Duration.ofDays(1));
        rig.retention.work();
        rig.post();
        assertThat(rig.letters).as("not at once").hasSize(2);
        rig.outcome = new Posted.Unknown(org.tocsin.base.Message.of("base.not-found"));
        clock.move(Duration.ofDays(31));
        rig.retention.work();
        rig.post();
        assertThat(rig.there(ANA)).as("refused").isTrue();
        assertThat(rig.letters).hasSize(3);
        clock.move(Duration.ofDays(31));
        rig.retention.work();
        // As after a database was put back.
        store.write(Urgency.BULK, tx -> {
            rig.stores.mails().hold(tx);
            return true;
        });
        rig.post();
        assertThat(rig.there(ANA)).as("nobody knows").isTrue();
        assertThat(rig.letters).hasSize(3);
        clock.move(Duration.ofDays(31));
        rig.outcome = new Posted.Taken();
        rig.retention.work();
        rig.post();
        assertThat(rig.there(ANA)).as("void").isTrue();
        assertThat(rig.letters).hasSize(4);
        clock.move(Duration.ofDays(31));
        rig.retention.work();
        assertThat(rig.there(ANA)).isFalse();
    }

    @Test
    void on_Telegram_the_days_begin_when_it_took_the_question_and_without_a_bot_there_are_none() {
        store.write(Urgency.BULK, tx -> rig.signUps.join(tx, MAIN, 4_711, rig.wish(), "update:1"));
        clock.move(Duration.ofDays(3 * 365 + 2));
        rig.hasBot = false;
        rig.retention.work();
        assertThat(rig.askedByBot).isEmpty();
        rig.hasBot = true;
        rig.retention.work();
        clock.move(Duration.ofDays(31));
        rig.retention.work();
        assertThat(rig.askedByBot).as("it was lost on the way").hasSize(2);
        store.write(Urgency.BULK, tx -> {
            rig.choices.asked(tx, MAIN, rig.askedByBot.getLast());
            return true;
        });
        clock.move(Duration.ofDays(31));
        rig.hasBot = false;
        rig.retention.work();
        assertThat(telegram()).as("no bot would hear the answer").isTrue();
        rig.hasBot = true;
        rig.retention.work();
        assertThat(telegram()).isFalse();
        assertThat(rig.askedByBot).hasSize(2);
    }

    private boolean telegram() {
        return store.read(tx -> rig.stores.subscribers().byTelegram(tx, MAIN, 4_711))
                .isPresent();
    }

    @Test
    void who_gave_a_sign_before_the_question_was_taken_has_answered() {
        Subscriber ana = rig.confirmed(ANA);
        clock.move(Duration.ofDays(3 * 365 + 2));
        rig.retention.work();
        rig.choices.choose(MAIN, ana.id(), Set.of(), "en", Consent.Door.LETTER);
        rig.post();
        clock.move(Duration.ofDays(31));
        rig.retention.work();
        assertThat(rig.there(ANA)).isTrue();
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
        assertThat(rig.leaving.bounced(MAIN, bob.id(), "")).isTrue();
        assertThat(rig.leaving.complained(MAIN, eva.id(), "")).isTrue();
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
    void what_somebody_waits_for_goes_before_questions_and_has_room_that_they_have_not() {
        rig.confirmed(ANA);
        rig.confirmed("bob@example.org");
        clock.move(Duration.ofDays(3 * 365 + 2));
        rig.retention.work();
        clock.move(Duration.ofMinutes(1));
        rig.signUps.ask(MAIN, "eva@example.org", rig.wish(), "192.0.2.1");
        assertThat(rig.mailer.claim(1))
                .extracting(SignUpMail::kind)
                .as("though they wait for longer")
                .containsExactly(SignUpMail.Kind.CONFIRM);
        rig.mailer.claim(3).forEach(rig.mailer::release);
        rig.allowance = new MailAllowance() {
            @Override
            public Optional<Instant> take(Tx tx, Instant now) {
                return Optional.empty();
            }

            @Override
            public Optional<Instant> takeUnasked(Tx tx, Instant now) {
                return Optional.of(now.plus(Duration.ofHours(1)));
            }
        };
        store.read(tx -> rig.stores.mails().due(tx, clock.instant(), 9)).forEach(rig.mailer::send);
        assertThat(rig.letters).hasSize(3);
        assertThat(rig.letters.getLast().to()).isEqualTo("eva@example.org");
        rig.allowance = MailAllowance.NONE;
        clock.move(Duration.ofHours(1));
        rig.post();
        assertThat(rig.letters).hasSize(5);
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

    private String token(int letter) {
        return rig.letters.get(letter).text().replaceAll("(?s).*/confirm/([\\w-]{43}).*", "$1");
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
    void who_answers_in_the_very_moment_is_not_forgotten() {
        Subscriber ana = rig.confirmed(ANA);
        clock.move(Duration.ofDays(3 * 366));
        rig.retention.work();
        rig.post();
        String token = rig.token();
        clock.move(Duration.ofDays(31));
        // As the daemon sees her: her time is over. She answers before it has acted.
        Subscriber seen = rig.of(ANA);
        store.write(Urgency.REQUEST, tx -> {
            rig.choices.renew(tx, seen, Consent.Door.BOT, "");
            return true;
        });
        rig.leaving.expire(seen);
        assertThat(rig.there(ANA)).isTrue();
        assertThat(rig.left).noneMatch(line -> line.what() == LeaveLog.What.LEFT);
        assertThat(token).isNotEmpty();
        assertThat(rig.of(ANA).id()).isEqualTo(ana.id());
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
    void what_a_post_brought_stays_true_when_people_leave_and_are_erased() {
        rig.post("p1", "mairie");
        SignUpLink link = rig.links.linkOfPost(TEAM, "p1");
        assertThat(link.postId()).isEqualTo("p1");
        assertThat(link.campaign()).isEqualTo("mairie");
        assertThat(link.name()).startsWith("Rendez-vous samedi au marché").endsWith("…");
        assertThat(rig.links.linkOfPost(TEAM, "p1").code())
                .as("one button, pressed twice")
                .isEqualTo(link.code());
        SignUpLink campaign = rig.links.linkOfCampaign(TEAM, "mairie");
        assertThat(campaign.code()).isNotEqualTo(link.code());

        rig.ask("waits@example.org");
        Subscriber ana = rig.confirmedBy(ANA, link.code());
        Subscriber leaves = rig.confirmedBy("leaves@example.org", link.code());
        rig.confirmedBy("campaign@example.org", campaign.code());
        rig.confirmedBy("else@example.org", "nowhere");
        assertThat(rig.links.ofPost(TEAM, "p1").confirmed()).isEqualTo(2);
        assertThat(rig.links.ofCampaign(TEAM, "mairie").confirmed()).isEqualTo(3);
        var consent = store.read(tx -> rig.stores.register().of(tx, ana.id()));
        assertThat(consent).allSatisfy(row -> assertThat(row.consent().link()).isEqualTo(link.code()));

        rig.leaving.leave(MAIN, leaves.id(), Consent.Door.LETTER, "");
        rig.leaving.erase(MAIN, leaves.id(), Consent.Door.LETTER, "");
        rig.leaving.erase(MAIN, ana.id(), Consent.Door.LETTER, "");
        assertThat(rig.links.ofPost(TEAM, "p1").confirmed()).isEqualTo(2);
        assertThat(rig.links.ofCampaign(TEAM, "mairie").confirmed()).isEqualTo(3);
        assertThat(rig.links.all(TEAM, (one, brought) -> one.code() + " " + brought))
                .contains(link.code() + " 2", campaign.code() + " 1");
    }

    @Test
    void who_has_not_confirmed_is_counted_neither_before_nor_after_an_erasure() {
        rig.post("p1", "mairie");
        SignUpLink link = rig.links.linkOfPost(TEAM, "p1");
        SignUps.Wish wish = rig.wish();
        rig.signUps.ask(
                MAIN,
                ANA,
                new SignUps.Wish(wish.language(), wish.topics(), wish.textId(), link.code(), null, wish.door()),
                "192.0.2.1");
        assertThat(rig.links.ofPost(TEAM, "p1").confirmed()).isZero();
        rig.leaving.erase(MAIN, rig.of(ANA).id(), Consent.Door.LETTER, "");
        assertThat(rig.links.ofPost(TEAM, "p1").confirmed()).isZero();
    }

    @Test
    void a_link_stands_only_for_what_the_branch_has() {
        rig.post("p1", "mairie");
        Actor other = Actor.daemon(new BranchId("nord"));
        assertThatThrownBy(() -> rig.links.add(TEAM, null, "Tract", "p2", null))
                .hasMessageContaining("signup.link.post");
        assertThatThrownBy(() -> rig.links.add(other, null, "Tract", "p1", null))
                .hasMessageContaining("signup.link.post");
        assertThatThrownBy(() -> rig.links.add(other, null, "Tract", null, "mairie"))
                .hasMessageContaining("signup.link.campaign");
        SignUpLink link = rig.links.add(TEAM, null, "Tract", "p1", null);
        assertThat(link.campaign()).isEqualTo("mairie");
        rig.confirmedBy(ANA, link.code());
        assertThat(rig.links.ofPost(other, "p1").confirmed())
                .as("whoever belongs to another branch")
                .isZero();
        assertThat(rig.links.ofCampaign(other, "mairie").links()).isEmpty();
    }

    private java.util.List<String> requests() {
        return rig.requests.page(TEAM, "", 50).stream()
                .map(one -> one.kind() + " " + one.door() + " " + (one.doneAt() == null ? "open" : "done") + " "
                        + (one.subscriberId() == null ? "nobody" : "known"))
                .toList();
    }

    @Test
    void what_people_ask_for_by_right_is_noted_by_whatever_way_it_comes() {
        Subscriber ana = rig.confirmed(ANA);
        rig.choices.sendDataLink(MAIN, ana.id());
        rig.choices.taken(MAIN, ana.id(), Consent.Door.LETTER);
        rig.choices.taken(MAIN, ana.id(), Consent.Door.LETTER);
        rig.choices.correct(MAIN, ana.id(), "other@example.org", Consent.Door.BOT);
        rig.choices.restrict(MAIN, ana.id(), Consent.Door.BOT);
        rig.team.restrict(TEAM, ana.id(), false, null);
        rig.team.restrict(TEAM, ana.id(), true, null);
        rig.team.correct(TEAM, ana.id(), "third@example.org");
        assertThat(requests())
                .containsExactly(
                        "RECTIFICATION TEAM done known",
                        "RESTRICTION TEAM done known",
                        "RESTRICTION BOT done known",
                        "RECTIFICATION BOT done known",
                        "PORTABILITY LETTER done known",
                        "ACCESS LETTER done known");
        rig.leaving.erase(MAIN, ana.id(), Consent.Door.LETTER, "link");
        assertThat(requests())
                .hasSize(7)
                .startsWith("ERASURE LETTER done nobody")
                .allMatch(one -> one.endsWith("nobody"));
        clock.move(Duration.ofDays(8));
        rig.ask("never@example.org");
        clock.move(Duration.ofDays(8));
        rig.retention.work();
        assertThat(requests()).as("nobody asked for what time does").hasSize(7);
    }

    @Test
    void what_was_told_to_the_team_is_open_for_a_month_and_done_by_doing_it() {
        Subscriber ana = rig.confirmed(ANA);
        Instant came = clock.instant().minus(Duration.ofDays(2));
        PersonRequest erasure =
                rig.requests.add(TEAM, PersonRequest.Kind.ERASURE, ana.id(), came, "letter of 25 November");
        assertThat(erasure.dueAt()).isEqualTo(Instant.parse("2026-12-25T09:00:00Z"));
        PersonRequest access = rig.requests.add(TEAM, PersonRequest.Kind.ACCESS, null, null, "");
        assertThat(rig.requests.open(TEAM, 10))
                .extracting(PersonRequest::id)
                .as("the most urgent first")
                .containsExactly(erasure.id(), access.id());
        assertThat(rig.requests.open(Actor.daemon(new BranchId("nord")), 10)).isEmpty();
        assertThatThrownBy(() -> rig.requests.answer(Actor.daemon(new BranchId("nord")), access.id(), ""))
                .hasMessageContaining("not-found");
        assertThatThrownBy(() -> rig.requests.add(TEAM, PersonRequest.Kind.ACCESS, null, null, "of " + ANA))
                .hasMessageContaining("signup.reason.names");
        assertThatThrownBy(() -> rig.requests.add(
                        TEAM, PersonRequest.Kind.ACCESS, null, clock.instant().plusSeconds(60), ""))
                .hasMessageContaining("signup.request.later");

        rig.team.erase(TEAM, ana.id(), null);
        assertThat(rig.requests.open(TEAM, 10)).extracting(PersonRequest::id).containsExactly(access.id());
        assertThat(rig.requests.page(TEAM, "", 10))
                .filteredOn(one -> one.kind() == PersonRequest.Kind.ERASURE)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.doneBy()).isEqualTo(TEAM.id());
                    assertThat(one.note()).isEqualTo("letter of 25 November");
                    assertThat(one.subscriberId()).isNull();
                });
        rig.requests.answer(TEAM, access.id(), "sent on paper");
        assertThat(rig.requests.open(TEAM, 10)).isEmpty();
        assertThatThrownBy(() -> rig.requests.answer(TEAM, access.id(), "")).hasMessageContaining("not-found");
    }

    @Test
    void a_text_of_consent_that_is_not_so_any_more_is_told_until_another_is_written() {
        assertThat(rig.keeping.outdated(TEAM)).isEmpty();
        SignUpSettings now = rig.keeping.settings(TEAM);
        rig.keeping.save(
                TEAM,
                new SignUpSettings(
                        now.controller(),
                        now.contact(),
                        "2, rue Haute",
                        now.purposeFr(),
                        "all our news",
                        null,
                        "",
                        now.version()));
        assertThat(rig.keeping.outdated(TEAM)).extracting(ConsentText::language).containsExactly("en");
        now = rig.keeping.settings(TEAM);
        rig.keeping.save(
                TEAM,
                new SignUpSettings(
                        "Les Voisins",
                        now.contact(),
                        now.postal(),
                        now.purposeFr(),
                        now.purposeEn(),
                        null,
                        "",
                        now.version()));
        assertThat(rig.keeping.outdated(TEAM)).extracting(ConsentText::language).containsExactly("fr", "en");
        rig.keeping.write(TEAM, "fr", "J’accepte que Les Voisins m’écrivent.");
        assertThat(rig.keeping.outdated(TEAM)).extracting(ConsentText::language).containsExactly("en");
    }

    @Test
    void of_a_text_that_an_older_version_wrote_the_first_change_is_told() {
        store.write(Urgency.REQUEST, tx -> {
            // As it was before there was that column: what stands in it is never changed.
            Opened.execute(tx, "drop trigger consent_text_told");
            Opened.execute(tx, "update consent_text set told = null");
            return true;
        });
        assertThat(rig.keeping.outdated(TEAM)).isEmpty();
        SignUpSettings now = rig.keeping.settings(TEAM);
        rig.keeping.save(
                TEAM,
                new SignUpSettings(
                        "Les Voisins",
                        now.contact(),
                        now.postal(),
                        now.purposeFr(),
                        now.purposeEn(),
                        null,
                        "",
                        now.version()));
        assertThat(rig.keeping.outdated(TEAM)).hasSize(2);
    }

    @Test
    void a_link_that_was_retired_still_leads_to_the_form_and_counts() {
        SignUpLink link = rig.links.add(TEAM, "tract", "Tract", null, null);
        assertThat(rig.links.retire(TEAM, link.code(), true).retiredAt()).isNotNull();
        assertThat(rig.links.all(TEAM, (one, brought) -> one.retiredAt() != null))
                .containsExactly(true);
        assertThat(rig.links.retire(TEAM, link.code(), false).retiredAt()).isNull();
        assertThatThrownBy(() -> rig.links.retire(TEAM, "nowhere", true)).isInstanceOf(FaultException.class);
    }

    @Test
    void whatever_is_known_of_an_address_the_answer_is_the_same() {
        rig.confirmed("there@example.org");
        rig.leaving.leave(MAIN, rig.confirmed("left@example.org").id(), Consent.Door.LETTER, "");
        rig.leaving.complained(MAIN, rig.confirmed("angry@example.org").id(), "");
        rig.leaving.erase(MAIN, rig.confirmed("erased@example.org").id(), Consent.Door.LETTER, "");
        rig.ask("waiting@example.org");
        for (String address : new String[] {"there", "left", "angry", "erased", "waiting", "new"}) {
            assertThatCode(() -> rig.ask(address + "@example.org")).as(address).doesNotThrowAnyException();
        }
    }
}
