package org.tocsin.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlRecipients;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlTellings;

/** What is due goes alone or together, now or when it may; nothing of it is lost, and nothing goes twice. */
class PlannerTest {
    /** Thursday, one in the afternoon in Paris. */
    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

    private final TestClock clock = new TestClock(START);
    private final Ids ids = new Ids(clock);
    private final SqlRecipients recipients = new SqlRecipients(Opened.BOX);
    private final SqlTellings tellings = new SqlTellings();
    private final Outbox outbox = new Outbox(recipients, tellings, ids, clock, new Wakeup());
    private final SqlNotices notices =
            new SqlNotices(ids, clock, new Wakeup(), false, new org.tocsin.base.LiveEvents(), outbox::notice);
    private SqlStore store;
    private Planner planner;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        planner = new Planner(store, recipients, tellings, ids, clock, new Wakeup(), new Wakeup());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write(Consumer<Tx> work) {
        boolean done = store.write(UnitOfWork.Urgency.REQUEST, tx -> {
            work.accept(tx);
            return true;
        });
        assertThat(done).isTrue();
    }

    private Recipient recipient(String id, @Nullable QuietHours quiet, int budget, Set<Notices.Kind> kinds) {
        Recipient recipient = new Recipient(
                id,
                BranchId.MAIN,
                id,
                null,
                Locale.FRENCH,
                ZoneId.of("Europe/Paris"),
                quiet,
                budget,
                kinds,
                null,
                START,
                1);
        write(tx -> {
            recipients.insert(tx, recipient);
            recipients.insert(
                    tx,
                    new Way(
                            "way-" + id,
                            id,
                            WayKind.MAIL,
                            Map.of("address", "a@example.org"),
                            Map.of(),
                            START,
                            Way.Health.UNTRIED));
        });
        return recipient;
    }

    private void rings(Recipient to, String alert, Rhythm rhythm, boolean urgent) {
        clock.move(Duration.ofMillis(1));
        write(tx -> outbox.alert(tx, to, "watch", alert, rhythm, urgent));
    }

    private void plan() {
        for (String id : planner.claim(10)) {
            planner.plan(id);
            planner.release(id);
        }
    }

    private List<Dispatch> waiting(Tx tx) {
        return Opened.texts(tx, "select id from dispatch where state = 'WAITING' order by next_at, id").stream()
                .flatMap(id -> tellings.dispatch(tx, id).stream())
                .toList();
    }

    /** What was planned so far: the id of an alert or notice, or how many things a digest tells. */
    private List<String> planned() {
        return store.read(tx -> waiting(tx).stream()
                .map(one -> one.kind() == Subject.DIGEST
                        ? "digest of " + tellings.ofDigest(tx, one.subject()).size()
                        : one.subject())
                .toList());
    }

    @Test
    void what_rings_goes_at_once_and_alone_and_once() {
        Recipient to = recipient("ada", null, 10, Set.of());
        rings(to, "1", Rhythm.INSTANT, false);
        rings(to, "1", Rhythm.INSTANT, false);
        rings(to, "2", Rhythm.INSTANT, false);
        plan();
        plan();
        assertThat(planned()).containsExactly("1", "2");
        assertThat(planner.nextAt()).isEmpty();
    }

    @Test
    void quiet_hours_hold_until_they_end_and_then_it_comes_together() {
        Recipient to = recipient("ada", new QuietHours(LocalTime.of(12, 0), LocalTime.of(14, 0)), 10, Set.of());
        rings(to, "1", Rhythm.INSTANT, false);
        rings(to, "2", Rhythm.INSTANT, false);
        plan();
        assertThat(planned()).isEmpty();
        assertThat(planner.nextAt()).contains(Instant.parse("2026-11-26T13:00:00Z"));
        clock.move(Duration.ofHours(1));
        plan();
        assertThat(planned()).containsExactly("digest of 2");
    }

    @Test
    void one_that_was_held_alone_comes_alone() {
        Recipient to = recipient("ada", new QuietHours(LocalTime.of(12, 0), LocalTime.of(14, 0)), 10, Set.of());
        rings(to, "1", Rhythm.INSTANT, false);
        plan();
        clock.move(Duration.ofHours(1));
        plan();
        assertThat(planned()).containsExactly("1");
    }

    @Test
    void what_is_urgent_goes_through_quiet_hours_and_budget() {
        Recipient to = recipient("ada", new QuietHours(LocalTime.of(12, 0), LocalTime.of(14, 0)), 1, Set.of());
        rings(to, "1", Rhythm.INSTANT, true);
        rings(to, "2", new Rhythm(Rhythm.Mode.DAILY, 0), true);
        rings(to, "3", Rhythm.INSTANT, false);
        plan();
        assertThat(planned()).containsExactly("1", "2");
    }

