package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tocsin.app.FeedSite.item;
import static org.tocsin.app.FeedSite.rss;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;

/** From what a feed says to the alert, in the whole daemon. */
class RestWatchesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private FeedSite site;
    private RunningDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        site = new FeedSite();
        daemon = daemon();
    }

    private RunningDaemon daemon() throws IOException {
        return new RunningDaemon(folder, "TOCSIN_HTTP_ALLOW", site.peer(), "TOCSIN_SOURCE_POLL_MIN", "250ms");
    }

    @AfterEach
    void stop() {
        daemon.close();
        site.close();
    }

    private JsonNode watch(String name, String query) {
        ObjectNode body =
                RunningDaemon.JSON.createObjectNode().put("name", name).put("query", query);
        Answer saved = daemon.post("/api/v1/watches", body.toString());
        assertThat(saved.status()).as(saved.body()).isEqualTo(201);
        return saved.json();
    }

    private void listen(String... items) {
        site.put("/f", rss("G", items));
        Answer added = daemon.post("/api/v1/sources", "{\"url\":\"" + site.url("/f") + "\"}");
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        await().atMost(SOON).until(() -> titles().size() == items.length);
    }

    private List<String> titles() {
        List<String> titles = new ArrayList<>();
        daemon.get("/api/v1/mentions")
                .json()
                .path("items")
                .forEach(one -> titles.add(one.path("title").asText()));
        return titles;
    }

    private List<JsonNode> alerts() {
        List<JsonNode> alerts = new ArrayList<>();
        daemon.get("/api/v1/alerts").json().path("items").forEach(alerts::add);
        return alerts;
    }

    private void say(String... items) {
        site.put("/f", rss("G", items));
        await().atMost(SOON).until(() -> titles().size() == items.length);
    }

    @Test
    void what_is_said_rings_once_for_its_story_and_tells_the_words_that_matched() {
        listen(item("0", "Le maire parle d’avant"));
        JsonNode watch = watch("Le maire", "maire");
        say(item("1", "Que dit Madame la MAIRE de la place du marché ?"), item("0", "Le maire parle d’avant"));
        await().atMost(SOON).until(() -> alerts().size() == 1);
        JsonNode alert = alerts().getFirst();
        assertThat(alert.path("watchId")).isEqualTo(watch.path("id"));
        JsonNode mention = daemon.get(
                        "/api/v1/mentions/" + alert.path("mentionId").asText())
                .json();
        JsonNode hit = alert.path("matches").path(0);
        assertThat(hit.path("field").asText()).isEqualTo("title");
        assertThat(mention.path("title")
                        .asText()
                        .substring(hit.path("start").asInt(), hit.path("end").asInt()))
                .isEqualTo("MAIRE");
        assertThat(daemon.get("/api/v1/notices?open=true").body()).contains("Le maire", "ALERT");
        say(
                item("2", "que dit madame la maire de la place du marché"),
                item("1", "Que dit Madame la MAIRE de la place du marché ?"),
                item("0", "Le maire parle d’avant"));
        await().atMost(SOON).until(() -> alerts().getFirst().path("more").asInt() == 1);
        assertThat(alerts()).hasSize(1);
        String path = "/api/v1/alerts/" + alert.path("id").asText();
        assertThat(daemon.post(path + "/acknowledge", "{}").json().path("state").asText())
                .isEqualTo("ACKNOWLEDGED");
        assertThat(daemon.get("/api/v1/alerts?open=true").json().path("items")).isEmpty();
        assertThat(daemon.get("/api/v1/notices?open=true").body()).doesNotContain("ALERT");
    }

    @Test
    void a_watch_rings_for_what_is_heard_after_it_and_no_longer_once_it_is_gone() {
        listen(item("0", "avant"));
        say(item("1", "le tramway arrive"), item("0", "avant"));
        JsonNode watch = watch("Tram", "tram*");
        say(item("2", "un tram de plus"), item("1", "le tramway arrive"), item("0", "avant"));
        await().atMost(SOON).until(() -> alerts().size() == 1);
        assertThat(daemon.get("/api/v1/mentions/"
                                + alerts().getFirst().path("mentionId").asText())
                        .json()
                        .path("nativeId")
                        .asText())
                .isEqualTo("2");
        assertThat(daemon.send(
                                daemon.token(),
                                "DELETE",
                                "/api/v1/watches/" + watch.path("id").asText(),
                                null)
                        .status())
                .isEqualTo(204);
        JsonNode other = watch("Sentinelle", "sentinelle");
        say(
                item("4", "sentinelle"),
                item("3", "encore un tram"),
                item("2", "un tram de plus"),
                item("1", "le tramway arrive"),
                item("0", "avant"));
        await().atMost(SOON)
                .until(() ->
                        alerts().stream().anyMatch(one -> one.path("watchId").equals(other.path("id"))));
        assertThat(alerts()).hasSize(2);
    }

    @Test
    void watches_are_there_again_after_a_start() throws IOException {
        listen(item("0", "avant"));
        watch("Eau", "\"coupure d’eau\"");
        daemon.close();
        daemon = daemon();
        say(item("1", "Coupure d'eau rue Haute"), item("0", "avant"));
        await().atMost(SOON).until(() -> alerts().size() == 1);
    }

    @Test
    void what_cannot_be_a_watch_is_refused_with_its_place_and_changes_carry_a_version() {
        Answer refused = daemon.post("/api/v1/watches", "{\"query\":\"NOT maire\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.error()).startsWith("/query watch.");
        JsonNode check = daemon.post(
                        "/api/v1/watches/check", "{\"query\":\"école OR crèche\"}", "Accept-Language", "fr")
                .json();
        assertThat(check.path("valid").asBoolean()).isTrue();
        assertThat(check.path("plain").asText()).contains("école", "crèche");
        JsonNode watch = watch("École", "école");
        String path = "/api/v1/watches/" + watch.path("id").asText();
        byte[] stale = "{\"version\":7,\"query\":\"crèche\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(daemon.send(daemon.token(), "PATCH", path, stale).status()).isEqualTo(409);
        byte[] fresh = "{\"version\":1,\"query\":\"crèche\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(daemon.send(daemon.token(), "PATCH", path, fresh)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(daemon.get(path).json().path("versions"))
                .extracting(one -> one.path("query").asText())
                .containsExactly("crèche", "école");
    }

    @Test
    void words_are_tried_on_what_was_heard_and_explained_and_nothing_rings() {
        listen(item("0", "La piscine ferme"), item("1", "La piscine rouvre"), item("2", "Rien"));
        JsonNode trial =
                daemon.post("/api/v1/watches/test", "{\"query\":\"piscine\"}").json();
        assertThat(trial.path("hits").asInt()).isEqualTo(2);
        assertThat(trial.path("read").asInt()).isEqualTo(3);
        assertThat(trial.path("samples")).hasSize(2);
        assertThat(trial.path("hitsPerDay").path(0).path("count").asInt()).isEqualTo(2);
        assertThat(trial.path("coverage").path(0).path("complete").asBoolean()).isFalse();
        String mention = daemon.get("/api/v1/mentions")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asText();
        JsonNode why = daemon.post(
                        "/api/v1/watches/explain",
                        "{\"query\":\"piscine NEAR/3 ferme\",\"mentionId\":\"" + mention + "\"}")
                .json();
        assertThat(why.path("matched").isBoolean()).isTrue();
        assertThat(why.path("parts")).hasSize(2);
        assertThat(why.path("why").asText()).isNotBlank();
        JsonNode watch = watch("Piscine", "piscine");
        JsonNode told = daemon.post(
                        "/api/v1/watches/explain",
                        "{\"watchId\":\"" + watch.path("id").asText() + "\",\"mentionId\":\"" + mention + "\"}")
                .json();
        assertThat(told.path("told").path(0).path("code").asText()).isEqualTo("watching.told.history");
        assertThat(alerts()).isEmpty();
    }
}
