package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tocsin.app.FeedSite.item;
import static org.tocsin.app.FeedSite.rss;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;

/** What is handed in instead of being read. */
class RestIncomingTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private FeedSite site;
    private RunningDaemon daemon;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        site = new FeedSite();
        daemon = new RunningDaemon(folder, "TOCSIN_HTTP_ALLOW", site.peer(), "TOCSIN_SOURCE_POLL_MIN", "250ms");
    }

    @AfterEach
    void stop() {
        daemon.close();
        site.close();
    }

    private Answer hand(String hook, String body) {
        return anyone("POST", hook, body);
    }

    private Answer anyone(String method, String path, @Nullable String body) {
        return daemon.send(null, method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode open(String name) {
        Answer opened = daemon.post("/api/v1/sources", "{\"type\":\"webhook\",\"name\":\"" + name + "\"}");
        assertThat(opened.status()).as(opened.body()).isEqualTo(201);
        return opened.json();
    }

    private JsonNode mentions(String source) {
        return daemon.get("/api/v1/mentions?sourceId=" + source).json().path("items");
    }

    @Test
    void whoever_knows_the_address_hands_in_and_what_matches_rings_once() {
        assertThat(daemon.post("/api/v1/watches", "{\"name\":\"Pont\",\"query\":\"pont\"}")
                        .status())
                .isEqualTo(201);
        JsonNode source = open("Formulaire");
        String hook = source.path("hook").asText();
        assertThat(hook).matches("/hooks/[A-Za-z0-9_-]{32}");
        String id = source.path("id").asText();
        assertThat(daemon.get("/api/v1/sources/" + id).body()).doesNotContain(hook.substring(7));
        String said = "{\"id\":\"7\",\"text\":\"Le pont est fermé\",\"url\":\"https://exemple.fr/7\","
                + "\"author\":{\"name\":\"Léa\"},\"elsewhere\":{\"known\":true}}";
        assertThat(hand(hook, said).json().path("added").asInt()).isEqualTo(1);
        assertThat(hand(hook, said).json().path("same").asInt()).isEqualTo(1);
        assertThat(hand(
                                hook,
                                "{\"items\":[{\"html\":\"<p>Encore le <b>pont</b><script>x()</script></p>\"},"
                                        + "{\"title\":\"Autre chose\"}]}")
                        .json()
                        .path("added")
                        .asInt())
                .isEqualTo(2);
        assertThat(mentions(id)).hasSize(3);
        assertThat(mentions(id).path(1).path("text").asText()).isEqualTo("Encore le pont");
        assertThat(mentions(id).path(0).path("kind").asText()).isEqualTo("ARTICLE");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(daemon.get("/api/v1/alerts").json().path("items"))
                                .hasSize(2));
        assertThat(daemon.get("/api/v1/sources/" + id)
                        .json()
                        .path("lastSuccessAt")
                        .isTextual())
                .isTrue();
    }

    @Test
    void what_cannot_be_read_is_named_and_nothing_of_it_is_kept() {
        JsonNode source = open("Formulaire");
        String hook = source.path("hook").asText();
        String id = source.path("id").asText();
        Answer wrong = hand(hook, "[{\"text\":\"bon\"},{\"text\":\" \"},{\"text\":\"x\"}]");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("/items/1/text");
        assertThat(hand(hook, "[1]").status()).isEqualTo(422);
        assertThat(hand(hook, "\"x\"").status()).isEqualTo(422);
        assertThat(hand(hook, "{\"text\":\"x\",\"publishedAt\":\"hier\"}").body())
                .contains("/publishedAt");
        assertThat(hand(hook, "{\"text\":\"x\",\"url\":\"javascript:alert(1)\"}")
                        .body())
                .contains("/url");
        assertThat(hand(hook, "not json").status()).isEqualTo(400);
        assertThat(hand(hook, "[" + "{\"text\":\"x\"},".repeat(200) + "{\"text\":\"x\"}]")
                        .status())
                .isEqualTo(422);
        assertThat(mentions(id)).isEmpty();
        assertThat(hand("/hooks/" + "A".repeat(32), "{\"text\":\"x\"}").status())
                .isEqualTo(404);
    }

    @Test
    void another_address_ends_the_one_before_and_pausing_or_removing_closes_it() {
        JsonNode source = open("Formulaire");
        String id = source.path("id").asText();
        String first = source.path("hook").asText();
        String second = daemon.post("/api/v1/sources/" + id + "/hook", "{}")
                .json()
                .path("hook")
                .asText();
        assertThat(hand(first, "{\"text\":\"x\"}").status()).isEqualTo(404);
        assertThat(hand(second, "{\"text\":\"x\"}").status()).isEqualTo(202);
        byte[] pause = "{\"version\":1,\"enabled\":false}".getBytes(StandardCharsets.UTF_8);
        assertThat(daemon.send(daemon.token(), "PATCH", "/api/v1/sources/" + id, pause)
                        .status())
                .isEqualTo(200);
        assertThat(hand(second, "{\"text\":\"y\"}").status()).isEqualTo(409);
        assertThat(anyone("DELETE", "/api/v1/sources/" + id, null).status()).isEqualTo(401);
        assertThat(daemon.send(daemon.token(), "DELETE", "/api/v1/sources/" + id, null)
                        .status())
                .isEqualTo(204);
        assertThat(hand(second, "{\"text\":\"z\"}").status()).isEqualTo(404);
    }

    @Test
    void a_webhook_that_runs_wild_is_told_to_wait() {
        String hook = open("Fou").path("hook").asText();
        int taken = 0;
        int last = 202;
        for (int batch = 0; batch < 4 && last == 202; batch++) {
            StringBuilder items = new StringBuilder("[");
            for (int i = 0; i < 199; i++) {
                items.append(i == 0 ? "" : ",")
                        .append("{\"text\":\"n ")
                        .append(batch)
                        .append(' ')
                        .append(i)
                        .append("\"}");
            }
            last = hand(hook, items.append(']').toString()).status();
            taken += last == 202 ? 199 : 0;
        }
        assertThat(taken).isEqualTo(597);
        assertThat(last).isEqualTo(429);
    }

    @Test
    void what_a_person_enters_is_a_mention_and_twice_the_same_address_is_one() {
        Answer first = daemon.post(
                "/api/v1/mentions",
                "{\"text\":\"Entendu au marché\",\"url\":\"https://exemple.fr/marche\",\"author\":\"Un passant\"}");
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        Answer second = daemon.post(
                "/api/v1/mentions", "{\"text\":\"Entendu au marché, corrigé\",\"url\":\"https://exemple.fr/marche\"}");
        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(second.json().path("revision").asInt()).isEqualTo(2);
        assertThat(daemon.post("/api/v1/mentions", "{\"url\":\"https://exemple.fr\"}")
                        .body())
                .contains("/text");
        assertThat(daemon.post("/api/v1/mentions", "{\"text\":\"x\",\"colour\":\"red\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void a_list_of_feeds_comes_in_and_goes_out() {
        site.put("/f", rss("Gazette", item("1", "Un")));
        String opml = "<?xml version=\"1.0\"?><!DOCTYPE opml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                + "<opml version=\"2.0\"><head><title>&x;</title></head><body>"
                + "<outline text=\"Presse\"><outline type=\"rss\" text=\"La &lt;Gazette&gt;\" xmlUrl=\""
                + site.url("/f")
                + "\"/><outline type=\"rss\" text=\"Encore\" xmlUrl=\"" + site.url("/f") + "\"/></outline>"
                + "<outline text=\"Faux\" xmlUrl=\"javascript:alert(1)\"/><outline text=\"Dossier\"/></body></opml>";
        Answer in =
                daemon.send(daemon.token(), "POST", "/api/v1/sources/import", opml.getBytes(StandardCharsets.UTF_8));
        assertThat(in.status()).as(in.body()).isEqualTo(200);
        assertThat(in.json().path("added").asInt()).isEqualTo(1);
        assertThat(in.json().path("wrong").path(0).asText()).isEqualTo("javascript:alert(1)");
        Answer again =
                daemon.send(daemon.token(), "POST", "/api/v1/sources/import", opml.getBytes(StandardCharsets.UTF_8));
        assertThat(again.json().path("there").asInt()).isEqualTo(1);
        String out = daemon.get("/api/v1/sources/export").body();
        assertThat(out)
                .contains("text=\"La &lt;Gazette", "xmlUrl=\"" + site.url("/f") + "\"", "<opml version=\"2.0\">");
        await().atMost(SOON)
                .until(() ->
                        !daemon.get("/api/v1/mentions").json().path("items").isEmpty());
        assertThat(daemon.send(
                                daemon.token(),
                                "POST",
                                "/api/v1/sources/import",
                                "<html/>".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(422);
    }
}
