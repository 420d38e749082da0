package org.tocsin.newsletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.UserId;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Freeze;
import org.tocsin.delivery.Notices;
import org.tocsin.letter.Letter;
import org.tocsin.letter.Posted;
import org.tocsin.network.TestClock;
import org.tocsin.newsletter.LetterRig.Parts;
import org.tocsin.newsletter.NewsletterSend.State;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlBounces;
import org.tocsin.sql.SqlFreezes;
import org.tocsin.sql.SqlNewsletterSends;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlSubscribers;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.StuckLetters;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Subscriber.Reach;
import org.tocsin.subscriber.Suppressions;

/** Each gets a letter once, and only who still wants it. */
class SendingTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Message WHY = Message.of("newsletter.mail.later", "code", 450);

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock(NOW);
    private final ScriptedBox box = new ScriptedBox();

    private Parts parts(FakePeople people) {
        return Parts.of(clock, people, box);
    }

    private List<String> to() {
        return box.seen().stream().map(Letter::to).toList();
    }

    @Test
    void everybody_gets_a_letter_of_his_own_once() throws Exception {
        FakePeople people = FakePeople.byMail(450);
        try (LetterRig rig = new LetterRig(folder, parts(people).batch(100))) {
            String id = rig.send(Segment.ALL);
            rig.work();
            assertThat(to()).hasSize(450).doesNotHaveDuplicates();
            assertThat(box.seen().stream().map(Letter::id).distinct()).hasSize(450);
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.SENT);
            assertThat(rig.count(id, State.SENT)).isEqualTo(450);
            Letter first = box.seen().getFirst();
            assertThat(first.headers())
                    .containsEntry("List-Unsubscribe", "<https://example.org/l/s00000>")
                    .containsEntry("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                    .containsEntry("List-Id", "<newsletter.main.example.org>");
            assertThat(first.text()).contains("https://example.org/l/s00000").contains("3 mars 2026");
            rig.work();
            assertThat(to()).hasSize(450);
        }
    }

    private void leaving(Consumer<FakePeople> leaves) throws Exception {
        FakePeople people = FakePeople.byMail(10);
        try (LetterRig rig = new LetterRig(folder, parts(people))) {
            box.answering(letter -> {
                // While the first letter is under way.
                leaves.accept(people);
                box.answering(other -> new Posted.Taken());
                return new Posted.Taken();
            });
            String id = rig.send(new Segment(Set.of("topic"), Set.of(), Set.of(), Set.of()));
            rig.work();
            assertThat(to()).hasSize(9).doesNotContain(FakePeople.address(7));
            assertThat(rig.count(id, State.SKIPPED)).isEqualTo(1);
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.SENT);
        }
    }

    @Test
    void whoever_leaves_before_his_turn_gets_nothing() throws Exception {
        leaving(people -> people.change(FakePeople.id(7), FakePeople.into(Subscriber.State.LEFT)));
    }

    @Test
    void whoever_asks_that_his_data_be_kept_and_not_used_gets_nothing() throws Exception {
        leaving(people -> people.change(FakePeople.id(7), FakePeople.into(Subscriber.State.RESTRICTED)));
    }

    @Test
    void whoever_is_suppressed_gets_nothing() throws Exception {
        leaving(people -> people.suppress(FakePeople.address(7), Suppressions.Reason.COMPLAINED));
    }

    @Test
    void whoever_is_erased_gets_nothing() throws Exception {
        leaving(people -> people.erase(FakePeople.id(7)));
    }

    @Test
    void whoever_chooses_another_topic_gets_nothing() throws Exception {
        leaving(people -> people.change(
                FakePeople.id(7), one -> FakePeople.subscriber(one.id(), Reach.MAIL, one.person(), Set.of("another"))));
    }

    private static void freeze(LetterRig rig) {
        rig.store().write(Urgency.REQUEST, tx -> {
            new SqlFreezes()
                    .insert(
                            tx,
                            new Freeze(
                                    "f",
                                    BranchId.MAIN,
                                    NOW.minusSeconds(5),
                                    NOW.plusSeconds(3600),
                                    "Europe/Paris",
                                    Set.of(),
                                    "silence",
                                    UserId.DAEMON,
                                    null,
                                    null,
                                    1));
            return true;
        });
    }

    @Test
    void a_freeze_in_the_midst_holds_the_rest_until_a_person_lets_it_go_on() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(10)))) {
            box.answering(letter -> {
                if (to().size() == 3) {
                    freeze(rig);
                }
                return new Posted.Taken();
            });
            String id = rig.send(Segment.ALL);
            rig.work();
            assertThat(to()).hasSize(3);
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.PAUSED);
            assertThat(rig.find(id).reason()).isEqualTo(Message.of("newsletter.paused.frozen"));
            assertThatExceptionOfType(FaultException.class)
                    .isThrownBy(() -> rig.newsletters().resume(LetterRig.BOSS, id));
            clock.move(Duration.ofHours(2));
            rig.work();
            assertThat(to()).hasSize(3);
            rig.newsletters().resume(LetterRig.BOSS, id);
            rig.work();
            assertThat(to()).hasSize(10).doesNotHaveDuplicates();
        }
    }

    @Test
    void one_that_is_due_in_a_freeze_does_not_begin() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(3)))) {
            Newsletter draft = rig.draft(Segment.ALL);
            rig.newsletters().send(LetterRig.BOSS, draft.id(), 1L, "2026-11-26T14:00", null);
            freeze(rig);
            clock.move(Duration.ofMinutes(61));
            freezeLonger(rig);
            rig.work();
            assertThat(to()).isEmpty();
            assertThat(rig.find(draft.id()).state()).isEqualTo(Newsletter.State.PAUSED);
        }
    }

    private static void freezeLonger(LetterRig rig) {
        rig.store().write(Urgency.REQUEST, tx -> {
            new SqlFreezes()
                    .insert(
                            tx,
                            new Freeze(
                                    "g",
                                    BranchId.MAIN,
                                    NOW,
                                    null,
                                    "Europe/Paris",
                                    Set.of(),
                                    "crise",
                                    UserId.DAEMON,
                                    null,
                                    null,
                                    1));
            return true;
        });
    }

    @Test
    void paused_nothing_leaves_and_stopped_nothing_ever() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(10)))) {
            String id = rig.send(Segment.ALL);
            box.answering(letter -> {
                if (to().size() == 4) {
                    rig.newsletters().pause(LetterRig.BOSS, id);
                }
                return new Posted.Taken();
            });
            rig.work();
            assertThat(to()).hasSize(4);
            rig.newsletters().resume(LetterRig.BOSS, id);
            box.answering(letter -> {
                if (to().size() == 6) {
                    rig.newsletters().stop(LetterRig.BOSS, id);
                }
                return new Posted.Taken();
            });
            rig.work();
            assertThat(to()).hasSize(6);
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.STOPPED);
            clock.move(Duration.ofDays(1));
            rig.work();
            assertThat(to()).hasSize(6);
        }
    }

    @Test
    void who_is_erased_while_rows_are_made_is_named_nowhere_and_nobody_is_passed_over() throws Exception {
        FakePeople people = FakePeople.byMail(10);
        try (LetterRig rig = new LetterRig(folder, parts(people).batch(4))) {
            rig.store().write(Urgency.BULK, tx -> {
                SqlSubscribers rows = new SqlSubscribers(Opened.BOX);
                IntStream.range(0, 10).forEach(i -> rows.insert(tx, people.get(FakePeople.id(i))));
                return true;
            });
            String id = rig.send(Segment.ALL);
            rig.prepare();
            rig.prepare();
            assertThat(rig.find(id).checkpoint()).isEqualTo(FakePeople.id(3));
            people.erase(FakePeople.id(3));
            rig.store().write(Urgency.BULK, tx -> {
                new SqlSubscribers(Opened.BOX).delete(tx, FakePeople.id(3));
                new SqlNewsletterSends().forget(tx, FakePeople.id(3), clock.instant());
                return true;
            });
            assertThat(rig.find(id).checkpoint()).isEqualTo(FakePeople.id(2));
            rig.work();
            assertThat(to()).hasSize(9).doesNotHaveDuplicates().doesNotContain(FakePeople.address(3));
        }
    }

    @Test
    void one_that_is_stopped_while_its_rows_are_made_remembers_nobody() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(10)).batch(4))) {
            String id = rig.send(Segment.ALL);
            rig.prepare();
            rig.prepare();
            assertThat(rig.find(id).checkpoint()).isNotEmpty();
            rig.newsletters().stop(LetterRig.BOSS, id);
            assertThat(rig.find(id).checkpoint()).isEmpty();
        }
    }

    @Test
    void when_no_server_is_reached_all_wait_and_none_is_given_up() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(5)))) {
            box.answering(letter -> new Posted.Later(WHY, null, true));
            String id = rig.send(Segment.ALL);
            for (int day = 0; day < 5; day++) {
                rig.work();
                clock.move(Duration.ofDays(1));
            }
            // One letter asks for all.
            assertThat(to()).hasSize(5);
            assertThat(rig.newsletters().find(LetterRig.BOSS, id).waiting()).containsEntry(Reach.MAIL, WHY);
            box.answering(letter -> new Posted.Taken());
            rig.work();
            assertThat(rig.count(id, State.SENT)).isEqualTo(5);
            assertThat(rig.newsletters().find(LetterRig.BOSS, id).waiting()).isEmpty();
        }
    }

    @Test
    void the_team_learns_that_no_letter_leaves_and_that_they_leave_again() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(2)))) {
            box.answering(letter -> new Posted.Later(WHY, null, true));
            rig.send(Segment.ALL);
            rig.work();
            clock.move(Duration.ofHours(1));
            rig.work();
            assertThat(stuck(rig)).as("it may be a hiccup").isEmpty();
            for (int hour = 0; hour < 3; hour++) {
                clock.move(Duration.ofHours(1));
                rig.work();
            }
            assertThat(stuck(rig)).containsExactly(StuckLetters.MAIL);
            box.answering(letter -> new Posted.Taken());
            clock.move(Duration.ofHours(1));
            rig.work();
            assertThat(stuck(rig)).isEmpty();
        }
    }

    private static List<String> stuck(LetterRig rig) {
        return rig.store().read(tx -> rig.stores().notices().open(tx, BranchId.MAIN, Notices.Kind.LETTERS, 9));
    }

    @Test
    void who_is_to_be_asked_later_holds_up_nobody_and_is_given_up_after_a_day() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(5)))) {
            box.answering(letter -> letter.to().equals(FakePeople.address(2))
                    ? new Posted.Later(WHY, null, false)
                    : new Posted.Taken());
            String id = rig.send(Segment.ALL);
            rig.work();
            assertThat(rig.count(id, State.SENT)).isEqualTo(4);
            assertThat(rig.count(id, State.WAITING)).isEqualTo(1);
            for (int hour = 0; hour < 26; hour++) {
                clock.move(Duration.ofHours(1));
                rig.work();
            }
            assertThat(rig.count(id, State.REFUSED)).isEqualTo(1);
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.SENT);
        }
    }

    @Test
    void an_address_that_does_not_exist_is_written_to_no_more() throws Exception {
        FakePeople people = FakePeople.byMail(3);
        try (LetterRig rig = new LetterRig(folder, parts(people))) {
            box.answering(letter ->
                    letter.to().equals(FakePeople.address(1)) ? new Posted.Refused(WHY, true) : new Posted.Taken());
            String id = rig.send(Segment.ALL);
            rig.work();
            assertThat(rig.count(id, State.REFUSED)).isEqualTo(1);
            assertThat(people.suppressed().get(FakePeople.address(1)).reason()).isEqualTo(Suppressions.Reason.BOUNCED);
            assertThat(people.get(FakePeople.id(1)).state()).isEqualTo(Subscriber.State.UNREACHABLE);
        }
    }

    @Test
    void a_letter_that_servers_refuse_for_what_it_is_goes_to_no_more_than_a_few() throws Exception {
        FakePeople people = FakePeople.byMail(50);
        try (LetterRig rig = new LetterRig(folder, parts(people))) {
            box.answering(letter -> new Posted.Refused(WHY, false));
            String id = rig.send(Segment.ALL);
            rig.work();
            assertThat(to()).hasSize(5);
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.PAUSED);
            assertThat(rig.find(id).reason()).isEqualTo(WHY);
            assertThat(people.suppressed()).isEmpty();
        }
    }

    @Test
    void a_server_that_knows_nobody_costs_no_reader() throws Exception {
        FakePeople people = FakePeople.byMail(50);
        try (LetterRig rig = new LetterRig(folder, parts(people).connections(1))) {
            AtomicInteger letters = new AtomicInteger();
            // Four addresses that it says it does not know, and then it says why: it thinks ill of who sends.
            box.answering(letter -> letters.incrementAndGet() < 5
                    ? new Posted.Refused(Message.of("newsletter.mail.refused", "code", "550 5.1.1"), true)
                    : new Posted.Refused(Message.of("newsletter.mail.refused", "code", "554 5.7.1"), false));
            String id = rig.send(Segment.ALL);
            rig.work();
            rig.work();
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.PAUSED);
            assertThat(people.suppressed()).isEmpty();
            assertThat(stillThere(people, 50)).isEqualTo(50);
            assertThat(bounces(rig))
                    .as("what was done")
                    .containsOnly(Bounce.Done.PAUSED)
                    .hasSize(5);
        }
    }

    private static List<Bounce.Done> bounces(LetterRig rig) {
        return rig.store()
                .read(tx -> new SqlBounces(new Ids(Clock.systemUTC()))
                        .page(tx, BranchId.MAIN, null, "", 99).stream()
                                .map(Bounce::done)
                                .toList());
    }

    @Test
    void a_server_that_refuses_each_address_without_a_word_costs_no_reader() throws Exception {
        FakePeople people = FakePeople.byMail(50);
        try (LetterRig rig = new LetterRig(folder, parts(people).connections(1))) {
            box.answering(letter -> new Posted.Refused(Message.of("newsletter.mail.refused", "code", "550"), true));
            rig.send(Segment.ALL);
            rig.work();
            assertThat(people.suppressed()).isEmpty();
            assertThat(stillThere(people, 50)).isEqualTo(50);
        }
    }

    @Test
    void addresses_that_do_not_exist_are_struck_off_also_where_they_stand_in_a_row() throws Exception {
        FakePeople people = FakePeople.byMail(50);
        try (LetterRig rig = new LetterRig(folder, parts(people).connections(1))) {
            box.answering(
                    letter -> new Posted.Refused(Message.of("newsletter.mail.refused", "code", "550 5.1.1"), true));
            String id = rig.send(Segment.ALL);
            rig.work();
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.PAUSED);
            assertThat(stillThere(people, 50)).isEqualTo(45);
            assertThat(bounces(rig)).containsOnly(Bounce.Done.STRUCK).hasSize(5);
            assertThat(people.suppressed()).hasSize(5);
        }
    }

    @Test
    void who_is_refused_last_is_struck_off_once_everything_is_sent() throws Exception {
        FakePeople people = FakePeople.byMail(3);
        try (LetterRig rig = new LetterRig(folder, parts(people).connections(1))) {
            AtomicInteger letters = new AtomicInteger();
            box.answering(letter -> letters.incrementAndGet() < 3 ? new Posted.Taken() : new Posted.Refused(WHY, true));
            String id = rig.send(Segment.ALL);
            rig.work();
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.SENT);
            rig.work();
            assertThat(stillThere(people, 3)).isEqualTo(2);
        }
    }

    private static long stillThere(FakePeople people, int number) {
        return IntStream.range(0, number)
                .filter(i -> people.get(FakePeople.id(i)).state() == Subscriber.State.CONFIRMED)
                .count();
    }

    @Test
    void what_nobody_knows_is_sent_again_only_by_a_persons_word() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(4)))) {
            box.answering(
                    letter -> letter.to().equals(FakePeople.address(2)) ? new Posted.Unknown(WHY) : new Posted.Taken());
            String id = rig.send(Segment.ALL);
            rig.work();
            clock.move(Duration.ofDays(3));
            rig.work();
            assertThat(to()).hasSize(4);
            assertThat(rig.count(id, State.UNKNOWN)).isEqualTo(1);
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.SENT);
            box.answering(letter -> new Posted.Taken());
            String before = box.seen().stream()
                    .filter(letter -> letter.to().equals(FakePeople.address(2)))
                    .findFirst()
                    .orElseThrow()
                    .id();
            assertThat(rig.newsletters().settle(LetterRig.BOSS, id, true)).isEqualTo(1);
            rig.work();
            assertThat(to()).hasSize(5);
            // Under the same id, by which a server that has it may know it.
            assertThat(box.seen().getLast().id()).isEqualTo(before);
            assertThat(rig.count(id, State.SENT)).isEqualTo(4);
        }
    }

    @Test
    void many_in_a_row_of_which_nobody_knows_stop_the_newsletter() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(100)).connections(2))) {
            box.answering(letter -> new Posted.Unknown(WHY));
            String id = rig.send(Segment.ALL);
            rig.work();
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.PAUSED);
            assertThat(rig.count(id, State.UNKNOWN)).isBetween(5L, 7L);
            assertThat(rig.notices(Notices.Kind.NEWSLETTER)).isEqualTo(1);
            box.answering(letter -> new Posted.Taken());
            rig.newsletters().resume(LetterRig.BOSS, id);
            rig.work();
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.SENT);
        }
    }

    @Test
    void all_of_which_nobody_knows_are_decided_at_once_and_tried_as_new_ones() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(560)).connections(1))) {
            AtomicInteger number = new AtomicInteger();
            box.answering(letter -> number.incrementAndGet() % 5 == 0 ? new Posted.Taken() : new Posted.Unknown(WHY));
            String id = rig.send(Segment.ALL);
            rig.work();
            assertThat(rig.count(id, State.UNKNOWN)).isEqualTo(448);
            clock.move(Duration.ofDays(3));
            // The usual answer to a repeat.
            Set<String> put = ConcurrentHashMap.newKeySet();
            box.answering(letter ->
                    put.add(letter.to()) ? new Posted.Later(WHY, Duration.ofMinutes(1), false) : new Posted.Taken());
            assertThat(rig.newsletters().settle(LetterRig.BOSS, id, true)).isEqualTo(448);
            rig.work();
            clock.move(Duration.ofHours(1));
            rig.work();
            assertThat(rig.count(id, State.SENT)).isEqualTo(560);
        }
    }

    @Test
    void one_of_many_letters_keeps_none_of_few_waiting() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(300)).connections(1))) {
            String many = rig.send(Segment.ALL);
            String few = rig.send(Segment.ALL);
            while (rig.prepare()) {
                // Rows are made.
            }
            for (int turn = 0; turn < 2; turn++) {
                LetterRun run = rig.sending().claim(1).getFirst();
                rig.sending().run(run);
                rig.sending().release(run);
            }
            assertThat(rig.count(many, State.SENT)).isPositive();
            assertThat(rig.count(few, State.SENT)).isPositive();
        }
    }

    @Test
    void what_nobody_knows_may_be_left() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(4)))) {
            box.answering(letter -> new Posted.Unknown(WHY));
            String id = rig.send(Segment.ALL);
            rig.work();
            rig.newsletters().settle(LetterRig.BOSS, id, false);
            rig.work();
            assertThat(to()).hasSize(4);
            assertThat(rig.count(id, State.SETTLED)).isEqualTo(4);
        }
    }

    /** Fails the writes that a test points at. */
    private static UnitOfWork failing(UnitOfWork real, AtomicInteger countdown) {
        return new UnitOfWork() {
            @Override
            public <R> R write(Urgency urgency, Function<Tx, R> work) {
                if (urgency == Urgency.DELIVERY && countdown.decrementAndGet() == 0) {
                    throw new IllegalStateException("the disk is full");
                }
                return real.write(urgency, work);
            }

            @Override
            public <R> R read(Function<Tx, R> work) {
                return real.read(work);
            }
        };
    }

    @Test
    void an_outcome_that_cannot_be_written_is_unknown_and_not_sent_again() throws Exception {
        AtomicInteger countdown = new AtomicInteger(3);
        try (LetterRig rig =
                new LetterRig(folder, parts(FakePeople.byMail(5)).unitOfWork(real -> failing(real, countdown)))) {
            String id = rig.send(Segment.ALL);
            while (rig.prepare() && !rig.find(id).prepared()) {
                // Rows are made.
            }
            LetterRun run = rig.sending().claim(1).getFirst();
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> rig.sending().run(run));
            rig.sending().release(run);
            rig.work();
            assertThat(to()).hasSize(5).doesNotHaveDuplicates();
            assertThat(rig.count(id, State.UNKNOWN)).isEqualTo(1);
            assertThat(rig.count(id, State.SENT)).isEqualTo(4);
        }
    }

    @Test
    void a_quota_is_not_passed_and_the_rest_goes_on_the_next_day() throws Exception {
        AtomicInteger left = new AtomicInteger(3);
        Instant tomorrow = NOW.plus(Duration.ofHours(12));
        LetterQuota quota = (tx, now) ->
                now.isBefore(tomorrow) && left.getAndDecrement() <= 0 ? Optional.of(tomorrow) : Optional.empty();
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(8)).quota(quota))) {
            String id = rig.send(Segment.ALL);
            rig.work();
            assertThat(to()).hasSize(3);
            assertThat(rig.newsletters().find(LetterRig.BOSS, id).waiting())
                    .containsEntry(Reach.MAIL, Message.of("newsletter.line.quota"));
            clock.move(Duration.ofHours(11));
            rig.work();
            assertThat(to()).hasSize(3);
            clock.move(Duration.ofHours(1).plusSeconds(2));
            rig.work();
            assertThat(to()).hasSize(8);
        }
    }

    @Test
    void letters_go_no_faster_than_the_rate() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(90)).settings(new SendingSettings(60, 2)))) {
            rig.send(Segment.ALL);
            // As the clock stands, a turn would wait for real: it is asked for one letter at a time.
            for (int second = 0; second < 60; second++) {
                rig.prepare();
                for (LetterRun run : rig.sending().claim(1)) {
                    Thread.currentThread().interrupt();
                    try {
                        rig.sending().run(run);
                    } catch (InterruptedException waits) {
                        // The rate says to wait.
                    }
                    rig.sending().release(run);
                }
                clock.move(Duration.ofSeconds(1));
            }
            assertThat(to()).hasSizeBetween(55, 62);
        }
    }

    @Test
    void readers_on_telegram_get_it_there() throws Exception {
        FakePeople people = FakePeople.byMail(2);
        for (int i = 0; i < 3; i++) {
            people.put(FakePeople.subscriber(
                    "t" + i, Reach.TELEGRAM, new Subscriber.Person(null, 1000L + i, null), Set.of()));
        }
        List<Long> chats = new CopyOnWriteArrayList<>();
        TelegramLetters bot = new TelegramLetters() {
            @Override
            public boolean ready(BranchId branch) {
                return true;
            }

            @Override
            public Posted send(BranchId branch, long chat, StyledText text, String language, String id) {
                chats.add(chat);
                assertThat(text.text()).startsWith("La piscine rouvre\n\nBonjour à tous");
                return chat == 1001 ? new Posted.Refused(WHY, true) : new Posted.Taken();
            }
        };
        try (LetterRig rig = new LetterRig(folder, parts(people).bots(bot))) {
            String id = rig.send(Segment.ALL);
            rig.work();
            for (int i = 0; i < 5; i++) {
                clock.move(Duration.ofSeconds(1));
                rig.work();
            }
            assertThat(chats).containsExactlyInAnyOrder(1000L, 1001L, 1002L);
            assertThat(to()).hasSize(2);
            assertThat(rig.count(id, State.SENT)).isEqualTo(4);
            assertThat(people.get("t1").state()).isEqualTo(Subscriber.State.UNREACHABLE);
        }
    }

    @Test
    void who_chose_mail_while_the_letters_go_out_gets_his_by_mail() throws Exception {
        FakePeople people = FakePeople.byMail(1);
        people.put(FakePeople.subscriber("t", Reach.TELEGRAM, new Subscriber.Person(null, 1000L, null), Set.of()));
        try (LetterRig rig = new LetterRig(folder, parts(people).bots(taking()))) {
            String id = rig.send(Segment.ALL);
            while (rig.prepare()) {
                // Until each has a row.
            }
            people.put(FakePeople.subscriber(
                    "t", Reach.MAIL, new Subscriber.Person("t@example.org", 1000L, null), Set.of()));
            for (int i = 0; i < 3; i++) {
                rig.work();
                clock.move(Duration.ofSeconds(1));
            }
            assertThat(to()).containsExactlyInAnyOrder(FakePeople.address(0), "t@example.org");
            assertThat(rig.count(id, State.SENT)).isEqualTo(2);
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.SENT);
        }
    }

    private static TelegramLetters taking() {
        return new TelegramLetters() {
            @Override
            public boolean ready(BranchId branch) {
                return true;
            }

            @Override
            public Posted send(BranchId branch, long chat, StyledText text, String language, String id) {
                return new Posted.Taken();
            }
        };
    }

    @Test
    void a_newsletter_that_is_long_overdue_waits_for_a_person() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(2)))) {
            Newsletter draft = rig.draft(Segment.ALL);
            rig.newsletters().send(LetterRig.BOSS, draft.id(), 1L, "2026-11-26T14:00", null);
            clock.move(Duration.ofDays(3));
            rig.work();
            assertThat(to()).isEmpty();
            assertThat(rig.find(draft.id()).state()).isEqualTo(Newsletter.State.PAUSED);
            assertThat(rig.find(draft.id()).reason()).isNotNull();
        }
    }

    @Test
    void those_who_blocked_the_bot_hold_up_nobody_else() throws Exception {
        FakePeople people = FakePeople.byMail(2);
        for (int i = 0; i < 7; i++) {
            people.put(FakePeople.subscriber(
                    "t" + i, Reach.TELEGRAM, new Subscriber.Person(null, 1000L + i, null), Set.of()));
        }
        TelegramLetters bot = new TelegramLetters() {
            @Override
            public boolean ready(BranchId branch) {
                return true;
            }

            @Override
            public Posted send(BranchId branch, long chat, StyledText text, String language, String id) {
                return new Posted.Refused(WHY, true);
            }
        };
        try (LetterRig rig = new LetterRig(folder, parts(people).bots(bot))) {
            String id = rig.send(Segment.ALL);
            for (int i = 0; i < 8; i++) {
                rig.work();
                clock.move(Duration.ofSeconds(1));
            }
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.SENT);
            assertThat(rig.count(id, State.REFUSED)).isEqualTo(7);
            assertThat(people.get("t6").state()).isEqualTo(Subscriber.State.UNREACHABLE);
        }
    }

    @Test
    void who_is_erased_while_his_letter_is_under_way_is_named_by_nothing() throws Exception {
        FakePeople people = FakePeople.byMail(1);
        try (LetterRig rig = new LetterRig(folder, parts(people).connections(1))) {
            box.answering(letter -> {
                rig.store().write(Urgency.DELIVERY, tx -> {
                    rig.stores().sends().forget(tx, FakePeople.id(0), clock.instant());
                    rig.stores().bounces().forget(tx, FakePeople.id(0));
                    return true;
                });
                return new Posted.Refused(WHY, true);
            });
            rig.send(Segment.ALL);
            rig.work();
            var noted = rig.store().read(tx -> rig.stores().bounces().page(tx, BranchId.MAIN, null, "", 10));
            assertThat(noted).singleElement().returns(null, Bounce::subscriberId);
        }
    }

    @Test
    void an_older_database_that_was_put_back_sends_nothing_by_itself() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(4)))) {
            String id = rig.send(Segment.ALL);
            rig.prepare();
            rig.store().write(Urgency.REQUEST, tx -> {
                rig.newsletters().holdAll(tx, Message.of("newsletter.paused.restored"));
                return true;
            });
            rig.work();
            assertThat(to()).isEmpty();
            assertThat(rig.find(id).state()).isEqualTo(Newsletter.State.PAUSED);
            assertThat(rig.find(id).reason()).isEqualTo(Message.of("newsletter.paused.restored"));
        }
    }

    @Test
    void readers_on_telegram_without_a_bot_do_not_wait_in_silence() throws Exception {
        FakePeople people = FakePeople.byMail(1);
        people.put(FakePeople.subscriber("t", Reach.TELEGRAM, new Subscriber.Person(null, 1000L, null), Set.of()));
        try (LetterRig rig = new LetterRig(folder, parts(people))) {
            String id = rig.send(Segment.ALL);
            rig.work();
            assertThat(to()).hasSize(1);
            assertThat(rig.newsletters().find(LetterRig.BOSS, id).waiting())
                    .containsExactly(Map.entry(Reach.TELEGRAM, Message.of("newsletter.waiting.bot")));
            var notices = new SqlNotices(new Ids(clock), clock, new Wakeup(), false);
            var told = rig.store().read(tx -> notices.page(tx, BranchId.MAIN, true, "", 10));
            assertThat(told).singleElement().satisfies(notice -> {
                assertThat(notice.subject()).isEqualTo(id);
                assertThat(notice.message()).isEqualTo(Message.of("newsletter.waiting.bot"));
            });
        }
    }

    @Test
    void a_stop_wakes_a_turn_that_waits() throws Exception {
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(5)).settings(new SendingSettings(20, 1)))) {
            rig.send(Segment.ALL);
            while (rig.prepare()) {
                // Until each has a row.
            }
            LetterRun run = rig.sending().claim(1).getFirst();
            // The next letter is due in three seconds of a clock that stands still: without a stop the turn would wait
            // for them.
            CompletableFuture<Void> turn = CompletableFuture.runAsync(() -> {
                try {
                    rig.sending().run(run);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().atMost(Duration.ofSeconds(20)).until(() -> to().size() == 1);
            rig.sending().stop();
            turn.get(2, TimeUnit.SECONDS);
            assertThat(to()).hasSize(1);
        }
    }

    @Test
    void images_travel_within_the_letter_and_nobody_is_asked_for_them() throws Exception {
        Path file = Files.writeString(folder.resolve("pool.jpg"), "jpeg");
        LetterImages images = id -> switch (id) {
            case "pool" -> Optional.of(new Letter.Picture("pool", "image/jpeg", file, 4));
            case "heavy" -> Optional.of(new Letter.Picture("heavy", "image/jpeg", file, LetterComposer.MOST_IMAGES));
            default -> Optional.empty();
        };
        try (LetterRig rig = new LetterRig(folder, parts(FakePeople.byMail(1)).images(images))) {
            Newsletter draft = rig.draft(Segment.ALL);
            String body = "Bonjour\n\n![La piscine rouverte](pool)\n\n![Encore](pool)";
            Newsletter saved = rig.newsletters().change(LetterRig.BOSS, draft.id(), wanted(body, draft.version()));
            rig.newsletters().send(LetterRig.BOSS, saved.id(), saved.version(), null, null);
            rig.work();

            Letter letter = box.seen().getFirst();
            assertThat(letter.pictures()).extracting(Letter.Picture::cid).containsExactly("pool");
            assertThat(letter.html())
                    .contains("src=\"cid:pool\"")
                    .contains("alt=\"La piscine rouverte\"")
                    .doesNotContain("images.invalid")
                    .doesNotContain("<img src=\"http");
            assertThat(letter.text()).contains("[La piscine rouverte]");
            assertThat(rig.composer().page(saved, "fr")).contains("src=\"/letters/" + saved.id() + "/images/pool\"");
            assertThat(rig.composer().picture(saved, "pool")).isPresent();
            assertThat(rig.composer().picture(saved, "heavy"))
                    .as("not shown by it")
                    .isEmpty();
            for (String wrong : List.of("![](pool)", "![x](elsewhere)", "![x](heavy) ![y](pool)")) {
                assertThatExceptionOfType(FaultException.class)
                        .isThrownBy(() -> rig.newsletters().create(LetterRig.BOSS, wanted(wrong, null)))
                        .satisfies(e -> assertThat(e.getMessage()).contains("newsletter.image."));
            }
        }
    }

    private static Newsletters.Wanted wanted(String body, @Nullable Long version) {
        return new Newsletters.Wanted(
                Map.of("fr", new Newsletter.Text("La piscine", "", body)), "fr", Segment.ALL, false, version);
    }
}
