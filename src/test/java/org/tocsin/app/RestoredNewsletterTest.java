package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.mail.ScriptedSmtp;

/** A database from before is put back beside the list of those who left since, in the midst of a newsletter, and the daemon is started. */
class RestoredNewsletterTest {
    private static final String PATH = "/api/v1/newsletters";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @TempDir
    private Path backup;

    private ScriptedSmtp smtp;
    private RunningDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        smtp = new ScriptedSmtp(null, null);
        daemon = running("1");
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
        smtp.close();
    }

    /** @param rate letters in a minute */
    private RunningDaemon running(String rate) throws IOException {
        return new RunningDaemon(
                folder,
                "TOCSIN_MAIL_HOST",
                "127.0.0.1",
                "TOCSIN_MAIL_PORT",
                String.valueOf(smtp.port()),
                "TOCSIN_MAIL_TLS",
                "none",
                "TOCSIN_MAIL_FROM",
                "lettre@example.org",
                "TOCSIN_NEWSLETTER_RATE",
                rate,
                "TOCSIN_NEWSLETTER_CONNECTIONS",
                "1",
                "TOCSIN_PUBLIC_URL",
                "https://tocsin.example.org");
    }

    private Answer put(String path, String body) {
        return daemon.send(daemon.token(), "PUT", path, body.getBytes(StandardCharsets.UTF_8));
    }

    private Answer table(String query, String table) {
        return daemon.send(
                daemon.token(),
                "POST",
                "/api/v1/subscribers/import?" + query,
                table.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "text/csv");
    }

    private String id(String address) {
        return daemon.post("/api/v1/subscribers/find", "{\"who\":\"" + address + "\"}")
                .json()
                .path("ids")
                .path(0)
                .asText();
    }

    private JsonNode letter(String id) {
        return daemon.get(PATH + "/" + id).json();
    }

    private List<String> written() {
        return smtp.taken().stream().map(ScriptedSmtp.Taken::to).toList();
    }

    private void copyTo(Path from, Path to) throws IOException {
        for (String name : List.of("tocsin.db", "tocsin.db-wal", "tocsin.db-shm")) {
            Files.deleteIfExists(to.resolve(name));
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The letter of before was sent at one in a minute: nobody waits for that here. */
    private void paceForgotten() throws SQLException {
        try (Connection writing = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                Statement statement = writing.createStatement()) {
            statement.execute("update letter_line set next_at = 0");
        }
    }

    /** @return the newsletter, whose first letter has left and whose others wait */
    private String begun() {
        Answer saved = put(
                "/api/v1/sign-up/settings",
                "{\"controller\":\"Les Amis\",\"contact\":\"contact@amis.example\",\"postal\":\"2, quai du Port\","
                        + "\"purposeFr\":\"nos nouvelles\",\"purposeEn\":\"our news\",\"version\":0}");
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        StringBuilder people = new StringBuilder("email\n");
        for (int i = 0; i < 8; i++) {
            people.append("p").append(i).append("@example.org\n");
        }
        Answer in = table("none=true&statement=Paper+form+at+the+market%2C+kept+by+the+secretary", people.toString());
        assertThat(in.json().path("added").asInt()).as(in.body()).isEqualTo(8);
        String id = daemon.post(
                        PATH,
                        "{\"texts\":{\"fr\":{\"subject\":\"La piscine\",\"body\":\"Elle rouvre\"}},\"mainLanguage\":\"fr\"}")
                .json()
                .path("id")
                .asText();
        daemon.post(PATH + "/" + id + "/send", "{\"version\":1}");
        await().atMost(SOON).until(() -> !written().isEmpty());
        await().atMost(SOON).until(() -> letter(id).path("counts").path("SENT").asInt() == 1);
        return id;
    }

    @Test
    void who_went_since_gets_nothing_and_nothing_is_sent_before_a_person_says_so() throws Exception {
        String letter = begun();
        String first = written().getFirst();
        List<String> others = List.of("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7").stream()
                .map(name -> name + "@example.org")
                .filter(address -> !address.equals(first))
                .toList();
        daemon.close();
        copyTo(folder, backup);

        daemon = running("1");
        daemon.post("/api/v1/subscribers/" + id(others.get(0)) + "/leave", "{}");
        daemon.send(daemon.token(), "DELETE", "/api/v1/subscribers/" + id(others.get(1)), null);
        daemon.post("/api/v1/subscribers/" + id(others.get(2)) + "/restrict", "{}");
        Answer listed = table("list=left&file=partis.csv", "email\n" + others.get(3) + "\n");
        assertThat(listed.json().path("lines").path(0).path("status").asText()).isEqualTo("ENDED");
        assertThat(written()).as("one in a minute").hasSizeLessThanOrEqualTo(2);
        List<String> before = written();
        daemon.close();
        copyTo(backup, folder);
        paceForgotten();

        daemon = running("100000");
        JsonNode counts = daemon.get("/api/v1/subscribers/counts").json();
        assertThat(counts.path("LEFT").asInt()).as(counts.toString()).isEqualTo(2);
        assertThat(counts.path("RESTRICTED").asInt()).isEqualTo(1);
        assertThat(counts.path("CONFIRMED").asInt()).isEqualTo(4);
        assertThat(daemon.post("/api/v1/subscribers/find", "{\"who\":\"" + others.get(1) + "\"}")
                        .json()
                        .path("ids"))
                .isEmpty();
        assertThat(letter(letter).path("state").asText()).isEqualTo("PAUSED");
        assertThat(written()).as("held until a person lets it go on").isEqualTo(before);
        assertThat(daemon.get("/api/v1/subscribers/register")
                        .json()
                        .path("whole")
                        .asBoolean())
                .isTrue();

        daemon.post(PATH + "/" + letter + "/resume", "{}");
        await().atMost(SOON).until(() -> letter(letter).path("state").asText().equals("SENT"));
        assertThat(written().subList(before.size(), written().size()))
                .containsExactlyInAnyOrder(others.get(4), others.get(5), others.get(6));
    }
}
