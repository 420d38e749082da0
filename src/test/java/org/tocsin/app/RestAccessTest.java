package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.base.FaultException;
import org.tocsin.people.Scope;

/** Who may do what, and what anyone may see. */
class RestAccessTest {
    /** Every endpoint of the API and what it asks for, by hand. */
    static final String TABLE = """
            GET    /api/v1/posts READ
            POST   /api/v1/posts POST
            GET    /api/v1/posts/{id} READ
            PATCH  /api/v1/posts/{id} POST
            DELETE /api/v1/posts/{id} POST
            POST   /api/v1/posts/{id}/correct POST
            GET    /api/v1/posts/{id}/engagement READ
            GET    /api/v1/posts/{id}/approval READ
            POST   /api/v1/posts/{id}/approve APPROVE
            POST   /api/v1/posts/{id}/decline APPROVE
            GET    /api/v1/deliveries READ
            GET    /api/v1/deliveries/{id} READ
            POST   /api/v1/deliveries/{id}/resolve MANAGE
            POST   /api/v1/deliveries/{id}/retry MANAGE
            POST   /api/v1/deliveries/{id}/cancel POST
            GET    /api/v1/ledger READ
            GET    /api/v1/channels READ
            POST   /api/v1/channels ADMIN
            GET    /api/v1/channels/{id} READ
            DELETE /api/v1/channels/{id} ADMIN
            POST   /api/v1/channels/{id}/check MANAGE
            GET    /api/v1/connect ADMIN
            POST   /api/v1/connect ADMIN
            POST   /api/v1/connect/{id} ADMIN
            GET    /api/v1/freeze READ
            POST   /api/v1/freeze MANAGE
            DELETE /api/v1/freeze/{id} MANAGE
            POST   /api/v1/posts/import POST
            GET    /api/v1/posts/import/{id} POST
            POST   /api/v1/posts/import/{id}/stop POST
            GET    /api/v1/slots READ
            POST   /api/v1/slots MANAGE
            DELETE /api/v1/slots/{id} MANAGE
            POST   /api/v1/media POST
            GET    /api/v1/notices READ
            POST   /api/v1/notices/{id}/acknowledge MANAGE
            GET    /api/v1/audit ADMIN
            GET    /api/v1/tokens ADMIN
            POST   /api/v1/tokens ADMIN
            DELETE /api/v1/tokens/{id} ADMIN
            POST   /api/v1/setup-link ADMIN
            GET    /api/v1/users ADMIN
            POST   /api/v1/users/{id}/reset-link ADMIN
            DELETE /api/v1/users/{id}/second-factor ADMIN
            GET    /api/v1/campaigns READ
            POST   /api/v1/campaigns MANAGE
            DELETE /api/v1/campaigns/{id} MANAGE
            GET    /api/v1/mentions-book READ
            POST   /api/v1/mentions-book MANAGE
            DELETE /api/v1/mentions-book/{name} MANAGE
            GET    /api/v1/sources READ
            POST   /api/v1/sources MANAGE
            POST   /api/v1/sources/discover MANAGE
            GET    /api/v1/newsletters READ
            POST   /api/v1/newsletters POST
            POST   /api/v1/newsletters/of-posts POST
            GET    /api/v1/newsletters/{id} READ
            PATCH  /api/v1/newsletters/{id} POST
            DELETE /api/v1/newsletters/{id} POST
            GET    /api/v1/newsletters/{id}/preview READ
            POST   /api/v1/newsletters/{id}/test MANAGE
            POST   /api/v1/newsletters/{id}/send MANAGE
            POST   /api/v1/newsletters/{id}/unschedule MANAGE
            POST   /api/v1/newsletters/{id}/pause MANAGE
            POST   /api/v1/newsletters/{id}/resume MANAGE
            POST   /api/v1/newsletters/{id}/stop MANAGE
            POST   /api/v1/newsletters/{id}/unknown MANAGE
            GET    /api/v1/word-lists READ
            POST   /api/v1/word-lists MANAGE
            GET    /api/v1/word-lists/{id} READ
            PATCH  /api/v1/word-lists/{id} MANAGE
            DELETE /api/v1/word-lists/{id} MANAGE
            POST   /api/v1/sources/import MANAGE
            GET    /api/v1/sources/export READ
            POST   /api/v1/sources/{id}/hook MANAGE
            POST   /api/v1/mentions POST
            GET    /api/v1/sources/{id} READ
            PATCH  /api/v1/sources/{id} MANAGE
            DELETE /api/v1/sources/{id} MANAGE
            GET    /api/v1/watches READ
            GET    /api/v1/watches/voice READ
            GET    /api/v1/watches/voice.csv READ
            GET    /api/v1/work READ
            POST   /api/v1/work/{id}/stop READ
            POST   /api/v1/work/{id}/resume READ
            POST   /api/v1/watches MANAGE
            POST   /api/v1/watches/check READ
            POST   /api/v1/watches/test READ
            POST   /api/v1/watches/explain READ
            GET    /api/v1/watches/{id} READ
            PATCH  /api/v1/watches/{id} MANAGE
            DELETE /api/v1/watches/{id} MANAGE
            GET    /api/v1/alerts READ
            GET    /api/v1/alerts/{id} READ
            POST   /api/v1/alerts/{id}/acknowledge POST
            POST   /api/v1/alerts/{id}/assign POST
            POST   /api/v1/alerts/{id}/answer POST
            POST   /api/v1/alerts/{id}/reopen POST
            POST   /api/v1/watches/{id}/snooze MANAGE
            GET    /api/v1/recipients READ
            POST   /api/v1/recipients MANAGE
            GET    /api/v1/recipients/{id} READ
            PATCH  /api/v1/recipients/{id} MANAGE
            DELETE /api/v1/recipients/{id} MANAGE
            POST   /api/v1/recipients/{id}/telegram MANAGE
            POST   /api/v1/recipients/{id}/ways MANAGE
            DELETE /api/v1/recipients/{id}/ways/{way} MANAGE
            POST   /api/v1/recipients/{id}/ways/{way}/test MANAGE
            GET    /api/v1/mentions READ
            GET    /api/v1/mentions/search READ
            GET    /api/v1/mentions/search.csv READ
            GET    /api/v1/mentions/search.ndjson READ
            GET    /api/v1/mentions/{id} READ
            POST   /api/v1/rights/preview MANAGE
            GET    /api/v1/rights/erasures MANAGE
            POST   /api/v1/rights/erasures MANAGE
            GET    /api/v1/rights/erasures/{id} MANAGE
            POST   /api/v1/rights/erasures/{id}/stop MANAGE
            POST   /api/v1/rights/erasures/{id}/resume MANAGE
            GET    /api/v1/rights/opt-outs MANAGE
            POST   /api/v1/rights/opt-outs MANAGE
            POST   /api/v1/rights/opt-outs/remove MANAGE
            GET    /api/v1/rights/objections MANAGE
            POST   /api/v1/rights/objections/{id}/accept MANAGE
            POST   /api/v1/rights/objections/{id}/decline MANAGE
            GET    /api/v1/rights/holds MANAGE
            POST   /api/v1/rights/holds ADMIN
            POST   /api/v1/rights/holds/{id}/end ADMIN
            GET    /api/v1/rights/holds/{id}/export ADMIN
            GET    /api/v1/bounces MANAGE
            GET    /api/v1/person-requests MANAGE
            POST   /api/v1/person-requests MANAGE
            POST   /api/v1/person-requests/{id}/answer MANAGE
            GET    /api/v1/sign-up/settings READ
            PUT    /api/v1/sign-up/settings ADMIN
            GET    /api/v1/sign-up/texts READ
            POST   /api/v1/sign-up/texts ADMIN
            GET    /api/v1/sign-up/topics READ
            POST   /api/v1/sign-up/topics MANAGE
            PATCH  /api/v1/sign-up/topics/{id} MANAGE
            GET    /api/v1/sign-up/links READ
            POST   /api/v1/sign-up/links POST
            GET    /api/v1/sign-up/links/{code}/qr READ
            PATCH  /api/v1/sign-up/links/{code} POST
            GET    /api/v1/sign-up/webhook ADMIN
            PUT    /api/v1/sign-up/webhook ADMIN
            DELETE /api/v1/sign-up/webhook ADMIN
            POST   /api/v1/sign-up/webhook/test ADMIN
            GET    /api/v1/privacy/register READ
            GET    /api/v1/subscribers/import/{id} MANAGE
            POST   /api/v1/subscribers/import/{id}/stop MANAGE
            GET    /api/v1/subscribers MANAGE
            POST   /api/v1/subscribers POST
            GET    /api/v1/subscribers.csv ADMIN
            POST   /api/v1/subscribers/import MANAGE
            GET    /api/v1/subscribers/counts READ
            GET    /api/v1/subscribers/register READ
            POST   /api/v1/subscribers/find MANAGE
            GET    /api/v1/subscribers/{id} MANAGE
            DELETE /api/v1/subscribers/{id} MANAGE
            POST   /api/v1/subscribers/{id}/leave MANAGE
            POST   /api/v1/subscribers/{id}/restrict MANAGE
            POST   /api/v1/subscribers/{id}/release MANAGE
            POST   /api/v1/subscribers/{id}/correct MANAGE
            POST   /api/v1/suppressions/remove ADMIN
            GET    /api/v1/audience READ
            GET    /api/v1/audience.csv READ
            GET    /api/v1/engagement READ
            GET    /api/v1/engagement.csv READ
            POST   /api/v1/audience/import MANAGE
            GET    /api/v1/audience/annotations READ
            POST   /api/v1/audience/annotations MANAGE
            DELETE /api/v1/audience/annotations/{id} MANAGE
            GET    /api/v1/rehearsal READ
            GET    /api/v1/live READ
            GET    /api/v1/doctor ADMIN
            GET    /api/v1/sbom ADMIN
            GET    /api/v1/audit/verify ADMIN
            GET    /api/v1/health READ
            """;

