package org.tocsin.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlTokens;
import org.tocsin.sql.SqlUsers;

/** How long an API token lives, and what is known of its use. */
class TokensTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    private final TestClock clock = new TestClock(NOW);

    @TempDir
    private Path folder;

    private SqlStore store;
    private Tokens tokens;

    @BeforeEach
    void open() {
        store = Opened.at(folder);
        tokens = new Tokens(
                store, new SqlTokens(), new SqlUsers(Opened.BOX), new SqlAudit(clock), new Ids(clock), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Tokens.Created create(@Nullable Instant ends) {
        Actor zoe = new Actor("zoe", BranchId.MAIN, EnumSet.allOf(Scope.class));
        return store.write(Urgency.REQUEST, tx -> tokens.create(tx, zoe, "site", EnumSet.of(Scope.READ), ends));
    }

    private ApiToken only() {
        return tokens.all(BranchId.MAIN).getFirst();
    }

    @Test
    void it_opens_until_its_end_and_not_at_it() {
        String secret = create(NOW.plus(Duration.ofDays(30))).secret().reveal();
        clock.move(Duration.ofDays(30).minusSeconds(1));
        assertThat(tokens.actor(secret)).isPresent();
        clock.move(Duration.ofSeconds(1));
        assertThat(tokens.actor(secret)).isEmpty();
    }

    @Test
    void it_may_no_more_than_who_made_it_may_now() {
        SqlUsers users = new SqlUsers(Opened.BOX);
        User zoe = new User(
                "zoe",
                BranchId.MAIN,
                "zoe@exemple.fr",
                "Zoé",
                Role.ADMINISTRATOR,
                null,
                User.SecondFactor.NONE,
                "fr",
                NOW,
                null,
                0);
        store.write(Urgency.REQUEST, tx -> users.insert(tx, zoe));
        String secret = created(zoe.actor());
        Actor first = tokens.actor(secret).orElseThrow();
        String second = created(first);
        assertThat(tokens.actor(second).orElseThrow().scopes()).contains(Scope.MANAGE, Scope.READ);
        User watcher = store.read(tx -> users.byId(tx, "zoe")).orElseThrow().withRole(Role.WATCHER);
        store.write(Urgency.REQUEST, tx -> users.update(tx, watcher));
        assertThat(tokens.actor(secret).orElseThrow().scopes()).containsExactly(Scope.READ);
        assertThat(tokens.actor(second).orElseThrow().scopes()).containsExactly(Scope.READ);
        User gone = store.read(tx -> users.byId(tx, "zoe")).orElseThrow().withDisabled(NOW);
        store.write(Urgency.REQUEST, tx -> users.update(tx, gone));
        assertThat(tokens.actor(secret)).isEmpty();
        assertThat(tokens.actor(second)).isEmpty();
    }

    @Test
    void those_that_are_good_are_told_by_the_person_at_their_beginning() {
        Actor zoe = new Actor("zoe", BranchId.MAIN, EnumSet.allOf(Scope.class));
        ApiToken first = create(NOW.plus(Duration.ofDays(30))).token();
        Actor program = new Actor(first.id(), BranchId.MAIN, EnumSet.allOf(Scope.class));
        ApiToken second = made(program, "ami");
        ApiToken gone = made(zoe, "fini");
        tokens.revoke(zoe, gone.id());
        assertThat(tokens.byPerson(BranchId.MAIN)).containsOnlyKeys("zoe");
        assertThat(tokens.byPerson(BranchId.MAIN).get("zoe"))
                .extracting(ApiToken::id)
                .containsExactly(first.id(), second.id());
        clock.move(Duration.ofDays(30));
        assertThat(tokens.byPerson(BranchId.MAIN).get("zoe"))
                .as("the one that made it has ended")
                .extracting(ApiToken::id)
                .containsExactly(second.id());
    }

    private ApiToken made(Actor by, String name) {
        return store.write(Urgency.REQUEST, tx -> tokens.create(tx, by, name, EnumSet.of(Scope.READ), null))
                .token();
    }

    private String created(Actor by) {
        return store.write(
                        Urgency.REQUEST,
                        tx -> tokens.create(tx, by, "site", EnumSet.of(Scope.READ, Scope.MANAGE, Scope.ADMIN), null))
                .secret()
                .reveal();
    }

    @Test
    void one_without_an_end_has_none() {
        String secret = create(null).secret().reveal();
        clock.move(Duration.ofDays(3650));
        assertThat(tokens.actor(secret)).isPresent();
    }

    @Test
    void who_made_it_is_kept_and_when_it_was_used_to_the_minute() {
        String secret = create(null).secret().reveal();
        assertThat(only().createdBy()).isEqualTo("zoe");
        assertThat(only().usedAt()).isNull();
        tokens.actor(secret);
        clock.move(Duration.ofSeconds(59));
        tokens.actor(secret);
        assertThat(only().usedAt()).isEqualTo(NOW);
        clock.move(Duration.ofSeconds(1));
        tokens.actor(secret);
        assertThat(only().usedAt()).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
    }

    @Test
    void an_end_that_is_past_is_refused() {
        assertThatThrownBy(() -> create(NOW))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        e -> assertThat(e.faults().getFirst().pointer()).isEqualTo("/expiresAt"));
    }
}
