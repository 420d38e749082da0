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
        tokens = new Tokens(store, new SqlTokens(), new SqlAudit(clock), new Ids(clock), clock);
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
