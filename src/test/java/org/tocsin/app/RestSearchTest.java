package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tocsin.app.FeedSite.item;
import static org.tocsin.app.FeedSite.rss;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;
import org.tocsin.app.RunningDaemon.Answer;

/** The search in the whole daemon: from a feed to what is found, shown and taken away. */
class RestSearchTest {
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

    private void listen(String... items) {
        site.put("/f", rss("Gazette", items));
        Answer added = daemon.post("/api/v1/sources", "{\"url\":\"" + site.url("/f") + "\"}");
        assertThat(added.status()).as(added.body()).isEqualTo(201);
    }

    private static String path(String query) {
        return "/api/v1/mentions/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private List<String> found(String query) {
        List<String> found = new ArrayList<>();
        daemon.get(path(query))
                .json()
                .path("items")
                .forEach(one -> found.add(one.path("nativeId").asText()));
        return found;
    }

    private void remove(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }

    @Test
    void what_was_heard_is_found_with_its_words_counted_and_taken_away() {
        listen(
                item("1", "La piscine du parc ferme"),
                item("2", "=HYPERLINK(\"https://ex.fr\") piscine"),
                item("3", "Le budget"));
        await().atMost(SOON).until(() -> found("piscine").size() == 2);
        // What is found can be found before the rest of the log is gone through.
        await().atMost(SOON)
                .until(() -> daemon.get(path("piscine")).json().path("complete").asBoolean());
        JsonNode page = daemon.get(path("piscine")).json();
        assertThat(page.path("total").path("value").asInt()).isEqualTo(2);
        assertThat(page.path("total").path("atLeast").asBoolean()).isFalse();
        assertThat(page.path("facets").path("network").path(0).path("value").asText())
                .isEqualTo("feed");
        for (JsonNode one : page.path("items")) {
            JsonNode hit = one.path("matches").path(0);
            assertThat(one.path("title")
                            .asText()
                            .substring(
                                    hit.path("start").asInt(), hit.path("end").asInt()))
                    .isEqualTo("piscine");
        }
        Answer wrong = daemon.get(path("NOT piscine"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.error()).isEqualTo("/q watch.negative");
        assertThat(daemon.get(path("piscine") + "&sort=best").error()).isEqualTo("/sort search.value");
        assertThat(daemon.get(path("piscine") + "&from=gestern").error()).isEqualTo("/from search.time");
        assertThat(daemon.get(path("piscine") + "&next=x").error()).isEqualTo("/next web.cursor");
        Answer table = daemon.get(path("piscine").replace("search?", "search.csv?"));
        assertThat(table.body()).startsWith("id,written,heard,").contains("\"'=HYPERLINK");
        assertThat(table.body().lines()).hasSize(3);
        String source = daemon.get("/api/v1/sources")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asText();
        assertThat(table.body().lines().findFirst().orElseThrow())
                .contains(",source,source name,")
                .endsWith(",watches,watch names");
        assertThat(table.body().lines().skip(1)).allMatch(line -> line.contains("," + source + ",Gazette,"));
        Answer lines = daemon.get(path("piscine").replace("search?", "search.ndjson?"));
        assertThat(lines.body().lines().map(line -> line.charAt(0)))
                .containsOnly('{')
                .hasSize(2);
        await().atMost(SOON)
                .until(() -> Pattern.compile("words=[0-9a-f]{16} bounds=none rows=2")
                        .matcher(daemon.get("/api/v1/audit").body())
                        .find());
        assertThat(daemon.get("/api/v1/audit").body())
                .as("words may name an author")
                .doesNotContain("piscine");
        assertThat(daemon.get(path("piscine").replace("search?", "search.csv?").replace("piscine", "NOT+x"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void the_folder_of_the_index_may_be_taken_away_at_any_time() throws IOException {
        listen(item("1", "La piscine ferme"));
        await().atMost(SOON).until(() -> found("piscine").size() == 1);
        Path index = folder.resolve("index");
        remove(index);
        site.put("/f", rss("Gazette", item("2", "La piscine rouvre"), item("1", "La piscine ferme")));
        await().atMost(SOON).until(() -> found("piscine").size() == 2);
        daemon.close();
        remove(index);
        daemon = daemon();
        await().atMost(SOON).until(() -> found("piscine").size() == 2);
        // What is found can be found before the rest of the log is gone through.
        await().atMost(SOON)
                .until(() -> daemon.get(path("piscine")).json().path("complete").asBoolean());
    }

    @Test
    void the_desk_finds_narrows_folds_and_makes_a_watch_of_it() {
        listen(IntStream.range(0, 30)
                .mapToObj(n ->
                        item(String.valueOf(n), n < 2 ? "La piscine du parc ferme demain matin" : "piscine <b>" + n))
                .map(one -> one.replace("<b>", "&lt;b&gt;"))
                .toArray(String[]::new));
        await().atMost(SOON).until(() -> found("piscine").size() == 30);
        try (Browser browser = Browser.ofTheFirst(daemon)) {
            Page page = browser.get("/desk/search?q=piscine");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body())
                    .contains("30 mentions", "<mark>piscine</mark>", "rel=\"next\"", "query=piscine#new")
                    .doesNotContain("<b>");
            String next = page.body()
                    .replaceAll("(?s).*href=\"([^\"]+)\" rel=\"next\".*", "$1")
                    .replace("&amp;", "&");
            Page second = browser.get(next);
            assertThat(second.body()).contains("30 mentions").doesNotContain("rel=\"next\"");
            assertThat(page.body() + second.body()).contains("et 1 autre mention de la même histoire");
            Page narrowed = browser.get("/desk/search?q=piscine&network=feed");
            assertThat(narrowed.body()).contains("(enlever)", "source%3A%22feed%22");
            assertThat(browser.get("/desk/listen?query=piscine+ferme").body()).contains(">piscine ferme</textarea>");
            assertThat(browser.get("/desk/search?q=SAUF+piscine").status()).isEqualTo(422);
            assertThat(browser.get("/desk/search/table?q=piscine").body()).startsWith("id,written");
            assertThat(browser.get("/desk/search").body()).contains("30 mentions");
        }
    }
}
