package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tocsin.app.FeedSite.item;
import static org.tocsin.app.FeedSite.rss;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;

/** From what a feed says to the phone of a person, in the whole daemon, and back by an acknowledgement. */
class RestAlertsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SECRET = "a secret that is never shown";

    @TempDir
    private Path folder;

    private FeedSite feed;
    private HookSite hook;
    private RunningDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        feed = new FeedSite();
        hook = new HookSite();
        daemon = new RunningDaemon(
                folder,
                "TOCSIN_HTTP_ALLOW",
                feed.peer() + "," + hook.peer(),
                "TOCSIN_SOURCE_POLL_MIN",
                "250ms",
                "TOCSIN_DELIVERY_RETRY_MIN",
                "250ms");
    }

    @AfterEach
    void stop() {
        daemon.close();
        hook.close();
        feed.close();
    }

    private JsonNode made(String path, String body) {
        Answer answer = daemon.post(path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private String recipient(String name) {
        return made("/api/v1/recipients", "{\"name\":\"" + name + "\",\"language\":\"fr\"}")
                .path("id")
                .asText();
    }

    private JsonNode webhook(String recipient, String url) {
        return made(
                "/api/v1/recipients/" + recipient + "/ways",
                "{\"kind\":\"WEBHOOK\",\"url\":\"" + url + "\",\"secret\":\"" + SECRET + "\"}");
    }

    @Test
    void an_alert_arrives_with_the_same_id_in_every_attempt_and_is_acknowledged_for_all() {
        String ada = recipient("Ada");
        String bob = recipient("Bob");
        JsonNode way = webhook(ada, hook.url("/ada"));
        assertThat(way.toString()).doesNotContain(SECRET);
        feed.put("/f", rss("G", item("0", "Avant")));
        made("/api/v1/sources", "{\"url\":\"" + feed.url("/f") + "\"}");
        await().atMost(SOON)
                .until(() -> daemon.get("/api/v1/mentions").json().path("items").size() == 1);
        JsonNode watch = made(
                "/api/v1/watches",
                "{\"name\":\"Piscine\",\"query\":\"piscine\",\"recipients\":[\"" + ada + "\",\"" + bob
                        + "\"],\"urgent\":true,\"escalateMinutes\":30}");
        assertThat(watch.path("recipients")).hasSize(2);
        hook.next(503);
        feed.put("/f", rss("G", item("1", "La piscine &lt;!channel&gt; ferme"), item("0", "Avant")));
        await().atMost(SOON).until(() -> hook.got().size() == 2);
        assertThat(hook.got().getFirst().header("Webhook-id"))
                .isNotEmpty()
                .isEqualTo(hook.got().getLast().header("Webhook-id"));
        assertThat(hook.got().getLast().header("Webhook-signature")).startsWith("v1,");
        assertThat(hook.got().getLast().body()).contains("Urgent", "Piscine", "ferme");
        JsonNode alerts =
                daemon.get("/api/v1/alerts?open=true&urgent=true").json().path("items");
        assertThat(alerts).hasSize(2);
        JsonNode notice =
                daemon.get("/api/v1/notices?open=true").json().path("items").path(0);
        assertThat(notice.path("kind").asText()).isEqualTo("ALERT");
        assertThat(daemon.post("/api/v1/notices/" + notice.path("id").asText() + "/acknowledge", "{}")
                        .status())
                .isEqualTo(204);
        assertThat(daemon.get("/api/v1/alerts?open=true").json().path("items")).isEmpty();
        String id = alerts.path(0).path("id").asText();
        assertThat(daemon.post("/api/v1/alerts/" + id + "/answer", "{\"url\":\"javascript:x\"}")
                        .status())
                .isEqualTo(422);
        assertThat(daemon.post("/api/v1/alerts/" + id + "/answer", "{\"url\":\"https://ex.fr/r\"}")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("ANSWERED");
        assertThat(daemon.post("/api/v1/alerts/" + id + "/assign", "{\"assignee\":\"me\",\"version\":1}")
                        .status())
                .isEqualTo(409);
        assertThat(daemon.post("/api/v1/alerts/" + id + "/reopen", "{}")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("OPEN");
    }

    @Test
    void a_way_is_tried_and_an_address_inside_is_refused() {
        String ada = recipient("Ada");
        JsonNode way = webhook(ada, hook.url("/x"));
        String test = "/api/v1/recipients/" + ada + "/ways/" + way.path("id").asText() + "/test";
        assertThat(daemon.post(test, "{}").json().path("sent").asBoolean()).isTrue();
        assertThat(hook.got()).hasSize(1);
        hook.next(404);
        assertThat(daemon.post(test, "{}").json().path("reason").asText()).contains("404");
        JsonNode inside = webhook(ada, "http://127.0.0.1:9/x");
        Answer refused = daemon.post(
                "/api/v1/recipients/" + ada + "/ways/" + inside.path("id").asText() + "/test", "{}");
        assertThat(refused.json().path("sent").asBoolean(true))
                .as(refused.body())
                .isFalse();
        Answer seen = daemon.get("/api/v1/recipients/" + ada);
        assertThat(seen.body()).doesNotContain(SECRET);
        assertThat(seen.json().path("ways").path(0).path("failure").asText()).contains("404");
        assertThat(daemon.get("/api/v1/notices?open=true").body()).contains("\"WAY\"");
    }

    @Test
    void a_link_of_a_mail_that_is_not_ours_says_so_and_does_nothing() {
        String path = "/ack/alert.ada.1." + "0".repeat(64);
        Answer looked = daemon.get(path);
        assertThat(looked.status()).isEqualTo(404);
        assertThat(looked.body()).contains("<h1>").doesNotContain("<form");
        assertThat(daemon.post(path, "").status()).isEqualTo(404);
    }

    @Test
    void what_is_wrong_is_named_field_by_field() {
        Answer wrong = daemon.post(
                "/api/v1/recipients",
                "{\"name\":\"\",\"zone\":\"Mars\",\"quiet\":\"22h\",\"budget\":0,\"language\":\"de\",\"notices\":[\"X\"]}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("/name", "/zone", "/quiet", "/budget", "/language", "/notices");
        String ada = recipient("Ada");
        Answer way = daemon.post(
                "/api/v1/recipients/" + ada + "/ways", "{\"kind\":\"MAIL\",\"address\":\"a@b.c\\r\\nBcc: x@y.z\"}");
        assertThat(way.status()).isEqualTo(422);
        assertThat(way.body()).contains("/address");
        Answer watch = daemon.post(
                "/api/v1/watches",
                "{\"query\":\"piscine\",\"recipients\":[\"nobody\"],\"mode\":\"AT_N\",\"escalateMinutes\":5000}");
        assertThat(watch.status()).isEqualTo(422);
        assertThat(watch.body()).contains("/recipients", "/count", "/escalateMinutes");
        assertThat(daemon.get("/api/v1/watches").json().path("items")).isEmpty();
        JsonNode kept = made("/api/v1/watches", "{\"query\":\"piscine\"}");
        String snooze = "/api/v1/watches/" + kept.path("id").asText() + "/snooze";
        assertThat(daemon.post(snooze, "{\"until\":\"2001-01-01T00:00:00Z\"}").status())
                .isEqualTo(422);
        assertThat(daemon.post(snooze, "{\"until\":null}")
                        .json()
                        .path("snoozedUntil")
                        .isNull())
                .isTrue();
    }
}
