package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Effect;
import org.tocsin.network.mastodon.FakeMastodon;

/** What is out is edited where the network can, and answered by an erratum elsewhere. */
class RestReviseTest {
    private static final String EVERYWHERE = "\"mast\",\"feed\",\"rehearsal\",\"stage-x\"";

    private static FakeMastodon mastodon;
    private static RunningDaemon daemon;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        mastodon = new FakeMastodon(Clock.systemUTC());
        daemon = new RunningDaemon(
                data,
                "TOCSIN_HTTP_ALLOW",
                mastodon.peer().toString(),
                "TOCSIN_DELIVERY_RETRY_MIN",
                "100ms",
                "TOCSIN_DELIVERY_RETRY_MAX",
                "200ms");
        Answer made = daemon.post(
                "/api/v1/channels",
                "{\"id\":\"mast\",\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\"" + mastodon.origin()
                        + "\"},\"secrets\":{\"accessToken\":\"" + FakeMastodon.TOKEN + "\"}}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        daemon.post("/api/v1/channels", """
                {"id":"stage-x","network":"rehearsal","settings":{"standsFor":"x"},"inDefaultSet":false}""");
    }

    @AfterAll
    static void stop() throws IOException {
        daemon.close();
        mastodon.close();
    }

    private static JsonNode published(String text, String channels) {
        JsonNode made = daemon.post("/api/v1/posts", "{\"text\":\"" + text + "\",\"channels\":[" + channels + "]}")
                .json();
        return settled(made.path("id").asText());
    }

    private static JsonNode settled(String id) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !List.of("SENDING", "SCHEDULED").contains(state(id)));
        return daemon.get("/api/v1/posts/" + id).json();
    }

    private static String state(String id) {
        return daemon.get("/api/v1/posts/" + id).json().path("state").asText();
    }

    private static Answer correct(JsonNode post, String body, String... headers) {
        return daemon.post("/api/v1/posts/" + post.path("id").asText() + "/correct", body, headers);
    }

    private static JsonNode on(String channel, JsonNode deliveries) {
        for (JsonNode one : deliveries) {
            if (one.path("channelId").asText().equals(channel)) {
                return one;
            }
        }
        throw new AssertionError("nothing on " + channel + " in " + deliveries);
    }

    private static List<String> actions(JsonNode steps) {
        List<String> actions = new ArrayList<>();
        steps.forEach(step -> actions.add(
                step.path("channelId").asText() + " " + step.path("action").asText()));
        return actions;
    }

    @Test
    void each_channel_is_edited_or_answered_and_the_plan_says_so_before() {
        JsonNode post = published("Rendez-vous à 18 h", EVERYWHERE);
        String address =
                on("mast", post.path("deliveries")).path("receipt").path("url").asText();
        String hash = on("mast", post.path("deliveries"))
                .path("receipt")
                .path("textHash")
                .asText();
        int posts = daemon.posts();

        assertThat(correct(post, "{\"mode\":\"edit\",\"version\":1,\"text\":\"Rendez-vous à 19 h\"}")
                        .error())
                .isEqualTo("/erratum publishing.revise.erratum");
        String body =
                "{\"mode\":\"edit\",\"version\":1,\"text\":\"Rendez-vous à 19 h\",\"erratum\":\"Erratum\u202f: 19 h\"";
        Answer dry = correct(post, body + ",\"dryRun\":true}");
        assertThat(dry.status()).as(dry.body()).isEqualTo(200);
        List<String> plan = List.of("mast edit", "feed edit", "rehearsal edit", "stage-x erratum");
        assertThat(actions(dry.json().path("channels"))).containsExactlyInAnyOrderElementsOf(plan);
        JsonNode stage = on("stage-x", dry.json().path("channels"));
        assertThat(stage.path("reasonCode").asText()).isEqualTo("delivery.revision.none");
        assertThat(stage.path("segments").path(0).path("text").asText()).startsWith("Erratum");
        assertThat(daemon.posts()).isEqualTo(posts);
        assertThat(mastodon.effects()).extracting(Effect::text).doesNotContain("Rendez-vous à 19 h");

        Answer made = correct(post, body + "}", "Idempotency-Key", "revise-all");
        Answer again = correct(post, body + "}", "Idempotency-Key", "revise-all");
        assertThat(made.status()).as(made.body()).isEqualTo(202);
        assertThat(again.json()).isEqualTo(made.json());
        assertThat(actions(made.json().path("corrections"))).containsExactlyInAnyOrderElementsOf(plan);
        assertThat(made.json().path("version").asLong()).isEqualTo(2);
        assertThat(daemon.posts()).isEqualTo(posts + 1);

        JsonNode after = settled(post.path("id").asText());
        assertThat(after.path("state").asText()).isEqualTo("DONE");
        JsonNode mast = on("mast", after.path("deliveries"));
        assertThat(mast.path("segments").path(0).path("text").asText()).isEqualTo("Rendez-vous à 19 h");
        assertThat(mast.path("receipt").path("url").asText()).isEqualTo(address);
        assertThat(mast.path("receipt").path("textHash").asText()).isNotEqualTo(hash);
        assertThat(mast.path("attempts").findValuesAsText("outcome")).containsExactly("published", "edited");
        assertThat(mast.path("revisions").path(0).path("state").asText()).isEqualTo("DONE");
        assertThat(on("stage-x", after.path("deliveries"))
                        .path("segments")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("Rendez-vous à 18 h");
        assertThat(mastodon.effects()).extracting(Effect::text).contains("Rendez-vous à 19 h");
        assertThat(daemon.get("/feeds/posts.json").body())
                .contains("Rendez-vous à 19 h")
                .doesNotContain("à 18 h");
        JsonNode erratum = settled(made.json().path("erratum").path("id").asText());
        assertThat(erratum.path("corrects")).isEqualTo(post.path("id"));
        assertThat(erratum.path("deliveries").findValuesAsText("channelId")).containsExactly("stage-x");
        String wrong = on("stage-x", post.path("deliveries"))
                .path("receipt")
                .path("remoteId")
                .asText();
        assertThat(daemon.get("/api/v1/rehearsal?channelId=stage-x").body())
                .as("the erratum answers the wrong post")
                .contains(wrong);
        assertThat(daemon.get("/api/v1/ledger").json().path("balanced").asBoolean())
                .isTrue();
    }

    @Test
    void what_was_refused_before_anything_left_goes_out_with_the_new_words() {
        mastodon.nextCreates(Behaviour.answer(422, "{\"error\":\"no\"}"));
        JsonNode post = published("Marche à 18 h", "\"rehearsal\",\"mast\"");
        assertThat(on("mast", post.path("deliveries")).path("state").asText()).isEqualTo("REFUSED");
        Answer made = correct(post, "{\"mode\":\"edit\",\"version\":1,\"text\":\"Marche à 19 h\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(202);
        assertThat(actions(made.json().path("corrections"))).containsExactlyInAnyOrder("mast later", "rehearsal edit");
        JsonNode refused = on(
                "mast",
                daemon.get("/api/v1/posts/" + post.path("id").asText()).json().path("deliveries"));
        Answer retried = daemon.post(
                "/api/v1/deliveries/" + refused.path("id").asText() + "/retry",
                "{\"version\":" + refused.path("version").asLong() + "}");
        assertThat(retried.status()).as(retried.body()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> state(post.path("id").asText()).equals("DONE"));
        assertThat(mastodon.effects())
                .extracting(Effect::text)
                .contains("Marche à 19 h")
                .doesNotContain("Marche à 18 h");
    }

    @Test
    void bad_input_names_its_field() {
        JsonNode post = published("Rendez-vous à 18 h", "\"mast\"");
        int edits = mastodon.edits().size();
        String edit = "{\"mode\":\"edit\",\"version\":1,";
        assertThat(correct(post, edit + "\"text\":\" \"}").error()).isEqualTo("/text post.text.empty");
        assertThat(correct(post, edit + "\"text\":\"Rendez-vous à 18 h\"}").error())
                .isEqualTo("/text publishing.revise.same");
        assertThat(correct(post, edit + "\"text\":\"" + "a".repeat(501) + "\"}").error())
                .isEqualTo("/text publishing.text.over");
        assertThat(correct(post, edit + "\"text\":\"x\",\"variants\":{\"feed\":{\"text\":\"y\"}}}")
                        .error())
                .isEqualTo("/variants/feed publishing.variant.unknown");
        assertThat(correct(post, edit + "\"text\":\"x\",\"media\":[]}").error()).isEqualTo("/media web.correct.fixed");
        assertThat(correct(post, "{\"mode\":\"edit\",\"text\":\"x\"}").error())
                .isEqualTo("/version web.version.missing");
        assertThat(correct(post, "{\"mode\":\"rewrite\",\"text\":\"x\"}").error())
                .isEqualTo("/mode web.correct.mode");
        assertThat(correct(post, "{\"text\":\"x\",\"erratum\":\"y\"}").error())
                .isEqualTo("/mode web.correct.mode.edit");
        Answer old = correct(post, "{\"mode\":\"edit\",\"version\":9,\"text\":\"x\"}");
        assertThat(old.status()).isEqualTo(409);
        assertThat(mastodon.edits()).hasSize(edits);
    }

    @Test
    void a_refusal_needs_a_person_and_a_text_of_more_parts_becomes_an_erratum() {
        JsonNode post = published("Rendez-vous à 18 h", "\"mast\"");
        mastodon.nextEdits(Behaviour.answer(422, "{\"error\":\"no\"}"));
        correct(post, "{\"mode\":\"edit\",\"version\":1,\"text\":\"Rendez-vous à 20 h\"}");
        JsonNode refused = settled(post.path("id").asText());
        assertThat(refused.path("state").asText()).isEqualTo("ATTENTION");
        JsonNode delivery = refused.path("deliveries").path(0);
        assertThat(delivery.path("revisions").path(0).path("state").asText()).isEqualTo("REFUSED");
        assertThat(daemon.get("/api/v1/notices").body()).contains("REVISION_REFUSED");
        Answer retried = daemon.post(
                "/api/v1/deliveries/" + delivery.path("id").asText() + "/retry",
                "{\"version\":" + delivery.path("version").asLong() + "}");
        assertThat(retried.status()).as(retried.body()).isEqualTo(200);
        assertThat(settled(post.path("id").asText()).path("state").asText()).isEqualTo("DONE");

        JsonNode thread = daemon.post(
                        "/api/v1/posts", "{\"text\":\"court\",\"channels\":[\"mast\"],\"allowThread\":true}")
                .json();
        JsonNode out = settled(thread.path("id").asText());
        String longer = "mot ".repeat(200).strip();
        Answer dry = correct(
                out,
                "{\"mode\":\"edit\",\"version\":1,\"text\":\"" + longer + "\",\"erratum\":\"voir\",\"dryRun\":true}");
        assertThat(dry.json().path("channels").path(0).path("reasonCode").asText())
                .isEqualTo("publishing.revise.parts");
    }

    @Test
    void words_that_are_still_on_their_way_can_be_taken_back_by_others() {
        JsonNode post = published("Rendez-vous à 18 h, salle A", "\"rehearsal\"");
        daemon.post("/api/v1/freeze", "{\"reason\":\"silence\",\"channels\":[\"rehearsal\"]}");
        try {
            correct(post, "{\"mode\":\"edit\",\"version\":1,\"text\":\"Rendez-vous à 19 h, salle A\"}");
            assertThat(settled(post.path("id").asText()).path("state").asText()).isEqualTo("ATTENTION");
            Answer back = correct(post, "{\"mode\":\"edit\",\"version\":2,\"text\":\"Rendez-vous à 18 h, salle A\"}");
            assertThat(back.status()).as(back.body()).isEqualTo(202);
            JsonNode held = settled(post.path("id").asText()).path("deliveries").path(0);
            assertThat(held.path("revisions").findValuesAsText("state")).containsExactly("DROPPED", "HELD");
        } finally {
            JsonNode freeze = daemon.get("/api/v1/freeze").json().path("items").path(0);
            daemon.send(
                    daemon.token(),
                    "DELETE",
                    "/api/v1/freeze/" + freeze.path("id").asText(),
                    "{\"reason\":\"over\"}".getBytes(StandardCharsets.UTF_8));
        }
    }
}
