package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;
import org.tocsin.app.RunningDaemon.Answer;

/** What was heard on Mastodon is answered below it, by an ordinary post with its delivery. */
class AnswerMentionTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String STATUS =
            "{\"id\":\"42\",\"created_at\":\"2026-11-27T09:00:00.000Z\",\"visibility\":\"public\","
                    + "\"url\":\"https://ville.social/@rose/42\",\"content\":\"<p>@mairie la piscine ?</p>\","
                    + "\"account\":{\"id\":\"7\",\"acct\":\"rose@ville.social\",\"display_name\":\"Rose\","
                    + "\"url\":\"https://ville.social/@rose\"},\"mentions\":[],\"tags\":[],\"media_attachments\":[]}";

    private FeedSite site;
    private RunningDaemon daemon;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        site = new FeedSite();
        site.put(
                "/api/v1/notifications",
                FeedSite.json("[{\"id\":\"9\",\"type\":\"mention\",\"status\":" + STATUS + "}]"));
        site.put(
                "/api/v1/accounts/verify_credentials",
                FeedSite.json("{\"id\":\"1\",\"acct\":\"mairie\",\"username\":\"mairie\"}"));
        site.put(
                "/api/v1/statuses",
                FeedSite.json(
                        STATUS.replace("\"42\"", "\"43\"").replace("/42", "/43").replace("\"7\"", "\"1\"")));
        daemon = new RunningDaemon(
                folder,
                "TOCSIN_HTTP_ALLOW",
                site.peer(),
                "TOCSIN_SOURCE_POLL_MIN",
                "250ms",
                "TOCSIN_DELIVERY_RETRY_MIN",
                "250ms");
        assertThat(daemon.post(
                                "/api/v1/channels",
                                "{\"id\":\"masto\",\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\"" + site.url("")
                                        + "\",\"accountId\":\"1\"},\"secrets\":{\"accessToken\":\"t\"},\"inDefaultSet\":false}")
                        .status())
                .isEqualTo(201);
        assertThat(daemon.post("/api/v1/sources", "{\"type\":\"mastodon.mentions\",\"channelId\":\"masto\"}")
                        .status())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        daemon.close();
        site.close();
    }

    private String heard() {
        return await().atMost(SOON)
                .until(() -> daemon.get("/api/v1/mentions").json().path("items"), items -> !items.isEmpty())
                .get(0)
                .path("id")
                .asText();
    }

    private List<JsonNode> sent() {
        return site.asked("/api/v1/statuses").stream()
                .filter(one -> !one.body().isEmpty())
                .map(one -> read(one.body()))
                .toList();
    }

    private static JsonNode read(String json) {
        try {
            return RunningDaemon.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    @Test
    void an_answer_is_looked_up_when_it_is_sent_and_stands_below_what_was_heard() {
        site.put("/api/v2/search", FeedSite.status(503));
        String id = heard();
        Answer accepted = daemon.post("/api/v1/posts", "{\"text\":\"Elle ouvre samedi\",\"replyTo\":\"" + id + "\"}");
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(201);
        assertThat(accepted.json().path("replyTo").asText()).isEqualTo("https://ville.social/@rose/42");
        assertThat(accepted.json().path("deliveries").get(0).path("channelId").asText())
                .as("no channel was named: the one that has heard it answers")
                .isEqualTo("masto");
        // Its server cannot be asked yet: nothing is lost, and nothing goes out that would stand alone.
        await().atMost(SOON).until(() -> !site.asked("/api/v2/search").isEmpty());
        assertThat(sent()).isEmpty();
        site.put("/api/v2/search", FeedSite.json("{\"statuses\":[" + STATUS + "]}"));
        await().atMost(SOON).until(() -> !sent().isEmpty());
        assertThat(sent()).singleElement().satisfies(body -> {
            assertThat(body.path("in_reply_to_id").asText()).isEqualTo("42");
            assertThat(body.path("status").asText()).isEqualTo("Elle ouvre samedi");
        });
    }

    @Test
    void the_desk_offers_an_answer_from_the_channel_that_can_and_says_why_another_cannot() {
        String id = heard();
        site.put("/api/v2/search", FeedSite.json("{\"statuses\":[" + STATUS + "]}"));
        try (Browser browser = Browser.ofTheFirst(daemon)) {
            String path = "/desk/listen/mentions/" + id;
            assertThat(browser.get(path).body()).contains("href=\"/desk/write?reply=" + id);
            assertThat(browser.get("/desk/listen/live").body()).contains("href=\"/desk/write?reply=" + id);
            Page write = browser.get("/desk/write?reply=" + id);
            assertThat(write.body())
                    .contains("Vous répondez à une mention", "@rose@ville.social </textarea>")
                    .containsPattern("value=\"masto\" checked");
            Page wrong = browser.post("/desk/write", fields(write, id, "rehearsal"));
            assertThat(wrong.body()).contains("n’est pas sur Mastodon");
            assertThat(browser.post("/desk/write", fields(write, id, "masto")).status())
                    .isEqualTo(200);
            await().atMost(SOON).until(() -> !sent().isEmpty());
            assertThat(sent().getFirst().path("in_reply_to_id").asText()).isEqualTo("42");
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(browser.get(path).body()).contains("Répondu, publié sur 1 canal sur 1"));
            assertThat(site.asked("/api/v2/search"))
                    .as("while one writes, the network is not asked")
                    .hasSize(1);
        }
    }

    private static String[] fields(Page form, String reply, String channel) {
        return new String[] {
            "key",
            field(form, "key"),
            "draft",
            field(form, "draft"),
            "reply",
            reply,
            "channel",
            channel,
            "zone",
            "Europe/Paris",
            "language",
            "fr",
            "text",
            "@rose@ville.social Elle ouvre samedi",
            "when",
            "now"
        };
    }

    private static String field(Page form, String name) {
        return form.body().replaceAll("(?s).*?name=\"" + name + "\" value=\"([^\"]+)\".*", "$1");
    }
}