    @Test
    void what_is_urgent_and_was_not_told_in_its_time_comes_as_one_at_once() {
        Recipient to = recipient("ada", new QuietHours(LocalTime.of(12, 0), LocalTime.of(14, 0)), 1, Set.of());
        write(tx -> {
            outbox.later(tx, to, "watch", "1", clock.instant());
            outbox.later(tx, to, "watch", "2", clock.instant());
        });
        rings(to, "3", Rhythm.INSTANT, true);
        plan();
        assertThat(planned()).containsExactly("3", "digest of 2");
    }

    @Test
    void what_is_beyond_the_budget_waits_for_it_and_comes_as_one() {
        Recipient to = recipient("ada", null, 2, Set.of());
        for (int i = 1; i <= 5; i++) {
            rings(to, String.valueOf(i), Rhythm.INSTANT, false);
        }
        plan();
        assertThat(planned()).containsExactly("1", "2");
        clock.move(Duration.ofMinutes(59));
        plan();
        assertThat(planned()).hasSize(2);
        clock.move(Duration.ofMinutes(1));
        plan();
        assertThat(planned()).containsExactly("1", "2", "digest of 3");
    }

    @Test
    void what_went_in_the_last_hour_counts_until_it_is_an_hour_old() {
        Recipient to = recipient("ada", null, 2, Set.of());
        rings(to, "1", Rhythm.INSTANT, true);
        plan();
        clock.move(Duration.ofMinutes(20));
        rings(to, "2", Rhythm.INSTANT, false);
        plan();
        clock.move(Duration.ofMinutes(20));
        rings(to, "3", Rhythm.INSTANT, false);
        plan();
        assertThat(planned()).containsExactly("1", "2");
        clock.move(Duration.ofMinutes(20));
        plan();
        assertThat(planned()).containsExactly("1", "2", "3");
    }

    @Test
    void digests_come_at_the_full_hour_or_in_the_morning() {
        Recipient to = recipient("ada", null, 10, Set.of());
        clock.move(Duration.ofMinutes(5));
        rings(to, "1", new Rhythm(Rhythm.Mode.HOURLY, 0), false);
        rings(to, "2", new Rhythm(Rhythm.Mode.HOURLY, 0), false);
        rings(to, "3", new Rhythm(Rhythm.Mode.DAILY, 0), false);
        plan();
        assertThat(planned()).isEmpty();
        clock.move(Duration.ofMinutes(55));
        plan();
        assertThat(planned()).containsExactly("digest of 2");
        clock.move(Duration.ofHours(18));
        plan();
        assertThat(planned()).containsExactly("digest of 2", "3");
    }

    @Test
    void a_digest_at_three_comes_at_three_or_in_the_morning() {
        Recipient to = recipient("ada", null, 10, Set.of());
        Rhythm three = new Rhythm(Rhythm.Mode.AT_N, 3);
        rings(to, "1", three, false);
        rings(to, "2", three, false);
        plan();
        assertThat(planned()).isEmpty();
        rings(to, "3", three, false);
        plan();
        assertThat(planned()).containsExactly("digest of 3");
        rings(to, "4", three, false);
        rings(to, "5", three, false);
        plan();
        assertThat(planned()).hasSize(1);
        clock.move(Duration.ofHours(20));
        plan();
        assertThat(planned()).containsExactly("digest of 3", "digest of 2");
    }

    @Test
    void notices_go_to_who_wants_them_and_not_once_they_were_seen() {
        recipient("ada", null, 10, Set.of(Notices.Kind.LATE));
        recipient("bob", null, 10, Set.of(Notices.Kind.HELD));
        write(tx -> notices.raise(tx, BranchId.MAIN, Notices.Kind.LATE, "d1", Message.of("delivery.clock.jump")));
        write(tx -> notices.raise(tx, BranchId.MAIN, Notices.Kind.LATE, "d2", Message.of("delivery.clock.jump")));
        write(tx -> notices.close(tx, BranchId.MAIN, Set.of(Notices.Kind.LATE), "d2"));
        plan();
        assertThat(planned()).hasSize(1);
        List<Dispatch> all = store.read(this::waiting);
        assertThat(all).allMatch(one -> one.recipientId().equals("ada") && one.kind() == Subject.NOTICE);
    }

    @Test
    void that_a_way_fails_is_told_by_no_way() {
        recipient("ada", null, 10, Set.of(Notices.Kind.values()));
        write(tx -> notices.raise(tx, BranchId.MAIN, Notices.Kind.WAY, "w", Message.of("delivery.clock.jump")));
        plan();
        assertThat(planned()).isEmpty();
    }
}
