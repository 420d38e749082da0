package org.tocsin.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.tocsin.alert.way.ScriptedHttp.answer;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.alert.way.ScriptedHttp;
import org.tocsin.alert.way.Sent;
import org.tocsin.alert.way.TelegramBot;
import org.tocsin.alert.way.WayOut;
import org.tocsin.alert.way.WaysOut;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.LiveEvents;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.DeliverySettings;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.http.HttpBody;
import org.tocsin.network.TestClock;
import org.tocsin.recipient.Dispatch;
import org.tocsin.recipient.Outbox;
import org.tocsin.recipient.Planner;
import org.tocsin.recipient.Recipient;
import org.tocsin.recipient.Subject;
import org.tocsin.recipient.Telling;
import org.tocsin.recipient.Way;
import org.tocsin.recipient.WayKind;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAlerts;
import org.tocsin.sql.SqlEpisodes;
import org.tocsin.sql.SqlMentions;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlRecipients;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlTellings;
import org.tocsin.sql.SqlWatches;

/** A text is sent until it is taken, each time with the same id, and not for ever; that a way fails is told once. */
class SenderTest {
    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

    private final TestClock clock = new TestClock(START);
    private final Ids ids = new Ids(clock);
    private final SqlRecipients recipients = new SqlRecipients(Opened.BOX);
    private final SqlTellings tellings = new SqlTellings();
    private final Outbox outbox = new Outbox(recipients, tellings, ids, clock, new Wakeup());
    private final SqlNotices notices =
            new SqlNotices(ids, clock, new Wakeup(), false, new LiveEvents(), outbox::notice);
    private final ScriptedHttp http = new ScriptedHttp();
    private final List<String> mailed = new ArrayList<>();
    private Sent mail = new Sent.Taken();
    private String dieAt = "";
    private SqlStore store;
    private Planner planner;
    private Sender sender;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        planner = new Planner(store, recipients, tellings, ids, clock, new Wakeup(), new Wakeup());
        DeliverySettings settings = new DeliverySettings(
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                Duration.ofSeconds(30),
                Duration.ofMinutes(30),
                Duration.ofDays(1),
                48);
        Map<WayKind, WayOut> ways = WaysOut.of(
                http,
                clock,
                id -> Optional.of(id)
                        .filter("bot"::equals)
                        .map(one -> new TelegramBot("https://tg.example.org", Secret.of("1:token"))));
        ways.put(WayKind.MAIL, (way, letter, id) -> {
            mailed.add(way.id());
            return mail;
        });
        sender = new Sender(
                store,
                recipients,
                tellings,
                new Letters(
                        new SqlAlerts(),
                        new SqlEpisodes(),
                        new SqlWatches(),
                        new SqlMentions(ids),
                        notices,
                        tellings,
                        new Messages(),
                        new AckLinks(Opened.BOX::hash),
                        Optional.of(URI.create("https://desk.example.org"))),
                ways,
                notices,
                new RetryPolicy(settings, new Random(1)),
                ids,
                clock,
                new Wakeup(),
                point -> {
                    if (point.equals(dieAt)) {
                        dieAt = "";
                        throw new IllegalStateException("killed");
                    }
                });
        write(tx -> {
            recipients.insert(
                    tx,
                    new Recipient(
                            "ada",
                            BranchId.MAIN,
                            "Ada",
                            null,
                            Locale.FRENCH,
                            ZoneId.of("Europe/Paris"),
                            null,
                            10,
                            Set.of(Notices.Kind.LATE),
                            null,
                            START,
                            1));
            recipients.insert(
                    tx,
                    new Way(
                            "hook",
                            "ada",
                            WayKind.WEBHOOK,
                            Map.of("url", "https://hook.example.org/"),
                            Map.of("secret", Secret.of("a secret of some length")),
                            START,
                            Way.Health.UNTRIED));
        });
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

    private void raise(String subject) {
        write(tx -> notices.raise(tx, BranchId.MAIN, Notices.Kind.LATE, subject, Message.of("delivery.clock.jump")));
        for (String id : planner.claim(10)) {
            planner.plan(id);
            planner.release(id);
        }
    }

