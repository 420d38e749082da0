package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;

/** What an author writes for a channel that wants approval goes out when, and as, somebody has agreed to it. */
class RestApprovalTest {
    private static RunningDaemon daemon;
    private static String author;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        daemon = new RunningDaemon(data);
        daemon.post("/api/v1/channels", """
                {"id":"strict","network":"rehearsal","settings":{"approval":"true"},"inDefaultSet":false}""");
        author = daemon.post("/api/v1/tokens", "{\"name\":\"a\",\"scopes\":[\"READ\",\"POST\"]}")
                .json()
                .path("token")
                .asText();
        assertThat(author).isNotBlank();
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    private static Answer asAuthor(String method, String path, String body) {
        return daemon.send(author, method, path, body.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode written(String text, String more) {
        Answer made = asAuthor(
                "POST",
                "/api/v1/posts",
                "{\"text\":\"" + text + "\",\"channels\":[\"strict\",\"rehearsal\"]" + more + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    private static String path(JsonNode post) {
        return "/api/v1/posts/" + post.path("id").asText();
    }

    private static JsonNode on(String channel, JsonNode post) {
        for (JsonNode delivery : daemon.get(path(post)).json().path("deliveries")) {
            if (delivery.path("channelId").asText().equals(channel)) {
                return delivery;
            }
        }
        throw new AssertionError("not on " + channel);
    }

    private static String hash(JsonNode post) {
        return daemon.get(path(post) + "/approval").json().path("hash").asText();
    }

    private static void published(JsonNode post, String channel) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> on(channel, post).path("state").asText().equals("PUBLISHED"));
    }

    private static Answer approve(JsonNode post, String hash) {
        return daemon.post(path(post) + "/approve", "{\"hash\":\"" + hash + "\"}");
    }

    @Test
    void it_waits_where_approval_is_wanted_and_goes_out_elsewhere() {
        JsonNode post = written("un", "");
        assertThat(post.path("warnings").findValuesAsText("code")).contains("publishing.warning.approval");
        published(post, "rehearsal");
        JsonNode waiting = on("strict", post);
        assertThat(waiting.path("state").asText()).isEqualTo("SCHEDULED");
        assertThat(waiting.path("nextAction").asText()).isEqualTo("PERSON");
        assertThat(daemon.get("/api/v1/notices?open=true").body()).contains("APPROVAL");

        assertThat(asAuthor("POST", path(post) + "/approve", "{\"hash\":\"" + hash(post) + "\"}")
                        .status())
                .as("not by himself")
                .isEqualTo(403);
        assertThat(approve(post, hash(post)).status()).isEqualTo(200);
        published(post, "strict");
        assertThat(daemon.get("/api/v1/notices?open=true").body())
                .doesNotContain(waiting.path("id").asText());
        assertThat(approve(post, "x").error()).isEqualTo(" publishing.approval.nothing");
    }

    @Test
    void what_is_out_is_taken_back_with_a_managers_word_and_what_waits_without() {
        JsonNode out = written("publié", "");
        approve(out, hash(out));
        published(out, "strict");
        Answer refused = asAuthor("DELETE", path(out), "");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo(" publishing.delete.unapproved");
        assertThat(on("strict", out).path("state").asText()).isEqualTo("PUBLISHED");
        assertThat(daemon.send(daemon.token(), "DELETE", path(out), null).status())
                .isEqualTo(202);

        JsonNode waits = written("à venir", ",\"at\":\"2031-06-01T10:00\"");
        approve(waits, hash(waits));
        assertThat(asAuthor("DELETE", path(waits), "").status()).isEqualTo(202);
        assertThat(on("strict", waits).path("state").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void an_edit_voids_what_was_agreed_to() {
        JsonNode post = written("deux", ",\"at\":\"2031-06-01T10:00\"");
        String read = hash(post);
        asAuthor("PATCH", path(post), "{\"version\":1,\"text\":\"autre chose\"}");
        assertThat(approve(post, read).error())
                .as("read before the edit")
                .isEqualTo("/hash publishing.approval.changed");
        assertThat(approve(post, hash(post)).status()).isEqualTo(200);
        assertThat(on("strict", post).path("nextAction").asText()).isEqualTo("SEND");

        asAuthor("PATCH", path(post), "{\"version\":2,\"at\":\"2031-06-01T11:00\"}");
        assertThat(on("strict", post).path("nextAction").asText())
                .as("edited after it was agreed to")
                .isEqualTo("PERSON");
        assertThat(on("strict", post).path("nextAt").isNull()).isTrue();
        String again = hash(post);
        assertThat(again).isNotEqualTo(read);
        assertThat(approve(post, again).status()).isEqualTo(200);
        assertThat(on("strict", post).path("nextAt").asText()).startsWith("2031-06-01T09:00");
    }

    @Test
    void who_may_approve_is_told_that_his_own_change_voids_it() {
        JsonNode post = written("deux bis", ",\"at\":\"2031-06-02T10:00\"");
        assertThat(approve(post, hash(post)).status()).isEqualTo(200);
        Answer moved = daemon.send(
                daemon.token(),
                "PATCH",
                path(post),
                "{\"version\":1,\"at\":\"2031-06-02T11:00\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(moved.json().path("warnings").findValuesAsText("code"))
                .as(moved.body())
                .contains("publishing.warning.approval.void");
        assertThat(on("strict", post).path("nextAction").asText()).isEqualTo("PERSON");
    }

    @Test
    void what_is_sent_back_goes_nowhere_and_says_why() {
        JsonNode post = written("trois", "");
        String hash = hash(post);
        assertThat(daemon.post(path(post) + "/decline", "{\"hash\":\"" + hash + "\"}")
                        .error())
                .isEqualTo("/reason publishing.reason.needed");
        Answer declined = daemon.post(
                path(post) + "/decline",
                "{\"hash\":\"" + hash + "\",\"reason\":\"pas de photo\"}",
                "Accept-Language",
                "fr");
        assertThat(declined.status()).as(declined.body()).isEqualTo(200);
        assertThat(on("strict", post).path("state").asText()).isEqualTo("CANCELLED");
        assertThat(declined.body()).contains("pas de photo");
    }

    @Test
    void who_may_approve_asks_nobody() {
        JsonNode post = daemon.post("/api/v1/posts", "{\"text\":\"quatre\",\"channels\":[\"strict\"]}")
                .json();
        published(post, "strict");
    }

    @Test
    void a_published_text_is_changed_there_only_by_who_may_approve() {
        JsonNode post = daemon.post("/api/v1/posts", "{\"text\":\"cinq\",\"channels\":[\"strict\"]}")
                .json();
        published(post, "strict");
        String edit = "{\"version\":1,\"mode\":\"edit\",\"text\":\"six\"}";
        Answer refused = asAuthor("POST", path(post) + "/correct", edit);
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(daemon.post(path(post) + "/correct", edit).status()).isLessThan(300);
    }

    @Test
    void what_is_out_is_not_reworded_while_a_part_of_it_waits_with_the_words_of_before() {
        JsonNode post = written("sept", "");
        published(post, "rehearsal");
        Answer refused = daemon.post(path(post) + "/correct", "{\"version\":1,\"mode\":\"edit\",\"text\":\"huit\"}");
        assertThat(refused.error()).as(refused.body()).isEqualTo(" publishing.revise.awaiting");
        assertThat(approve(post, hash(post)).status()).isEqualTo(200);
        published(post, "strict");
        assertThat(daemon.post(path(post) + "/correct", "{\"version\":1,\"mode\":\"edit\",\"text\":\"huit\"}")
                        .status())
                .isLessThan(300);
    }

    @Test
    void what_was_approved_and_is_out_is_edited_again_and_again() {
        JsonNode post = written("neuf", "");
        assertThat(approve(post, hash(post)).status()).isEqualTo(200);
        published(post, "strict");
        published(post, "rehearsal");
        for (int version = 1; version < 3; version++) {
            String words = "edition " + version;
            Answer edit = daemon.post(
                    path(post) + "/correct",
                    "{\"version\":" + version + ",\"mode\":\"edit\",\"text\":\"" + words + "\"}");
            assertThat(edit.status()).as(edit.body()).isLessThan(300);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> on("strict", post)
                            .path("segments")
                            .path(0)
                            .path("text")
                            .asText()
                            .equals(words));
        }
    }
}
