package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.app.RunningDaemon.Answer;

/** What is wrong is refused by a code and the name of its field, and leaves nothing behind. */
class RestInputTest {
    private static final String KEY = "Idempotency-Key";

    private static RunningDaemon daemon;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        daemon = new RunningDaemon(data);
        daemon.post("/api/v1/channels", """
                {"id":"toot","network":"rehearsal","settings":{"standsFor":"mastodon"},"inDefaultSet":false}""");
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    static Stream<Arguments> badPosts() {
        return Stream.of(
                Arguments.of("{\"text\":\"\"}", 422, "/text post.text.empty"),
                Arguments.of("{}", 422, "/text post.text.empty"),
                Arguments.of("{\"text\":\" \\u200b\\n \"}", 422, "/text post.text.empty"),
                Arguments.of(
                        "{\"text\":\"a\",\"channels\":[\"nowhere\"]}", 422, "/channels/0 publishing.channel.unknown"),
                Arguments.of("{\"text\":\"a\",\"channels\":[]}", 422, "/channels publishing.channels.empty"),
                Arguments.of("{\"text\":\"a\",\"language\":\"français\"}", 422, "/language publishing.language"),
                Arguments.of("{\"text\":\"a\",\"language\":\"zz\"}", 422, "/language publishing.language"),
                Arguments.of("{\"text\":\"a\",\"zone\":\"Paris\"}", 422, "/zone publishing.zone.unknown"),
                Arguments.of(
                        "{\"text\":\"a\",\"at\":\"2031-03-30T02:30\",\"zone\":\"Europe/Paris\"}",
                        422,
                        "/at publishing.time.skipped"),
                Arguments.of("{\"text\":\"a\",\"at\":\"2020-01-01T10:00\"}", 422, "/at publishing.time.past"),
                Arguments.of("{\"text\":\"a\",\"at\":\"2999-01-01T10:00\"}", 422, "/at publishing.time.far"),
                Arguments.of("{\"text\":\"a\",\"at\":\"tomorrow\"}", 422, "/at publishing.time.unreadable"),
                Arguments.of("{\"text\":\"a\",\"at\":\"2031-02-30T10:00\"}", 422, "/at publishing.time.unreadable"),
                Arguments.of("{\"text\":\"a\",\"undoSeconds\":-1}", 422, "/undoSeconds publishing.undo"),
                Arguments.of("{\"text\":\"a\",\"campaign\":\"none\"}", 422, "/campaign publishing.campaign.unknown"),
                Arguments.of(
                        "{\"text\":\"a\",\"media\":[{\"id\":\"x\"}]}", 422, "/media/0/id publishing.media.unknown"),
                Arguments.of(
                        "{\"text\":\"a\",\"variants\":{\"nowhere\":{\"text\":\"b\"}}}",
                        422,
                        "/variants/nowhere publishing.variant.unknown"),
                Arguments.of("{\"text\":\"@{nobody}\"}", 422, "/text post.mention.unknown"),
                Arguments.of("{\"text\":\"a\",\"replyTo\":\"not a link\"}", 422, "/replyTo publishing.reply.url"),
                Arguments.of("{\"text\":\"a\",\"txet\":\"b\"}", 422, "/txet web.json.unknown"),
                Arguments.of("{\"text\":\"a\",\"text\":\"b\"}", 400, "/text web.json.twice"),
                Arguments.of("{\"text\":\"a\",\"undoSeconds\":99999999999}", 422, "/undoSeconds web.json.range"),
                Arguments.of("{\"text\":5}", 422, "/text web.json.type"),
                Arguments.of("{\"text\":\"a\",\"channels\":\"*\"}", 422, "/channels web.json.type"),
                Arguments.of("{\"text\":\"a\",\"allowThread\":\"yes\"}", 422, "/allowThread web.json.type"),
                Arguments.of("{\"text\":\"a\",\"undoSeconds\":1.5}", 422, "/undoSeconds web.json.type"),
                Arguments.of("{\"text\":\"a\"} {\"text\":\"b\"}", 400, " web.json.malformed"),
                Arguments.of("[]", 422, " web.json.type"),
                Arguments.of("null", 400, " web.json.null"),
                Arguments.of("", 400, " web.json.malformed"),
                Arguments.of("{\"text\":\"a\"", 400, "/text web.json.malformed"),
                Arguments.of("{\"variants\":" + "[".repeat(1000) + "]".repeat(1000) + "}", 400, " web.json.deep"),
                Arguments.of("[".repeat(1000) + "]".repeat(1000), 400, " web.json.deep"),
                Arguments.of("{\"text\":\"a\",\"media\":[null]}", 422, "/media/0 web.json.type"),
                Arguments.of("{\"text\":\"a\",\"channels\":[null]}", 422, "/channels/0 web.json.type"),
                Arguments.of("{\"text\":\"a\",\"variants\":{\"feed\":null}}", 422, "/variants/feed web.json.type"),
                Arguments.of("{\"text\":\"" + "x".repeat(2_000_000) + "\"}", 413, " web.body.large"));
    }

