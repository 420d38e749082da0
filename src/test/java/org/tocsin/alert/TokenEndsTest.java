package org.tocsin.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.network.TestClock;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.people.Tokens;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlTokens;
import org.tocsin.sql.SqlUsers;

/** Who gave a program a key hears in time that it ends. */
class TokenEndsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final Actor ZOE = new Actor("zoe", BranchId.MAIN, EnumSet.allOf(Scope.class));

    private final TestClock clock = new TestClock(NOW);

    @TempDir
    private Path folder;

    private SqlStore store;
    private SqlNotices notices;
    private Tokens tokens;
    private TokenEnds ends;

    @BeforeEach
    void open() {
        store = Opened.at(folder);
        notices = new SqlNotices(new Ids(clock), clock, new Wakeup(), false);
        tokens = new Tokens(
                store, new SqlTokens(), new SqlUsers(Opened.BOX), new SqlAudit(clock), new Ids(clock), clock);
        ends = new TokenEnds(store, new SqlTokens(), notices, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String lives(int days) {
        Tokens.Created made = store.write(
                Urgency.REQUEST,
                tx -> tokens.create(
                        tx, ZOE, "site", EnumSet.of(Scope.READ), clock.instant().plus(Duration.ofDays(days))));
        return made.token().id();
    }

    private List<Notice> told() {
        return store.read(tx -> notices.page(tx, BranchId.MAIN, true, "", 10));
    }

    @Test
    void one_that_ends_within_a_week_is_told_of_once() {
        String id = lives(30);
        clock.move(Duration.ofDays(22));
        ends.tell();
        assertThat(told()).isEmpty();
        clock.move(Duration.ofDays(2));
        ends.tell();
        ends.tell();
        assertThat(told()).singleElement().satisfies(notice -> {
            assertThat(notice.subject()).isEqualTo(id);
            assertThat(notice.message().code()).isEqualTo("people.token.expiring");
            assertThat(notice.place()).isEqualTo("/desk/tokens");
        });
    }

    @Test
    void one_that_was_put_away_does_not_come_back() {
        lives(30);
        clock.move(Duration.ofDays(25));
        ends.tell();
        String notice = told().getFirst().id();
        assertThat(store.<Boolean>write(
                        Urgency.REQUEST, tx -> notices.acknowledge(tx, BranchId.MAIN, notice, clock.instant())))
                .isTrue();
        ends.tell();
        assertThat(told()).isEmpty();
    }

    @Test
    void what_was_revoked_is_told_no_longer() {
        String id = lives(30);
        clock.move(Duration.ofDays(25));
        ends.tell();
        assertThat(told()).hasSize(1);
        tokens.revoke(ZOE, id);
        ends.tell();
        assertThat(told()).isEmpty();
    }

    @Test
    void a_short_life_needs_no_notice_and_one_that_is_over_neither() {
        lives(7);
        ends.tell();
        assertThat(told()).isEmpty();
        lives(30);
        clock.move(Duration.ofDays(40));
        ends.tell();
        assertThat(told()).isEmpty();
    }
}
