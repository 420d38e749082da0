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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.cli.CommandLineStreams;
import org.tocsin.cli.TocsinCommand;

/** From the public notice to nothing left: somebody objects, a manager accepts, and he is not kept any more. */
class RestRightsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private Path folder;
    private RunningDaemon daemon;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        folder = data;
        daemon = new RunningDaemon(
                data, "TOCSIN_ORGANISATION", "Ville <b>", "TOCSIN_PRIVACY_CONTACT", "dpo@ville.example");
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private Answer enter(String text) {
        return daemon.post(
                "/api/v1/mentions",
                "{\"text\":\"" + text + "\",\"author\":\"Rose\",\"handle\":\"rose_martin\"}",
                "Idempotency-Key",
                "k-" + text.hashCode());
    }

    private Answer object(String form) {
        return daemon.send(
                null,
                "POST",
                "/privacy?lang=fr",
                form.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private JsonNode items(String path) {
        return daemon.get(path).json().path("items");
    }

    @Test
    void the_notice_tells_who_listens_in_both_languages_and_asks_for_no_cookie() {
        Answer french = daemon.send(null, "GET", "/privacy?lang=fr", null);
        assertThat(french.status()).isEqualTo(200);
        assertThat(french.body()).contains("Ville &lt;b&gt;", "13 mois", "dpo@ville.example", "S’opposer");
        assertThat(french.body()).doesNotContain("<script");
        assertThat(french.headers().firstValue("set-cookie")).isEmpty();
        assertThat(daemon.send(null, "GET", "/privacy", null, "Accept-Language", "en")
                        .body())
                .contains("13 months", "Object");
    }

    private String tocsin(int code, String... args) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertThat(TocsinCommand.run(
                        args,
                        new CommandLineStreams(
                                out, out, new BufferedReader(new StringReader("")), null, Locale.ENGLISH),
                        Map.of("TOCSIN_DATA", folder.toString(), "TOCSIN_HTTP_PORT", String.valueOf(daemon.port())),
                        () -> 0))
                .as(said.toString(StandardCharsets.UTF_8))
                .isEqualTo(code);
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void an_objection_is_answered_at_the_terminal() {
        enter("bonjour");
        object("author=%40rose_martin&network=x");
        object("author=%40paul");
        JsonNode objections = items("/api/v1/rights/objections?open=true");
        String paul = objections.path(0).path("id").asText();
        String rose = objections.path(1).path("id").asText();
        assertThat(tocsin(1, "rights", "objections", "accept", rose))
                .as("she is not heard where she said")
                .contains("[rights.objection.nobody]");
        assertThat(tocsin(0, "rights", "objections", "accept", rose, "--network", "entry"))
                .contains("Erasure begun");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(items("/api/v1/mentions")).isEmpty());
        assertThat(tocsin(0, "rights", "objections", "decline", paul, "--reason", "a mayor in office"))
                .contains("Declined");
        assertThat(items("/api/v1/rights/objections?open=true")).isEmpty();
        assertThat(tocsin(1, "rights", "objections", "accept", rose)).contains("no objection");
    }

    @Test
    void who_objects_and_is_accepted_is_erased_and_not_kept_again() throws IOException {
        String id = enter("bonjour").json().path("id").asText();
        assertThat(object("author=%40rose_martin&contact=r%40ex.fr").body()).contains("enregistrée");
        assertThat(object("author=paul&website=x").body()).contains("enregistrée");
        assertThat(items("/api/v1/rights/objections?open=true"))
                .as("not the program")
                .hasSize(1);
        assertThat(items("/api/v1/notices").toString()).contains("OBJECTION").doesNotContain("rose_martin");
        JsonNode objection = items("/api/v1/rights/objections").path(0);
        Answer accepted = daemon.post(
                "/api/v1/rights/objections/" + objection.path("id").asText() + "/accept",
                "{\"version\":" + objection.path("version").asInt() + "}");
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        String erasure = "/api/v1/rights/erasures/" + accepted.json().path("id").asText();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                daemon.get(erasure).json().path("state").asText())
                        .isEqualTo("DONE"));
        assertThat(items("/api/v1/mentions")).isEmpty();
        assertThat(daemon.get("/api/v1/mentions/" + id).body()).doesNotContain("bonjour");
        assertThat(enter("bonjour").body()).as("the answer that was kept").doesNotContain("bonjour");
        assertThat(enter("encore moi").status()).isEqualTo(409);
        assertThat(Files.readString(folder.resolve("erasures.log"))).contains("ERASE", "OBJECT");
        // By the handle as it was given, and by the one within the network on which she was heard.
        assertThat(items("/api/v1/rights/opt-outs")).hasSize(2);
        assertThat(daemon.post("/api/v1/rights/opt-outs/remove", "{\"author\":\"rose_martin\"}")
                        .status())
                .isEqualTo(200);
        assertThat(enter("me revoilà").status()).isEqualTo(201);
    }

    @Test
    void an_objection_that_would_erase_nobody_says_so_and_is_mended() {
        enter("bonjour");
        assertThat(object("author=rose_martin&network=Twitter").status()).isEqualTo(422);
        assertThat(object("author=rose_martin&network=x").status()).isEqualTo(200);
        JsonNode objection = items("/api/v1/rights/objections").path(0);
        String accept = "/api/v1/rights/objections/" + objection.path("id").asText() + "/accept";
        Answer nobody = daemon.post(accept, "{\"version\":1}");
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.body()).contains("/network", "rose_martin");
        assertThat(daemon.post(accept, "{\"version\":1,\"network\":\"Flux RSS\"}")
                        .status())
                .isEqualTo(422);
        assertThat(items("/api/v1/rights/erasures")).isEmpty();
        assertThat(daemon.post(accept, "{\"version\":1,\"network\":\"\"}").status())
                .isEqualTo(202);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(items("/api/v1/mentions")).isEmpty());
        assertThat(object("author=nemo").status()).isEqualTo(200);
        String nemo =
                items("/api/v1/rights/objections?open=true").path(0).path("id").asText();
        assertThat(daemon.post("/api/v1/rights/objections/" + nemo + "/accept", "{\"version\":1,\"sure\":true}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void a_network_is_chosen_and_another_refused_wherever_it_is_named() {
        String page = daemon.send(null, "GET", "/privacy?lang=fr", null).body();
        assertThat(page).contains("<select name=\"network\">", "value=\"feed\"");
        for (String path : List.of("preview", "erasures", "opt-outs")) {
            Answer refused = daemon.post("/api/v1/rights/" + path, "{\"author\":\"rose_martin\",\"network\":\"bsky\"}");
            assertThat(refused.status()).as(path).isEqualTo(422);
            assertThat(refused.body()).contains("/network", "bluesky");
        }
    }

    @Test
    void who_is_heard_by_name_alone_can_object_and_the_team_says_in_which_source() {
        assertThat(object("author=Rose+Martin").status()).isEqualTo(200);
        JsonNode objection = items("/api/v1/rights/objections").path(0);
        String accept = "/api/v1/rights/objections/" + objection.path("id").asText() + "/accept";
        assertThat(daemon.post(accept, "{\"version\":1}").status()).isEqualTo(422);
        assertThat(daemon.post(accept, "{\"version\":1,\"sourceId\":\"s1\",\"sure\":true}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void the_form_does_not_take_a_flood() {
        for (int i = 0; i < 3; i++) {
            assertThat(object("author=a" + i).status()).isEqualTo(200);
        }
        assertThat(object("author=b").status()).isEqualTo(429);
        assertThat(object("author=" + "a".repeat(17_000)).status()).isEqualTo(413);
        assertThat(object("author=").status()).isEqualTo(422);
    }

    @Test
    void a_hold_survives_an_erasure_and_is_exported_as_a_zip() {
        String id = enter("une menace").json().path("id").asText();
        Answer held = daemon.post(
                "/api/v1/rights/holds",
                "{\"mentionId\":\"" + id + "\",\"reason\":\"plainte\",\"endsAt\":\""
                        + Instant.now().plus(Duration.ofDays(30)) + "\"}");
        assertThat(held.status()).as(held.body()).isEqualTo(201);
        assertThat(daemon.post("/api/v1/rights/preview", "{\"author\":\"rose_martin\"}")
                        .json()
                        .path("written")
                        .asInt())
                .isEqualTo(1);
        daemon.post("/api/v1/rights/erasures", "{\"author\":\"rose_martin\"}");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(items("/api/v1/mentions")).isEmpty());
        String hold = held.json().path("items").path(0).path("id").asText();
        Answer zip = daemon.get("/api/v1/rights/holds/" + hold + "/export");
        assertThat(zip.status()).isEqualTo(200);
        assertThat(zip.body()).startsWith("PK");
        assertThat(zip.header("content-type")).isEqualTo("application/zip");
        assertThat(daemon.post("/api/v1/rights/holds/" + hold + "/end", "{}").status())
                .isEqualTo(200);
        assertThat(daemon.get("/api/v1/rights/holds/" + hold + "/export").status())
                .isEqualTo(404);
    }
}