    @ParameterizedTest
    @MethodSource("badPosts")
    void a_bad_post_is_refused_by_field_and_code_and_leaves_none_behind(String body, int status, String error) {
        int before = daemon.posts();
        Answer answer = daemon.post("/api/v1/posts", body);
        assertThat(answer.error() + " " + answer.status()).isEqualTo(error + " " + status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("detail").asText())
                .doesNotContainPattern("\\{[a-zA-Z]+}")
                .isNotBlank();
        assertThat(daemon.posts()).isEqualTo(before);
    }

    @Test
    void a_text_over_the_limit_is_refused_with_the_count_or_split_where_the_author_allows_it() {
        String text = "Un mot. ".repeat(100).strip();
        Answer refused = daemon.post("/api/v1/posts", post(text, "\"channels\":[\"toot\"]"));
        assertThat(refused.status()).isEqualTo(422);
        JsonNode error = refused.json().path("errors").path(0);
        assertThat(error.path("pointer").asText()).isEqualTo("/text");
        assertThat(error.path("limit").asInt()).isEqualTo(500);
        assertThat(error.path("actual").asInt()).isEqualTo(text.length());
        assertThat(error.path("message").asText()).contains("500").contains(String.valueOf(text.length()));
        Answer split = daemon.post(
                "/api/v1/posts", post(text, "\"channels\":[\"toot\"],\"allowThread\":true,\"dryRun\":true"));
        assertThat(split.status()).isEqualTo(200);
        assertThat(split.json().path("channels").path(0).path("segments")).hasSize(2);
        assertThat(daemon.get("/api/v1/posts").body()).doesNotContain("Un mot.");
    }

    private static String post(String text, String more) {
        return "{\"text\":" + RunningDaemon.JSON.getNodeFactory().textNode(text) + "," + more + "}";
    }

