package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watch that would ring for nearly everything is asked about before it is saved. */
class WideWatchTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void words_that_match_nearly_everything_are_saved_only_when_it_is_meant(@TempDir Path folder) throws IOException {
        try (FeedSite site = new FeedSite();
                RunningDaemon daemon = new RunningDaemon(
                        folder, "TOCSIN_HTTP_ALLOW", site.peer(), "TOCSIN_SOURCE_POLL_MIN", "250ms")) {
            site.put(
                    "/flux",
                    FeedSite.rss(
                            "Gazette",
                            IntStream.range(0, 60)
                                    .mapToObj(i -> FeedSite.item(
                                            "n" + i, i % 10 == 0 ? "Le marché " + i : "Le conseil de la ville " + i))
                                    .toArray(String[]::new)));
            assertThat(daemon.post("/api/v1/sources", "{\"url\":\"" + site.url("/flux") + "\"}")
                            .status())
                    .isEqualTo(201);
            await().atMost(SOON)
                    .until(() -> daemon.get("/api/v1/mentions?limit=200")
                                    .json()
                                    .path("items")
                                    .size()
                            == 60);
            assertThat(daemon.post("/api/v1/watches", "{\"query\":\"marché\"}").status())
                    .isEqualTo(201);
            RunningDaemon.Answer asked = daemon.post("/api/v1/watches", "{\"query\":\"conseil OU ville\"}");
            assertThat(asked.status()).isEqualTo(422);
            assertThat(asked.error()).isEqualTo("/query watching.wide");
            try (Browser browser = Browser.ofTheFirst(daemon)) {
                String[] fields = {"query", "conseil OU ville", "name", "Tout", "act", "save"};
                assertThat(browser.post("/desk/listen/watches", fields).body())
                        .contains("54 sur 60 des mentions récentes", "value=\"sure\"");
                assertThat(browser.post("/desk/listen/watches/new/words", fields)
                                .body())
                        .contains("54 sur 60 des mentions récentes", "value=\"sure\"");
                fields[5] = "sure";
                assertThat(browser.post("/desk/listen/watches", fields).body()).contains("La veille est enregistrée");
            }
            assertThat(daemon.post("/api/v1/watches", "{\"query\":\"conseil OU ville\",\"sure\":true}")
                            .status())
                    .isEqualTo(201);
        }
    }
}
