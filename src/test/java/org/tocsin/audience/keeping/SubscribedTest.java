package org.tocsin.audience.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.audience.Period;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.sql.SqlAudit;
import org.tocsin.subscriber.SignUpSettings;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Subscriber.Reach;
import org.tocsin.subscriber.Subscriber.State;

/** The newsletter's subscribers as figures beside the channels, and without any. */
class SubscribedTest {
    private static final Actor TEAM = new Actor("u", BranchId.MAIN, Set.of(Scope.READ, Scope.MANAGE));
    private static final BranchId OTHER = new BranchId("other");

    private AudienceRig rig;
    private Audiences audiences;
    private int made;

    @BeforeEach
    void open(@TempDir Path folder) {
        rig = new AudienceRig(folder);
        audiences = new Audiences(rig.store, rig.audience, rig.channels, rig.subscribed, AudienceRig.PARIS, rig.clock);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void house(BranchId branch, @Nullable Secret bot) {
        rig.write(tx -> rig.signUps.save(
                tx,
                branch,
                new SignUpSettings("Les Amis", "contact@amis.example", "", "nos nouvelles", "our news", bot, "", 0)));
    }

    private void people(BranchId branch, State state, Reach reach, int count) {
        rig.write(tx -> {
            for (int i = 0; i < count; i++) {
                made++;
                Subscriber.Person who = reach == Reach.MAIL
                        ? new Subscriber.Person("p" + made + "@example.org", null, null)
                        : new Subscriber.Person(null, (long) made, null);
                rig.subscribers.insert(
                        tx,
                        new Subscriber(
                                "s" + made,
                                branch,
                                state,
                                reach,
                                "fr",
                                who,
                                Set.of(),
                                null,
                                rig.clock.instant(),
                                rig.clock.instant(),
                                null,
                                rig.clock.instant(),
                                null,
                                1));
            }
            return true;
        });
    }

    private List<Audiences.Of> all() {
        return audiences.of(TEAM, Period.last(30, audiences.today()), Optional.empty());
    }

    @Test
    void only_those_who_get_letters_are_counted_each_by_his_way_and_branch() {
        assertThat(rig.run()).as("nobody has a newsletter").isZero();
        house(BranchId.MAIN, Secret.of("123:abc"));
        house(OTHER, null);
        for (Reach reach : Reach.values()) {
            for (State state : State.values()) {
                people(BranchId.MAIN, state, reach, state == State.CONFIRMED ? reach == Reach.MAIL ? 5 : 3 : 1);
            }
        }
        people(OTHER, State.CONFIRMED, Reach.MAIL, 2);
        assertThat(rig.run()).isEqualTo(3);
        assertThat(all()).hasSize(2);
        assertThat(all())
                .extracting(one -> one.channel().id() + " " + one.latest().followers())
                .containsExactly("newsletter.mail 5", "newsletter.telegram 3");
        assertThat(all())
                .extracting(Audiences.Of::title)
                .containsExactly(Message.of("signup.audience.mail"), Message.of("signup.audience.telegram"));
        Actor other = new Actor("o", OTHER, Set.of(Scope.READ));
        List<AudienceSnapshot> figures = audiences.figures(other, LocalDate.EPOCH, audiences.today(), Optional.empty());
        assertThat(figures).extracting(AudienceSnapshot::followers).containsExactly(2L);
        assertThat(audiences.of(other, Period.last(30, audiences.today()), Optional.of("newsletter.mail")))
                .hasSize(1);
        assertThatThrownBy(() ->
                        audiences.of(other, Period.last(30, audiences.today()), Optional.of("newsletter.telegram")))
                .isInstanceOf(FaultException.class);
    }

    @Test
    void there_is_a_figure_a_day_and_a_day_without_one_stays_a_gap() {
        house(BranchId.MAIN, null);
        people(BranchId.MAIN, State.CONFIRMED, Reach.MAIL, 4);
        rig.run();
        rig.clock.move(Duration.ofDays(3));
        people(BranchId.MAIN, State.CONFIRMED, Reach.MAIL, 2);
        rig.run();
        rig.run();
        assertThat(all().getFirst().days())
                .extracting(AudienceSnapshot::day)
                .containsExactly(LocalDate.of(2026, 12, 1), LocalDate.of(2026, 12, 4));
        assertThat(all().getFirst().growth()).isNotNull();
        assertThat(all().getFirst().growth().net()).isEqualTo(2);
    }

    @Test
    void earlier_figures_of_another_tool_are_taken_in() {
        house(BranchId.MAIN, null);
        AudienceImport.Report report = new AudienceImport(
                        rig.store,
                        rig.audience,
                        rig.channels,
                        rig.subscribed,
                        new SqlAudit(rig.clock),
                        AudienceRig.PARIS,
                        rig.clock)
                .run(
                        TEAM,
                        "channel,date,followers\nnewsletter.mail,2026-11-20,3\nnewsletter.telegram,2026-11-20,3\n",
                        true);
        assertThat(report.counts().values()).containsExactly(1);
        assertThat(report.refused()).as("there is no bot").isEqualTo(1);
    }
}