    @Test
    void half_a_character_and_bytes_that_are_no_text_never_reach_a_network() {
        for (String half : List.of("\\ud800", "\\udc00", "\\udc00\\ud800")) {
            Answer answer = daemon.post("/api/v1/posts", "{\"dryRun\":true,\"text\":\"a" + half + "b\"}");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.error()).isEqualTo("/text publishing.text.damaged");
        }
        byte[] latin1 = "{\"text\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        Answer answer = daemon.send(daemon.token(), "POST", "/api/v1/posts", latin1);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).endsWith("web.json.malformed");
    }

    static Stream<Arguments> badChannels() {
        return Stream.of(
                Arguments.of("{\"network\":\"myspace\"}", "/network publishing.network.unknown"),
                Arguments.of("{\"network\":\"rehearsal\",\"id\":\"No Spaces\"}", "/id publishing.channel.id"),
                Arguments.of(
                        "{\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\"https://social.example\"}}",
                        "/secrets/accessToken network.secret.missing"),
                Arguments.of(
                        "{\"network\":\"mastodon\",\"secrets\":{\"accessToken\":\"t\"}}",
                        "/settings/baseUrl network.setting.missing"),
                Arguments.of(
                        "{\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\"file:///etc/passwd\"},\"secrets\":{\"accessToken\":\"t\"}}",
                        "/settings/baseUrl network.address.malformed"),
                Arguments.of(
                        "{\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\"https://a.example\"},\"secrets\":{\"accessToken\":null}}",
                        "/secrets/accessToken web.json.type"),
                Arguments.of(
                        "{\"network\":\"rehearsal\",\"settings\":{\"standFor\":\"x\"}}",
                        "/settings/standFor publishing.setting.unknown"),
                Arguments.of(
                        "{\"network\":\"feed\",\"settings\":{\"monthlyCeilingUsd\":\"abc\"}}",
                        "/settings/monthlyCeilingUsd publishing.setting.amount"),
                Arguments.of(
                        "{\"network\":\"rehearsal\",\"settings\":{\"rate.posts\":\"-1\"}}",
                        "/settings/rate.posts publishing.setting.rate"),
                Arguments.of(
                        "{\"network\":\"rehearsal\",\"settings\":{\"requireAlt\":\"yes\"}}",
                        "/settings/requireAlt publishing.setting.flag"),
                Arguments.of(
                        "{\"network\":\"rehearsal\",\"settings\":{\"tokenExpiresAt\":\"soon\"}}",
                        "/settings/tokenExpiresAt publishing.setting.instant"));
    }

    @ParameterizedTest
    @MethodSource("badChannels")
    void a_bad_channel_is_refused_by_field_and_is_not_kept(String body, String error) {
        String before = daemon.get("/api/v1/channels").body();
        Answer answer = daemon.post("/api/v1/channels", body);
        assertThat(answer.error() + " " + answer.status()).isEqualTo(error + " 422");
        assertThat(daemon.get("/api/v1/channels").body()).isEqualTo(before);
    }

    @Test
    void a_private_address_is_never_connected_to_and_the_channel_says_why() {
        List<String> addresses =
                List.of("http://127.0.0.1:" + daemon.port(), "http://10.0.0.1", "http://169.254.169.254");
        for (int i = 0; i < addresses.size(); i++) {
            String id = "private-" + i;
            Answer made = daemon.post("/api/v1/channels", """
                    {"id":"%s","network":"mastodon","settings":{"baseUrl":"%s"},"inDefaultSet":false,
                     "secrets":{"accessToken":"hush-hush"}}""".formatted(id, addresses.get(i)));
            assertThat(made.status()).isEqualTo(422);
            assertThat(made.error()).startsWith("/settings/baseUrl ");
            assertThat(made.body()).doesNotContain("hush-hush");
            assertThat(daemon.get("/api/v1/channels/" + id).status()).isEqualTo(404);
            Answer unchecked = daemon.post("/api/v1/channels", """
                    {"id":"%s","network":"mastodon","settings":{"baseUrl":"%s"},"inDefaultSet":false,
                     "secrets":{"accessToken":"hush-hush"},"check":false}""".formatted(id, addresses.get(i)));
            assertThat(unchecked.status()).isEqualTo(201);
            Answer health = daemon.post("/api/v1/channels/" + id + "/check", "");
            assertThat(health.json().path("health").path("status").asText()).isEqualTo("UNREACHABLE");
            assertThat(health.json().path("health").path("reason").asText()).isNotBlank();
            assertThat(health.body()).doesNotContain("hush-hush");
            daemon.send(daemon.token(), "DELETE", "/api/v1/channels/" + id, null);
        }
    }

    @Test
    void a_rehearsal_takes_the_variants_and_the_handles_of_the_network_it_stands_for() {
        daemon.post("/api/v1/mentions-book", """
                {"name":"mairie","handles":{"mastodon":"@mairie@social.example"}}""");
        JsonNode plan = daemon.post("/api/v1/posts", """
                {"text":"pour tous","channels":["toot","rehearsal"],"dryRun":true,
                 "variants":{"mastodon":{"text":"merci @{mairie}"}}}""").json();
        List<String> texts = new ArrayList<>();
        plan.path("channels")
                .forEach(channel ->
                        texts.add(channel.path("segments").path(0).path("text").asText()));
        assertThat(texts).containsExactlyInAnyOrder("merci @mairie@social.example", "pour tous");
        daemon.send(daemon.token(), "DELETE", "/api/v1/mentions-book/mairie", null);
    }

    static Stream<Arguments> badImages() {
        return Stream.of(
                Arguments.of(new byte[0], 422, "media.empty"),
                Arguments.of("hello".getBytes(StandardCharsets.UTF_8), 422, "media.type.unknown"),
                Arguments.of(
                        "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8),
                        422,
                        "media.type.svg"),
                Arguments.of(bomb(), 422, "media.side"));
    }

    @ParameterizedTest
    @MethodSource("badImages")
    void a_bad_image_is_refused_with_the_remedy(byte[] image, int status, String code) {
        Answer answer = daemon.send(daemon.token(), "POST", "/api/v1/media?name=a.png", image);
        assertThat(answer.error() + " " + answer.status()).isEqualTo("/media " + code + " " + status);
    }

    /** 1 KB that claims 65,535 pixels by 65,535. */
    private static byte[] bomb() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(header)) {
            data.writeInt(65_535);
            data.writeInt(65_535);
            data.write(new byte[] {8, 6, 0, 0, 0});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        chunk(out, "IHDR", header.toByteArray());
        chunk(out, "IDAT", new byte[900]);
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] bytes) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(bytes);
        try (DataOutputStream data = new DataOutputStream(out)) {
            data.writeInt(bytes.length);
            data.write(name);
            data.write(bytes);
            data.writeInt((int) crc.getValue());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_channel_that_exists_keeps_what_is_not_given() {
        daemon.post("/api/v1/channels", """
                {"id":"kept","name":"Gardé","network":"rehearsal","inDefaultSet":false,
                 "settings":{"requireAlt":"true","rate.posts":"3","standsFor":"x"}}""");
        JsonNode after = daemon.post("/api/v1/channels", """
                {"id":"kept","network":"rehearsal","settings":{"standsFor":"telegram","rate.posts":""}}""").json();
        assertThat(after.path("name").asText()).isEqualTo("Gardé");
        assertThat(after.path("inDefaultSet").asBoolean()).isFalse();
        assertThat(after.path("settings").toString()).isEqualTo("{\"requireAlt\":\"true\",\"standsFor\":\"telegram\"}");
        daemon.send(daemon.token(), "DELETE", "/api/v1/channels/kept", null);
    }

    @Test
    void a_channel_becomes_one_of_another_account_only_where_that_is_said() {
        String channel = """
                {"id":"of-one","network":"telegram","settings":{"chatId":"%s"},"inDefaultSet":false,
                 "secrets":{"botToken":"1234:abcdefghijklmnopqrstuvwxyz"},"check":false%s}""";
        assertThat(daemon.post("/api/v1/channels", channel.formatted("-100111", ""))
                        .status())
                .isEqualTo(201);
        Answer other = daemon.post("/api/v1/channels", channel.formatted("-100222", ""));
        assertThat(other.error() + " " + other.status()).isEqualTo(" publishing.channel.other 409");
        assertThat(daemon.post("/api/v1/channels", channel.formatted("-100222", ",\"otherAccount\":true"))
                        .status())
                .isEqualTo(201);
        daemon.send(daemon.token(), "DELETE", "/api/v1/channels/of-one", null);
    }

    @Test
    void a_time_that_comes_twice_is_its_first_and_that_is_said() {
        JsonNode plan = daemon.post("/api/v1/posts", """
                {"text":"l’heure d’hiver","at":"2031-10-26T02:30","zone":"Europe/Paris","dryRun":true}""").json();
        assertThat(plan.path("dueAt").asText()).isEqualTo("2031-10-26T00:30:00Z");
        assertThat(plan.path("warnings").path(0).path("code").asText()).isEqualTo("publishing.warning.twice");
        JsonNode second = daemon.post("/api/v1/posts", """
                {"text":"l’heure d’hiver","at":"2031-10-26T02:30+01:00","zone":"Europe/Paris","dryRun":true}""").json();
        assertThat(second.path("dueAt").asText()).isEqualTo("2031-10-26T01:30:00Z");
        assertThat(second.path("warnings")).isEmpty();
    }

    @Test
    void a_method_that_a_path_does_not_take_is_refused_with_those_it_takes() {
        Answer put = daemon.send(daemon.token(), "PUT", "/api/v1/posts", "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(put.status()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
        assertThat(put.error()).isEqualTo(" web.method");
        assertThat(daemon.send(daemon.token(), "PUT", "/api/v1/nowhere", new byte[0])
                        .status())
                .isEqualTo(404);
    }

    private static final String LATER = "{\"text\":\"à plus tard\",\"at\":\"2031-06-01T10:00\"}";

    @Test
    void the_same_request_under_the_same_key_is_the_same_post() {
        int before = daemon.posts();
        Answer first = daemon.post("/api/v1/posts", LATER, KEY, "same-key");
        Answer second = daemon.post("/api/v1/posts", LATER, KEY, "same-key");
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("Idempotent-Replay")).isEqualTo("true");
        assertThat(daemon.posts()).isEqualTo(before + 1);
        Answer other = daemon.post("/api/v1/posts", LATER.replace("plus", "bien plus"), KEY, "same-key");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.error()).isEqualTo(" web.key.reused");
        Answer elsewhere = daemon.post("/api/v1/freeze", "{\"reason\":\"x\"}", KEY, "same-key");
        assertThat(elsewhere.status()).isEqualTo(422);
        assertThat(daemon.get("/api/v1/freeze").json().path("items")).isEmpty();
        assertThat(daemon.posts()).isEqualTo(before + 1);
    }

    @Test
    void twenty_at_once_under_one_key_make_one_post() throws Exception {
        int before = daemon.posts();
        List<Future<Answer>> answers = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                answers.add(pool.submit(() -> daemon.post("/api/v1/posts", LATER, KEY, "crowd")));
            }
        }
        Set<String> ids = new HashSet<>();
        for (Future<Answer> one : answers) {
            Answer answer = one.get();
            assertThat(answer.status()).isIn(201, 409);
            if (answer.status() == 201) {
                ids.add(answer.json().path("id").asText());
            } else {
                assertThat(answer.error()).isEqualTo(" web.key.in-flight");
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(daemon.posts()).isEqualTo(before + 1);
        assertThat(daemon.post("/api/v1/posts", LATER, KEY, "crowd")
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(ids.iterator().next());
    }

    @Test
    void a_refusal_uses_up_no_key_and_a_key_has_its_form() {
        assertThat(daemon.post("/api/v1/posts", "{\"text\":\"\"}", KEY, "tried").status())
                .isEqualTo(422);
        assertThat(daemon.post("/api/v1/posts", LATER, KEY, "tried").status()).isEqualTo(201);
        for (String bad : List.of("k".repeat(256), "with space", "")) {
            Answer answer = daemon.post("/api/v1/posts", LATER, KEY, bad);
            assertThat(answer.error() + " " + answer.status()).isEqualTo(" web.key.form 400");
        }
        assertThat(daemon.post("/api/v1/posts", LATER, KEY, "k".repeat(255)).status())
                .isEqualTo(201);
    }

    @Test
    void a_decision_needs_a_version_a_known_word_and_a_delivery() {
        JsonNode made = daemon.post("/api/v1/posts", LATER).json();
        JsonNode delivery = made.path("deliveries").path(0);
        String path = "/api/v1/deliveries/" + delivery.path("id").asText();
        assertThat(daemon.post(path + "/cancel", "{}").error()).isEqualTo("/version web.version.missing");
        assertThat(daemon.post(path + "/resolve", "{\"version\":1,\"decision\":\"perhaps\"}")
                        .error())
                .isEqualTo("/decision web.decision");
        Answer stale = daemon.post(path + "/cancel", "{\"version\":99}");
        assertThat(stale.error() + " " + stale.status()).isEqualTo(" publishing.version 409");
        Answer impossible = daemon.post(path + "/retry", "{\"version\":1}");
        assertThat(impossible.error() + " " + impossible.status()).isEqualTo(" delivery.state.refuses 409");
        assertThat(daemon.post(path + "/cancel", "{\"version\":1}")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("CANCELLED");
        assertThat(daemon.post("/api/v1/deliveries/none/cancel", "{\"version\":1}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void lists_refuse_cursors_and_limits_that_are_none() {
        assertThat(daemon.get("/api/v1/posts?limit=0").error()).isEqualTo("/limit web.limit");
        assertThat(daemon.get("/api/v1/posts?limit=201").error()).isEqualTo("/limit web.limit");
        assertThat(daemon.get("/api/v1/posts?after=%27%20or%201=1").error()).isEqualTo("/after web.cursor");
        assertThat(daemon.get("/api/v1/deliveries?state=LOST").error()).isEqualTo("/state web.state");
    }

    @Test
    void a_mistyped_filter_is_refused_and_does_not_show_everything() {
        Answer wrong = daemon.get("/api/v1/deliveries?stat=UNKNOWN&limit=5");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().path("errors").path(0).path("pointer").asText()).isEqualTo("/stat");
        assertThat(wrong.json().path("errors").path(0).path("message").asText()).contains("state", "limit", "after");
        assertThat(daemon.get("/api/v1/ledger?since=2026").status()).isEqualTo(422);
        assertThat(daemon.get("/api/v1/deliveries?state=UNKNOWN&limit=5").status())
                .isEqualTo(200);
    }

    @Test
    void a_channel_that_goes_tells_how_much_waited_for_it() {
        daemon.post("/api/v1/channels", "{\"id\":\"leaving\",\"network\":\"rehearsal\",\"inDefaultSet\":false}");
        daemon.post("/api/v1/posts", "{\"text\":\"plus tard\",\"channels\":[\"leaving\"],\"at\":\"2031-06-01T10:00\"}");
        Answer gone = daemon.send(daemon.token(), "DELETE", "/api/v1/channels/leaving", new byte[0]);
        assertThat(gone.status()).as(gone.body()).isEqualTo(200);
        assertThat(gone.json().path("cancelled").asInt()).isEqualTo(1);
    }

    @Test
    void what_was_done_is_read_page_by_page() {
        JsonNode first = daemon.get("/api/v1/audit?limit=1").json();
        long newest = first.path("items").path(0).path("number").asLong();
        JsonNode second = daemon.get(
                        "/api/v1/audit?limit=1&after=" + first.path("next").asText())
                .json();
        assertThat(second.path("items").path(0).path("number").asLong()).isEqualTo(newest - 1);
        assertThat(daemon.get("/api/v1/audit?after=abc").error()).isEqualTo("/after web.cursor");
    }
}
