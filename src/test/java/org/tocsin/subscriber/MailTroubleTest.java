package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.subscriber.SignUpRig.MAIN;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.delivery.Notices;
import org.tocsin.letter.Posted;
import org.tocsin.subscriber.Subscriber.State;

/** A mail server that takes nothing: the team learns of it, and nobody is locked out for what was never sent. */
class MailTroubleTest extends SignUpCase {
    private static final String ANA = "ana@example.org";
    private static final Message WHY = Message.of("newsletter.mail.authentication");

    private List<String> told() {
        return store.read(tx -> rig.notices.open(tx, BranchId.MAIN, Notices.Kind.LETTERS, 9));
    }

    /** Asks, and nothing leaves until the mail is given up. */
    private void lost() {
        rig.ask(ANA);
        for (int hour = 0; hour < 27; hour++) {
            clock.move(Duration.ofHours(1));
            rig.post();
        }
    }

    @Test
    void the_team_learns_that_no_mail_leaves_and_that_they_leave_again() {
        rig.outcome = new Posted.Later(WHY, null, true);
        rig.ask(ANA);
        assertThat(told()).as("it may be a hiccup").isEmpty();
        clock.move(Duration.ofMinutes(5));
        rig.post();
        clock.move(Duration.ofMinutes(5));
        rig.post();
        assertThat(told()).containsExactly(StuckLetters.MAIL);
        clock.move(Duration.ofMinutes(30));
        rig.post();
        assertThat(told()).as("once").hasSize(1);
        rig.outcome = new Posted.Taken();
        clock.move(Duration.ofHours(1));
        rig.post();
        assertThat(told()).isEmpty();
    }

    @Test
    void a_recipient_whose_server_is_busy_is_nothing_for_the_team() {
        rig.outcome = new Posted.Later(WHY, null, false);
        lost();
        assertThat(told()).isEmpty();
    }

    @Test
    void a_mail_that_surely_never_left_counts_against_nobody() {
        rig.outcome = new Posted.Later(WHY, null, true);
        for (int time = 0; time < SignUps.A_MONTH + 1; time++) {
            lost();
        }
        rig.outcome = new Posted.Taken();
        assertThat(rig.confirmed(ANA).state()).isEqualTo(State.CONFIRMED);
    }

    @Test
    void a_refusal_of_what_we_send_is_told_at_once_and_counts_against_nobody() {
        rig.outcome = new Posted.Refused(WHY, false);
        rig.ask(ANA);
        assertThat(told()).containsExactly(StuckLetters.MAIL);
        rig.outcome = new Posted.Taken();
        assertThat(rig.confirmed(ANA).state()).isEqualTo(State.CONFIRMED);
    }

    @Test
    void an_address_that_does_not_exist_is_asked_once_a_day_and_told_to_nobody() {
        rig.outcome = new Posted.Refused(WHY, true);
        rig.ask(ANA);
        rig.ask(ANA);
        assertThat(rig.letters).hasSize(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void the_link_to_his_data_can_be_asked_for_again_when_none_was_sent() {
        Subscriber ana = rig.confirmed(ANA);
        rig.outcome = new Posted.Refused(WHY, false);
        for (int time = 0; time < 2 * SignUps.AN_ACCOUNT; time++) {
            rig.choices.sendDataLink(MAIN, ana.id());
            rig.post();
        }
        assertThat(rig.letters).hasSize(1 + 2 * SignUps.AN_ACCOUNT);
    }
}
