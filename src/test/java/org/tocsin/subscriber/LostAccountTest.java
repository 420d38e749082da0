package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.subscriber.SignUpRig.MAIN;
import static org.tocsin.subscriber.SignUpRig.TEAM;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.people.AuditRow;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAudit;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.Subscriber.Reach;
import org.tocsin.subscriber.Subscriber.State;

/** Who has lost his account of Telegram asks the team: the account has nothing to say any more, whoever holds it. */
class LostAccountTest extends SignUpCase {
    private static final long ACCOUNT = 471_147_114L;
    private static final String ADA = "ada@example.org";

    private Subscriber joined() {
        return store.write(Urgency.REQUEST, tx -> rig.signUps.join(tx, MAIN, ACCOUNT, rig.wish(), "update:7"));
    }

    private boolean heldByAccount() {
        return store.read(tx -> rig.choices.ofTelegram(tx, MAIN, ACCOUNT).isPresent());
    }

    private Subscriber now(Subscriber one) {
        return rig.choices.find(MAIN, one.id()).orElseThrow();
    }

    private List<Consent> history(Subscriber one) {
        return rig.team.data(TEAM, one.id()).history().stream()
                .map(PersonData.Step::consent)
                .toList();
    }

    @Test
    void the_account_is_cut_off_at_once_and_the_new_address_confirms() {
        Subscriber ada = joined();

        rig.team.correct(TEAM, ada.id(), ADA);

        assertThat(heldByAccount()).isFalse();
        assertThat(rig.left.getLast())
                .returns(LeaveLog.What.MOVED, LeaveLog.Line::what)
                .returns(Opened.BOX.hash("telegram:" + ACCOUNT), LeaveLog.Line::key);
        assertThat(rig.accounts).as("what the bot keeps of it goes").containsExactly(ACCOUNT);
        assertThat(now(ada).state()).isEqualTo(State.PENDING);
        assertThat(history(ada).getLast())
                .returns(Consent.Kind.CORRECTED, Consent::kind)
                .returns(Door.TEAM, Consent::door)
                .returns("telegram:" + ACCOUNT, Consent::who);
        assertThat(store.<List<AuditRow>>read(tx -> new SqlAudit(clock).page(tx, MAIN, 0, 10)))
                .extracting(AuditRow::action)
                .contains("subscriber.account");

        rig.post();
        assertThat(rig.letters.getLast().to()).isEqualTo(ADA);
        rig.signUps.confirm(rig.token());
        assertThat(now(ada))
                .returns(State.CONFIRMED, Subscriber::state)
                .returns(Reach.MAIL, Subscriber::reach)
                .satisfies(one -> assertThat(one.confirmedAt()).isEqualTo(clock.instant()));
        assertThat(history(ada).getLast())
                .returns(Consent.Kind.CONFIRMED, Consent::kind)
                .returns(ADA, Consent::who);
        assertThat(heldByAccount()).isFalse();
        assertThat(rig.team.verify(TEAM).broken()).isZero();
    }

    @Test
    void what_nobody_confirms_is_erased_after_a_week() {
        Subscriber ada = joined();
        clock.move(Duration.ofDays(300));
        rig.team.correct(TEAM, ada.id(), ADA);
        rig.retention.work();
        assertThat(rig.choices.find(MAIN, ada.id())).isPresent();
        clock.move(Duration.ofDays(8));
        rig.retention.work();
        assertThat(rig.choices.find(MAIN, ada.id())).isEmpty();
    }

    @Test
    void who_is_written_to_by_mail_keeps_his_address_until_the_new_one_is_confirmed() {
        Subscriber ada = joined();
        rig.choices.correct(MAIN, ada.id(), ADA, Door.LETTER);
        rig.post();
        rig.signUps.confirm(rig.token());
        assertThat(heldByAccount())
                .as("his own correction leaves him his account")
                .isTrue();

        clock.move(Duration.ofDays(1));
        rig.team.correct(TEAM, ada.id(), "ada@neuf.example");

        assertThat(heldByAccount()).isFalse();
        assertThat(rig.of(ADA).state()).isEqualTo(State.CONFIRMED);
        rig.post();
        rig.signUps.confirm(rig.token());
        assertThat(rig.of("ada@neuf.example").id()).isEqualTo(ada.id());
    }

    @Test
    void a_restriction_stays_and_its_end_writes_to_no_address_that_nobody_confirmed() {
        Subscriber ada = joined();
        rig.choices.restrict(MAIN, ada.id(), Door.BOT);
        rig.team.correct(TEAM, ada.id(), ADA);
        assertThat(now(ada).state()).isEqualTo(State.RESTRICTED);
        rig.team.restrict(TEAM, ada.id(), false, "asked by letter");
        assertThat(now(ada).state()).isEqualTo(State.PENDING);
        rig.post();
        rig.signUps.confirm(rig.token());
        assertThat(now(ada).state()).isEqualTo(State.CONFIRMED);
    }

    @Test
    void nobody_is_cut_off_for_an_address_that_cannot_be_his() {
        Subscriber ada = joined();
        rig.confirmed("bob@example.org");
        rig.leaving.complained(MAIN, rig.confirmed("eva@example.org").id(), clock.instant(), "");
        for (String address : List.of("bob@example.org", "eva@example.org", "no address")) {
            assertThatThrownBy(() -> rig.team.correct(TEAM, ada.id(), address))
                    .as(address)
                    .isInstanceOf(FaultException.class);
        }
        assertThat(heldByAccount()).isTrue();
        assertThat(now(ada).state()).isEqualTo(State.CONFIRMED);
    }
}