    private static final Map<Scope, String> TOKENS = new EnumMap<>(Scope.class);

    private static Path data;
    private static RunningDaemon daemon;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        data = folder;
        daemon = new RunningDaemon(folder);
        for (Scope scope : Scope.values()) {
            TOKENS.put(scope, token(scope));
        }
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    record Door(String method, String path, Scope scope) {
        Answer knock(String token) {
            String concrete = path.replaceAll("\\{[a-z]+}", "00000000-0000-7000-8000-000000000000");
            byte[] body = method.startsWith("P") ? "{}".getBytes(StandardCharsets.UTF_8) : null;
            return daemon.send(token, method, concrete, body);
        }
    }

    private static Stream<Door> doors() {
        return TABLE.lines()
                .map(line -> line.split(" +"))
                .map(part -> new Door(part[0], part[1], Scope.valueOf(part[2])));
    }

    private static String token(Scope scope) {
        Answer answer = daemon.post("/api/v1/tokens", "{\"name\":\"t\",\"scopes\":[\"" + scope + "\"]}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        return answer.json().path("token").asText();
    }

    @ParameterizedTest
    @MethodSource("doors")
    void a_door_opens_to_its_own_scope_and_to_no_other(Door door) {
        for (Scope scope : Scope.values()) {
            Answer answer = door.knock(TOKENS.get(scope));
            if (scope == door.scope()) {
                assertThat(answer.status()).as("%s with %s", door, scope).isNotIn(401, 403, 500);
            } else {
                assertThat(answer.status() + answer.error())
                        .as("%s with %s", door, scope)
                        .isEqualTo("403 people.scope.missing");
            }
        }
        for (String stranger : new String[] {null, "", "tocsin_wrong", daemon.token() + "x", "x".repeat(5000)}) {
            Answer answer = door.knock(stranger);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void the_table_is_that_of_the_published_description() {
        Set<String> published = new TreeSet<>();
        JsonNode paths = daemon.get("/api/openapi.json").json().path("paths");
        paths.fieldNames().forEachRemaining(path -> {
            if (path.startsWith("/api/v1/")) {
                paths.path(path).fieldNames().forEachRemaining(method -> {
                    if (Set.of("get", "post", "put", "delete", "patch").contains(method)) {
                        published.add(method.toUpperCase(Locale.ROOT) + " " + path);
                    }
                });
            }
        });
        assertThat(doors().map(door -> door.method() + " " + door.path()))
                .containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void a_revoked_token_opens_nothing_and_none_revokes_itself() {
        Answer made = daemon.post("/api/v1/tokens", "{\"name\":\"lost\",\"scopes\":[\"READ\",\"ADMIN\"]}");
        String secret = made.json().path("token").asText();
        String path = "/api/v1/tokens/" + made.json().path("id").asText();
        assertThat(daemon.send(secret, "GET", "/api/v1/posts", null).status()).isEqualTo(200);
        Answer itself = daemon.send(secret, "DELETE", path, null);
        assertThat(itself.status()).isEqualTo(409);
        assertThat(daemon.send(daemon.token(), "DELETE", path, null).status()).isEqualTo(204);
        assertThat(daemon.send(secret, "GET", "/api/v1/posts", null).status()).isEqualTo(401);
        assertThat(daemon.send(daemon.token(), "DELETE", path, null).status()).isEqualTo(404);
        assertThat(daemon.get("/api/v1/tokens").body()).doesNotContain(secret);
    }

    @Test
    void the_plain_page_shows_hostile_text_as_text() {
        String hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> \\\"'&";
        Answer made = daemon.post(
                "/api/v1/posts", "{\"text\":\"" + hostile + "\",\"channels\":[\"rehearsal\"]}", "Accept", "*/*");
        assertThat(made.status()).isEqualTo(201);
        Answer page = daemon.send(null, "GET", "/", null);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script")
                .doesNotContain("<img src=x")
                .contains("&quot;&#39;&amp;");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(daemon.send(null, "GET", "/", null, "X-Forwarded-For", "203.0.113.9")
                        .status())
                .as("a page that needs no token is for this machine alone")
                .isEqualTo(403);
    }

    @Test
    void what_was_rehearsed_is_seen_over_the_api_and_on_the_machine_itself() {
        JsonNode made = daemon.post("/api/v1/posts", "{\"text\":\"répété <i>ici</i>\",\"channels\":[\"rehearsal\"]}")
                .json();
        String path = "/api/v1/posts/" + made.path("id").asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get(path).json().path("state").asText().equals("DONE"));
        JsonNode shown = daemon.get("/api/v1/rehearsal?channelId=rehearsal&limit=1")
                .json()
                .path("items")
                .path(0);
        assertThat(shown.path("text").asText()).isEqualTo("répété <i>ici</i>");
        assertThat(daemon.get("/api/v1/rehearsal?channelId=other").json().path("items"))
                .isEmpty();
        String page = "/rehearsal/rehearsal/" + shown.path("id").asText();
        assertThat(daemon.send(null, "GET", page, null).body()).contains("répété &lt;i&gt;ici");
        assertThat(daemon.send(null, "GET", "/", null).body()).contains("répété &lt;i&gt;ici");
        assertThat(daemon.send(null, "GET", page, null, "X-Forwarded-For", "203.0.113.9")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_feed_that_has_not_changed_is_not_sent_again() {
        JsonNode made = daemon.post("/api/v1/posts", "{\"text\":\"Dans les flux <b>\",\"channels\":[\"feed\"]}")
                .json();
        String path = "/api/v1/posts/" + made.path("id").asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get(path).json().path("state").asText().equals("DONE"));
        for (String format : new String[] {"rss", "atom", "json"}) {
            Answer first = daemon.send(null, "GET", "/feeds/posts." + format, null);
            assertThat(first.status()).isEqualTo(200);
            // A title in JSON is plain text; everywhere else it would be markup.
            String markup = format.equals("json")
                    ? first.json().path("items").path(0).path("content_html").asText()
                    : first.body();
            assertThat(markup).contains("Dans les flux").doesNotContain("<b>");
            Answer again =
                    daemon.send(null, "GET", "/feeds/posts." + format, null, "If-None-Match", first.header("ETag"));
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        }
        JsonNode ledger = daemon.get("/api/v1/ledger").json();
        assertThat(ledger.path("balanced").asBoolean()).isTrue();
    }

    @Test
    void what_can_be_read_can_be_asked_about_without_its_body() {
        for (String path : new String[] {"/", "/health/live", "/feeds/posts.rss", "/api/openapi.json"}) {
            Answer answer = daemon.send(null, "HEAD", path, null);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.header("Content-Type")).isNotBlank();
        }
        assertThat(daemon.send(null, "HEAD", "/api/v1/posts", null).status()).isEqualTo(401);
        assertThat(daemon.send(daemon.token(), "HEAD", "/api/v1/posts", null).status())
                .isEqualTo(200);
    }

    @Test
    void a_picture_is_shown_when_its_post_is_in_the_feeds_and_not_before_or_after() throws IOException {
        BufferedImage drawn = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(drawn, "png", out);
        JsonNode image = daemon.send(daemon.token(), "POST", "/api/v1/media?name=a.png", out.toByteArray())
                .json();
        String address = "/media/" + image.path("sha256").asText() + ".png";
        assertThat(daemon.send(null, "GET", address, null).status())
                .as("nothing is out")
                .isEqualTo(404);
        JsonNode made = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"vu\",\"channels\":[\"feed\"],\"media\":[{\"id\":\""
                                + image.path("id").asText() + "\",\"alt\":\"noir\"}]}")
                .json();
        String path = "/api/v1/posts/" + made.path("id").asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get(path).json().path("state").asText().equals("DONE"));
        Answer shown = daemon.send(null, "GET", address, null);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.header("Content-Type")).isEqualTo("image/png");
        assertThat(daemon.send(null, "HEAD", address, null).header("Content-Length"))
                .isEqualTo(image.path("bytes").asText());
        daemon.send(daemon.token(), "DELETE", path, null);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.send(null, "GET", address, null).status() == 404);
    }

    @Test
    void a_second_daemon_on_the_same_folder_is_refused_and_the_first_goes_on() {
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> new RunningDaemon(data).close())
                .satisfies(fault -> {
                    assertThat(fault.kind()).isEqualTo(FaultException.Kind.CONFLICT);
                    assertThat(fault.faults().getFirst().message().code()).isEqualTo("app.data.locked");
                });
        assertThat(daemon.get("/api/v1/posts").status()).isEqualTo(200);
    }

    @Test
    void what_is_secret_in_the_folder_is_the_owners_alone() throws IOException {
        for (String name : new String[] {"api.token", "secret.key"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(daemon.send(null, "GET", "/health/live", null).status()).isEqualTo(200);
        assertThat(daemon.send(null, "GET", "/nowhere", null).status()).isEqualTo(404);
        assertThat(daemon.send(null, "GET", "/media/..%2F..%2Fsecret.key", null).status())
                .isEqualTo(404);
    }
}
