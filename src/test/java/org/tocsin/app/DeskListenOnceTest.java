package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many a watch names: what it rang for stands once on the page. */
class DeskListenOnceTest {
    private static String recipient(RunningDaemon daemon, String name) {
        return daemon.post(
                        "/api/v1/recipients",
                        "{\"name\":\"" + name + "\",\"language\":\"fr\",\"zone\":\"Europe/Paris\",\"budget\":20}")
                .json()
                .path("id")
                .asText();
    }

    @Test
    void a_story_is_one_card_for_all_whom_it_rang_for(@TempDir Path folder) throws IOException {
        try (RunningDaemon daemon = new RunningDaemon(folder);
                Browser browser = Browser.ofTheFirst(daemon)) {
            String ada = recipient(daemon, "Ada");
            String bob = recipient(daemon, "Bob");
            daemon.post(
                    "/api/v1/watches",
                    "{\"name\":\"Fanfare\",\"query\":\"fanfare\",\"mode\":\"INSTANT\",\"recipients\":[\"" + ada
                            + "\",\"" + bob + "\"]}");
            daemon.post("/api/v1/mentions", "{\"text\":\"La fanfare du quai joue samedi.\",\"author\":\"La Gazette\"}");
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            daemon.get("/api/v1/alerts").json().path("items").size() == 2);
            assertThat(browser.get("/desk/listen").body().split("action=\"/desk/listen/alerts/", -1))
                    .hasSize(2);
        }
    }
}