    private void run() {
        for (Dispatch dispatch : sender.claim(10)) {
            try {
                sender.send(dispatch);
            } finally {
                sender.release(dispatch);
            }
        }
    }

    private List<String> sentIds() {
        return http.got().stream()
                .map(request -> request.headers().getOrDefault("webhook-id", ""))
                .toList();
    }

    private List<Notice> told() {
        return store.read(tx -> notices.page(tx, BranchId.MAIN, true, "", 10)).stream()
                .filter(notice -> notice.kind() == Notices.Kind.WAY)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0198c0de-0000-7000-8000-000000000001, /desk/deliveries/0198c0de-0000-7000-8000-000000000001",
        "restore,                              /desk"
    })
    void a_notice_leads_to_what_it_is_about(String subject, String path) {
        raise(subject);
        run();
        assertThat(http.got())
                .singleElement()
                .satisfies(request -> assertThat(request.body())
                        .isInstanceOfSatisfying(
                                HttpBody.Text.class,
                                sent -> assertThat(sent.text()).contains("\"https://desk.example.org" + path + "\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sender.after-commit", "sender.before-record"})
    void what_was_being_sent_when_the_process_died_is_sent_again_with_the_same_id_where_a_repeat_is_known(
            String point) {
        raise("d1");
        dieAt = point;
        assertThatIllegalStateException().isThrownBy(this::run);
        run();
        assertThat(http.got()).hasSize(point.endsWith("record") ? 1 : 0);
        assertThat(sender.recover()).isEqualTo(1);
        clock.move(Duration.ofMinutes(1));
        run();
        run();
        assertThat(http.got()).hasSize(point.endsWith("record") ? 2 : 1);
        assertThat(sentIds().stream().distinct()).hasSize(1);
        assertThat(told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sender.after-commit", "sender.before-record", "silence"})
    void what_may_be_out_is_not_said_twice_where_no_repeat_is_known_and_the_desk_is_told(String point) {
        write(tx -> recipients.insert(
                tx,
                new Way(
                        "slack",
                        "ada",
                        WayKind.SLACK,
                        Map.of(),
                        Map.of("url", Secret.of("https://hooks.example.org/services/x")),
                        START,
                        Way.Health.UNTRIED)));
        write(tx -> recipients.removeWay(tx, "hook"));
        raise("d1");
        if (point.equals("silence")) {
            http.next(ScriptedHttp.SILENCE);
            run();
        } else {
            dieAt = point;
            assertThatIllegalStateException().isThrownBy(this::run);
            assertThat(sender.recover()).isEqualTo(1);
        }
        clock.move(Duration.ofHours(1));
        run();
        assertThat(http.got()).hasSize(point.equals("sender.after-commit") ? 0 : 1);
        assertThat(told()).extracting(notice -> notice.message().code()).containsExactly("alerting.way.unknown");
        assertThat(sender.nextAt()).isEmpty();
        assertThat(sender.recover()).isZero();
    }

    @Test
    void what_fails_is_tried_again_after_a_while_and_after_what_was_asked() {
        http.next(answer(500, ""), answer(429, "", "retry-after", "3600"));
        raise("d1");
        run();
        run();
        assertThat(http.got()).hasSize(1);
        clock.move(Duration.ofMinutes(1));
        run();
        clock.move(Duration.ofMinutes(59));
        run();
        assertThat(http.got()).hasSize(2);
        clock.move(Duration.ofMinutes(1));
        run();
        assertThat(http.got()).hasSize(3);
        assertThat(sentIds().stream().distinct()).hasSize(1);
        assertThat(sender.nextAt()).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void a_way_that_refuses_is_told_once_and_is_over_when_it_works_again() {
        http.next(answer(410, ""), answer(410, ""));
        raise("d1");
        run();
        raise("d2");
        run();
        assertThat(told()).hasSize(1).allMatch(notice -> notice.subject().equals("hook"));
        raise("d3");
        run();
        assertThat(told()).isEmpty();
        assertThat(http.got()).hasSize(3);
        Optional<Way> way = store.read(tx -> recipients.way(tx, "hook"));
        assertThat(way.orElseThrow().health().failure()).isNull();
        assertThat(way.orElseThrow().health().lastFailureAt()).isEqualTo(START);
    }

    @Test
    void after_a_day_it_is_given_up_and_told() {
        raise("d1");
        for (int hour = 0; hour < 30; hour++) {
            http.next(answer(503, ""));
            run();
            clock.move(Duration.ofHours(1));
        }
        assertThat(told()).hasSize(1);
        assertThat(sender.nextAt()).isEmpty();
        assertThat(http.got()).hasSizeBetween(24, 27);
    }

    @Test
    void what_was_seen_to_before_it_could_be_sent_is_not_sent() {
        http.next(answer(500, ""));
        raise("d1");
        run();
        write(tx -> notices.close(tx, BranchId.MAIN, Set.of(Notices.Kind.LATE), "d1"));
        clock.move(Duration.ofHours(1));
        run();
        assertThat(http.got()).hasSize(1);
        assertThat(sender.nextAt()).isEmpty();
    }

    @Test
    void a_way_that_was_taken_away_is_sent_nothing_more() {
        raise("d1");
        write(tx -> recipients.removeWay(tx, "hook"));
        run();
        assertThat(http.got()).isEmpty();
        assertThat(sender.nextAt()).isEmpty();
    }

    private void hook(String id) {
        write(tx -> recipients.insert(
                tx,
                new Way(
                        id,
                        "ada",
                        WayKind.WEBHOOK,
                        Map.of("url", "https://" + id + ".example.org/"),
                        Map.of("secret", Secret.of("a secret of some length")),
                        START,
                        Way.Health.UNTRIED)));
    }

    private void way(String id, WayKind kind, Map<String, String> settings) {
        write(tx -> recipients.insert(tx, new Way(id, "ada", kind, settings, Map.of(), START, Way.Health.UNTRIED)));
    }

    private void waits(String id, String wayId, boolean urgent, Instant since) {
        write(tx -> {
            tellings.add(
                    tx, new Telling(id, BranchId.MAIN, "ada", Subject.ALERT, id, null, urgent, false, since, since));
            tellings.insert(
                    tx,
                    new Dispatch(
                            id,
                            BranchId.MAIN,
                            "ada",
                            wayId,
                            Subject.ALERT,
                            id,
                            Dispatch.State.WAITING,
                            0,
                            since,
                            since,
                            null));
        });
    }

    private List<String> claimed(int max) {
        List<Dispatch> some = sender.claim(max);
        some.forEach(sender::release);
        return some.stream().map(Dispatch::id).toList();
    }

    @Test
    void what_is_urgent_goes_first_and_each_way_has_one_under_way() {
        hook("other");
        waits("a", "hook", false, START.minusSeconds(60));
        waits("b", "hook", true, START.minusSeconds(30));
        waits("c", "other", false, START.minusSeconds(50));
        waits("d", "other", false, START.minusSeconds(40));
        assertThat(claimed(10)).containsExactly("b", "c");
        assertThat(claimed(1)).containsExactly("b");
        List<Dispatch> first = sender.claim(1);
        assertThat(claimed(1)).as("a way that is busy hides no other").containsExactly("c");
        List<Dispatch> second = sender.claim(1);
        assertThat(sender.claim(10)).isEmpty();
        assertThat(sender.nextAt()).as("what waits for a busy way is not due").isEmpty();
        sender.release(first.getFirst());
        sender.release(second.getFirst());
        assertThat(sender.nextAt()).contains(START.minusSeconds(60));
    }

    @Test
    void a_way_that_hangs_lets_all_wait_that_is_for_it_and_no_other() {
        hook("other");
        raise("d1");
        raise("d2");
        http.next(ScriptedHttp.SILENCE);
        run();
        assertThat(http.got()).as("one on each way").hasSize(2);
        run();
        assertThat(http.got()).as("the other way goes on").hasSize(3);
        run();
        assertThat(http.got()).hasSize(3);
        Instant next = sender.nextAt().orElseThrow();
        assertThat(next).isAfter(START);
        clock.move(Duration.between(START, next));
        String hung = http.got().getFirst().headers().getOrDefault("webhook-id", "");
        List<Dispatch> due = sender.claim(10);
        assertThat(due).as("who was not tried yet goes first").hasSize(1);
        assertThat(due.getFirst().id()).isNotEqualTo(hung);
        assertThat(due.getFirst().attempts()).isZero();
        due.forEach(sender::release);
    }

    @Test
    void a_webhook_that_declines_is_told_at_once_and_tried_on() {
        http.next(answer(404, ""), answer(403, ""));
        raise("d1");
        run();
        assertThat(told()).hasSize(1).allMatch(notice -> notice.subject().equals("hook"));
        clock.move(Duration.ofMinutes(2));
        run();
        assertThat(told()).hasSize(1);
        clock.move(Duration.ofMinutes(10));
        run();
        assertThat(http.got()).hasSize(3);
        assertThat(sentIds().stream().distinct()).hasSize(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void mails_of_all_ways_share_what_their_server_takes_at_once_and_hide_nothing_else() {
        for (int i = 0; i < 12; i++) {
            way("mail" + i, WayKind.MAIL, Map.of("address", "a" + i + "@example.org"));
            waits("m" + i, "mail" + i, true, START.minusSeconds(60));
        }
        waits("h", "hook", false, START);
        List<Dispatch> first = sender.claim(10);
        assertThat(first).extracting(Dispatch::wayId).hasSize(5).endsWith("hook");
        assertThat(sender.claim(10)).isEmpty();
        assertThat(sender.nextAt()).as("what waits for the server is not due").isEmpty();
        sender.release(first.getFirst());
        assertThat(sender.claim(10)).hasSize(1);
    }

    @Test
    void mails_of_all_ways_wait_where_their_server_is_silent_and_no_other() {
        for (int i = 0; i < 6; i++) {
            way("mail" + i, WayKind.MAIL, Map.of("address", "a" + i + "@example.org"));
        }
        raise("d1");
        mail = new Sent.Later(Message.of("alerting.mail.unreachable"), Duration.ofMinutes(20), true);
        List<Dispatch> first = sender.claim(10);
        first.stream().filter(one -> one.wayId().startsWith("mail")).limit(1).forEach(sender::send);
        first.forEach(sender::release);
        assertThat(mailed).hasSize(1);
        clock.move(Duration.ofMinutes(15));
        assertThat(claimed(10)).as("one on the other way").hasSize(1);
        clock.move(Duration.ofMinutes(15));
        assertThat(claimed(10)).as("four on the server").hasSize(5);
    }

    @Test
    void a_group_that_has_become_a_supergroup_is_told_there_what_it_was_not_told_before() {
        Map<String, String> group = Map.of("channel", "bot", "chatId", "-42");
        way("t1", WayKind.TELEGRAM, group);
        way("t2", WayKind.TELEGRAM, group);
        write(tx -> recipients.removeWay(tx, "hook"));
        raise("d1");
        http.next(answer(
                400,
                "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: group chat was upgraded to a supergroup"
                        + " chat\",\"parameters\":{\"migrate_to_chat_id\":-1005550000000}}"));
        run();
        run();
        assertThat(told()).isEmpty();
        assertThat(http.got())
                .extracting(request -> request.body() instanceof HttpBody.Text text ? text.text() : "")
                .satisfiesExactlyInAnyOrder(
                        body -> assertThat(body).contains("\"-42\""),
                        body -> assertThat(body).contains("\"-1005550000000\""),
                        body -> assertThat(body).contains("\"-1005550000000\""));
        assertThat(store.<List<Way>>read(tx -> recipients.ways(tx, "ada")))
                .extracting(way -> way.setting("chatId"))
                .containsOnly("-1005550000000");
    }
}
