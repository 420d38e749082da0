package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.tocsin.subscriber.SignUpRig.MAIN;
import static org.tocsin.subscriber.SignUpRig.TEAM;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlStore;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.LeaveLog.What;
import org.tocsin.subscriber.Subscriber.State;
import org.tocsin.subscriber.Suppressions.Reason;

/** What the list beside the database does to one that was put back from before, and in which order its lines come. */
class RestoredTest extends SignUpCase {
    private static final String ANA = "ana@example.org";

    @TempDir
    private Path copies;

    /** Happened after the copy of the database was made: it knows nothing of it. */
    private void later(What what, String who) {
        clock.move(Duration.ofDays(2));
        rig.left.add(new LeaveLog.Line(what, MAIN, Opened.BOX.hash(who), clock.instant()));
    }

    private void later(What what) {
        later(what, ANA);
    }

    private Optional<Reason> shut() {
        return store.read(tx -> rig.stores.suppressions().find(tx, MAIN, ANA).map(Suppressions.Entry::reason));
    }

    private boolean kept(Subscriber one) {
        return store.read(
                tx -> rig.stores.subscribers().find(tx, MAIN, one.id()).isPresent()
                        || !rig.stores.register().of(tx, one.id()).isEmpty());
    }

    @Test
    void who_was_erased_and_came_back_is_erased_as_he_was_before_and_asked_anew() {
        Subscriber ana = rig.confirmed(ANA);
        later(What.ERASED);
        later(What.BACK);

        assertThat(rig.leaving.apply()).isEqualTo(1);

        assertThat(kept(ana)).isFalse();
        assertThat(rig.erased).containsExactly(ana.id());
        assertThat(shut()).isEmpty();
        assertThat(rig.confirmed(ANA).state()).isEqualTo(State.CONFIRMED);
        assertThat(rig.leaving.apply()).isZero();
        assertThat(rig.team.verify(TEAM).fault()).isNull();
    }

    @Test
    void who_was_erased_by_time_is_erased_in_the_copy_as_well_and_may_come_back() {
        rig.confirmed(ANA);
        clock.move(Duration.ofDays(3 * 365 + 2));
        rig.retention.work();
        rig.post();
        clock.move(Duration.ofDays(31));
        rig.retention.work();
        assertThat(rig.there(ANA)).isFalse();
        assertThat(rig.left)
                .extracting(LeaveLog.Line::what, LeaveLog.Line::key)
                .containsExactly(tuple(What.EXPIRED, Opened.BOX.hash(ANA)));

        List<LeaveLog.Line> list = List.copyOf(rig.left);
        try (SqlStore copy = Opened.at(copies)) {
            rig = new SignUpRig(copy, new TestClock(Instant.parse("2026-11-27T09:00:00Z")));
            Subscriber then = rig.confirmed(ANA);
            rig.left.addAll(list);
            assertThat(rig.leaving.apply()).isEqualTo(1);
            assertThat(copy.<Boolean>read(tx ->
                            rig.stores.subscribers().find(tx, MAIN, then.id()).isPresent()
                                    || !rig.stores.register().of(tx, then.id()).isEmpty()))
                    .as("nothing names her")
                    .isFalse();
            assertThat(rig.erased).containsExactly(then.id());
            assertThat(rig.leaving.apply()).isZero();
            rig.clock.move(Duration.ofDays(5 * 365));
            assertThat(rig.confirmed(ANA).state()).isEqualTo(State.CONFIRMED);
            assertThat(rig.leaving.apply()).as("she came back").isZero();
            assertThat(rig.team.verify(TEAM).fault()).isNull();
        }
    }

    @Test
    void an_account_that_was_dropped_gets_nothing_from_a_copy_that_knows_no_other_way() {
        Subscriber ada = store.write(Urgency.REQUEST, tx -> rig.signUps.join(tx, MAIN, 7, rig.wish(), "update:1"));
        moves(ada, ANA);
        store.write(Urgency.REQUEST, tx -> {
            rig.choices.dropTelegram(tx, rig.of(ANA));
            return true;
        });
        assertThat(rig.left)
                .extracting(LeaveLog.Line::what, LeaveLog.Line::key)
                .contains(tuple(What.MOVED, Opened.BOX.hash("telegram:7")));
        assertThat(rig.leaving.apply()).as("known here").isZero();

        List<LeaveLog.Line> list = List.copyOf(rig.left);
        try (SqlStore copy = Opened.at(copies)) {
            rig = new SignUpRig(copy, new TestClock(Instant.parse("2026-11-27T09:00:00Z")));
            Subscriber then = copy.write(Urgency.REQUEST, tx -> rig.signUps.join(tx, MAIN, 7, rig.wish(), "update:1"));
            rig.left.addAll(list);
            assertThat(rig.leaving.apply()).isEqualTo(1);
            assertThat(rig.choices.find(MAIN, then.id())).get().returns(State.UNREACHABLE, Subscriber::state);
        }
    }

