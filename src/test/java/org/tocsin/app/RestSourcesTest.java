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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;

/** Feeds are read by the whole daemon, and kept in the log. */
class RestSourcesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private FeedSite site;
    private RunningDaemon daemon;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        site = new FeedSite();
        daemon = new RunningDaemon(
                folder,
                "TOCSIN_HTTP_ALLOW",
                site.peer(),
                "TOCSIN_SOURCE_POLL_MIN",
                "250ms",
                "TOCSIN_DELIVERY_RETRY_MIN",
                "250ms");
    }

    @AfterEach
    void stop() {
        daemon.close();
        site.close();
    }

    private JsonNode add(String path) {
        Answer added = daemon.post("/api/v1/sources", "{\"url\":\"" + site.url(path) + "\"}");
        assertThat(added.status()).as(added.body()).isIn(200, 201);
        return added.json();
    }

    private JsonNode source(JsonNode source) {
        return daemon.get("/api/v1/sources/" + source.path("id").asText()).json();
    }

    @Test
    void a_feed_that_has_become_another_is_told_and_goes_on() {
        site.put("/flux", rss("La gazette de la ville", item("a", "Un")));
        JsonNode source = add("/flux");
        await().atMost(SOON).until(() -> mentions(source).size() == 1);
        site.put("/flux", rss("La gazette, novembre", item("a", "Un"), item("b", "Deux")));
        await().atMost(SOON).until(() -> mentions(source).size() == 2);
        assertThat(source(source).path("reason").isNull()).isTrue();
        site.put("/flux", rss("Best casino bonus", item("c", "Win")));
        await().atMost(SOON).until(() -> mentions(source).size() == 3);
        assertThat(source(source).path("state").asText()).isEqualTo("LISTENING");
        assertThat(source(source).path("reasonCode").asText()).isEqualTo("heard.feed.other");
        assertThat(source(source).path("reason").asText()).contains("La gazette", "Best casino bonus");
        assertThat(daemon.get("/api/v1/notices").body()).contains("heard.feed.other");
    }

    private List<JsonNode> mentions(JsonNode source) {
        List<JsonNode> items = new ArrayList<>();
        daemon.get("/api/v1/mentions?sourceId=" + source.path("id").asText())
                .json()
                .path("items")
                .forEach(items::add);
        return items;
    }

    private List<String> titles(JsonNode source) {
        return mentions(source).stream().map(one -> one.path("title").asText()).toList();
    }

    @Test
    void what_stood_there_before_is_history_and_what_comes_after_is_not() {
        site.put("/f", rss("Gazette", item("1", "Un")).with("ETag", "\"a\""));
        JsonNode source = add("/f");
        assertThat(source.path("name").asText()).isEqualTo("Gazette");
        await().atMost(SOON).untilAsserted(() -> assertThat(titles(source)).containsExactly("Un"));
        await().atMost(SOON)
                .until(() -> site.asked("/f").stream()
                        .anyMatch(
                                asked -> List.of("\"a\"").equals(asked.headers().get("If-none-match"))));
        site.put("/f", rss("Gazette", item("2", "Deux"), item("1", "Un")).with("ETag", "\"b\""));
        await().atMost(SOON).untilAsserted(() -> assertThat(titles(source)).containsExactly("Deux", "Un"));
        assertThat(mentions(source))
                .extracting(one -> one.path("history").asBoolean())
                .containsExactly(false, true);
        site.put(
                "/f",
                rss("Gazette", item("2", "Deux, corrigé"), item("1", "Un")).with("ETag", "\"c\""));
        await().atMost(SOON).untilAsserted(() -> assertThat(titles(source)).containsExactly("Deux, corrigé", "Un"));
        JsonNode edited = mentions(source).getFirst();
        assertThat(edited.path("revision").asInt()).isEqualTo(2);
        assertThat(edited.path("changeSeq").asLong())
                .isGreaterThan(mentions(source).getLast().path("changeSeq").asLong());
        assertThat(source(source).path("gaps")).isEmpty();
    }

    @Test
    void what_was_said_while_a_source_was_taken_away_is_history_when_it_comes_back() {
        site.put("/f", rss("Gazette", item("1", "Un")));
        JsonNode source = add("/f");
        await().atMost(SOON).untilAsserted(() -> assertThat(titles(source)).containsExactly("Un"));
        assertThat(daemon.send(
                                daemon.token(),
                                "DELETE",
                                "/api/v1/sources/" + source.path("id").asText(),
                                null)
                        .status())
                .isEqualTo(204);
        site.put("/f", rss("Gazette", item("2", "Deux"), item("1", "Un")));
        JsonNode again = add("/f");
        assertThat(again.path("id")).isEqualTo(source.path("id"));
        await().atMost(SOON).untilAsserted(() -> assertThat(titles(again)).containsExactly("Deux", "Un"));
        assertThat(mentions(again))
                .extracting(one -> one.path("history").asBoolean())
                .containsExactly(true, true);
    }

    @Test
    void a_page_is_asked_for_its_feeds_and_more_than_one_is_a_question() {
        String links = "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Tout\" href=\"/f\">";
        site.put("/", new FeedSite.Page(200, "text/html", "<html><head>" + links + "</head></html>", Map.of()));
        site.put("/f", rss("Tout", item("1", "Un")));
        JsonNode found = daemon.post("/api/v1/sources/discover", "{\"url\":\"" + site.url("/") + "\"}")
                .json();
        assertThat(found.path("items").path(0).path("url").asText()).isEqualTo(site.url("/f"));
        assertThat(add("/").path("url").asText()).isEqualTo(site.url("/f"));
        assertThat(add("/f").path("id").asText()).isEqualTo(add("/").path("id").asText());
        site.put(
                "/",
                new FeedSite.Page(
                        200,
                        "text/html",
                        "<html><head>" + links + links.replace("/f", "/g") + "</head></html>",
                        Map.of()));
        Answer several = daemon.post("/api/v1/sources", "{\"url\":\"" + site.url("/") + "\"}");
        assertThat(several.status()).isEqualTo(422);
        assertThat(several.error()).isEqualTo("/url heard.feed.several");
        assertThat(several.body()).contains(site.url("/g"));
    }

    @Test
    void what_a_page_names_is_read_against_where_the_page_is() {
        site.put("/", FeedSite.status(302).with("Location", "/fr/accueil"));
        site.put(
                "/fr/accueil",
                new FeedSite.Page(
                        200,
                        "text/html",
                        "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"flux.xml\">",
                        Map.of()));
        site.put("/fr/flux.xml", rss("Ici", item("1", "Un")));
        assertThat(add("/").path("url").asText()).isEqualTo(site.url("/fr/flux.xml"));
    }

    @Test
    void an_address_without_a_feed_is_refused_with_the_reason() {
        site.put("/p", new FeedSite.Page(200, "text/html", "<html></html>", Map.of()));
        assertThat(daemon.post("/api/v1/sources", "{\"url\":\"" + site.url("/p") + "\"}")
                        .error())
                .isEqualTo("/url heard.feed.none");
        for (String wrong : List.of("", "javascript:alert(1)", "file:///etc/passwd", "http://a:b@ex.fr/")) {
            assertThat(daemon.post("/api/v1/sources", "{\"url\":\"" + wrong + "\"}")
                            .error())
                    .isEqualTo("/url heard.source.url");
        }
        assertThat(daemon.post("/api/v1/sources", "{\"url\":\"http://127.0.0.1:9/f\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void what_is_listened_to_already_is_answered_as_such() {
        site.put("/f", rss("G", item("1", "Un")));
        String body = "{\"url\":\"" + site.url("/f") + "\"}";
        assertThat(daemon.post("/api/v1/sources", body).status()).isEqualTo(201);
        Answer again = daemon.post("/api/v1/sources", body);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("there").asBoolean()).isTrue();
    }

    @Test
    void each_field_that_a_type_does_not_take_is_named() {
        assertThat(daemon.post("/api/v1/sources", "{\"type\":\"gopher\"}").error())
                .isEqualTo("/type heard.source.type");
        Answer feed = daemon.post(
                "/api/v1/sources",
                "{\"type\":\"feed\",\"url\":\"https://ex.fr\",\"channelId\":\"c\",\"settings\":{\"query\":\"q\",\"ceiling\":2}}");
        assertThat(feed.status()).isEqualTo(422);
        assertThat(feed.body()).contains("/channelId", "/settings/query", "/settings/ceiling");
    }

    @Test
    void a_feed_that_moved_is_followed_and_one_that_is_gone_is_left_alone() {
        site.put("/old", rss("G", item("1", "Un")));
        JsonNode source = add("/old");
        await().atMost(SOON).until(() -> !mentions(source).isEmpty());
        site.put("/new", rss("G", item("1", "Un")));
        site.put("/old", FeedSite.status(301).with("Location", "/new"));
        await().atMost(SOON).until(() -> source(source).path("url").asText().equals(site.url("/new")));
        String list =
                "<opml version=\"2.0\"><body><outline text=\"G\" xmlUrl=\"" + site.url("/old") + "\"/></body></opml>";
        Answer listed =
                daemon.send(daemon.token(), "POST", "/api/v1/sources/import", list.getBytes(StandardCharsets.UTF_8));
        assertThat(listed.json().path("there").asInt())
                .as("a list that still has the old address names the same feed: %s", listed.body())
                .isEqualTo(1);
        assertThat(listed.json().path("added").asInt()).isZero();
        site.put("/new", FeedSite.status(410));
        await().atMost(SOON).until(() -> source(source).path("state").asText().equals("STOPPED"));
        int asked = site.asked("/new").size();
        assertThat(source(source).path("reasonCode").asText()).isEqualTo("heard.feed.gone");
        assertThat(daemon.get("/api/v1/notices?open=true").body()).contains("SOURCE");
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> site.asked("/new").size() == asked);
    }

    @Test
    void where_nothing_that_comes_is_known_something_may_have_been_missed() {
        site.put("/f", rss("G", item("1", "Un")));
        JsonNode source = add("/f");
        await().atMost(SOON).until(() -> !mentions(source).isEmpty());
        site.put("/f", rss("G", item("8", "Huit"), item("7", "Sept")));
        await().atMost(SOON).until(() -> source(source).path("gaps").size() == 1);
        assertThat(titles(source)).containsExactly("Huit", "Sept", "Un");
    }

    @Test
    void ids_that_are_made_anew_at_each_reading_ring_no_alert() {
        site.put("/f", rss("G", fresh(0)));
        JsonNode source = add("/f");
        await().atMost(SOON).until(() -> mentions(source).size() == 20);
        for (int reading = 1; reading <= 3; reading++) {
            site.put("/f", rss("G", fresh(reading)));
            int known = 20 * reading;
            await().atMost(SOON)
                    .until(() -> daemon.get("/api/v1/mentions?limit=200")
                                    .json()
                                    .path("items")
                                    .size()
                            > known);
        }
        await().atMost(SOON)
                .until(() -> source(source).path("reasonCode").asText().equals("heard.feed.churn"));
        assertThat(daemon.get("/api/v1/mentions?limit=200").json().path("items"))
                .hasSizeGreaterThanOrEqualTo(80)
                .allMatch(one -> one.path("history").asBoolean());
    }

    @Test
    void a_fast_feed_that_says_something_else_each_time_goes_on_ringing() {
        site.put("/f", rss("G", other(0)));
        JsonNode source = add("/f");
        await().atMost(SOON).until(() -> mentions(source).size() == 20);
        for (int reading = 1; reading <= 3; reading++) {
            site.put("/f", rss("G", other(reading)));
            int known = 20 * reading;
            await().atMost(SOON)
                    .until(() -> daemon.get("/api/v1/mentions?limit=200")
                                    .json()
                                    .path("items")
                                    .size()
                            > known);
        }
        assertThat(source(source).path("reasonCode").isNull()).isTrue();
        JsonNode all = daemon.get("/api/v1/mentions?limit=200&sourceId="
                        + source.path("id").asText())
                .json()
                .path("items");
        assertThat(all).hasSize(80);
        assertThat(all).filteredOn(one -> one.path("history").asBoolean()).hasSize(20);
    }

    private static String[] other(int reading) {
        return IntStream.range(0, 20)
                .mapToObj(i -> item("r" + reading + "-" + i, "Titre " + reading + " et " + i))
                .toArray(String[]::new);
    }

    private static String[] fresh(int reading) {
        return IntStream.range(0, 20)
                .mapToObj(i -> item("r" + reading + "-" + i, "Titre " + i))
                .toArray(String[]::new);
    }

    @Test
    void a_source_that_is_paused_is_not_read_and_a_removed_one_is_not_listed() {
        site.put("/f", rss("G", item("1", "Un")));
        JsonNode source = add("/f");
        await().atMost(SOON).until(() -> !mentions(source).isEmpty());
        String path = "/api/v1/sources/" + source.path("id").asText();
        JsonNode paused = daemon.send(
                        daemon.token(),
                        "PATCH",
                        path,
                        "{\"version\":1,\"enabled\":false,\"name\":\"Autre\"}".getBytes(StandardCharsets.UTF_8))
                .json();
        assertThat(paused.path("state").asText()).isEqualTo("PAUSED");
        assertThat(paused.path("name").asText()).isEqualTo("Autre");
        assertThat(daemon.send(
                                daemon.token(),
                                "PATCH",
                                path,
                                "{\"version\":1,\"enabled\":true}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(409);
        assertThat(daemon.send(daemon.token(), "DELETE", path, null).status()).isEqualTo(204);
        assertThat(daemon.get(path).status()).isEqualTo(404);
        assertThat(daemon.get("/api/v1/sources").json().path("items")).isEmpty();
        assertThat(titles(source)).containsExactly("Un");
        assertThat(add("/f").path("id")).isEqualTo(source.path("id"));
    }

    @Test
    void what_a_server_asks_for_is_waited_for() {
        site.put("/f", rss("G", item("1", "Un")));
        JsonNode source = add("/f");
        await().atMost(SOON).until(() -> !mentions(source).isEmpty());
        site.put("/f", FeedSite.status(503).with("Retry-After", "3600"));
        await().atMost(SOON).until(() -> source(source).path("attempts").asInt() == 1);
        assertThat(Instant.parse(source(source).path("nextAt").asText()))
                .isAfter(Instant.now().plusSeconds(3_500));
        assertThat(source(source).path("reason").asText()).isNotBlank();
    }
}
