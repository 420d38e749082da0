package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alert is a notice too: it goes out by the notices' webhook, with its words, whatever recipients there are. */
class AlertNoticeTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void an_alert_goes_out_by_the_webhook_of_the_notices(@TempDir Path folder) throws IOException {
        try (FeedSite site = new FeedSite();
                RunningDaemon daemon = new RunningDaemon(
                        folder,
                        "TOCSIN_HTTP_ALLOW",
                        site.peer(),
                        "TOCSIN_SOURCE_POLL_MIN",
                        "250ms",
                        "TOCSIN_NOTICES_WEBHOOK_URL",
                        site.url("/notices"),
                        "TOCSIN_NOTICES_WEBHOOK_SECRET",
                        "a secret of some length")) {
            site.put("/notices", FeedSite.json("{}"));
            site.put("/flux", FeedSite.rss("Gazette", FeedSite.item("a", "Un")));
            assertThat(daemon.post("/api/v1/watches", "{\"query\":\"piscine\"}").status())
                    .isEqualTo(201);
            assertThat(daemon.post("/api/v1/sources", "{\"url\":\"" + site.url("/flux") + "\"}")
                            .status())
                    .isEqualTo(201);
            await().atMost(SOON)
                    .until(() ->
                            daemon.get("/api/v1/mentions").json().path("items").size() == 1);
            site.put(
                    "/flux", FeedSite.rss("Gazette", FeedSite.item("a", "Un"), FeedSite.item("b", "La piscine ferme")));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(site.asked("/notices"))
                            .anySatisfy(one -> assertThat(one.body()).contains("\"kind\":\"ALERT\"", "piscine")));
        }
    }
}
