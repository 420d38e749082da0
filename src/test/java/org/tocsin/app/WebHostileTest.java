package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.app.Browser.Page;
import org.tocsin.app.RunningDaemon.Answer;

/** Hostile texts, credentials and requests on the whole daemon: what docs/hostile-inputs.md names and no other test meets. */
class WebHostileTest {
    private static final Pattern INLINE = Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>[^<]*\\S");
    private static final Pattern LOADED = Pattern.compile(
            "<(?:img|script|link|iframe|source|video|audio|object|embed)[^>]*(?:src|href)=\"(?!/)[^\"]*");

    private static RunningDaemon daemon;
    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        daemon = new RunningDaemon(folder);
        browser = Browser.ofTheFirst(daemon);
        daemon.post(
                "/api/v1/mentions",
                "{\"title\":\"<math><mtext><img src=https://beacon.example/x.png onerror=alert(1)></mtext></math>\","
                        + "\"text\":\"<form id=csrf><template>x</template> ![x](https://beacon.example/y.png) "
                        + "[https://bank.example](https://evil.example)\",\"author\":\"<b>admin</b>\","
                        + "\"url\":\"https://evil.example/said\"}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk/listen").body().contains("evil.example"));
    }

    @AfterAll
    static void stop() {
        browser.close();
        daemon.close();
    }

    private static String quoted(String text) {
        return RunningDaemon.JSON.getNodeFactory().textNode(text).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/desk/listen", "/desk/listen/live", "/desk/search?q=bank", "/desk/alerts", "/desk/calendar"})
    void what_was_heard_is_shown_as_text_and_loads_nothing(String path) {
        String body = browser.get(path).body();
        assertThat(body).doesNotContain("<math", "<form id=csrf", "<template>x", "<b>admin", "onerror=alert(1)>");
        assertThat(body).doesNotContainPattern(INLINE).doesNotContain(" style=");
        assertThat(LOADED.matcher(body).results().map(found -> found.group())).isEmpty();
    }

    @Test
    void a_link_of_a_stranger_names_its_host_and_tells_nothing_about_us() {
        String body = browser.get("/desk/listen").body();
        assertThat(body)
                .contains("<a href=\"https://evil.example/said\" rel=\"noopener noreferrer nofollow ugc\">")
                .contains("(evil.example)");
        assertThat(body).as("markup of a link is text").doesNotContain("href=\"https://bank.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVa\tscript:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "vbscript:x",
                "blob:https://x.example/1",
                "//evil.example/x",
                "file:///etc/passwd"
            })
    void an_address_that_is_not_of_the_web_is_no_link(String url) {
        Answer answer = daemon.post(
                "/api/v1/mentions", "{\"text\":\"un lien " + url.hashCode() + "\",\"url\":" + quoted(url) + "}");
        assertThat(answer.status() + answer.error()).startsWith("422/url ");
        assertThat(browser.get("/desk/listen").body()).doesNotContain("href=\"" + url);
    }

    @Test
    @Timeout(20)
    void the_markup_of_markdown_is_text_however_deep() {
        browser.get("/desk/write");
        for (String text : List.of(
                "![x](https://beacon.example/y.png) [x](javascript:alert(1)) <b>gras</b>",
                ">".repeat(10_000),
                "[".repeat(10_000),
                "*".repeat(10_000))) {
            String body = browser.post("/desk/write/preview", "text", text, "channel", "feed")
                    .body();
            assertThat(body).doesNotContain("<b>gras", "<blockquote", "<img src=\"http", "href=\"javascript");
        }
    }

    @Test
    void what_is_published_is_what_was_written_and_nothing_evaluates_it() {
        String text = "${sys:user.home} #{7*7} {{7*7}} ${body} $simple{header.x} %s %n ${jndi:ldap://x.example/a}";
        String id = daemon.post("/api/v1/posts", "{\"text\":" + quoted(text) + ",\"channels\":[\"rehearsal\"]}")
                .json()
                .path("id")
                .asText();
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
                        .path("text")
                        .asText())
                .isEqualTo(text);
    }

    @Test
    void scripts_are_files_of_ours_that_evaluate_nothing() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/desk"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".js")).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain("eval(", "new Function", "document.write", "window.name", "window.opener");
            }
        }
        try (Stream<Path> files = Files.list(Path.of("src/main/jte"))) {
            for (Path file : files.toList()) {
                // JTE escapes by where a value stands; only this turns it off, for charts of ours that escape what is
                // in them, and for the preview of a letter, of whose Markdown nothing that acts is left (MarkdownTest).
                assertThat(Files.readString(file)
                                .replaceAll(
                                        "\\$unsafe\\{(tried\\.svg\\(\\)|one\\.svg\\(\\)|svg|code|seen\\.preview\\(\\)\\.bare\\(\\))}",
                                        ""))
                        .as(file.toString())
                        .doesNotContain("$unsafe");
                assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(INLINE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/desk/<script>alert(1)</script>",
                "/nowhere/<img src=x onerror=alert(1)>",
                "/api/v1/<script>alert(1)</script>",
                "/feeds/<script>alert(1)</script>.rss",
                "/health/<script>",
                "/rehearsal/<script>/x"
            })
    void a_path_that_there_is_not_is_never_markup(String path) {
        String encoded = path.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20");
        for (String accepted : List.of("text/html", "*/*")) {
            Answer answer = daemon.send(daemon.token(), "GET", encoded, null, "Accept", accepted);
            assertThat(answer.status()).as(path).isGreaterThanOrEqualTo(300);
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
            if (String.valueOf(answer.header("Content-Type")).startsWith("text/html")) {
                assertThat(answer.body()).doesNotContain("<script>a", "<script></", "<img src=x");
            }
        }
    }

    @Test
    void nobody_takes_the_house_without_the_link_of_the_console(@TempDir Path folder) throws IOException {
        try (RunningDaemon fresh = new RunningDaemon(folder);
                Browser stranger = new Browser(fresh.port())) {
            assertThat(stranger.get("/desk/setup").status()).isEqualTo(403);
            for (String token : List.of("", "x", "A".repeat(43))) {
                Page page = stranger.post(
                        "/desk/setup",
                        "token",
                        token,
                        "name",
                        "Mallory",
                        "login",
                        "mallory@exemple.fr",
                        "password",
                        Browser.GOOD,
                        "language",
                        "fr");
                assertThat(page.status()).isBetween(400, 499);
            }
            for (String login : List.of("admin", "admin@localhost", "root@localhost", "tocsin@localhost")) {
                stranger.post("/desk/sign-in", "login", login, "password", "admin");
            }
            assertThat(stranger.cookie()).isNull();
            assertThat(fresh.get("/api/v1/users").json().path("items")).isEmpty();
        }
    }

    @Test
    void a_session_is_in_its_cookie_and_nowhere_else() {
        String id = String.valueOf(browser.cookie()).split("=", 2)[1];
        try (Browser stranger = new Browser(daemon.port())) {
            for (String path :
                    List.of("/desk?tocsin=" + id, "/desk?session=" + id, "/desk;tocsin=" + id, "/desk/team?id=" + id)) {
                Page page = stranger.get(path);
                assertThat(page.body()).as(path).doesNotContain("Zoé");
            }
            // Of two cookies of the name, as a sub-domain may toss one in, either the first counts or none.
            stranger.cookie("tocsin=" + "A".repeat(43) + "; tocsin=" + id);
            assertThat(stranger.get("/desk").path()).isEqualTo("/desk/sign-in");
        }
    }

    @Test
    void who_is_shut_out_is_out_with_the_next_request() {
        browser.get("/desk/team");
        String made = browser.post(
                        "/desk/team/invite",
                        "login",
                        "lea@exemple.fr",
                        "name",
                        "Léa",
                        "role",
                        "MANAGER",
                        "language",
                        "fr")
                .body();
        String link = made.replaceAll("(?s).*value=\"http://[^/]+(/desk/password[^\"]+)\".*", "$1");
        try (Browser lea = new Browser(daemon.port())) {
            String token = lea.get(link).hidden("token");
            lea.post("/desk/password", "token", token, "password", "tambour glacier sureau onze");
            lea.get("/desk/sign-in");
            lea.post("/desk/sign-in", "login", "lea@exemple.fr", "password", "tambour glacier sureau onze");
            assertThat(lea.get("/desk/freeze").path()).isEqualTo("/desk/freeze");
            String id = "";
            for (JsonNode user : daemon.get("/api/v1/users").json().path("items")) {
                id = user.path("login").asText().equals("lea@exemple.fr")
                        ? user.path("id").asText()
                        : id;
            }
            browser.get("/desk/team");
            browser.post("/desk/team/" + id + "/disable");
            assertThat(lea.get("/desk/freeze").path()).startsWith("/desk/sign-in");
            assertThat(lea.post("/desk/freeze", "reason", "x").status()).isEqualTo(401);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_signed_word_of_a_stranger_is_no_token() {
        String claims = base64("{\"sub\":\"admin\",\"scope\":\"ADMIN\",\"exp\":99999999999}");
        for (String header : List.of(
                "{\"alg\":\"none\"}",
                "{\"alg\":\"HS256\",\"kid\":\"../../api.token\"}",
                "{\"alg\":\"HS256\",\"kid\":\"x' or 1=1--\"}",
                "{\"alg\":\"RS256\",\"jku\":\"https://evil.example/k\"}")) {
            for (String signature : List.of("", base64("x"))) {
                String token = base64(header) + "." + claims + "." + signature;
                assertThat(daemon.send(token, "GET", "/api/v1/posts", null).status())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void a_token_counts_in_its_header_alone() {
        String token = URLEncoder.encode(daemon.token(), StandardCharsets.UTF_8);
        for (String name : List.of("token", "access_token", "api_key", "authorization")) {
            assertThat(daemon.send(null, "GET", "/api/v1/posts?" + name + "=" + token, null)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(daemon.send(null, "GET", "/api/v1/posts", null, "Cookie", "token=" + daemon.token())
                        .status())
                .isEqualTo(401);
        assertThat(daemon.send(null, "GET", "/api/v1/posts", null, "X-Api-Key", daemon.token())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void no_header_makes_another_method_of_a_request() {
        int before = daemon.posts();
        String id = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"reste\",\"channels\":[\"rehearsal\"],\"at\":\"2031-06-01T10:00\"}")
                .json()
                .path("id")
                .asText();
        for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            daemon.get("/api/v1/posts/" + id, header, "DELETE");
            daemon.get("/api/v1/posts/" + id + "?_method=DELETE", header, "DELETE");
        }
        assertThat(daemon.get("/api/v1/posts/" + id).json().path("deletedAt").isNull())
                .isTrue();
        assertThat(daemon.posts()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://sub.localhost", "http://127.0.0.1"})
    void no_other_origin_is_let_to_read(String origin) {
        for (String path : List.of("/api/v1/posts", "/desk", "/feeds/posts.rss", "/health/live", "/api/openapi.json")) {
            for (String method : List.of("GET", "OPTIONS")) {
                Answer answer = daemon.send(
                        daemon.token(), method, path, null, "Origin", origin, "Access-Control-Request-Method", "POST");
                assertThat(answer.headers().map().keySet())
                        .as("%s %s", method, path)
                        .noneMatch(
                                name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
            }
        }
    }

    @Test
    void no_network_calls_back_so_no_answer_can_be_another_persons() throws IOException {
        assertThat(DeskDoors.TABLE + RestAccessTest.TABLE).doesNotContainIgnoringCase("callback", "oauth", "redirect");
        daemon.post("/api/v1/tokens", "{\"name\":\"autre\",\"scopes\":[\"ADMIN\"]}");
        String other = daemon.post("/api/v1/tokens", "{\"name\":\"autre deux\",\"scopes\":[\"ADMIN\"]}")
                .json()
                .path("token")
                .asText();
        Answer asked = daemon.post("/api/v1/connect", "{\"network\":\"bluesky\"}");
        String dialogue = asked.json().path("id").asText();
        assertThat(dialogue).as(asked.body()).isNotEmpty();
        Answer answer = daemon.send(
                other, "POST", "/api/v1/connect/" + dialogue, "{\"answers\":{}}".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void of_what_is_said_twice_one_reading_counts() {
        assertThat(daemon.get("/api/v1/posts?limit=1&limit=100000").status()).isEqualTo(200);
        assertThat(daemon.get("/api/v1/posts?limit=100000&limit=1").error()).isEqualTo("/limit web.limit");
        browser.get("/desk/team");
        browser.post(
                "/desk/team/invite",
                "login",
                "deux@exemple.fr",
                "name",
                "Deux",
                "role",
                "WATCHER",
                "role",
                "ADMINISTRATOR",
                "language",
                "fr");
        for (JsonNode user : daemon.get("/api/v1/users").json().path("items")) {
            if (user.path("login").asText().equals("deux@exemple.fr")) {
                assertThat(user.path("role").asText()).isEqualTo("WATCHER");
            }
        }
    }

    @Test
    void a_key_is_of_whoever_uses_it() {
        String other = daemon.post("/api/v1/tokens", "{\"name\":\"voisin\",\"scopes\":[\"POST\"]}")
                .json()
                .path("token")
                .asText();
        byte[] body = "{\"text\":\"à qui\",\"channels\":[\"rehearsal\"],\"at\":\"2031-06-01T10:00\"}"
                .getBytes(StandardCharsets.UTF_8);
        Answer mine = daemon.send(daemon.token(), "POST", "/api/v1/posts", body, "Idempotency-Key", "shared");
        Answer theirs = daemon.send(other, "POST", "/api/v1/posts", body, "Idempotency-Key", "shared");
        assertThat(theirs.status()).isEqualTo(201);
        assertThat(theirs.header("Idempotent-Replay")).isNull();
        assertThat(theirs.json().path("id")).isNotEqualTo(mine.json().path("id"));
    }

    @Test
    @Timeout(20)
    void a_thousand_requests_at_once_on_one_connection_take_nothing_from_others() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
            socket.setSoTimeout(10_000);
            byte[] one = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < 1000; i++) {
                all.writeBytes(one);
            }
            socket.getOutputStream().write(all.toByteArray());
            // Three are answered, one after the other; so many are cut off.
            assertThat(socket.getInputStream().read()).isIn((int) 'H', -1);
            assertThat(daemon.get("/health/live").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /desk HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n",
                "GET /desk HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "a" + "\u0000\r\nConnection: close\r\n\r\n",
                "GET /desk HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"
            })
    void a_request_of_an_odd_form_opens_nothing(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            byte[] read = new byte[4096];
            int length = Math.max(0, socket.getInputStream().read(read));
            assertThat(new String(read, 0, length, StandardCharsets.ISO_8859_1))
                    .doesNotContain(" 200 ")
                    .doesNotContain("Zoé");
        }
    }
}