    @Test
    void who_had_left_in_the_copy_and_was_erased_later_is_erased() {
        Subscriber ana = rig.confirmed(ANA);
        clock.move(Duration.ofDays(2));
        rig.leaving.leave(MAIN, ana.id(), Door.LETTER, "");
        later(What.ERASED);
        later(What.BACK);
        assertThat(rig.leaving.apply()).isEqualTo(1);
        assertThat(kept(ana)).isFalse();
    }

    @Test
    void what_came_between_is_not_erased_with_what_was_before() {
        later(What.ERASED);
        clock.move(Duration.ofDays(2));
        Subscriber ana = rig.confirmed(ANA);
        later(What.LEFT);
        assertThat(rig.leaving.apply()).isEqualTo(1);
        assertThat(rig.choices.find(MAIN, ana.id())).get().returns(State.LEFT, Subscriber::state);
    }

    @Test
    void a_membership_that_ended_stays_so_though_he_came_back_by_another() {
        for (What what : List.of(What.LEFT, What.COMPLAINED, What.BOUNCED, What.IMPORTED)) {
            String who = what.name().toLowerCase(Locale.ROOT) + "@example.org";
            rig.confirmed(who);
            later(what, who);
            later(What.BACK, who);
            rig.leaving.apply();
            assertThat(rig.there(who)).as(what.name()).isFalse();
            assertThat(store.<Boolean>read(
                            tx -> rig.stores.suppressions().find(tx, MAIN, who).isPresent()))
                    .as("%s, may ask anew", what)
                    .isFalse();
        }
    }

    @Test
    void a_restriction_that_came_after_is_not_undone_by_an_older_coming_back() {
        later(What.LEFT);
        clock.move(Duration.ofDays(2));
        rig.confirmed(ANA);
        later(What.RESTRICTED);
        assertThat(rig.leaving.apply()).isEqualTo(1);
        assertThat(rig.of(ANA).state()).isEqualTo(State.RESTRICTED);
        rig.choices.release(MAIN, rig.of(ANA).id(), Door.TEAM);
        assertThat(rig.leaving.apply()).isZero();
        assertThat(rig.of(ANA).state()).isEqualTo(State.CONFIRMED);
    }

    private void moves(Subscriber one, String address) {
        rig.choices.correct(MAIN, one.id(), address, Door.LETTER);
        rig.post();
        clock.move(Duration.ofHours(1));
        rig.signUps.confirm(rig.token());
        clock.move(Duration.ofDays(2));
    }

    @Test
    void an_address_that_is_his_no_longer_is_not_written_to_by_a_copy_that_knows_no_other() {
        Subscriber ana = rig.confirmed(ANA);
        moves(ana, "ana@neuf.example");
        assertThat(rig.left)
                .extracting(LeaveLog.Line::what, LeaveLog.Line::key)
                .containsExactly(
                        tuple(What.MOVED, Opened.BOX.hash(ANA)), tuple(What.BACK, Opened.BOX.hash("ana@neuf.example")));
        assertThat(rig.leaving.apply()).as("known here").isZero();

        List<LeaveLog.Line> list = List.copyOf(rig.left);
        try (SqlStore copy = Opened.at(copies)) {
            rig = new SignUpRig(copy, new TestClock(Instant.parse("2026-11-27T09:00:00Z")));
            Subscriber then = rig.confirmed(ANA);
            rig.left.addAll(list);
            assertThat(rig.leaving.apply()).isEqualTo(1);
            assertThat(rig.choices.find(MAIN, then.id()))
                    .get()
                    .returns(State.UNREACHABLE, Subscriber::state)
                    .returns(Subscriber.Person.NOBODY, Subscriber::person);
            assertThat(copy.<Boolean>read(
                            tx -> rig.stores.suppressions().find(tx, MAIN, ANA).isPresent()))
                    .as("whoever has that address now may sign up")
                    .isFalse();
        }
    }

