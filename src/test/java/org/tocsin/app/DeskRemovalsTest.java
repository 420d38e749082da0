package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.cli.CommandLineStreams;
import org.tocsin.cli.TocsinCommand;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.Reason;

/** Of what is deleted, the page of the post says what became of it, and who may decides what the network does not do. */
class DeskRemovalsTest {
    private static final Reason OLD = Reason.of("telegram.delete.refused", "status", 400);
    private static final Reason LOST = Reason.of("network.no-answer", "cause", "timeout", "detail", "coupé");

    private final StubbornRehearsal rehearsal = new StubbornRehearsal();

    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Browser zoe;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(new Seams(CrashPoints.NONE, rehearsal), folder);
        zoe = Browser.ofTheFirst(daemon);
    }

    @AfterEach
    void stop() {
        zoe.close();
        daemon.close();
    }

    /** @return the id of a post that is out */
    private String out(String... channels) {
        String ids = channels.length == 0 ? "rehearsal" : String.join("\",\"", channels);
        String id = daemon.post("/api/v1/posts", "{\"text\":\"Réunion\",\"channels\":[\"" + ids + "\"]}")
                .json()
                .path("id")
                .asText();
        until(id, "DONE");
        return id;
    }

    private void until(String id, String state) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> post(id).path("state").asText().equals(state));
    }

    private JsonNode post(String id) {
        return daemon.get("/api/v1/posts/" + id).json();
    }

    private JsonNode delivery(String id) {
        return post(id).path("deliveries").path(0);
    }

    private Page deleted(String id) {
        zoe.get("/desk/posts/" + id);
        return zoe.post("/desk/posts/" + id + "/delete");
    }

    private void removal(String id, String state) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> delivery(id)
                        .path("deletions")
                        .path(0)
                        .path("state")
                        .asText()
                        .equals(state));
    }

    private String decision(Page page) {
        Matcher found = Pattern.compile("/desk/deliveries/[0-9a-f-]+/resolve").matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return found.group();
    }

    @Test
    void what_was_refused_is_told_with_its_remedy_and_asked_for_again() {
        rehearsal.deletes(new DeleteResult.Refused(OLD));
        String id = out();
        deleted(id);
        removal(id, "REFUSED");
        assertThat(post(id).path("state").asText()).isEqualTo("ATTENTION");
        Page page = zoe.get("/desk/posts/" + id);
        assertThat(page.body())
                .contains(
                        "suppression refusée (demandée aujourd’hui",
                        "Telegram ne supprime pas le message",
                        "Il est donc encore en ligne. Supprimez-le à la main",
                        "Il n’y est plus</button>",
                        "Il y est encore\u00a0: supprimer de nouveau</button>")
                .contains("data-moving=\"no\"")
                .doesNotContain("✓</span> publié");
        Page home = zoe.get("/desk");
        assertThat(home.body()).contains("suppression refusée", "en attente d’une décision\u00a0: 1");
        assertThat(zoe.get("/desk/calendar").body())
                .as("the calendar has it on top")
                .containsSubsequence("<h2>À traiter</h2>", "suppression refusée", "id=\"days\"");
        assertThat(zoe.get("/").body())
                .as("and so has the page of the machine")
                .containsSubsequence("<section><h2>", "Réunion", "suppression refusée par le réseau", "</section>");
        zoe.post(decision(home), "version", home.hidden("version"), "decision", "delete");
        until(id, "DELETED");
        assertThat(zoe.get("/desk/posts/" + id).body())
                .contains("supprimé aujourd’hui")
                .doesNotContain("/resolve\"");
        assertThat(zoe.get("/desk").body()).doesNotContain("suppression refusée");
    }

    @Test
    void what_nobody_knows_is_asked_about_and_a_person_says_that_it_is_gone() {
        rehearsal.deletes(new DeleteResult.Unclear(LOST));
        String id = out();
        deleted(id);
        removal(id, "UNKNOWN");
        zoe.post("/desk/account/name", "name", "Zoé", "language", "en");
        assertThat(zoe.get("/desk").body()).contains("Check the deletion asked for today", "It is gone</button>");
        Page page = zoe.get("/desk/posts/" + id);
        assertThat(page.body())
                .contains(
                        "It is not known whether it is still there: look on the network.",
                        "Tocsin asks again by itself today",
                        "It is still there: delete again</button>");
        Page done = zoe.post(decision(page), "version", page.hidden("version"), "decision", "gone", "post", id);
        assertThat(done.path()).startsWith("/desk/posts/" + id);
        assertThat(done.body()).contains("deleted today");
        assertThat(post(id).path("state").asText()).isEqualTo("DELETED");
        Page twice = zoe.post(decision(page), "version", page.hidden("version"), "decision", "gone");
        assertThat(twice.status()).isEqualTo(409);
    }

    @Test
    void what_waits_says_until_when_and_for_what() {
        rehearsal.deletes(new DeleteResult.Later(
                Reason.of("network.throttled", "status", 429), Instant.now().plus(Duration.ofHours(3))));
        String id = out();
        deleted(id);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> zoe.get("/desk/posts/" + id).body().contains("la suppression attend jusqu’à"));
        Page page = zoe.get("/desk/posts/" + id);
        assertThat(page.body()).contains("Il n’y est plus</button>").doesNotContain("supprimer de nouveau</button>");
        assertThat(zoe.get("/desk").body())
                .contains("la suppression attend jusqu’à")
                .doesNotContain("/resolve\"");
        assertThat(post(id).path("state").asText()).isEqualTo("DELETING");
    }

    @Test
    void the_api_and_the_command_line_decide_under_the_same_rules() {
        rehearsal.deletes(new DeleteResult.Refused(OLD), new DeleteResult.Refused(OLD));
        String id = out();
        daemon.send(daemon.token(), "DELETE", "/api/v1/posts/" + id, null);
        removal(id, "REFUSED");
        JsonNode refused = delivery(id);
        JsonNode deletion = refused.path("deletions").path(0);
        assertThat(deletion.path("reasonCode").asText()).isEqualTo("telegram.delete.refused");
        String path = "/api/v1/deliveries/" + refused.path("id").asText() + "/resolve";
        String version = "{\"version\":" + refused.path("version").asLong();
        assertThat(daemon.post(path, version + ",\"decision\":\"perhaps\"}").error())
                .isEqualTo("/decision web.decision");
        assertThat(daemon.post(path, "{\"decision\":\"gone\"}").error()).isEqualTo("/version web.version.missing");
        Answer again = daemon.post(path, version + ",\"decision\":\"delete\"}");
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(daemon.post(path, version + ",\"decision\":\"gone\"}").status())
                .as("that was seen before")
                .isEqualTo(409);
        removal(id, "REFUSED");
        String shown = tocsin("posts", "show", id);
        assertThat(shown).contains("deletion of part 1: refused.", "48 hours");
        String done = tocsin("deliveries", "resolve", refused.path("id").asText(), "gone");
        assertThat(done).contains("deletion of part 1: done.");
        assertThat(post(id).path("state").asText()).isEqualTo("DELETED");
    }

    private String tocsin(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        TocsinCommand.run(
                args,
                new CommandLineStreams(stream, stream, new BufferedReader(new StringReader("")), null, Locale.ENGLISH),
                Map.of("TOCSIN_DATA", folder.toString(), "TOCSIN_HTTP_PORT", String.valueOf(daemon.port())),
                () -> 0);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void of_what_was_deleted_nothing_is_offered_to_be_sent_again() throws SQLException {
        daemon.post("/api/v1/channels", "{\"id\":\"second\",\"network\":\"rehearsal\",\"inDefaultSet\":false}");
        String id = out("rehearsal", "second");
        // As the rest of a thread is held whose beginning is out, on both.
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                Statement run = connection.createStatement()) {
            run.executeUpdate(
                    "update delivery set state = 'HELD', next_action = 'PERSON' where post_id = '" + id + "'");
        }
        String retry = "/desk/posts/" + id + "/retry";
        assertThat(zoe.get("/desk/posts/" + id).body()).contains(retry);
        rehearsal.deletes(new DeleteResult.Refused(OLD), new DeleteResult.Refused(OLD));
        deleted(id);
        removal(id, "REFUSED");
        assertThat(zoe.get("/desk/posts/" + id).body()).doesNotContain(retry);
        assertThat(zoe.get("/desk").body()).doesNotContain("/retry\"");
    }

    @Test
    void to_delete_is_offered_to_who_may() {
        daemon.post("/api/v1/channels", "{\"id\":\"strict\",\"network\":\"rehearsal\",\"inDefaultSet\":false}");
        zoe.get("/desk/channels");
        zoe.post("/desk/channels/strict/settings", "name", "Strict", "approval", "on");
        String free = out();
        String strict = out("strict", "rehearsal");
        rehearsal.deletes(new DeleteResult.Refused(OLD));
        String refused = out();
        deleted(refused);
        removal(refused, "REFUSED");
        String button = "/delete\"";
        assertThat(zoe.get("/desk/posts/" + strict).body()).contains(button);
        try (Browser author = signedIn("AUTHOR")) {
            assertThat(author.get("/desk/posts/" + free).body()).contains(button);
            assertThat(author.get("/desk/posts/" + strict).body()).doesNotContain(button);
            Page told = author.post("/desk/posts/" + strict + "/delete");
            assertThat(told.status()).isEqualTo(403);
            assertThat(told.body()).contains("Demandez à un responsable de le supprimer.");
            Page again = author.get("/desk/posts/" + refused);
            assertThat(again.body())
                    .contains("suppression refusée", button)
                    .as("what it became is a manager's to say")
                    .doesNotContain("Il n’y est plus</button>");
            author.post("/desk/posts/" + refused + "/delete");
            until(refused, "DELETED");
        }
        try (Browser watcher = signedIn("WATCHER")) {
            assertThat(watcher.get("/desk/posts/" + free).body()).doesNotContain(button);
        }
    }

    private Browser signedIn(String role) {
        zoe.get("/desk/team");
        String login = role.toLowerCase(Locale.ROOT) + "@exemple.fr";
        Page made = zoe.post("/desk/team/invite", "login", login, "name", role, "role", role, "language", "fr");
        Matcher link =
                Pattern.compile("value=\"http://[^/]+(/desk/password[^\"]+)\"").matcher(made.body());
        assertThat(link.find()).as(made.body()).isTrue();
        Browser browser = new Browser(daemon.port());
        Page choose = browser.get(link.group(1));
        browser.post("/desk/password", "token", choose.hidden("token"), "password", Browser.GOOD);
        browser.get("/desk/sign-in");
        assertThat(browser.post("/desk/sign-in", "login", login, "password", Browser.GOOD)
                        .status())
                .isEqualTo(200);
        return browser;
    }
}
