package org.tocsin.watch.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Notice;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceState;
import org.tocsin.network.TestClock;
import org.tocsin.people.Actor;
import org.tocsin.recipient.Outbox;
import org.tocsin.recipient.Recipient;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAlerts;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlMentions;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlRecipients;
import org.tocsin.sql.SqlRingings;
import org.tocsin.sql.SqlSources;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlTellings;
import org.tocsin.sql.SqlUsers;
import org.tocsin.sql.SqlWatchHits;
import org.tocsin.sql.SqlWatches;
import org.tocsin.watch.Rarity;
import org.tocsin.watch.WatchIndex;
import org.tocsin.watch.WatchLanguage;
import org.tocsin.watch.WordLists;

/** Whom a watch rings for, who is told when nobody answers, and what is kept of what is not pushed. */
class RingingTest {
    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");
    private static final Actor ACTOR = Actor.daemon(BranchId.MAIN);
    private static final Source SOURCE = new Source(
            "s",
            BranchId.MAIN,
            "feed",
            "s",
            "https://ex.fr/f",
            null,
            null,
            null,
            SourceState.LISTENING,
            null,
            0,
            null,
            START,
            null,
            null,
            0,
            START,
            1);

    private final TestClock clock = new TestClock(START);
    private final Ids ids = new Ids(clock);
    private final SqlAlerts alerts = new SqlAlerts();
    private final SqlRingings rows = new SqlRingings();
    private final SqlRecipients recipients = new SqlRecipients(Opened.BOX);
    private final SqlTellings tellings = new SqlTellings();
    private final SqlNotices notices = new SqlNotices(ids, clock, new Wakeup(), false);
    private final Outbox outbox = new Outbox(recipients, tellings, ids, clock, new Wakeup());
    private final SqlMentions mentions = new SqlMentions(ids);
    private SqlStore store;
    private Watches watches;
    private Watching watching;
    private LogReader reader;
    private Ringings ringings;
    private Escalation escalation;
    private Alerts acts;
    private int told;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        Analysis analysis = new Analysis();
        WatchIndex index =
                new WatchIndex(analysis, WordLists.none(), Rarity.byLength(), System::nanoTime, WatchIndex.BUDGET);
        SqlWatches kept = new SqlWatches();
        SqlAudit audit = new SqlAudit(clock);
        SqlSources sources = new SqlSources();
        watches = new Watches(
                store,
                kept,
                new SqlWatchHits(),
                notices,
                new WatchLanguage(analysis, WordLists.none()),
                index,
                audit,
                ids,
                clock,
                new Wakeup());
        watching = new Watching(
                store,
                mentions,
                sources,
                kept,
                new SqlWatchHits(),
                alerts,
                rows,
                outbox,
                new Wakeup(),
                notices,
                index,
                analysis,
                ids,
                Duration.ofDays(396),
                clock,
                new Wakeup());
        reader = new LogReader(store, mentions, "watch", clock, new Wakeup());
        ringings = new Ringings(store, kept, rows, outbox, audit, clock);
        escalation = new Escalation(store, alerts, rows, recipients, outbox, ids, clock, new Wakeup());
        acts = new Alerts(store, alerts, notices, new SqlUsers(Opened.BOX), audit, clock);
        write(tx -> sources.insert(tx, SOURCE));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write(Consumer<Tx> work) {
        boolean done = store.write(UnitOfWork.Urgency.BULK, tx -> {
            work.accept(tx);
            return true;
        });
        assertThat(done).isTrue();
    }

    private void recipient(String id, @Nullable String next, Set<Notices.Kind> kinds) {
        write(tx -> recipients.insert(
                tx,
                new Recipient(
                        id,
                        BranchId.MAIN,
                        id,
                        null,
                        Locale.FRENCH,
                        ZoneId.of("Europe/Paris"),
                        null,
                        10,
                        kinds,
                        next,
                        START,
                        1)));
    }

    private String watch(List<String> to, boolean urgent, int minutes) {
        String id = watches.save(ACTOR, new Watches.Wanted(null, "w", "piscine", null, null, null))
                .watch()
                .id();
        Ringing ringing = ringings.change(ACTOR, id, new Ringings.Wanted(to, null, null, urgent, minutes, null));
        assertThat(ringing.recipients()).isEqualTo(to);
        return id;
    }

    private void say(String text) {
        clock.move(Duration.ofSeconds(1));
        HeardItem item = new HeardItem(
                String.valueOf(told++),
                ItemKind.POST,
                Author.unknown(),
                null,
                text,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                false,
                Counts.unknown());
        write(tx -> mentions.add(tx, SOURCE, List.of(item), clock.instant(), false));
        for (LogReader.Batch batch : reader.claim(1)) {
            watching.match(batch);
            reader.release(batch);
        }
    }

    private List<Alert> rung() {
        return store.read(tx -> alerts.page(tx, BranchId.MAIN, false, "", 100));
    }

    private List<String> whom() {
        return rung().stream().map(Alert::recipientId).sorted().toList();
    }

    private List<String> toTell() {
        return store.read(tx -> tellings.dueRecipients(tx, clock.instant().plus(Duration.ofDays(9)), 9)).stream()
                .sorted()
                .toList();
    }

    private List<Notice> open() {
        return store.read(tx -> notices.page(tx, BranchId.MAIN, true, "", 9));
    }

