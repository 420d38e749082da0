package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.base.BranchId;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.mail.ScriptedSmtp;
import org.tocsin.sql.SecretBox;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlSubscribers;
import org.tocsin.subscriber.Subscriber;

/** A newsletter from the first word to the last letter, through the whole daemon. */
class NewsletterDaemonTest {
    private static final String PATH = "/api/v1/newsletters";
    private static final int PEOPLE = 25;

    @TempDir
    private Path folder;

    private ScriptedSmtp smtp;
    private RunningDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        smtp = new ScriptedSmtp(null, null);
        daemon = running();
        daemon.close();
        signUp();
        daemon = running();
    }

    private RunningDaemon running() throws IOException {
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
                "100000",
                "TOCSIN_PUBLIC_URL",
                "https://tocsin.example.org");
    }

    /** While no daemon runs: people who have confirmed. */
    private void signUp() throws IOException {
        try (DataFolder data = DataFolder.open(folder);
                SqlStore store = SqlStore.open(folder.resolve("tocsin.db"))) {
            SqlSubscribers people = new SqlSubscribers(new SecretBox(data.key(Optional.empty())));
            Instant now = Instant.parse("2026-03-03T10:00:00Z");
            store.write(Urgency.REQUEST, tx -> {
                for (int i = 0; i < PEOPLE; i++) {
                    people.insert(
                            tx,
                            new Subscriber(
                                    new UUID(i, i).toString(),
                                    BranchId.MAIN,
                                    Subscriber.State.CONFIRMED,
                                    Subscriber.Reach.MAIL,
                                    i % 5 == 0 ? "en" : "fr",
                                    new Subscriber.Person("u" + i + "@example.org", null, null),
                                    Set.of(),
                                    null,
                                    now,
                                    now,
                                    null,
                                    now,
                                    null,
                                    1));
                }
                return true;
            });
        }
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
        smtp.close();
    }

    private JsonNode draft() {
        Answer answer = daemon.post(
                PATH,
                "{\"texts\":{\"fr\":{\"subject\":\"La piscine rouvre\",\"body\":\"Bonjour **à tous**\"},"
                        + "\"en\":{\"subject\":\"The pool opens\",\"body\":\"Hello\"}},\"mainLanguage\":\"fr\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private Answer act(JsonNode letter, String act, String body) {
        return daemon.post(PATH + "/" + letter.path("id").asText() + "/" + act, body);
    }

    private JsonNode now(JsonNode letter) {
        return daemon.get(PATH + "/" + letter.path("id").asText()).json();
    }

    @Test
    void each_gets_a_letter_in_his_language_and_everybody_may_read_it_then() {
        JsonNode letter = draft();
        String page = "/letters/" + letter.path("id").asText();
        assertThat(daemon.send(null, "GET", page, null).status()).isEqualTo(404);
        assertThat(daemon.get(PATH + "/" + letter.path("id").asText() + "/preview?language=fr")
                        .json()
                        .path("html")
                        .asText())
                .contains("<strong>à tous</strong>");
        assertThat(act(letter, "test", "{\"address\":\"boss@example.org\"}")
                        .json()
                        .path("failure")
                        .isNull())
                .isTrue();
        assertThat(smtp.taken()).hasSize(1);

        assertThat(act(letter, "send", "{\"version\":7}").status()).isEqualTo(409);
        Answer sent = act(letter, "send", "{\"version\":1}");
        assertThat(sent.status()).as(sent.body()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> now(letter).path("state").asText().equals("SENT"));

        assertThat(now(letter).path("counts").path("SENT").asInt()).isEqualTo(PEOPLE);
        assertThat(smtp.taken().stream().map(ScriptedSmtp.Taken::to).distinct()).hasSize(PEOPLE + 1);
        ScriptedSmtp.Taken english = smtp.taken().stream()
                .filter(one -> one.to().equals("u5@example.org"))
                .findFirst()
                .orElseThrow();
        assertThat(english.header("Subject")).isEqualTo("The pool opens");
        assertThat(english.header("Content-Language")).isEqualTo("en");
        assertThat(english.header("List-Unsubscribe")).startsWith("<https://tocsin.example.org/");
        assertThat(english.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        // Nothing that tells whether it was opened.
        assertThat(english.raw()).doesNotContain("<img").doesNotContain("src=3D");
        Answer read = daemon.send(null, "GET", page + "?lang=fr", null);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body()).contains("La piscine rouvre").doesNotContain("/newsletter/leave");
    }

    @Test
    void it_becomes_one_post_as_well_where_that_is_wanted() {
        JsonNode letter = daemon.post(
                        PATH,
                        "{\"texts\":{\"fr\":{\"subject\":\"La piscine rouvre\",\"body\":\"y\"}},\"alsoPost\":true}")
                .json();
        act(letter, "send", "{\"version\":1}");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> now(letter).path("state").asText().equals("SENT"));
        assertThat(daemon.posts()).isEqualTo(1);
        assertThat(daemon.get("/api/v1/posts")
                        .json()
                        .path("items")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("La piscine rouvre\n\nhttps://tocsin.example.org/letters/"
                        + letter.path("id").asText());
    }

    @Test
    void where_no_post_can_be_made_the_letters_go_and_the_team_is_told() {
        for (JsonNode channel : daemon.get("/api/v1/channels").json().path("items")) {
            Answer gone = daemon.send(
                    daemon.token(),
                    "DELETE",
                    "/api/v1/channels/" + channel.path("id").asText(),
                    null);
            assertThat(gone.status()).as(gone.body()).isBetween(200, 204);
        }
        JsonNode letter = daemon.post(
                        PATH,
                        "{\"texts\":{\"fr\":{\"subject\":\"La piscine rouvre\",\"body\":\"y\"}},\"alsoPost\":true}")
                .json();
        act(letter, "send", "{\"version\":1}");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> now(letter).path("state").asText().equals("SENT"));
        assertThat(daemon.posts()).isZero();
        assertThat(daemon.get("/api/v1/notices?open=true").json().path("items"))
                .as("still there once the letters are out")
                .anySatisfy(notice -> {
                    assertThat(notice.path("kind").asText()).isEqualTo("NEWSLETTER");
                    assertThat(notice.path("code").asText()).isEqualTo("newsletter.post.failed");
                    assertThat(notice.path("subject").asText())
                            .isEqualTo(letter.path("id").asText() + "#post");
                });
    }

    @Test
    void what_cannot_go_out_says_why() {
        assertThat(daemon.post(PATH, "{\"texts\":{\"de\":{\"subject\":\"x\",\"body\":\"y\"}}}")
                        .error())
                .isEqualTo("/mainLanguage newsletter.language");
        assertThat(daemon.post(
                                PATH,
                                "{\"texts\":{\"fr\":{\"subject\":\"x\",\"body\":\"![a](https://evil.example/p.gif)\"}}}")
                        .error())
                .isEqualTo("/texts/fr/body newsletter.image.foreign");
        JsonNode empty = daemon.post(PATH, "{\"texts\":{\"fr\":{\"subject\":\"x\",\"body\":\"\"}}}")
                .json();
        assertThat(act(empty, "send", "{\"version\":1}").error()).isEqualTo("/texts/fr/body newsletter.body.missing");
        JsonNode nobody = daemon.post(
                        PATH,
                        "{\"texts\":{\"fr\":{\"subject\":\"x\",\"body\":\"y\"}},\"segment\":{\"reaches\":[\"TELEGRAM\"]}}")
                .json();
        assertThat(act(nobody, "send", "{\"version\":1}").error()).isEqualTo(" newsletter.nobody");
        assertThat(act(nobody, "pause", "{}").status()).isEqualTo(409);
    }

    @Test
    void a_draft_is_changed_by_who_has_seen_it_and_a_planned_one_comes_back() {
        JsonNode letter = draft();
        String one = PATH + "/" + letter.path("id").asText();
        byte[] change = "{\"version\":1,\"texts\":{\"fr\":{\"subject\":\"Autre\",\"body\":\"z\"}}}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(daemon.send(daemon.token(), "PATCH", one, change).status()).isEqualTo(200);
        assertThat(daemon.send(daemon.token(), "PATCH", one, change).status()).isEqualTo(409);
        assertThat(now(letter).path("texts").path("en").path("subject").asText())
                .isEqualTo("The pool opens");
        String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString().substring(0, 16);
        Answer planned = act(letter, "send", "{\"version\":2,\"at\":\"" + tomorrow + "\"}");
        assertThat(planned.json().path("state").asText()).as(planned.body()).isEqualTo("SCHEDULED");
        assertThat(act(letter, "unschedule", "{}").json().path("state").asText())
                .isEqualTo("DRAFT");
        assertThat(smtp.taken()).isEmpty();
        assertThat(daemon.send(daemon.token(), "DELETE", one, null).status()).isEqualTo(204);
        assertThat(daemon.get(one).status()).isEqualTo(404);
    }

    @Test
    void an_image_of_the_library_travels_within_each_letter_and_is_on_the_page_for_everybody() throws Exception {
        BufferedImage pool = new BufferedImage(2400, 1200, BufferedImage.TYPE_INT_RGB);
        pool.createGraphics().drawLine(0, 0, 2399, 1199);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(pool, "jpeg", bytes);
        String image = daemon.send(
                        daemon.token(),
                        "POST",
                        "/api/v1/media",
                        bytes.toByteArray(),
                        "Content-Type",
                        "application/octet-stream")
                .json()
                .path("id")
                .asText();
        Answer made = daemon.post(
                PATH,
                "{\"texts\":{\"fr\":{\"subject\":\"La piscine rouvre\",\"body\":\"![La piscine](" + image
                        + ")\"}},\"mainLanguage\":\"fr\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        JsonNode letter = made.json();
        String shown = "/letters/" + letter.path("id").asText() + "/images/" + image;
        assertThat(daemon.send(null, "GET", shown, null).status())
                .as("not before it goes out")
                .isEqualTo(404);
        act(letter, "send", "{\"version\":" + letter.path("version").asLong() + "}");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> now(letter).path("state").asText().equals("SENT"));

        assertThat(smtp.taken()).hasSize(PEOPLE);
        String raw = smtp.taken().getFirst().raw();
        assertThat(raw)
                .contains("multipart/related")
                .contains("Content-ID: <" + image + ">")
                .contains("image/jpeg")
                .contains("cid:" + image)
                .doesNotContain("src=3D\"http");
        assertThat(raw.length()).isLessThan(900_000);
        Answer page = daemon.send(null, "GET", "/letters/" + letter.path("id").asText(), null);
        assertThat(page.body()).contains("src=\"" + shown + "\"").contains("alt=\"La piscine\"");
        Answer picture = daemon.send(null, "GET", shown, null);
        assertThat(picture.status()).isEqualTo(200);
        assertThat(picture.header("content-type")).isEqualTo("image/jpeg");
    }
}
