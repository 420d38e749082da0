package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.subscriber.SignUpRig.MAIN;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.letter.Posted;
import org.tocsin.sql.Opened;

/** Who gave no sign for three years is asked, and erased where he does not answer. */
class RetentionTest extends SignUpCase {
    private static final String ANA = "ana@example.org";

    @Test
    void who_was_silent_for_three_years_is_asked_and_then_erased_unless_he_answers() {
        rig.confirmed(ANA);
        rig.confirmed("bob@example.org");
        clock.move(Duration.ofDays(3 * 365 + 2));
        rig.retention.work();
        rig.retention.work();
        rig.post();
        assertThat(rig.letters).hasSize(4);
        String still = rig.letters.get(2).to().equals(ANA) ? rig.token(2) : rig.token(3);
        rig.signUps.confirm(still);
        clock.move(Duration.ofDays(31));
        rig.retention.work();
        assertThat(rig.there(ANA)).isTrue();
        assertThat(rig.there("bob@example.org")).isFalse();
    }

    @Test
    void nothing_that_is_due_waits_for_the_next_time() {
        SignUps.Wish wish = rig.wish();
        for (int i = 0; i < 250; i++) {
            int number = i;
            store.write(Urgency.BULK, tx -> {
                rig.signUps.ask(tx, MAIN, "u" + number + "@example.org", wish, "token:t");
                return true;
            });
        }
        clock.move(Duration.ofDays(8));
        rig.retention.work();
        assertThat(rig.there("u0@example.org")).isFalse();
        assertThat(rig.there("u249@example.org")).isFalse();
        clock.move(Duration.ofDays(31));
        rig.retention.work();
        assertThat(store.<String>read(tx -> Opened.text(tx, "select count(*) from sign_up_mail")))
                .isEqualTo("0");
    }

    private String sealed() {
        return store.read(tx -> Opened.text(tx, "select count(*) from sign_up_mail where sealed <> ''"));
    }

    @Test
    void a_new_address_that_was_never_confirmed_is_kept_for_seven_days() {
        Subscriber ana = rig.confirmed(ANA);
        rig.choices.correct(MAIN, ana.id(), "ana@neuf.example", Consent.Door.LETTER);
        rig.post();
        clock.move(Duration.ofDays(6));
        rig.retention.work();
        assertThat(sealed()).isEqualTo("1");
        clock.move(Duration.ofDays(2));
        rig.retention.work();
        assertThat(sealed()).isEqualTo("0");
        assertThat(rig.there(ANA)).isTrue();
    }

    @Test
    void a_mail_of_which_nobody_knows_whether_it_left_is_kept_no_longer() {
        Subscriber ana = rig.confirmed(ANA);
        rig.choices.correct(MAIN, ana.id(), "ana@neuf.example", Consent.Door.LETTER);
        SignUpMail mail = rig.mailer.claim(1).getFirst();
        store.write(Urgency.BULK, tx -> {
            rig.stores.mails().attempted(tx, mail.id(), SignUpMail.State.UNKNOWN, 1, clock.instant(), null);
            return true;
        });
        clock.move(Duration.ofDays(8));
        rig.retention.work();
        assertThat(sealed()).isEqualTo("0");
    }

    @Test
    void a_mail_about_a_new_address_that_waits_for_a_week_does_not_go_any_more() {
        Subscriber ana = rig.confirmed(ANA);
        rig.choices.correct(MAIN, ana.id(), "ana@neuf.example", Consent.Door.LETTER);
        clock.move(Duration.ofDays(8));
        rig.retention.work();
        rig.post();
        assertThat(sealed()).isEqualTo("0");
        assertThat(rig.letters).hasSize(1);
    }

    @Test
    void whoever_takes_his_data_is_not_silent() {
        Subscriber ana = rig.confirmed(ANA);
        clock.move(Duration.ofDays(3 * 366));
        rig.retention.work();
        rig.post();
        rig.choices.taken(MAIN, ana.id(), Consent.Door.LETTER);
        clock.move(Duration.ofDays(31));
        rig.retention.work();
        assertThat(rig.there(ANA)).isTrue();
    }

    @Test
    void a_mail_that_was_overtaken_while_it_left_stays_so() {
        rig.signUps.ask(MAIN, ANA, rig.wish(), "192.0.2.1");
        SignUpMail mail = rig.mailer.claim(1).getFirst();
        store.write(Urgency.BULK, tx -> {
            rig.stores.mails().revoke(tx, mail.subscriberId(), SignUpMail.Kind.CONFIRM);
            rig.stores.mails().attempted(tx, mail.id(), SignUpMail.State.SENT, 1, null, null);
            return true;
        });
        assertThat(store.<SignUpMail.State>read(tx ->
                        rig.stores.mails().find(tx, mail.id()).orElseThrow().state()))
                .isEqualTo(SignUpMail.State.VOID);
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
}
