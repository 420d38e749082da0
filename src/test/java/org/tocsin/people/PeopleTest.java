package org.tocsin.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Secret;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlOneTimeLinks;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlUsers;
import org.tocsin.sql.SqlWebSessions;

/** Who may sign in, for how long, and what ends it. */
class PeopleTest {
    private static final Secret GOOD = Secret.of("cheval agrafe vitrail marée");
    private static final Secret BETTER = Secret.of("tambour glacier sureau onze");
    private static final String HERE = "192.0.2.1";
    private static final Actor DAEMON = Actor.daemon(BranchId.MAIN);

    private final TestClock clock = new TestClock(Instant.parse("2026-11-26T10:00:00Z"));
    private final SqlUsers rows = new SqlUsers(Opened.BOX);
    private final SqlWebSessions sessions = new SqlWebSessions();

    @TempDir
    private Path folder;

    private SqlStore store;
    private Users users;
    private SignIn signIn;
    private SecondFactors factors;

    @BeforeEach
    void open() {
        store = Opened.at(folder);
        SqlAudit audit = new SqlAudit(clock);
        Passwords passwords = new Passwords();
        users = new Users(store, rows, sessions, new SqlOneTimeLinks(), audit, passwords, new Ids(clock), clock);
        signIn = new SignIn(store, rows, sessions, audit, passwords, clock);
        factors = new SecondFactors(store, rows, audit, passwords, clock);
    }

    @AfterEach
    void close() {
        long broken = store.read(tx -> new SqlAudit(clock).firstBroken(tx));
        assertThat(broken).isZero();
        store.close();
    }

