package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;
import org.tocsin.app.RunningDaemon.Answer;

/** What is out is corrected as it was written, channel by channel, and what is typed is judged as it would be when it is saved. */
class DeskCorrectTest {
    private RunningDaemon daemon;
    private Browser zoe;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        daemon = new RunningDaemon(folder, "TOCSIN_ZONE", "Europe/Paris");
        daemon.post("/api/v1/channels", """
                {"id":"mast","network":"rehearsal","name":"Mast","settings":{"standsFor":"mastodon"},"inDefaultSet":false}""");
        daemon.post("/api/v1/channels", """
                {"id":"stage-x","network":"rehearsal","name":"Scène","settings":{"standsFor":"x"},"inDefaultSet":false}""");
        zoe = Browser.ofTheFirst(daemon);
    }

    @AfterEach
    void stop() {
        zoe.close();
        daemon.close();
    }

    private String out(String more) {
        String id = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"Rendez-vous à 18 h\",\"channels\":[\"mast\",\"stage-x\"]" + more + "}")
                .json()
                .path("id")
                .asText();
        until(id);
        return id;
    }

    private void until(String id) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> post(id).path("state").asText().equals("DONE"));
    }

    private JsonNode post(String id) {
        return daemon.get("/api/v1/posts/" + id).json();
    }

    private JsonNode on(String channel, String id) {
        for (JsonNode one : post(id).path("deliveries")) {
            if (one.path("channelId").asText().equals(channel)) {
                return one.path("segments").path(0);
            }
        }
        throw new AssertionError("nothing on " + channel);
    }

    @Test
    void a_channel_and_the_warning_are_corrected_and_seen_before() {
        String id = out(",\"variants\":{\"mast\":{\"text\":\"Venez à 18 h\"}}");
        Page page = zoe.get("/desk/posts/" + id);
        assertThat(page.body())
                .contains("name=\"variant.mast\" rows=\"4\">Venez à 18 h</textarea>", "name=\"variant.stage-x\"")
                .contains("name=\"warning\"", "/preview\"");
        String version = page.hidden("version");
        String path = "/desk/posts/" + id;
        String[] typed = {
            "version",
            version,
            "edit",
            "Rendez-vous à 19 h",
            "variant.mast",
            "Venez à 19 h",
            "variant.stage-x",
            "",
            "warning",
            "élections",
            "text",
            ""
        };
        Page seen = zoe.post(path + "/preview", typed);
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.body())
                .contains("<h3>Mast</h3><span class=\"hint\">modifié</span>", "Venez à 19 h", "⚠ élections")
                .contains("<h3>Scène</h3><span class=\"hint\">l’erratum y répond.")
                .as("what is not written yet is no fault")
                .doesNotContain("note wrong");
        typed[11] = "Erratum\u202f: 19 h";
        assertThat(zoe.post(path + "/preview", typed).body()).contains("Erratum\u202f: 19 h</p>");

        String[] sent = with(typed, "act", "edit", "key", page.hidden("key"));
        Page done = zoe.post(path + "/correct", sent);
        assertThat(done.path())
                .as("the erratum, which could still be taken back")
                .startsWith("/desk/posts/")
                .isNotEqualTo(path);
        assertThat(done.body()).contains("Erratum\u202f: 19 h");
        until(id);
        assertThat(on("mast", id).path("text").asText()).isEqualTo("Venez à 19 h");
        assertThat(on("mast", id).path("contentWarning").asText()).isEqualTo("élections");
        assertThat(on("stage-x", id).path("text").asText())
                .as("X edits nothing")
                .isEqualTo("Rendez-vous à 18 h");
        assertThat(daemon.get("/api/v1/posts").body()).contains("Erratum\u202f: 19 h");
        Page again = zoe.get(path);
        assertThat(again.body()).contains("rows=\"4\">Venez à 19 h</textarea>", "value=\"élections\"");

        Page away = zoe.post(
                path + "/correct",
                "version",
                again.hidden("version"),
                "edit",
                "Rendez-vous à 19 h",
                "variant.mast",
                "",
                "warning",
                "",
                "text",
                "Erratum bis",
                "act",
                "edit",
                "key",
                again.hidden("key"));
        assertThat(away.body()).contains("Erratum bis");
        until(id);
        assertThat(on("mast", id).path("text").asText()).isEqualTo("Rendez-vous à 19 h");
        assertThat(on("mast", id).path("contentWarning").isNull()).isTrue();
    }

    private static String[] with(String[] some, String... more) {
        String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    @Test
    void an_erratum_that_is_written_again_answers_what_it_corrects() {
        String wrong = out("");
        String planned = daemon.post(
                        "/api/v1/posts/" + wrong + "/correct", "{\"text\":\"Erratum\",\"at\":\"2031-06-01T18:30\"}")
                .json()
                .path("id")
                .asText();
        for (JsonNode one : post(planned).path("deliveries")) {
            String path = "/api/v1/deliveries/" + one.path("id").asText();
            daemon.post(path + "/cancel", "{\"version\":" + one.path("version").asLong() + "}");
        }
        Page again = zoe.get("/desk/write?post=" + planned);
        Page sent = zoe.post(
                "/desk/write",
                "key",
                again.hidden("key"),
                "corrects",
                again.hidden("corrects"),
                "channel",
                "mast",
                "channel",
                "rehearsal",
                "text",
                "Erratum, 19 h",
                "when",
                "now");
        String id = sent.path().replaceAll("(/desk/posts/)|(\\?.*)", "");
        until(id);
        assertThat(post(id).path("corrects").asText()).isEqualTo(wrong);
        JsonNode shown = daemon.get("/api/v1/rehearsal?channelId=mast&limit=1")
                .json()
                .path("items")
                .path(0);
        assertThat(shown.path("parentId").asText())
                .isNotBlank()
                .isEqualTo(on("mast", wrong).path("remoteId").asText());
        JsonNode elsewhere = daemon.get("/api/v1/rehearsal?channelId=rehearsal&limit=1")
                .json()
                .path("items")
                .path(0);
        assertThat(elsewhere.path("parentId").asText(""))
                .as("where the wrong one never was it answers nothing")
                .isIn("", "null");
    }

    @Test
    void an_erratum_that_is_changed_before_it_leaves_answers_what_it_corrects() {
        String wrong = out("");
        zoe.get("/desk/channels");
        zoe.post("/desk/channels/mast/settings", "name", "Mast", "approval", "on");
        String token = daemon.post("/api/v1/tokens", "{\"name\":\"author\",\"scopes\":[\"READ\",\"POST\"]}")
                .json()
                .path("token")
                .asText();
        Answer written = daemon.send(
                token,
                "POST",
                "/api/v1/posts/" + wrong + "/correct",
                "{\"text\":\"Erratm\",\"undoSeconds\":3600}".getBytes(StandardCharsets.UTF_8));
        assertThat(written.status()).as(written.body()).isEqualTo(201);
        String id = written.json().path("id").asText();
        Page page = zoe.get("/desk/posts/" + id);
        Page changed = zoe.post(
                "/desk/posts/" + id + "/edit",
                "version",
                page.hidden("version"),
                "images",
                "shown",
                "text",
                "Erratum",
                "zone",
                "Europe/Paris",
                "language",
                "fr");
        assertThat(changed.status()).isEqualTo(200);
        Answer moved = daemon.send(
                daemon.token(),
                "PATCH",
                "/api/v1/posts/" + id,
                ("{\"version\":2,\"at\":\""
                                + LocalDateTime.now(ZoneId.of("Europe/Paris"))
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .plusSeconds(3)
                                + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(moved.status()).as(moved.body()).isEqualTo(200);
        zoe.post(
                "/desk/posts/" + id + "/approve",
                "hash",
                zoe.get("/desk/posts/" + id).hidden("hash"),
                "act",
                "approve");
        until(id);
        for (String channel : new String[] {"mast", "stage-x"}) {
            assertThat(daemon.get("/api/v1/rehearsal?channelId=" + channel + "&limit=1")
                            .json()
                            .path("items")
                            .path(0)
                            .path("parentId")
                            .asText())
                    .as(channel)
                    .isNotBlank()
                    .isEqualTo(on(channel, wrong).path("remoteId").asText());
            assertThat(on(channel, id).path("text").asText()).isEqualTo("Erratum");
        }
    }

    @Test
    void what_a_colleague_corrected_meanwhile_is_not_taken_back_by_pressing_twice() {
        String id = daemon.post("/api/v1/posts", "{\"text\":\"Rendez-vous à 18 h\",\"channels\":[\"mast\"]}")
                .json()
                .path("id")
                .asText();
        until(id);
        Page page = zoe.get("/desk/posts/" + id);
        daemon.post(
                "/api/v1/posts/" + id + "/correct",
                "{\"mode\":\"edit\",\"version\":1,\"text\":\"Rendez-vous à 20 h\"}");
        until(id);
        String[] typed = {
            "version", page.hidden("version"), "edit", "Rendez-vous à 19 h", "text", "", "act", "edit", "key", ""
        };
        typed[9] = page.hidden("key");
        Page told = zoe.post("/desk/posts/" + id + "/correct", typed);
        assertThat(told.status()).isEqualTo(409);
        assertThat(told.body()).contains(">Rendez-vous à 19 h</textarea>", "repartez du message actuel");
        typed[1] = told.body().replaceAll("(?s).*/correct\".*?name=\"version\" value=\"(\\d+)\".*", "$1");
        assertThat(zoe.post("/desk/posts/" + id + "/correct", typed).status()).isEqualTo(409);
        assertThat(on("mast", id).path("text").asText()).isEqualTo("Rendez-vous à 20 h");
    }

    @Test
    void what_is_wrong_on_one_channel_hides_nothing_of_the_other() {
        String id = out("");
        Page page = zoe.get("/desk/posts/" + id);
        Page seen = zoe.post(
                "/desk/posts/" + id + "/preview",
                "version",
                page.hidden("version"),
                "edit",
                "Rendez-vous à 19 h",
                "variant.mast",
                "trop long ".repeat(80),
                "text",
                "Erratum");
        assertThat(seen.body())
                .containsPattern("(?s)<h3>Mast</h3>.*note wrong.*<h3>Scène</h3>.*l’erratum y répond.*Erratum");
        Page stale = zoe.post(
                "/desk/posts/" + id + "/preview", "version", "7", "edit", "Rendez-vous à 19 h", "text", "Erratum");
        assertThat(stale.body()).as("somebody else was faster").contains("note wrong");
    }

    @Test
    void while_one_types_only_what_saving_would_refuse_is_a_fault() {
        daemon.post("/api/v1/campaigns", "{\"id\":\"hiver\",\"name\":\"Hiver\"}");
        zoe.get("/desk/channels");
        zoe.post("/desk/channels/mast/settings", "name", "Mast", "approval", "on");
        String token = daemon.post("/api/v1/tokens", "{\"name\":\"author\",\"scopes\":[\"READ\",\"POST\"]}")
                .json()
                .path("token")
                .asText();
        ZoneId paris = ZoneId.of("Europe/Paris");
        LocalDateTime soon =
                LocalDateTime.now(paris).truncatedTo(ChronoUnit.SECONDS).plusSeconds(3);
        byte[] body =
                ("{\"text\":\"Réunion\",\"channels\":[\"mast\"],\"campaign\":\"hiver\",\"zone\":\"Europe/Paris\",\"at\":\""
                                + soon + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
        Answer planned = daemon.send(token, "POST", "/api/v1/posts", body, "Content-Type", "application/json");
        assertThat(planned.status()).as(planned.body()).isEqualTo(201);
        String id = planned.json().path("id").asText();
        daemon.send(daemon.token(), "DELETE", "/api/v1/campaigns/hiver", null);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> LocalDateTime.now(paris).isAfter(soon.plusSeconds(1)));
        Page page = zoe.get("/desk/posts/" + id);
        String path = "/desk/posts/" + id + "/preview";
        String[] typed = {
            "version",
            page.hidden("version"),
            "channel",
            "mast",
            "campaign",
            "hiver",
            "text",
            "Réunion jeudi",
            "images",
            "shown",
            "zone",
            "Europe/Paris",
            "language",
            "fr",
            "date",
            page.body().replaceAll("(?s).*type=\"date\" name=\"date\" value=\"([^\"]*)\".*", "$1"),
            "time",
            page.body().replaceAll("(?s).*type=\"time\" name=\"time\" value=\"([^\"]*)\".*", "$1")
        };
        assertThat(zoe.post(path, typed).body()).contains("Réunion jeudi").doesNotContain("note wrong");
        typed[15] = "2020-01-01";
        assertThat(zoe.post(path, typed).body()).as("saving that is refused").contains("note wrong");
        typed[7] = " ";
        assertThat(zoe.post(path, typed).body()).contains("note wrong");
    }
}
