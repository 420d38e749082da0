package org.tocsin.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.network.TestClock;
import org.tocsin.recipient.Recipient;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAlerts;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlRecipients;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlUsers;
import org.tocsin.sql.SqlWatches;
import org.tocsin.watch.keeping.Alert;
import org.tocsin.watch.keeping.Alerts;

/** A link in a mail shows what it is for, acknowledges when it is asked to, and does nothing for anybody else. */
class AcknowledgingTest {
    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

    private final TestClock clock = new TestClock(START);
    private final SqlRecipients recipients = new SqlRecipients(Opened.BOX);
    private final SqlAlerts rows = new SqlAlerts();
    private final AckLinks links = new AckLinks(Opened.BOX::hash);
    private SqlStore store;
    private Acknowledging acknowledging;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        SqlUsers users = new SqlUsers(Opened.BOX);
        Alerts alerts = new Alerts(
                store,
                rows,
                new SqlNotices(new Ids(clock), clock, new Wakeup(), false),
                users,
                new SqlAudit(clock),
                clock);
        acknowledging = new Acknowledging(
                store, recipients, rows, new SqlWatches(), alerts, new RecipientActors(store, users), links, clock);
        for (String id : List.of("ada", "bob")) {
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
                            Set.of(),
                            null,
                            START,
                            1)));
        }
        write(tx -> rows.raise(
                tx,
                new Alert(
                        "a1",
                        BranchId.MAIN,
                        "w",
                        1,
                        "m",
                        "s",
                        "ada",
                        0,
                        List.of(),
                        0,
                        START,
                        new Alert.Push(true, null, null, null),
                        Alert.Handling.NONE,
                        1)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write(Consumer<Tx> work) {
        boolean done = store.write(Urgency.BULK, tx -> {
            work.accept(tx);
            return true;
        });
        assertThat(done).isTrue();
    }

    private Alert alert() {
        return store.<Optional<Alert>>read(tx -> rows.find(tx, "a1")).orElseThrow();
    }

    @Test
    void looking_changes_nothing_and_pressing_acknowledges_once() {
        String token = links.token("a1", "ada", START);
        for (int i = 0; i < 3; i++) {
            assertThat(acknowledging.look(token)).contains(new Acknowledging.Shown("w", true));
        }
        assertThat(alert().state()).isEqualTo(Alert.State.OPEN);
        assertThat(acknowledging.acknowledge(token)).isPresent();
        assertThat(acknowledging.acknowledge(token)).isPresent();
        assertThat(alert().handling().acknowledgedBy()).isEqualTo("recipient:ada");
        assertThat(acknowledging.look(token)).contains(new Acknowledging.Shown("w", false));
    }

    @Test
    void a_link_that_is_too_old_or_of_another_does_nothing() {
        String token = links.token("a1", "ada", START);
        assertThat(acknowledging.acknowledge(links.token("a1", "bob", START))).isEmpty();
        assertThat(acknowledging.acknowledge(links.token("a2", "ada", START))).isEmpty();
        write(tx -> recipients.remove(tx, "ada"));
        assertThat(acknowledging.acknowledge(token))
                .as("he is told nothing any more")
                .isEmpty();
        clock.move(AckLinks.LASTS);
        assertThat(acknowledging.look(token)).isEmpty();
        assertThat(alert().state()).isEqualTo(Alert.State.OPEN);
    }
}
