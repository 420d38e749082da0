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

/** A post that waits can be changed, and one that has begun to leave cannot; an erratum is planned as any post is. */
class RestEditTest {
    private static RunningDaemon daemon;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        daemon = new RunningDaemon(data);
        daemon.post("/api/v1/channels", """
                {"id":"toot","network":"rehearsal","settings":{"standsFor":"telegram"},"inDefaultSet":false}""");
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    private static Answer patch(JsonNode post, String body, String... headers) {
        return daemon.send(
                daemon.token(),
                "PATCH",
                "/api/v1/posts/" + post.path("id").asText(),
                body.getBytes(StandardCharsets.UTF_8),
                headers);
    }

    private static JsonNode later(String text) {
        Answer made = daemon.post("/api/v1/posts", "{\"text\":\"" + text + """
                ","channels":["rehearsal","toot"],"at":"2031-06-01T10:00","zone":"Europe/Paris",
                "variants":{"toot":{"text":"le pouet"}}}""");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    private static JsonNode published(String text) {
        JsonNode made = daemon.post("/api/v1/posts", "{\"text\":\"" + text + "\",\"channels\":[\"rehearsal\"]}")
                .json();
        String path = "/api/v1/posts/" + made.path("id").asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get(path).json().path("state").asText().equals("DONE"));
        return daemon.get(path).json();
    }

