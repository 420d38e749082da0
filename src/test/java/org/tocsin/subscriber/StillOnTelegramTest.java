package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.subscriber.SignUpRig.MAIN;
import static org.tocsin.subscriber.SignUpRig.TEAM;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.Messages;
import org.tocsin.base.Secret;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.bot.PublicBot;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlBotReplies;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlTalks;

/** Who is reached on Telegram has thirty days from when Telegram took the question. */
class StillOnTelegramTest {
    private static final long ADA = 471_147_114L;

    private final TestClock clock = new TestClock(Instant.parse("2026-11-27T09:00:00Z"));
    private final Telegram telegram = new Telegram();

    private static final class Telegram implements HttpClient {
        private final List<String> asked = new ArrayList<>();
        private int status = 200;

        @Override
        public HttpResult send(HttpRequest request) {
            asked.add(request.url().getPath());
            return new HttpResult.Answer(status, Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public HttpResult read(HttpRequest request, int maxBytes) {
            throw new IllegalStateException();
        }
    }

    @Test
    void a_question_that_telegram_did_not_take_erases_nobody(@TempDir Path folder) {
        try (SqlStore store = Opened.at(folder)) {
            SignUpRig rig = new SignUpRig(store, clock);
            PublicBot bot = PublicBot.of(
                    new PublicBot.Means(
                            store,
                            rig.signUps,
                            rig.choices,
                            rig.leaving,
                            new SqlTalks(Opened.BOX),
                            new SqlBotReplies(Opened.BOX),
                            new Messages(),
                            telegram,
                            (tx, token) -> false,
                            rig.stores.ids(),
                            clock),
                    Opened.BOX::hash,
                    (branch, id) -> Optional.empty(),
                    "",
                    "");
            Retention retention = new Retention(
                    rig.stores, rig.leaving, new SignUpOutbox(rig.stores, () -> true), bot.hearing(), store::emptyLog);
            Subscriber ada = store.write(Urgency.BULK, tx -> rig.signUps.join(tx, MAIN, ADA, rig.wish(), "update:1"));
            clock.move(Duration.ofDays(3 * 365 + 2));

            retention.work();
            assertThat(replies(bot)).as("no bot is set up").isZero();
            rig.keeping.save(
                    TEAM,
                    new SignUpSettings(
                            "Les Amis",
                            "contact@amis.example",
                            "1, rue Basse",
                            "nos nouvelles",
                            "our news",
                            Secret.of("1:a"),
                            "amis_bot",
                            1));
            telegram.status = 400;
            retention.work();
            assertThat(replies(bot)).isEqualTo(1);
            retention.work();
            assertThat(replies(bot)).as("not again at once").isZero();

            clock.move(Duration.ofDays(31));
            telegram.status = 200;
            retention.work();
            assertThat(there(store, rig, ada)).as("she was not asked").isTrue();
            assertThat(replies(bot)).isEqualTo(1);
            assertThat(telegram.asked).hasSize(2).allMatch(path -> path.endsWith("/bot1:a/sendmessage"));

            clock.move(Duration.ofDays(29));
            retention.work();
            assertThat(there(store, rig, ada)).isTrue();
            clock.move(Duration.ofDays(2));
            retention.work();
            assertThat(there(store, rig, ada)).isFalse();
        }
    }

    private static boolean there(SqlStore store, SignUpRig rig, Subscriber one) {
        return store.read(tx -> rig.stores.subscribers().find(tx, MAIN, one.id()))
                .isPresent();
    }

    /** Makes the calls that wait. */
    private static int replies(PublicBot bot) {
        var due = bot.messenger().claim(10);
        due.forEach(reply -> {
            bot.messenger().send(reply);
            bot.messenger().release(reply);
        });
        return due.size();
    }
}
