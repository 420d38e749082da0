package org.tocsin.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.way.Letter;
import org.tocsin.alert.way.MailWay;
import org.tocsin.alert.way.Sent;
import org.tocsin.base.Message;
import org.tocsin.network.TestClock;
import org.tocsin.recipient.Way;
import org.tocsin.recipient.WayKind;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlMailDays;
import org.tocsin.sql.SqlStore;

/** Mails that surely did not leave take none of the day's away. */
class MailWayTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Message WHY = Message.of("alerting.mail.unreachable");

    private final TestClock clock = new TestClock(NOON);
    private final AtomicReference<Sent> answer = new AtomicReference<>(new Sent.Taken());
    private SqlStore store;
    private MailWay way;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        way = new MailWay(
                (to, subject, text, id) -> {
                    // A mail that hangs over midnight.
                    if (subject.equals("late")) {
                        clock.move(Duration.ofHours(12));
                    }
                    return answer.get();
                },
                new DailyMailQuota(store, new SqlMailDays(), 2, ZoneOffset.UTC, clock));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Sent send(String title, Sent answered) {
        answer.set(answered);
        Letter letter = new Letter(title, List.of(), "https://desk.example.org/", "Voir", "alert", "1");
        return way.send(
                new Way("w", "r", WayKind.MAIL, Map.of("address", "a@ex.fr"), Map.of(), NOON, Way.Health.UNTRIED),
                letter,
                "id");
    }

    private String sent() {
        return store.read(tx -> Opened.text(tx, "select group_concat(day || ' ' || sent) from mail_day"));
    }

    @Test
    void what_surely_did_not_leave_is_given_back_and_what_nobody_knows_is_not() {
        send("one", new Sent.Later(WHY, null));
        send("one", new Sent.Refused(WHY));
        assertThat(sent()).isEqualTo("2026-11-26 0");
        send("one", new Sent.Unknown(WHY, true));
        assertThat(send("two", new Sent.Taken())).isEqualTo(new Sent.Taken());
        assertThat(send("three", new Sent.Taken()))
                .isEqualTo(new Sent.Later(Message.of("alerting.mail.quota"), Duration.ofHours(12), true));
        assertThat(sent()).isEqualTo("2026-11-26 2");
    }

    @Test
    void it_is_given_back_to_the_day_of_which_it_was_taken() {
        send("late", new Sent.Later(WHY, null));
        assertThat(sent()).isEqualTo("2026-11-26 0");
    }
}