    @Test
    void what_is_only_reworded_is_warned_of_for_when_it_goes_out_and_not_for_now() {
        JsonNode post = later("pour juin");
        Answer ordered = daemon.post(
                "/api/v1/freeze",
                "{\"reason\":\"en juin\",\"from\":\"2031-05-31T00:00\",\"until\":\"2031-06-02T00:00\"}");
        assertThat(ordered.status()).as(ordered.body()).isEqualTo(201);
        try {
            Answer edited = patch(post, "{\"version\":1,\"text\":\"pour juin, mieux\"}");
            assertThat(edited.status()).as(edited.body()).isEqualTo(200);
            assertThat(edited.json().path("warnings").findValuesAsText("code")).contains("publishing.warning.frozen");
        } finally {
            daemon.send(
                    daemon.token(),
                    "DELETE",
                    "/api/v1/freeze/" + ordered.json().path("id").asText(),
                    "{\"reason\":\"over\"}".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void an_edit_changes_every_delivery_that_waits_and_the_time_of_all() {
        JsonNode before = later("avant");
        Answer answer = patch(before, """
                {"version":1,"text":"après","at":"2031-06-02 09:30","zone":"Indian/Reunion","contentWarning":"élections"}""");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode after = answer.json();
        assertThat(after.path("version").asLong()).isEqualTo(2);
        assertThat(after.path("text").asText()).isEqualTo("après");
        assertThat(after.path("at").asText()).isEqualTo("2031-06-02 09:30");
        assertThat(after.path("zone").asText()).isEqualTo("Indian/Reunion");
        assertThat(after.path("deliveries")).hasSize(2).allSatisfy(delivery -> {
            assertThat(delivery.path("state").asText()).isEqualTo("SCHEDULED");
            assertThat(delivery.path("dueAt").asText()).isEqualTo("2031-06-02T05:30:00Z");
            assertThat(delivery.path("nextAt").asText()).isEqualTo("2031-06-02T05:30:00Z");
            assertThat(delivery.path("version").asLong()).isEqualTo(2);
            assertThat(delivery.path("segments")).hasSize(1);
        });
        assertThat(after.findValuesAsText("text")).containsExactly("après", "après", "le pouet");
        assertThat(after.path("warnings").findValuesAsText("code"))
                .as("Telegram has no field for it")
                .containsExactly("publishing.warning.no-warning");
        assertThat(daemon.get("/api/v1/posts/" + before.path("id").asText())
                        .json()
                        .path("version")
                        .asLong())
                .isEqualTo(2);
    }

    @Test
    void a_text_alone_leaves_the_time_and_a_repeat_under_the_key_changes_nothing_more() {
        JsonNode before = later("un");
        Answer first = patch(before, "{\"version\":1,\"text\":\"deux\"}", "Idempotency-Key", "edit-1");
        Answer again = patch(before, "{\"version\":1,\"text\":\"deux\"}", "Idempotency-Key", "edit-1");
        assertThat(first.json()).isEqualTo(again.json());
        assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
        assertThat(first.json().path("deliveries").path(0).path("dueAt"))
                .isEqualTo(before.path("deliveries").path(0).path("dueAt"));
        assertThat(first.json().path("warnings"))
                .as("a text of the post's own is no repeat")
                .isEmpty();
    }

    @Test
    void an_edit_of_another_version_is_refused_with_the_current_one() {
        JsonNode before = later("trois");
        assertThat(patch(before, "{\"version\":1,\"text\":\"quatre\"}").status())
                .isEqualTo(200);
        Answer stale = patch(before, "{\"version\":1,\"text\":\"cinq\"}");
        assertThat(stale.error() + " " + stale.status()).isEqualTo("/version publishing.version 409");
        assertThat(stale.json().path("errors").path(0).path("actual").asLong()).isEqualTo(2);
        assertThat(patch(before, "{\"text\":\"six\"}").error()).isEqualTo("/version web.version.missing");
        assertThat(patch(before, "{\"version\":2,\"channels\":[]}").error()).isEqualTo("/channels web.json.unknown");
    }

    @Test
    void an_edit_is_checked_as_a_submission_is_and_a_refused_one_changes_nothing() {
        JsonNode before =
                daemon.get("/api/v1/posts/" + later("sept").path("id").asText()).json();
        assertThat(patch(before, "{\"version\":1,\"text\":\" \"}").error()).isEqualTo("/text post.text.empty");
        assertThat(patch(before, "{\"version\":1,\"text\":\"" + "x".repeat(501) + "\"}")
                        .error())
                .isEqualTo("/text publishing.text.over");
        assertThat(patch(before, "{\"version\":1,\"at\":\"2020-01-01T10:00\"}").error())
                .isEqualTo("/at publishing.time.past");
        assertThat(daemon.get("/api/v1/posts/" + before.path("id").asText())
                        .json()
                        .path("deliveries"))
                .isEqualTo(before.path("deliveries"));
    }

    @Test
    void what_is_out_or_deleted_is_not_edited_and_what_was_cancelled_stays_so() {
        JsonNode out = published("parti");
        Answer begun = patch(out, "{\"version\":1,\"text\":\"trop tard\"}");
        assertThat(begun.error() + " " + begun.status()).isEqualTo(" publishing.edit.nothing 409");
        JsonNode deleted = later("huit");
        daemon.send(
                daemon.token(), "DELETE", "/api/v1/posts/" + deleted.path("id").asText(), null);
        assertThat(patch(deleted, "{\"version\":2,\"text\":\"neuf\"}").error()).isEqualTo(" publishing.edit.deleted");
        JsonNode half = later("dix");
        JsonNode cancelled = half.path("deliveries").path(0);
        daemon.post("/api/v1/deliveries/" + cancelled.path("id").asText() + "/cancel", "{\"version\":1}");
        JsonNode after = patch(half, "{\"version\":1,\"text\":\"onze\"}").json();
        assertThat(after.path("deliveries").path(0).path("state").asText()).isEqualTo("CANCELLED");
        assertThat(after.path("deliveries").path(1).path("version").asLong()).isEqualTo(2);
    }

    private static JsonNode guarded(String when) {
        daemon.post("/api/v1/channels", """
                {"id":"mast","network":"rehearsal","settings":{"standsFor":"mastodon"},"inDefaultSet":false}""");
        Answer made = daemon.post("/api/v1/posts", """
                {"text":"entre nous","channels":["mast","toot"],"contentWarning":"élections","visibility":"private",
                "variants":{"toot":{"text":"ailleurs"}}%s}""".formatted(when));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    private static JsonNode on(String channel, JsonNode post) {
        for (JsonNode delivery : post.path("deliveries")) {
            if (delivery.path("channelId").asText().equals(channel)) {
                return delivery.path("segments").path(0);
            }
        }
        throw new AssertionError("not on " + channel);
    }

    @Test
    void what_was_said_to_a_few_is_not_said_to_all_by_an_edit_of_something_else() {
        JsonNode before = guarded(",\"at\":\"2031-06-01T10:00\"");
        Answer edited = patch(before, "{\"version\":1,\"variants\":{\"mast\":{\"text\":\"autrement\"}}}");
        assertThat(edited.status()).as(edited.body()).isEqualTo(200);
        JsonNode after = on("mast", edited.json());
        assertThat(after.path("text").asText()).isEqualTo("autrement");
        assertThat(after.path("visibility").asText()).isEqualTo("private");
        assertThat(after.path("contentWarning").asText()).isEqualTo("élections");
        assertThat(on("toot", edited.json()).path("text").asText()).as("stays").isEqualTo("ailleurs");

        for (JsonNode delivery : edited.json().path("deliveries")) {
            if (delivery.path("channelId").asText().equals("toot")) {
                daemon.post("/api/v1/deliveries/" + delivery.path("id").asText() + "/cancel", "{\"version\":2}");
            }
        }
        Answer again = patch(before, "{\"version\":2,\"text\":\"encore\",\"visibility\":\"\"}");
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(on("mast", again.json()).path("visibility").isNull()).isTrue();
        assertThat(on("mast", again.json()).path("contentWarning").asText()).isEqualTo("élections");
    }

    @Test
    void a_variant_for_a_network_is_changed_where_a_rehearsal_stands_for_it_and_stays_so() {
        JsonNode made = daemon.post("/api/v1/posts", """
                {"text":"un","channels":["toot"],"at":"2031-06-01T10:00","variants":{"telegram":{"text":"deux"}}}""").json();
        JsonNode edited = patch(made, "{\"version\":1,\"variants\":{\"telegram\":{\"text\":\"trois\"}}}")
                .json();
        assertThat(on("toot", edited).path("text").asText()).isEqualTo("trois");
        JsonNode again = patch(made, "{\"version\":2,\"text\":\"quatre\"}").json();
        assertThat(on("toot", again).path("text").asText()).as("stays").isEqualTo("trois");
        JsonNode bare =
                patch(made, "{\"version\":3,\"variants\":{\"telegram\":{}}}").json();
        assertThat(on("toot", bare).path("text").asText()).as("taken away").isEqualTo("quatre");
    }

    @Test
    void a_channel_that_is_gone_keeps_nobody_from_correcting_the_others() {
        daemon.post("/api/v1/channels", "{\"id\":\"going\",\"network\":\"rehearsal\",\"inDefaultSet\":false}");
        JsonNode made = daemon.post("/api/v1/posts", "{\"text\":\"sept\",\"channels\":[\"rehearsal\",\"going\"]}")
                .json();
        String path = "/api/v1/posts/" + made.path("id").asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get(path).json().path("state").asText().equals("DONE"));
        daemon.post("/api/v1/campaigns", """
                {"id":"vieille","name":"Vieille","channels":["going","rehearsal"]}""");
        daemon.send(daemon.token(), "DELETE", "/api/v1/channels/going", new byte[0]);
        Answer erratum = daemon.post(path + "/correct", "{\"text\":\"huit\"}");
        assertThat(erratum.status()).as(erratum.body()).isEqualTo(201);
        assertThat(erratum.json().path("deliveries").findValuesAsText("channelId"))
                .containsExactly("rehearsal");
        String answered =
                on("rehearsal", daemon.get(path).json()).path("remoteId").asText();
        String id = erratum.json().path("id").asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/posts/" + id)
                        .json()
                        .path("state")
                        .asText()
                        .equals("DONE"));
        assertThat(daemon.get("/api/v1/rehearsal?channelId=rehearsal&limit=1")
                        .json()
                        .path("items")
                        .path(0)
                        .path("parentId")
                        .asText())
                .as("an erratum stands under what it corrects")
                .isEqualTo(answered)
                .isNotBlank();
        Answer campaign = daemon.post("/api/v1/posts", "{\"text\":\"neuf\",\"campaign\":\"vieille\"}");
        assertThat(campaign.status()).as(campaign.body()).isEqualTo(201);
        assertThat(campaign.json().path("deliveries").findValuesAsText("channelId"))
                .containsExactly("rehearsal");
    }

    @Test
    void an_erratum_is_said_to_the_same_few_behind_the_same_warning() {
        JsonNode made = guarded("");
        String path = "/api/v1/posts/" + made.path("id").asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get(path).json().path("state").asText().equals("DONE"));
        Answer erratum = daemon.post(path + "/correct", "{\"text\":\"vendredi\"}");
        assertThat(erratum.status()).as(erratum.body()).isEqualTo(201);
        assertThat(on("mast", erratum.json()).path("visibility").asText()).isEqualTo("private");
        assertThat(on("mast", erratum.json()).path("contentWarning").asText()).isEqualTo("élections");
        Answer open = daemon.post(path + "/correct", "{\"text\":\"samedi\",\"visibility\":\"public\"}");
        assertThat(on("mast", open.json()).path("visibility").asText()).isEqualTo("public");
    }

    @Test
    void an_erratum_can_be_tried_first_and_takes_no_field_silently() {
        JsonNode out = published("la réunion est jeudi");
        String path = "/api/v1/posts/" + out.path("id").asText() + "/correct";
        int before = daemon.posts();
        Answer dry = daemon.post(path, "{\"text\":\"vendredi\",\"dryRun\":true}");
        assertThat(dry.status()).isEqualTo(200);
        assertThat(dry.json().path("channels").findValuesAsText("channelId")).containsExactly("rehearsal");
        assertThat(daemon.posts()).isEqualTo(before);
        assertThat(daemon.post(path, "{\"text\":\"vendredi\",\"channels\":[\"feed\"]}")
                        .error())
                .isEqualTo("/channels web.json.unknown");
        Answer made =
                daemon.post(path, "{\"text\":\"vendredi\",\"at\":\"2031-06-01T10:00\"}", "Idempotency-Key", "erratum");
        Answer again =
                daemon.post(path, "{\"text\":\"vendredi\",\"at\":\"2031-06-01T10:00\"}", "Idempotency-Key", "erratum");
        assertThat(made.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(made.json());
        assertThat(made.json().path("corrects")).isEqualTo(out.path("id"));
        assertThat(made.json().path("state").asText()).isEqualTo("SCHEDULED");
        assertThat(daemon.posts()).isEqualTo(before + 1);
    }

    @Test
    void a_dry_run_shows_a_link_as_its_readers_will_see_it() {
        daemon.post("/api/v1/channels", """
                {"id":"sky","network":"rehearsal","settings":{"standsFor":"bluesky"},"inDefaultSet":false}""");
        JsonNode segment = daemon.post("/api/v1/posts", """
                {"text":"voir https://exemple.fr/un/chemin/vraiment/long","channels":["sky"],"dryRun":true}""")
                .json()
                .path("channels")
                .path(0)
                .path("segments")
                .path(0);
        assertThat(segment.path("text").asText()).endsWith("/un/chemin/vraiment/long");
        assertThat(segment.path("shown").asText())
                .startsWith("voir exemple.fr/un")
                .endsWith("...");
    }

    @Test
    void all_channels_of_none_are_no_channels(@TempDir Path data) throws IOException {
        try (RunningDaemon empty = new RunningDaemon(data)) {
            for (String id : new String[] {"rehearsal", "feed"}) {
                assertThat(empty.send(empty.token(), "DELETE", "/api/v1/channels/" + id, null)
                                .status())
                        .isEqualTo(200);
            }
            Answer answer = empty.post("/api/v1/posts", "{\"text\":\"à personne\",\"channels\":[\"*\"]}");
            assertThat(answer.error() + " " + answer.status()).isEqualTo("/channels publishing.channels.none 422");
        }
    }
}