    private void pass() {
        for (Alert alert : escalation.claim(9)) {
            escalation.pass(alert);
            escalation.release(alert);
        }
    }

    @Test
    void each_recipient_has_one_alert_for_a_story_and_the_desk_one_notice() {
        recipient("ada", null, Set.of());
        recipient("bob", null, Set.of());
        watch(List.of("ada", "bob"), false, 0);
        say("la piscine ferme demain matin à huit heures");
        say("la piscine ferme demain matin à huit heures");
        assertThat(whom()).containsExactly("ada", "bob");
        assertThat(rung()).allMatch(alert -> alert.more() == 1);
        assertThat(toTell()).containsExactly("ada", "bob");
        assertThat(open()).hasSize(1);
    }

    @Test
    void a_watch_that_names_nobody_rings_for_the_team_and_for_who_wants_that() {
        recipient("ada", null, Set.of(Notices.Kind.ALERT));
        recipient("bob", null, Set.of());
        watch(List.of(), false, 0);
        say("la piscine ferme");
        assertThat(whom()).containsExactly(Alert.TEAM);
        assertThat(toTell()).containsExactly("ada");
    }

    @Test
    void where_all_whom_it_named_are_gone_the_team_is_told() {
        recipient("ada", null, Set.of());
        watch(List.of("ada"), false, 0);
        write(tx -> recipients.remove(tx, "ada"));
        say("la piscine ferme");
        assertThat(whom()).containsExactly(Alert.TEAM);
    }

    @Test
    void what_is_muted_or_snoozed_is_kept_and_pushed_to_nobody() {
        recipient("ada", null, Set.of());
        String id = watch(List.of("ada"), true, 5);
        assertThat(ringings.snooze(ACTOR, id, clock.instant().plus(Duration.ofHours(1)))
                        .snoozedUntil())
                .isNotNull();
        say("la piscine ferme");
        assertThat(rung()).hasSize(1).allMatch(alert -> alert.push().quiet() == Alert.Quiet.SNOOZED);
        assertThat(toTell()).isEmpty();
        assertThat(open()).isEmpty();
        clock.move(Duration.ofHours(2));
        pass();
        assertThat(rung()).hasSize(1);
        say("grande fête à la piscine samedi prochain avec toutes les écoles");
        assertThat(toTell()).containsExactly("ada");
    }

    @Test
    void what_nobody_acknowledges_goes_from_one_to_the_next_and_never_round() {
        recipient("ada", "bob", Set.of());
        recipient("bob", "eve", Set.of());
        recipient("eve", "ada", Set.of());
        watch(List.of("ada"), true, 10);
        say("la piscine ferme");
        pass();
        assertThat(whom()).containsExactly("ada");
        clock.move(Duration.ofMinutes(10));
        pass();
        pass();
        assertThat(whom()).containsExactly("ada", "bob");
        clock.move(Duration.ofMinutes(10));
        pass();
        clock.move(Duration.ofMinutes(10));
        pass();
        clock.move(Duration.ofDays(1));
        pass();
        assertThat(whom()).containsExactly("ada", "bob", "eve");
        assertThat(toTell()).containsExactly("ada", "bob", "eve");
        assertThat(escalation.nextAt()).isEmpty();
    }

    @Test
    void what_one_has_acknowledged_goes_to_nobody_else_and_is_seen_by_all() {
        recipient("ada", "bob", Set.of());
        recipient("bob", null, Set.of());
        recipient("eve", null, Set.of());
        watch(List.of("ada", "eve"), true, 10);
        say("la piscine ferme");
        Alert first = rung().getFirst();
        assertThat(acts.acknowledge(ACTOR, first.id()).state()).isEqualTo(Alert.State.ACKNOWLEDGED);
        assertThat(escalation.nextAt()).isEmpty();
        clock.move(Duration.ofHours(1));
        pass();
        assertThat(whom()).containsExactly("ada", "eve");
        assertThat(rung()).allMatch(alert -> alert.state() == Alert.State.ACKNOWLEDGED);
        assertThat(open()).isEmpty();
    }

    @Test
    void an_alert_is_assigned_answered_and_opened_again() {
        recipient("ada", null, Set.of());
        watch(List.of("ada"), false, 0);
        say("la piscine ferme");
        String id = rung().getFirst().id();
        Alert assigned = acts.assign(ACTOR, id, ACTOR.id(), null);
        assertThat(assigned.handling().assignee()).isEqualTo(ACTOR.id());
        assertThat(assigned.state()).isEqualTo(Alert.State.ACKNOWLEDGED);
        assertThat(acts.answer(ACTOR, id, "https://ex.fr/answer", assigned.version())
                        .state())
                .isEqualTo(Alert.State.ANSWERED);
        Alert again = acts.reopen(ACTOR, id, null);
        assertThat(again.state()).isEqualTo(Alert.State.OPEN);
        assertThat(again.handling().assignee()).isEqualTo(ACTOR.id());
    }

    @Test
    void what_a_notice_told_acknowledges_its_alert() {
        watch(List.of(), false, 0);
        say("la piscine ferme");
        write(tx -> acts.noticed(tx, ACTOR, open().getFirst().subject()));
        assertThat(rung()).allMatch(alert -> alert.state() == Alert.State.ACKNOWLEDGED);
        assertThat(open()).isEmpty();
    }
}