    private static void refused(String code, ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        FaultException.class,
                        e -> assertThat(e.faults().getFirst().message().code()).isEqualTo(code));
    }

    private User administrator() {
        return users.setUp(users.setupLink(DAEMON).reveal(), "Zoe@Exemple.fr ", "Zoé", GOOD, "fr");
    }

    private User author() {
        Users.Invited invited = users.invite(DAEMON, "ali@exemple.fr", "Ali", Role.AUTHOR, "fr");
        users.choosePassword(invited.token().reveal(), GOOD);
        return user(invited.user().id());
    }

    private User user(String id) {
        return store.read(tx -> rows.byId(tx, id)).orElseThrow();
    }

    private String session(User user) {
        SignIn.Begun begun = signIn.begin(user.login(), GOOD, "Firefox", HERE);
        assertThat(begun.complete()).isTrue();
        return begun.id().reveal();
    }

    private List<AuditRow> failures() {
        return store.read(tx -> new SqlAudit(clock)
                .page(tx, BranchId.MAIN, new AuditTrail.Filter("anyone", "user", null, null), 0, 1000));
    }

    @Test
    void who_fails_to_sign_in_is_in_the_audit_trail_without_what_he_typed() {
        User zoe = administrator();
        refused("people.sign-in.wrong", () -> signIn.begin(zoe.login(), BETTER, "Firefox", "203.0.113.77"));
        refused("people.sign-in.wrong", () -> signIn.begin("my-password", GOOD, "Firefox", "20010db8000a0001"));
        List<AuditRow> rows = failures();
        assertThat(rows).extracting(AuditRow::action).containsOnly("user.sign-in-failed");
        assertThat(rows).extracting(AuditRow::subject).containsExactly("", zoe.id());
        assertThat(rows)
                .extracting(AuditRow::detail)
                .containsExactly("network=2001:db8:a:0:0:0:0:0/48", "network=203.0.113.0/24");
        assertThat(rows.toString()).doesNotContain("my-password");
    }

    @Test
    void whoever_guesses_does_not_fill_the_audit_trail() {
        for (int i = 0; i < 62; i++) {
            String login = "a" + i;
            String address = "203.0." + i + ".1";
            refused("people.sign-in.wrong", () -> signIn.begin(login, GOOD, "Firefox", address));
        }
        assertThat(failures()).hasSize(60);
        clock.move(Duration.ofHours(1));
        refused("people.sign-in.wrong", () -> signIn.begin("b", GOOD, "Firefox", HERE));
        assertThat(failures().getFirst().detail()).isEqualTo("network=192.0.2.0/24 others=2");
    }

    @Test
    void a_link_for_a_password_ends_with_another_password_and_with_the_right_to_sign_in() {
        administrator();
        User ali = author();
        String leaked = users.resetLink(DAEMON, ali.id()).token().reveal();
        SignIn.Signed signed = signIn.find(session(ali)).orElseThrow();
        users.changePassword(signed, GOOD, BETTER);
        refused("people.link.dead", () -> users.choosePassword(leaked, GOOD));
        String other = users.resetLink(DAEMON, ali.id()).token().reveal();
        users.disable(DAEMON, ali.id(), true);
        users.disable(DAEMON, ali.id(), false);
        refused("people.link.dead", () -> users.choosePassword(other, GOOD));
    }

    @Test
    void the_first_user_is_made_by_a_link_that_works_once_for_half_an_hour() {
        String old = users.setupLink(DAEMON).reveal();
        String token = users.setupLink(DAEMON).reveal();
        refused("people.link.dead", () -> users.setUp(old, "a@exemple.fr", "A", GOOD, "fr"));
        clock.move(Duration.ofMinutes(31));
        refused("people.link.dead", () -> users.setUp(token, "a@exemple.fr", "A", GOOD, "fr"));

        User zoe = administrator();
        assertThat(zoe.login()).isEqualTo("zoe@exemple.fr");
        assertThat(zoe.role()).isEqualTo(Role.ADMINISTRATOR);
        assertThat(users.empty(BranchId.MAIN)).isFalse();
        refused("people.setup.done", () -> users.setupLink(DAEMON));
    }

    @Test
    void of_two_who_use_one_link_one_wins() {
        String token = users.setupLink(DAEMON).reveal();
        users.setUp(token, "a@exemple.fr", "A", GOOD, "fr");
        refused("people.link.dead", () -> users.setUp(token, "b@exemple.fr", "B", GOOD, "fr"));
    }

    @ParameterizedTest
    @CsvSource({
        "nobody,             people.login.form, /login",
        "a@b@exemple.fr,     people.login.form, /login",
        "' ',                people.login.form, /login"
    })
    void a_login_is_a_mail_address(String login, String code, String pointer) {
        assertThatThrownBy(() -> users.invite(DAEMON, login, "A", Role.WATCHER, "fr"))
                .isInstanceOfSatisfying(FaultException.class, e -> {
                    assertThat(e.faults().getFirst().pointer()).isEqualTo(pointer);
                    assertThat(e.faults().getFirst().message().code()).isEqualTo(code);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "court,                people.password.short",
        "motdepasse123,        people.password.common",
        "aaaaaaaaaaaaaaaa,     people.password.common",
        "ali@exemple.fr,       people.password.common",
        "qwertyuiopasdfgh,     people.password.common"
    })
    void a_password_that_is_easily_guessed_is_refused(String password, String code) {
        String token = users.invite(DAEMON, "ali@exemple.fr", "Ali", Role.AUTHOR, "fr")
                .token()
                .reveal();
        refused(code, () -> users.choosePassword(token, Secret.of(password)));
        users.choosePassword(token, GOOD);
    }

    @Test
    void who_signs_in_is_known_until_he_signs_out() {
        User zoe = administrator();
        String id = session(zoe);
        SignIn.Signed signed = signIn.find(id).orElseThrow();
        assertThat(signed.user()).isEqualTo(zoe);
        assertThat(signed.user().actor().scopes()).contains(Scope.ADMIN);
        signIn.end(signed);
        assertThat(signIn.find(id)).isEmpty();
    }

    @Test
    void the_same_password_in_another_normal_form_is_the_same() {
        User zoe = administrator();
        Secret decomposed = Secret.of(GOOD.reveal().replace("é", "e\u0301"));
        assertThat(signIn.begin(zoe.login(), decomposed, "", HERE).complete()).isTrue();
    }

    @Test
    void what_a_page_asks_by_itself_does_not_keep_a_session() {
        String forgotten = session(administrator());
        for (int hour = 1; hour < 8; hour++) {
            clock.move(Duration.ofHours(1));
            assertThat(signIn.look(forgotten)).as("after %d hours", hour).isPresent();
        }
        clock.move(Duration.ofHours(1));
        assertThat(signIn.look(forgotten)).isEmpty();
    }

    @Test
    void a_session_ends_after_eight_idle_hours_and_after_seven_days() {
        User zoe = administrator();
        String idle = session(zoe);
        clock.move(Duration.ofHours(8));
        assertThat(signIn.find(idle)).isEmpty();

        String used = session(zoe);
        for (int hours = 0; hours < 7 * 24; hours += 7) {
            assertThat(signIn.find(used)).isPresent();
            clock.move(Duration.ofHours(7));
        }
        assertThat(signIn.find(used)).isEmpty();
        clock.move(Duration.ofSeconds(1));
        signIn.sweep();
        List<WebSession> left = store.read(tx -> sessions.ofUser(tx, zoe.id()));
        assertThat(left).isEmpty();
    }

    @Test
    void a_wrong_login_and_a_wrong_password_are_answered_alike_and_slow_down() {
        User zoe = administrator();
        refused("people.sign-in.wrong", () -> signIn.begin("nobody@exemple.fr", GOOD, "", HERE));
        refused("people.sign-in.wrong", () -> signIn.begin(zoe.login(), BETTER, "", HERE));
        refused("people.wait", () -> signIn.begin(zoe.login(), GOOD, "", HERE));
        clock.move(Duration.ofSeconds(1));
        refused("people.sign-in.wrong", () -> signIn.begin(zoe.login(), BETTER, "", HERE));
        clock.move(Duration.ofSeconds(1));
        refused("people.wait", () -> signIn.begin(zoe.login(), GOOD, "", HERE));
        assertThat(signIn.begin(zoe.login(), GOOD, "", "192.0.2.2").complete()).isTrue();
        clock.move(Duration.ofSeconds(1));
        assertThat(signIn.begin(zoe.login(), GOOD, "", HERE).complete()).isTrue();
    }

    @Test
    void ten_thousand_guesses_are_hardly_any() {
        User zoe = administrator();
        int tried = 0;
        // Nearly three hours, a guess each second, from an address of its own.
        for (int i = 0; i < 10_000; i++) {
            try {
                signIn.begin(zoe.login(), BETTER, "", HERE);
            } catch (FaultException e) {
                tried += e.faults().getFirst().message().code().equals("people.sign-in.wrong") ? 1 : 0;
            }
            clock.move(Duration.ofSeconds(1));
        }
        assertThat(tried).isBetween(10, 21);
    }

    @Test
    void an_unknown_login_takes_as_long_as_a_wrong_password() {
        User zoe = administrator();
        refused("people.sign-in.wrong", () -> signIn.begin("first@exemple.fr", GOOD, "", "192.0.2.3"));
        long wrong = Long.MAX_VALUE;
        long unknown = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            String from = "192.0.2.1" + i;
            String nobody = "nobody" + i + "@exemple.fr";
            long before = System.nanoTime();
            refused("people.sign-in.wrong", () -> signIn.begin(zoe.login(), BETTER, "", from));
            long between = System.nanoTime();
            refused("people.sign-in.wrong", () -> signIn.begin(nobody, BETTER, "", from));
            wrong = Math.min(wrong, between - before);
            unknown = Math.min(unknown, System.nanoTime() - between);
        }
        // A look-up without the hash takes less than a hundredth of it.
        assertThat((double) unknown).isBetween(wrong / 3.0, wrong * 3.0);
    }

    @Test
    void one_address_cannot_try_many_logins() {
        for (int i = 0; i < 30; i++) {
            int number = i;
            refused("people.sign-in.wrong", () -> signIn.begin("a" + number + "@exemple.fr", BETTER, "", HERE));
        }
        refused("people.wait", () -> signIn.begin("another@exemple.fr", BETTER, "", HERE));
        clock.move(Duration.ofMinutes(5));
        refused("people.sign-in.wrong", () -> signIn.begin("another@exemple.fr", BETTER, "", HERE));
    }

    @Test
    void a_change_of_role_password_or_right_ends_every_session_at_once() {
        administrator();
        User ali = author();
        String first = session(ali);
        users.role(DAEMON, ali.id(), Role.WATCHER);
        assertThat(signIn.find(first)).isEmpty();

        String second = session(ali);
        users.disable(DAEMON, ali.id(), true);
        assertThat(signIn.find(second)).isEmpty();
        refused("people.sign-in.wrong", () -> signIn.begin(ali.login(), GOOD, "", HERE));
        users.disable(DAEMON, ali.id(), false);
        clock.move(Duration.ofMinutes(1));

        String third = session(ali);
        users.choosePassword(users.resetLink(DAEMON, ali.id()).token().reveal(), BETTER);
        assertThat(signIn.find(third)).isEmpty();
        refused("people.sign-in.wrong", () -> signIn.begin(ali.login(), GOOD, "", HERE));
    }

    @Test
    void who_changes_his_own_password_stays_where_he_is_and_is_signed_out_elsewhere() {
        User zoe = administrator();
        String here = session(zoe);
        String elsewhere = session(zoe);
        SignIn.Signed signed = signIn.find(here).orElseThrow();
        refused("people.password.wrong", () -> users.changePassword(signed, BETTER, BETTER));
        clock.move(Duration.ofSeconds(2));
        users.changePassword(signed, GOOD, BETTER);
        assertThat(signIn.find(here)).isPresent();
        assertThat(signIn.find(elsewhere)).isEmpty();
    }

    @Test
    void the_last_administrator_stays_one() {
        User zoe = administrator();
        refused("people.last-administrator", () -> users.role(DAEMON, zoe.id(), Role.MANAGER));
        refused("people.last-administrator", () -> users.disable(DAEMON, zoe.id(), true));
        User ali = author();
        users.role(DAEMON, ali.id(), Role.ADMINISTRATOR);
        users.disable(DAEMON, zoe.id(), true);
        assertThat(user(zoe.id()).enabled()).isFalse();
    }

    @Test
    void who_does_not_administer_invites_and_changes_nobody() {
        administrator();
        User ali = author();
        assertThatThrownBy(() -> users.invite(ali.actor(), "x@exemple.fr", "X", Role.ADMINISTRATOR, "fr"))
                .isInstanceOf(FaultException.class);
        assertThatThrownBy(() -> users.role(ali.actor(), ali.id(), Role.ADMINISTRATOR))
                .isInstanceOf(FaultException.class);
        assertThat(user(ali.id()).role()).isEqualTo(Role.AUTHOR);
    }

    @Test
    void with_a_second_factor_a_password_is_half_the_way() {
        User zoe = administrator();
        Secret key = factors.propose(zoe);
        refused("people.code.wrong", () -> factors.confirm(zoe, key, "000000", GOOD));
        List<Secret> recovery = factors.confirm(
                zoe, key, Totp.code(key.reveal(), clock.instant().getEpochSecond() / 30), GOOD);
        assertThat(recovery).hasSize(10);

        SignIn.Begun half = signIn.begin(zoe.login(), GOOD, "", HERE);
        assertThat(half.complete()).isFalse();
        assertThat(signIn.find(half.id().reveal())).isEmpty();
        refused("people.code.wrong", () -> signIn.complete(half.id().reveal(), "123456", "", HERE));
        clock.move(Duration.ofSeconds(30));
        String code = Totp.code(key.reveal(), clock.instant().getEpochSecond() / 30);
        String whole = signIn.complete(half.id().reveal(), code, "", HERE).id().reveal();
        assertThat(whole).isNotEqualTo(half.id().reveal());
        assertThat(signIn.find(whole)).isPresent();

        SignIn.Begun again = signIn.begin(zoe.login(), GOOD, "", HERE);
        refused("people.code.wrong", () -> signIn.complete(again.id().reveal(), code, "", HERE));
        clock.move(Duration.ofSeconds(1));
        String spare = recovery.getFirst().reveal();
        assertThat(signIn.complete(again.id().reveal(), spare.toUpperCase(java.util.Locale.ROOT), "", HERE)
                        .complete())
                .isTrue();
        SignIn.Begun third = signIn.begin(zoe.login(), GOOD, "", HERE);
        refused("people.code.wrong", () -> signIn.complete(third.id().reveal(), spare, "", HERE));
        assertThat(user(zoe.id()).totp().recovery()).hasSize(9);

        SignIn.Begun slow = signIn.begin(zoe.login(), GOOD, "", "192.0.2.9");
        clock.move(Duration.ofMinutes(6));
        refused("people.sign-in.again", () -> signIn.complete(slow.id().reveal(), "123456", "", "192.0.2.9"));
    }

    @Test
    void who_has_lost_phone_and_codes_is_let_in_by_password_again_and_his_sessions_end() {
        User zoe = administrator();
        String before = session(zoe);
        Secret key = factors.propose(zoe);
        factors.confirm(zoe, key, code(key), GOOD);
        users.removeSecondFactor(DAEMON, zoe.id());
        assertThat(signIn.find(before)).isEmpty();
        assertThat(signIn.begin(zoe.login(), GOOD, "", HERE).complete()).isTrue();
        assertThat(store.read(tx -> new SqlAudit(clock).page(tx, BranchId.MAIN, Long.MAX_VALUE, 50))
                        .toString())
                .contains("user.totp-remove");
    }

    private String code(Secret key) {
        return Totp.code(key.reveal(), clock.instant().getEpochSecond() / 30);
    }

    @Test
    void a_second_factor_is_put_on_with_the_password_and_never_in_place_of_another() {
        User zoe = administrator();
        Secret key = factors.propose(zoe);
        refused("people.password.wrong", () -> factors.confirm(zoe, key, code(key), BETTER));
        clock.move(Duration.ofSeconds(2));
        factors.confirm(zoe, key, code(key), GOOD);
        User proven = user(zoe.id());
        Secret other = Secret.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
        refused("people.totp.active", () -> factors.propose(proven));
        refused("people.totp.active", () -> factors.confirm(proven, other, code(other), GOOD));
        assertThat(user(zoe.id()).totp().key()).isEqualTo(key);
    }

    @Test
    void of_many_codes_at_once_from_one_address_one_is_checked() throws InterruptedException {
        User zoe = administrator();
        Secret key = factors.propose(zoe);
        factors.confirm(zoe, key, code(key), GOOD);
        String half = signIn.begin(zoe.login(), GOOD, "", HERE).id().reveal();
        List<String> said = together(200, i -> signIn.complete(half, String.format("%06d", i), "", HERE));
        assertThat(said).hasSize(200).containsOnly("people.code.wrong", "people.wait");
        assertThat(said.stream().filter("people.code.wrong"::equals)).hasSize(1);
    }

    @Test
    void of_many_passwords_at_once_from_one_address_one_is_checked() throws InterruptedException {
        User zoe = administrator();
        List<String> said = together(50, i -> signIn.begin(zoe.login(), Secret.of("mot de passe " + i), "", HERE));
        assertThat(said).hasSize(50).containsOnly("people.sign-in.wrong", "people.wait");
        assertThat(said.stream().filter("people.sign-in.wrong"::equals)).hasSize(1);
        clock.move(Duration.ofSeconds(2));
        assertThat(signIn.begin(zoe.login(), GOOD, "", HERE).complete()).isTrue();
    }

    @Test
    void a_password_whose_code_is_still_to_come_neither_waits_nor_forgives() {
        User zoe = administrator();
        Secret key = factors.propose(zoe);
        factors.confirm(zoe, key, code(key), GOOD);
        refused("people.sign-in.wrong", () -> signIn.begin(zoe.login(), BETTER, "", HERE));
        clock.move(Duration.ofSeconds(2));
        assertThat(signIn.begin(zoe.login(), GOOD, "", HERE).complete()).isFalse();
        assertThat(signIn.begin(zoe.login(), GOOD, "", HERE).complete()).isFalse();
        refused("people.sign-in.wrong", () -> signIn.begin(zoe.login(), BETTER, "", HERE));
        clock.move(Duration.ofMillis(1500));
        refused("people.wait", () -> signIn.begin(zoe.login(), GOOD, "", HERE));
    }

    @Test
    void a_browser_left_open_cannot_be_made_to_tell_the_password() throws InterruptedException {
        User zoe = administrator();
        Secret key = factors.propose(zoe);
        factors.confirm(zoe, key, code(key), GOOD);
        User proven = user(zoe.id());
        List<String> said = together(30, i -> factors.remove(proven, Secret.of("mot de passe " + i)));
        assertThat(said).hasSize(30).containsOnly("people.password.wrong", "people.wait");
        assertThat(said.stream().filter("people.password.wrong"::equals)).hasSize(1);
        refused("people.wait", () -> factors.remove(proven, GOOD));
        assertThat(failures()).extracting(AuditRow::action).containsExactly("user.proof-failed");
        clock.move(Duration.ofSeconds(2));
        factors.remove(proven, GOOD);
        assertThat(user(zoe.id()).totp().required()).isFalse();
    }

    @Test
    void five_wrong_codes_from_wherever_end_half_a_session() throws InterruptedException {
        User zoe = administrator();
        Secret key = factors.propose(zoe);
        factors.confirm(zoe, key, code(key), GOOD);
        clock.move(Duration.ofSeconds(30));
        String half = signIn.begin(zoe.login(), GOOD, "", HERE).id().reveal();
        List<String> said = together(200, i -> signIn.complete(half, "no" + i, "", "198.51.100." + i));
        assertThat(said.stream().filter("people.code.wrong"::equals))
                .as("the fifth ends it, and says so")
                .hasSize(4);
        refused("people.sign-in.again", () -> signIn.complete(half, code(key), "", "192.0.2.7"));
        String fresh = signIn.begin(zoe.login(), GOOD, "", "192.0.2.7").id().reveal();
        assertThat(signIn.complete(fresh, code(key), "", "192.0.2.7").complete())
                .as("with the password one begins again")
                .isTrue();
    }

    /** @return what each was refused with, begun as much at once as can be */
    private static List<String> together(int times, IntConsumer work) throws InterruptedException {
        Queue<String> said = new ConcurrentLinkedQueue<>();
        CountDownLatch all = new CountDownLatch(times);
        List<Thread> threads = IntStream.range(0, times)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    try {
                        all.countDown();
                        all.await();
                        work.accept(i);
                        said.add("passed");
                    } catch (FaultException e) {
                        said.add(e.faults().getFirst().message().code());
                    } catch (InterruptedException e) {
                        said.add("interrupted");
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(said);
    }

    @Test
    void secrets_are_not_in_the_rows() {
        User zoe = administrator();
        Secret key = factors.propose(zoe);
        factors.confirm(zoe, key, code(key), GOOD);
        String id = signIn.begin(zoe.login(), GOOD, "", HERE).id().reveal();
        String stored = store.read(tx -> Opened.text(
                tx,
                "select group_concat(u.password || u.totp_key || u.recovery || s.hash) from app_user u"
                        + " join web_session s on s.user_id = u.id"));
        assertThat(stored).doesNotContain(id, key.reveal(), GOOD.reveal()).contains("$argon2id$");
        assertThat(Objects.requireNonNull(user(zoe.id()).totp().key())).isEqualTo(key);
        assertThat(zoe.toString()).doesNotContain(key.reveal());
    }
}
