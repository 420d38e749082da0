package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.mention.ReadResult;
import org.tocsin.network.TestClock;
import org.tocsin.network.telegram.TelegramInbox;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlStore;

/** A bot that another program listens to is told of once, until it hears again. */
class DeafBotsTest {
    private final TestClock clock = new TestClock(java.time.Instant.parse("2026-11-28T10:00:00Z"));

    @Test
    void it_is_told_once_and_until_it_hears_again(@TempDir Path folder) {
        try (SqlStore store = Opened.at(folder)) {
            SqlNotices notices = new SqlNotices(new Ids(clock), clock, new Wakeup(), false);
            DeafBots deaf = new DeafBots(notices);
            ReadResult why = new ReadResult.Held(Message.of("heard.telegram.poller", "channel", "Agenda"), null);
            for (int i = 0; i < 3; i++) {
                store.write(Urgency.BULK, tx -> {
                    deaf.unheard(tx, "7", why);
                    return true;
                });
            }
            assertThat(open(store, notices)).containsExactly("7");
            store.write(Urgency.BULK, tx -> {
                deaf.heard(tx, "8", new TelegramInbox.Reach("autre", true));
                return true;
            });
            assertThat(open(store, notices)).containsExactly("7");
            store.write(Urgency.BULK, tx -> {
                deaf.heard(tx, "7", new TelegramInbox.Reach("agenda", true));
                return true;
            });
            assertThat(open(store, notices)).isEmpty();
        }
    }

    @Test
    void what_somebody_has_put_away_is_not_told_again_before_it_has_heard(@TempDir Path folder) {
        try (SqlStore store = Opened.at(folder)) {
            SqlNotices notices = new SqlNotices(new Ids(clock), clock, new Wakeup(), false);
            DeafBots deaf = new DeafBots(notices);
            ReadResult why = new ReadResult.Held(Message.of("heard.telegram.poller", "channel", "Agenda"), null);
            for (int i = 0; i < 2; i++) {
                store.write(Urgency.BULK, tx -> {
                    deaf.unheard(tx, "7", why);
                    notices.close(tx, BranchId.MAIN, Set.of(Notices.Kind.BOT_HELD), "7");
                    return true;
                });
            }
            store.write(Urgency.BULK, tx -> {
                deaf.unheard(tx, "7", why);
                return true;
            });
            assertThat(open(store, notices)).isEmpty();
            store.write(Urgency.BULK, tx -> {
                deaf.heard(tx, "7", new TelegramInbox.Reach("agenda", true));
                deaf.unheard(tx, "7", why);
                return true;
            });
            assertThat(open(store, notices)).containsExactly("7");
        }
    }

    private static List<String> open(SqlStore store, SqlNotices notices) {
        return store.read(tx -> notices.open(tx, BranchId.MAIN, Notices.Kind.BOT_HELD, 9));
    }
}
