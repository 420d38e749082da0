package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.mail.ScriptedSmtp;
import org.tocsin.network.telegram.FakeTelegram;

/**
 * Two people sign up, one by mail and one on Telegram, get a newsletter and are erased: then no file of the daemon's folder holds an address,
 * a number of Telegram, or what they were sealed into, which the key beside them would open.
 */
class ErasedPersonTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** Well below the hour after which the log of the database would be emptied anyway. */
    private static final Duration PROMPTLY = Duration.ofSeconds(15);

    private static final long ADA = 471_147_114L;
    private static final String ANA = "ana.quintessence@example.org";

    private Path folder;
    private FakeTelegram telegram;
    private ScriptedSmtp smtp;
    private RunningDaemon daemon;
    private int message = 10;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        folder = data;
        telegram = new FakeTelegram(Clock.systemUTC());
        telegram.talks(ADA);
        smtp = new ScriptedSmtp(null, null);
        daemon = new RunningDaemon(
                data,
                "TOCSIN_HTTP_ALLOW",
                telegram.peer().toString(),
                "TOCSIN_TELEGRAM_SERVER",
                telegram.origin().toString(),
                "TOCSIN_MAIL_HOST",
                "127.0.0.1",
                "TOCSIN_MAIL_PORT",
                String.valueOf(smtp.port()),
                "TOCSIN_MAIL_TLS",
                "none",
                "TOCSIN_MAIL_FROM",
                "lettre@amis.example",
                "TOCSIN_NEWSLETTER_RATE",
                "100000",
                "TOCSIN_PUBLIC_URL",
                "https://tocsin.example.org");
        Answer saved = daemon.send(
                daemon.token(),
                "PUT",
                "/api/v1/sign-up/settings",
                ("{\"controller\":\"Les Amis\",\"contact\":\"contact@amis.example\",\"postal\":\"2, quai du Port\","
                                + "\"purposeFr\":\"nos nouvelles\",\"purposeEn\":\"our news\",\"botToken\":\""
                                + FakeTelegram.TOKEN + "\",\"version\":0}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
        smtp.close();
        telegram.close();
    }

    private void writes(String text) {
        telegram.update(
                "message",
                "{\"message_id\":" + ++message + ",\"date\":1,\"from\":{\"id\":" + ADA
                        + ",\"is_bot\":false,\"language_code\":\"fr\"},\"chat\":{\"id\":" + ADA
                        + ",\"type\":\"private\"},\"text\":\"" + text + "\"}");
    }

    private List<JsonNode> said() {
        List<JsonNode> all = new ArrayList<>();
        telegram.requests().stream()
                .filter(seen -> seen.path().matches("(?i).*/(sendmessage|editmessagetext)"))
                .forEach(seen -> all.add(json(seen.body())));
        return all;
    }

    private static JsonNode json(String text) {
        try {
            return RunningDaemon.JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void says(String words) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(said())
                        .anySatisfy(one -> assertThat(one.path("text").asText()).contains(words)));
    }

    private void presses(String label) {
        JsonNode found = said().reversed().stream()
                .flatMap(one -> one.path("reply_markup").findParents("callback_data").stream())
                .filter(button -> button.path("text").asText().endsWith(label))
                .findFirst()
                .orElseThrow();
        telegram.update(
                "callback_query",
                "{\"id\":\"c1\",\"from\":{\"id\":" + ADA + ",\"is_bot\":false},\"message\":{\"message_id\":9,"
                        + "\"chat\":{\"id\":" + ADA + ",\"type\":\"private\"}},\"data\":\""
                        + found.path("callback_data").asText() + "\"}");
    }

    private long count(String state) {
        return daemon.get("/api/v1/subscribers/counts").json().path(state).asLong();
    }

    private Answer form(String path, String form) {
        return daemon.send(
                null,
                "POST",
                path,
                form.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    /** Both sign up, get a newsletter, look at their data; the team exports its list. */
    private void inAndServed() {
        writes("/start");
        says("J’accepte que");
        presses("J’accepte");
        says("Où envoyer les lettres");
        presses("Ici sur Telegram");
        says("Vous êtes inscrit(e)");
        Matcher text = Pattern.compile("name=\"text\" value=\"([^\"]+)\"")
                .matcher(daemon.send(null, "GET", "/newsletter?lang=fr", null).body());
        assertThat(text.find()).isTrue();
        form(
                "/newsletter?lang=fr",
                "agree=yes&address=" + URLEncoder.encode(ANA, StandardCharsets.UTF_8) + "&text=" + text.group(1));
        await().atMost(SOON).until(() -> !smtp.taken().isEmpty());
        Matcher link = Pattern.compile("https://tocsin\\.example\\.org(/newsletter/\\w+/[\\w-]+)")
                .matcher(smtp.taken().getFirst().raw().replace("=\r\n", ""));
        assertThat(link.find()).isTrue();
        assertThat(form(link.group(1), "").status()).isEqualTo(200);
        assertThat(count("CONFIRMED")).isEqualTo(2);

        String letter = daemon.post(
                        "/api/v1/newsletters",
                        "{\"texts\":{\"fr\":{\"subject\":\"La piscine\",\"body\":\"Elle **rouvre**\"}},\"mainLanguage\":\"fr\"}")
                .json()
                .path("id")
                .asText();
        daemon.post("/api/v1/newsletters/" + letter + "/send", "{\"version\":1}");
        await().atMost(SOON)
                .until(() -> daemon.get("/api/v1/newsletters/" + letter)
                                .json()
                                .path("counts")
                                .path("SENT")
                                .asInt()
                        == 2);
        says("Elle rouvre");
        assertThat(smtp.taken().getLast().to()).isEqualTo(ANA);
        writes("/mydata");
        says("Tout ce qui est conservé suit");
        assertThat(daemon.get("/api/v1/subscribers.csv").body()).contains(ANA);
        daemon.post("/api/v1/subscribers/find", "{\"address\":\"" + ANA + "\"}");
    }

    private void erased() {
        for (JsonNode one : daemon.get("/api/v1/subscribers").json().path("items")) {
            if (one.path("reach").asText().equals("MAIL")) {
                Answer gone = daemon.send(
                        daemon.token(),
                        "DELETE",
                        "/api/v1/subscribers/" + one.path("id").asText(),
                        null);
                assertThat(gone.status()).as(gone.body()).isBetween(200, 204);
            }
        }
        writes("/delete");
        says("Ceci efface tout");
        presses("Oui, tout effacer");
        says("Vos données sont effacées");
        assertThat(count("CONFIRMED")).isZero();
    }

    /** What would tell of them, by what it is: in plain, as programs write such things, and what they are sealed into. */
    private Map<String, byte[]> marks() throws SQLException {
        Map<String, byte[]> marks = new LinkedHashMap<>();
        for (String plain : List.of(ANA, "ana.quintessence", String.valueOf(ADA))) {
            byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
            marks.put(plain, bytes);
            marks.put(plain + " in UTF-16", plain.getBytes(StandardCharsets.UTF_16LE));
            marks.put(plain + " in hexadecimal", HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
            // What stands before it in a longer text moves its letters: three places, without the ends that neighbours
            // change.
            for (int place = 0; place < 3; place++) {
                String coded = Base64.getEncoder()
                        .encodeToString(("   ".substring(0, place) + plain).getBytes(StandardCharsets.UTF_8));
                marks.put(
                        plain + " in base64 " + place,
                        coded.substring(place == 0 ? 0 : 4, coded.length() - 4).getBytes(StandardCharsets.US_ASCII));
            }
        }
        marks.put(
                "the number as SQLite keeps it",
                ByteBuffer.allocate(4).putInt((int) ADA).array());
        try (Connection reading = connection();
                Statement statement = reading.createStatement()) {
            for (String column : List.of(
                    "subscriber.sealed",
                    "subscriber.id",
                    "consent_event.sealed",
                    "sign_up_mail.sealed",
                    "bot_talk.sealed",
                    "audit_alias.alias")) {
                String[] parts = column.split("\\.");
                // Beside the rows of the two there are none; an alias of a subscriber stays in the trail, which says
                // nothing of whom it means.
                ResultSet rows = statement.executeQuery("select " + parts[1] + " from " + parts[0]);
                for (int i = 0; rows.next(); i++) {
                    if (!column.equals("audit_alias.alias")
                            && !rows.getString(1).isEmpty()) {
                        marks.put(column + " " + i, rows.getString(1).getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return marks;
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
    }

    /** @return which marks are in which files */
    private Set<String> found(Map<String, byte[]> marks) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String all = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                marks.forEach((name, bytes) -> {
                    if (all.contains(new String(bytes, StandardCharsets.ISO_8859_1))) {
                        found.add(name + ": " + folder.relativize(file));
                    }
                });
            }
        }
        return found;
    }

    private long logged() {
        return folder.resolve("tocsin.db-wal").toFile().length();
    }

    @Test
    void nothing_of_them_is_left_in_any_file() throws Exception {
        inAndServed();
        Map<String, byte[]> marks = marks();
        assertThat(found(marks)).as("seen while they are there").hasSizeGreaterThan(6);
        erased();
        await().atMost(PROMPTLY)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(found(marks)).isEmpty());
        assertThat(daemon.get("/api/v1/subscribers/register")
                        .json()
                        .path("whole")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void what_the_bot_remembers_goes_with_an_erasure_by_the_team_as_well() throws Exception {
        inAndServed();
        Map<String, byte[]> marks = marks();
        assertThat(found(marks)).as("her talk").anyMatch(one -> one.startsWith("bot_talk.sealed"));
        // A reply that waits for its hour, to the account of that talk.
        try (Connection writing = connection();
                Statement statement = writing.createStatement()) {
            statement.execute("insert into bot_reply (id, branch, chat_key, sealed, begun, attempts, next_at) select"
                    + " 'z', branch, account_key, 'x', 0, 1, 9000000000000000 from bot_talk");
        }
        for (JsonNode one : daemon.get("/api/v1/subscribers").json().path("items")) {
            daemon.send(
                    daemon.token(),
                    "DELETE",
                    "/api/v1/subscribers/" + one.path("id").asText(),
                    null);
        }
        await().atMost(PROMPTLY)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(found(marks)).isEmpty());
        try (Connection reading = connection();
                Statement statement = reading.createStatement();
                ResultSet waiting = statement.executeQuery("select count(*) from bot_reply")) {
            assertThat(waiting.getInt(1)).isZero();
        }
    }

    @Test
    void a_reader_in_the_way_holds_up_nobody_and_the_log_is_emptied_after_it() throws Exception {
        inAndServed();
        Map<String, byte[]> marks = marks();
        try (Connection reading = connection();
                Statement statement = reading.createStatement()) {
            statement.execute("begin");
            statement.executeQuery("select count(*) from subscriber").next();
            erased();
            long started = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                assertThat(daemon.post(
                                        "/api/v1/sign-up/topics",
                                        "{\"nameFr\":\"r" + i + "\",\"nameEn\":\"s" + i + "\"}")
                                .status())
                        .isEqualTo(201);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
            assertThat(logged()).isPositive();
            assertThat(found(marks)).as("what the search must see in the log").anyMatch(one -> one.endsWith("-wal"));
            statement.execute("rollback");
        }
        await().atMost(PROMPTLY)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(found(marks)).isEmpty());
    }

    @Test
    void what_an_erasure_forgets_is_seen() throws Exception {
        inAndServed();
        Map<String, byte[]> marks = marks();
        // Where nothing looks for it: the name of a link, a text of the team, a file beside the database.
        daemon.post("/api/v1/sign-up/links", "{\"code\":\"tract\",\"name\":\"" + ANA + "\"}");
        Files.writeString(folder.resolve("forgotten.csv"), "telegram;" + ADA + "\n");
        erased();
        await().atMost(PROMPTLY)
                .untilAsserted(() -> assertThat(found(marks)).noneMatch(one -> one.contains(".sealed")));
        assertThat(found(marks))
                .contains(ANA + ": tocsin.db", ADA + ": forgotten.csv")
                .noneMatch(one -> one.contains(".sealed"));
    }
}
