package org.tocsin.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.network.TestClock;
import org.tocsin.people.Actor;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlRecipients;
import org.tocsin.sql.SqlStore;

/** A code links a chat once, and not for long. */
class TelegramLinkTest {
    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");
    private static final Actor ACTOR = Actor.daemon(BranchId.MAIN);

    private final TestClock clock = new TestClock(START);
    private final SqlRecipients recipients = new SqlRecipients(Opened.BOX);
    private SqlStore store;
    private TelegramLink link;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        link = new TelegramLink(store, recipients, new SqlAudit(clock), new Ids(clock), clock);
        Recipient ada = new Recipient(
                "ada",
                BranchId.MAIN,
                "Ada",
                null,
                Locale.FRENCH,
                ZoneId.of("Europe/Paris"),
                null,
                10,
                Set.of(),
                null,
                START,
                1);
        boolean kept = store.write(Urgency.REQUEST, tx -> {
            recipients.insert(tx, ada);
            return true;
        });
        assertThat(kept).isTrue();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Optional<Recipient> redeem(String code, String channelId, String chatId) {
        return store.write(Urgency.REQUEST, tx -> link.redeem(tx, code, channelId, chatId));
    }

    private List<Way> ways() {
        return store.read(tx -> recipients.ways(tx, "ada"));
    }

    @Test
    void a_code_links_the_chat_in_which_it_is_written_once() {
        String code = link.code(ACTOR, "ada").reveal();
        assertThat(code).matches("[A-Za-z0-9_-]{22}");
        assertThat(redeem("another", "c1", "41")).isEmpty();
        assertThat(redeem(code, "c1", "42"))
                .hasValueSatisfying(who -> assertThat(who.id()).isEqualTo("ada"));
        assertThat(redeem(code, "c1", "43")).isEmpty();
        assertThat(ways())
                .singleElement()
                .satisfies(way -> assertThat(way.setting("chatId")).isEqualTo("42"));
    }

    @Test
    void the_same_chat_is_linked_once_and_an_old_code_links_nothing() {
        assertThat(redeem(link.code(ACTOR, "ada").reveal(), "c1", "42")).isPresent();
        assertThat(redeem(link.code(ACTOR, "ada").reveal(), "c1", "42")).isPresent();
        assertThat(ways()).hasSize(1);
        String old = link.code(ACTOR, "ada").reveal();
        clock.move(Duration.ofMinutes(15));
        assertThat(redeem(old, "c1", "43")).isEmpty();
        assertThat(ways()).hasSize(1);
    }
}
