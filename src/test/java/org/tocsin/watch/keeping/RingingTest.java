package org.tocsin.watch.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.alert.Notice;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardSamples;
import org.tocsin.mention.Source;
import org.tocsin.network.TestClock;
import org.tocsin.people.Actor;
import org.tocsin.people.Role;
import org.tocsin.people.User;
import org.tocsin.recipient.Dispatch;
import org.tocsin.recipient.Outbox;
import org.tocsin.recipient.Planner;
import org.tocsin.recipient.QuietHours;
import org.tocsin.recipient.Recipient;
import org.tocsin.recipient.Recipients;
import org.tocsin.recipient.Rhythm;
import org.tocsin.recipient.Way;
import org.tocsin.recipient.WayKind;
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
    private static final Source SOURCE = HeardSamples.feed("s", "s", "https://ex.fr/f", START);

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
                alerts,
                outbox,
                rows,
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
        ringings = new Ringings(store, kept, rows, alerts, outbox, audit, clock);
        escalation = new Escalation(store, alerts, kept, notices, rows, recipients, outbox, ids, clock, new Wakeup());
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
        HeardItem item = HeardSamples.post(String.valueOf(told++), text);
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

    /** Shuts the person out of the team whom the recipient is. */
    private void shutOut(String id) {
        write(tx -> {
            new SqlUsers(Opened.BOX)
                    .insert(
                            tx,
                            new User(
                                    "user-" + id,
                                    BranchId.MAIN,
                                    id + "@exemple.fr",
                                    id,
                                    Role.MANAGER,
                                    null,
                                    User.SecondFactor.NONE,
                                    "fr",
                                    START,
                                    clock.instant(),
                                    0));
            Recipient one = recipients.find(tx, id).orElseThrow();
            recipients.save(
                    tx,
                    new Recipient(
                            one.id(),
                            one.branch(),
                            one.name(),
                            "user-" + id,
                            one.language(),
                            one.zone(),
                            one.quiet(),
                            one.budget(),
                            one.notices(),
                            one.nextId(),
                            one.createdAt(),
                            one.version() + 1));
        });
    }

    @Test
    void whoever_is_shut_out_of_the_team_is_told_nothing_and_others_are() {
        recipient("ada", "bob", Set.of(Notices.Kind.ALERT));
        recipient("bob", "cyd", Set.of());
        recipient("cyd", null, Set.of());
        shutOut("bob");
        watch(List.of("ada", "bob"), true, 10);
        say("la piscine ferme demain matin à huit heures");
        assertThat(whom()).containsExactly("ada");
        clock.move(Duration.ofMinutes(11));
        pass();
        assertThat(whom()).as("his next is told in his place").containsExactly("ada", "cyd");
        write(tx -> {
            for (String one : List.of("ada", "bob", "cyd")) {
                recipients.insert(
                        tx,
                        new Way(
                                "way-" + one,
                                one,
                                WayKind.WEBHOOK,
                                Map.of("url", "https://hook.example.org/"),
                                Map.of("secret", Secret.of("a secret of some length")),
                                START,
                                Way.Health.UNTRIED));
            }
        });
        shutOut("ada");
        Planner planner = new Planner(store, recipients, tellings, ids, clock, new Wakeup(), new Wakeup());
        for (String one : planner.claim(9)) {
            planner.plan(one);
        }
        assertThat(store.<List<String>>read(tx ->
                        tellings
                                .dueDispatches(tx, clock.instant().plus(Duration.ofDays(1)), Set.of(), Set.of(), 9)
                                .stream()
                                .map(Dispatch::recipientId)
                                .toList()))
                .containsExactly("cyd");
    }

    @Test
    void a_watch_that_is_switched_off_and_on_goes_on_where_it_was() {
        recipient("ada", "bob", Set.of());
        recipient("bob", null, Set.of());
        String id = watch(List.of("ada"), true, 10);
        say("la piscine ferme demain matin à huit heures");
        for (boolean on : List.of(false, true)) {
            long version = watches.find(ACTOR, id).version();
            watches.save(ACTOR, new Watches.Wanted(id, null, null, on, null, version));
        }
        assertThat(toTell()).containsExactly("ada");
        clock.move(Duration.ofMinutes(11));
        pass();
        assertThat(whom()).containsExactly("ada", "bob");
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
    void a_story_that_began_while_its_watch_was_snoozed_is_told_when_it_goes_on_after() {
        recipient("ada", null, Set.of());
        String id = watch(List.of("ada"), true, 5);
        ringings.snooze(ACTOR, id, clock.instant().plus(Duration.ofHours(1)));
        say("fuite de chlore à la piscine municipale ce soir");
        assertThat(toTell()).isEmpty();
        clock.move(Duration.ofHours(2));
        say("fuite de chlore à la piscine municipale ce soir");
        assertThat(rung()).hasSize(1).allMatch(alert -> alert.push().quiet() == null);
        assertThat(rung().getFirst().push().escalateAt()).isAfter(clock.instant());
        assertThat(toTell()).containsExactly("ada");
        say("fuite de chlore à la piscine municipale ce soir");
        assertThat(toTell()).as("once").containsExactly("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mute", "remove", "off"})
    void what_a_watch_has_begun_falls_silent_with_it(String how) {
        recipient("ada", "bob", Set.of());
        recipient("bob", null, Set.of());
        String id = watch(List.of("ada"), true, 5);
        say("la piscine ferme");
        assertThat(toTell()).containsExactly("ada");
        switch (how) {
            case "mute" -> ringings.change(ACTOR, id, new Ringings.Wanted(null, null, null, null, null, true));
            case "remove" -> watches.remove(ACTOR, id, null);
            default -> watches.save(ACTOR, new Watches.Wanted(id, null, null, false, null, 1L));
        }
        clock.move(Duration.ofMinutes(10));
        pass();
        assertThat(whom()).containsExactly("ada");
        assertThat(toTell()).isEmpty();
        assertThat(escalation.nextAt()).isEmpty();
        assertThat(rung())
                .as("it stays where the team sees it")
                .allMatch(alert -> alert.push().quiet() != null);
    }

    private void mute(String id, boolean muted) {
        assertThat(ringings.change(ACTOR, id, new Ringings.Wanted(null, null, null, null, null, muted))
                        .muted())
                .isEqualTo(muted);
    }

    @Test
    void what_came_while_an_urgent_watch_was_muted_is_told_together_and_passed_on_when_it_has_its_voice_back() {
        recipient("ada", "bob", Set.of());
        recipient("bob", null, Set.of());
        String id = watch(List.of("ada"), true, 5);
        mute(id, true);
        say("la piscine ferme");
        say("grande fête à la piscine samedi prochain avec toutes les écoles");
        clock.move(Duration.ofHours(1));
        mute(id, false);
        assertThat(rung()).hasSize(2).allMatch(alert -> alert.push().quiet() == null);
        assertThat(toTell()).containsExactly("ada");
        clock.move(Duration.ofMinutes(4));
        pass();
        assertThat(whom()).as("the time to answer counts from then").containsExactly("ada", "ada");
        clock.move(Duration.ofMinutes(2));
        pass();
        assertThat(whom()).containsExactly("ada", "ada", "bob", "bob");
    }

    @Test
    void what_waited_for_an_answer_when_an_urgent_watch_was_muted_does_so_again_and_what_was_acknowledged_does_not() {
        recipient("ada", "bob", Set.of());
        recipient("bob", null, Set.of());
        String id = watch(List.of("ada"), true, 5);
        say("la piscine ferme");
        say("grande fête à la piscine samedi prochain avec toutes les écoles");
        plan("ada");
        assertThat(acts.acknowledge(ACTOR, rung().getFirst().id()).state()).isEqualTo(Alert.State.ACKNOWLEDGED);
        mute(id, true);
        mute(id, false);
        assertThat(toTell()).as("she was told").isEmpty();
        clock.move(Duration.ofMinutes(6));
        pass();
        assertThat(whom()).containsExactly("ada", "ada", "bob");
    }

    @Test
    void of_what_was_told_before_a_watch_was_muted_it_is_not_said_that_nobody_was() {
        recipient("ada", "bob", Set.of());
        recipient("bob", null, Set.of());
        String id = watch(List.of("ada"), true, 5);
        say("la piscine ferme");
        plan("ada");
        ringings.change(ACTOR, id, new Ringings.Wanted(null, null, null, null, null, true));
        clock.move(Duration.ofMinutes(10));
        pass();
        assertThat(whom()).containsExactly("ada");
        assertThat(rung()).allMatch(alert -> alert.push().quiet() == null);
    }

    @Test
    void what_waits_of_a_snoozed_watch_goes_on_when_it_wakes() {
        recipient("ada", "bob", Set.of());
        recipient("bob", null, Set.of());
        String id = watch(List.of("ada"), true, 5);
        say("la piscine ferme");
        Instant until = clock.instant().plus(Duration.ofHours(1));
        ringings.snooze(ACTOR, id, until);
        clock.move(Duration.ofMinutes(10));
        pass();
        assertThat(whom()).containsExactly("ada");
        assertThat(store.<List<String>>read(tx -> tellings.dueRecipients(tx, clock.instant(), 9)))
                .isEmpty();
        clock.move(Duration.ofHours(1));
        pass();
        assertThat(whom()).containsExactly("ada", "bob");
        assertThat(toTell()).containsExactly("ada", "bob");
    }

    @Test
    void a_snooze_that_is_ended_lets_go_of_what_waited_for_its_end() {
        recipient("ada", "bob", Set.of());
        recipient("bob", null, Set.of());
        String id = watch(List.of("ada"), true, 5);
        say("la piscine ferme");
        ringings.snooze(ACTOR, id, clock.instant().plus(Duration.ofDays(2)));
        clock.move(Duration.ofMinutes(10));
        ringings.snooze(ACTOR, id, null);
        pass();
        assertThat(whom()).containsExactly("ada", "bob");
        assertThat(store.<List<String>>read(tx -> tellings.dueRecipients(tx, clock.instant(), 9)))
                .contains("ada", "bob");
    }

    @Test
    void a_snooze_that_is_ended_at_once_leaves_the_time_to_answer() {
        recipient("ada", "bob", Set.of());
        recipient("bob", null, Set.of());
        String id = watch(List.of("ada"), true, 30);
        say("la piscine ferme");
        clock.move(Duration.ofMinutes(1));
        ringings.snooze(ACTOR, id, clock.instant().plus(Duration.ofHours(2)));
        clock.move(Duration.ofMinutes(1));
        ringings.snooze(ACTOR, id, null);
        pass();
        assertThat(whom()).containsExactly("ada");
        clock.move(Duration.ofMinutes(28));
        pass();
        assertThat(whom()).containsExactly("ada", "bob");
    }

    private void way(String recipientId) {
        write(tx -> recipients.insert(
                tx,
                new Way(
                        "w-" + recipientId,
                        recipientId,
                        WayKind.MAIL,
                        Map.of("address", recipientId + "@ex.fr"),
                        Map.of(),
                        clock.instant(),
                        Way.Health.UNTRIED)));
    }

    @Test
    void a_story_that_wakes_is_told_with_the_words_of_its_own_mention_and_these_go_with_it() {
        recipient("ada", null, Set.of());
        String id = watch(List.of("ada"), false, 0);
        ringings.snooze(ACTOR, id, clock.instant().plus(Duration.ofHours(1)));
        say("fuite de chlore à la piscine municipale ce soir");
        clock.move(Duration.ofHours(2));
        say("fuite de chlore à la piscine municipale ce soir");
        assertThat(open()).hasSize(1);
        String second = String.valueOf(told - 1);
        write(tx -> mentions.delete(tx, SOURCE, List.of(second), clock.instant()));
        assertThat(open()).as("no word of what is gone").isEmpty();
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

    /** Codes of what is said of each alert, without what only the time of day decides. */
    private List<String> said() {
        HowTold how = new HowTold(recipients, tellings, clock);
        return store.read(tx -> alerts.page(tx, BranchId.MAIN, false, "", 99).reversed().stream()
                .flatMap(alert -> how.of(tx, alert).stream())
                .map(Message::code)
                .toList());
    }

    private void plan(String id) {
        new Planner(store, recipients, tellings, new Ids(clock), clock, new Wakeup(), new Wakeup()).plan(id);
    }

    @Test
    void what_holds_an_alert_back_is_said_clause_by_clause() {
        recipient("ada", null, Set.of());
        watch(List.of("ada"), false, 0);
        say("la piscine ferme");
        assertThat(said()).containsExactly("watching.told.now");
        plan("ada");
        assertThat(said()).containsExactly("watching.told.no-way");
        clock.move(Duration.ofHours(2));
        write(tx -> recipients.save(tx, quiet("ada", clock.instant())));
        say("la piscine rouvre après de longs travaux de toiture cet hiver");
        plan("ada");
        assertThat(said()).containsExactly("watching.told.no-way", "watching.told.quiet");
    }

    @Test
    void what_waits_for_quiet_hours_that_are_taken_away_is_told_at_once() {
        recipient("ada", null, Set.of());
        watch(List.of("ada"), false, 0);
        write(tx -> recipients.save(tx, quiet("ada", clock.instant())));
        say("la piscine ferme");
        plan("ada");
        assertThat(store.<List<String>>read(tx -> tellings.dueRecipients(tx, clock.instant(), 9)))
                .isEmpty();
        long version = store.<Optional<Recipient>>read(tx -> recipients.find(tx, "ada"))
                .orElseThrow()
                .version();
        people().change(ACTOR, "ada", new Recipients.Wanted(null, null, null, null, "", null, null, null, version));
        assertThat(store.<List<String>>read(tx -> tellings.dueRecipients(tx, clock.instant(), 9)))
                .containsExactly("ada");
    }

    private Recipient quiet(String id, Instant now) {
        LocalTime time = now.atZone(ZoneId.of("Europe/Paris")).toLocalTime().withNano(0);
        Recipient before =
                store.<Optional<Recipient>>read(tx -> recipients.find(tx, id)).orElseThrow();
        return new Recipient(
                id,
                before.branch(),
                before.name(),
                null,
                before.language(),
                before.zone(),
                new QuietHours(time.minusHours(1), time.plusHours(1)),
                before.budget(),
                before.notices(),
                before.nextId(),
                before.createdAt(),
                before.version() + 1);
    }

    @Test
    void a_digest_the_next_person_the_budget_and_the_ways_are_said_as_well() {
        recipient("ada", "bob", Set.of());
        recipient("bob", null, Set.of());
        write(tx -> recipients.insert(
                tx,
                new Way(
                        "w1",
                        "bob",
                        WayKind.MAIL,
                        Map.of("address", "bob@ex.fr"),
                        Map.of(),
                        clock.instant(),
                        Way.Health.UNTRIED)));
        String id = watch(List.of("ada"), false, 0);
        Ringing hourly = ringings.change(ACTOR, id, new Ringings.Wanted(null, "HOURLY", null, null, null, null));
        assertThat(hourly.rhythm().mode()).isEqualTo(Rhythm.Mode.HOURLY);
        say("la piscine ferme");
        plan("ada");
        assertThat(said()).containsExactly("watching.told.digest");
        Ringing urgent =
                ringings.change(ACTOR, id, new Ringings.Wanted(List.of("bob"), "INSTANT", null, true, 5, null));
        assertThat(urgent.urgent()).isTrue();
        say("grande fête samedi prochain à la piscine avec toutes les écoles");
        plan("bob");
        assertThat(said()).containsExactly("watching.told.digest", "watching.told.now", "watching.told.next");
        Dispatch text = store.<List<Dispatch>>read(
                        tx -> tellings.dueDispatches(tx, clock.instant(), Set.of(), Set.of(), 9))
                .getFirst();
        write(tx -> tellings.attempted(
                tx,
                text.id(),
                Dispatch.State.WAITING,
                1,
                clock.instant().plusSeconds(60),
                Message.of("alerting.way.not-set-up"),
                clock.instant()));
        assertThat(said()).contains("watching.told.failing");
        write(tx -> tellings.attempted(tx, text.id(), Dispatch.State.SENT, 2, null, null, clock.instant()));
        assertThat(said()).contains("watching.told.sent");
        Ringing often = ringings.change(ACTOR, id, new Ringings.Wanted(List.of("ada"), null, null, false, 0, null));
        assertThat(often.recipients()).containsExactly("ada");
        for (int i = 0; i < 12; i++) {
            say("piscine " + Integer.toString(1_234_567 * (i + 3), 36) + " "
                    + Integer.toString(7_654_321 * (i + 2), 36));
        }
        plan("ada");
        assertThat(said()).contains("watching.told.budget");
    }

    private Recipients people() {
        return new Recipients(
                store,
                recipients,
                outbox,
                new SqlUsers(Opened.BOX),
                notices,
                new SqlAudit(clock),
                escalation,
                ZoneId.of("Europe/Paris"),
                "fr",
                new Ids(clock),
                clock);
    }

    private void leaves(String id) {
        people().remove(ACTOR, id, null);
    }

    @Test
    void who_is_removed_leaves_what_is_urgent_to_his_next_at_once() {
        recipient("ada", "bob", Set.of());
        recipient("bob", "eve", Set.of());
        recipient("eve", null, Set.of());
        watch(List.of("ada"), true, 10);
        say("la piscine ferme");
        leaves("ada");
        assertThat(whom()).containsExactly("ada", "bob");
        assertThat(toTell()).containsExactly("bob");
        clock.move(Duration.ofMinutes(10));
        pass();
        assertThat(whom()).containsExactly("ada", "bob", "eve");
        assertThat(open()).hasSize(1);
    }

    @Test
    void where_nobody_comes_next_the_desk_is_told_once() {
        recipient("ada", null, Set.of());
        recipient("bob", null, Set.of());
        watch(List.of("ada", "bob"), true, 10);
        say("la piscine ferme");
        leaves("ada");
        assertThat(open()).as("bob has it still").hasSize(1);
        leaves("bob");
        assertThat(open())
                .hasSize(2)
                .extracting(notice -> notice.message().code())
                .contains("alerting.left");
        acts.acknowledge(ACTOR, rung().getFirst().id());
        assertThat(open()).isEmpty();
    }

    @Test
    void what_was_acknowledged_is_left_to_nobody() {
        recipient("ada", "bob", Set.of());
        recipient("bob", null, Set.of());
        watch(List.of("ada"), true, 10);
        say("la piscine ferme");
        acts.acknowledge(ACTOR, rung().getFirst().id());
        leaves("ada");
        assertThat(whom()).containsExactly("ada");
        assertThat(open()).isEmpty();
    }

    @Test
    void whose_next_is_removed_has_the_one_after() {
        recipient("ada", "bob", Set.of());
        recipient("bob", "ada", Set.of());
        recipient("eve", "bob", Set.of());
        leaves("bob");
        assertThat(store.<Optional<Recipient>>read(tx -> recipients.find(tx, "ada"))
                        .orElseThrow()
                        .nextId())
                .isNull();
        assertThat(store.<Optional<Recipient>>read(tx -> recipients.find(tx, "eve"))
                        .orElseThrow()
                        .nextId())
                .isEqualTo("ada");
    }

    @Test
    void an_urgent_watch_that_is_to_go_on_to_the_next_names_somebody() {
        recipient("ada", null, Set.of());
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> watch(List.of(), true, 10))
                .satisfies(
                        e -> assertThat(e.faults()).extracting(Fault::pointer).containsExactly("/escalateMinutes"));
        String id = watch(List.of("ada"), true, 10);
        assertThat(ringings.trouble(ACTOR, id))
                .as("nothing can be sent to her")
                .map(Message::code)
                .contains("alerting.urgent.nobody");
        way("ada");
        assertThat(ringings.trouble(ACTOR, id)).isEmpty();
        leaves("ada");
        assertThat(ringings.trouble(ACTOR, id)).map(Message::code).contains("alerting.urgent.nobody");
        recipient("bob", null, Set.of(Notices.Kind.ALERT));
        way("bob");
        assertThat(ringings.trouble(ACTOR, id)).map(Message::code).contains("alerting.urgent.last");
        assertThat(ringings.troubled(BranchId.MAIN)).isEqualTo(1);
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