    @Test
    void who_has_his_first_address_again_keeps_it() {
        Subscriber ana = rig.confirmed(ANA);
        moves(ana, "ana@neuf.example");
        moves(rig.of("ana@neuf.example"), ANA);
        assertThat(rig.leaving.apply()).isZero();
        // As if the daemon had ended before it could write that he has it again.
        rig.left.removeLast();
        assertThat(rig.leaving.apply()).isZero();
        assertThat(rig.of(ANA).state()).isEqualTo(State.CONFIRMED);
    }

    @Test
    void what_is_said_of_an_address_before_it_was_his_says_nothing_of_him() {
        Subscriber ana = rig.confirmed(ANA);
        clock.move(Duration.ofDays(2));
        rig.leaving.leave(MAIN, rig.confirmed("ana@neuf.example").id(), Door.LETTER, "");
        clock.move(Duration.ofDays(2));
        moves(ana, "ana@neuf.example");
        assertThat(rig.leaving.apply()).isZero();
        assertThat(rig.of("ana@neuf.example").state()).isEqualTo(State.CONFIRMED);
    }

    @Test
    void an_account_that_was_lost_gets_nothing_from_a_copy_that_still_knows_it() {
        Subscriber ada = store.write(Urgency.REQUEST, tx -> rig.signUps.join(tx, MAIN, 7, rig.wish(), "update:1"));
        later(What.MOVED, "telegram:7");
        assertThat(rig.leaving.apply()).isEqualTo(1);
        assertThat(store.<Boolean>read(tx -> rig.choices.ofTelegram(tx, MAIN, 7).isPresent()))
                .isFalse();
        assertThat(rig.choices.find(MAIN, ada.id())).get().returns(State.UNREACHABLE, Subscriber::state);
    }

    @Test
    void who_leaves_in_the_commit_in_which_he_came_back_has_left() {
        store.write(Urgency.REQUEST, tx -> {
            Subscriber ada = rig.signUps.join(tx, MAIN, 7, rig.wish(), "update:1");
            rig.leaving.leave(tx, ada, Door.BOT, "update:2");
            return true;
        });
        assertThat(rig.left).extracting(LeaveLog.Line::what).containsExactly(What.LEFT);
    }

    @Test
    void lines_come_in_the_order_of_the_commits_and_what_is_rolled_back_brings_nobody_back() {
        List<LeaveLog.Line> list = new ArrayList<>();
        LeaveOrder order = new LeaveOrder(new LeaveLog() {
            @Override
            public void add(List<LeaveLog.Line> lines) {
                list.addAll(lines);
            }

            @Override
            public List<LeaveLog.Line> lines() {
                return list;
            }
        });
        List<Runnable> hooks = new ArrayList<>();
        Tx tx = hooks::add;
        order.add(line(What.LEFT, "a"));
        order.addAfter(tx, line(What.BACK, "a"));
        order.addAfter(tx, line(What.BACK, "b"));
        order.addAfter(_ -> {}, line(What.BACK, "rolled back"));
        order.add(line(What.LEFT, "b"));
        hooks.forEach(Runnable::run);
        assertThat(list).containsExactly(line(What.LEFT, "a"), line(What.LEFT, "b"), line(What.BACK, "a"));
    }

    private static LeaveLog.Line line(What what, String key) {
        return new LeaveLog.Line(what, MAIN, key, Instant.EPOCH);
    }

    @Test
    void a_leaving_is_written_down_in_its_turn_and_not_before_those_that_are_committed_first() throws Exception {
        Subscriber ana = rig.confirmed(ANA);
        Thread leaves = Thread.ofPlatform().unstarted(() -> rig.leaving.leave(MAIN, ana.id(), Door.LETTER, ""));
        store.write(Urgency.DELIVERY, tx -> {
            leaves.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> leaves.getState() == Thread.State.WAITING);
            assertThat(rig.left).isEmpty();
            return true;
        });
        leaves.join(Duration.ofSeconds(10));
        assertThat(rig.left).extracting(LeaveLog.Line::what).containsExactly(What.LEFT);
        assertThat(rig.there(ANA)).isFalse();
    }
}
