package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.app.Browser.Page;
import org.tocsin.app.RunningDaemon.Answer;

/** What a stranger, another site or a hostile text tries on the desk. */
class DeskHostileTest {
    private static final List<String> MARKUP = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "</textarea></title><script>alert(1)</script>",
            "\" autofocus onfocus=alert(1) x=\"",
            "' onmouseover='alert(1)",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "${7*7} #{7*7} {{7*7}} %s ${sys:user.home} ${jndi:ldap://x.example/a}");

    /** What is read by programs, and what is shown to whoever has a link. */
    private static final Set<String> NO_PAGES = Set.of(
            "/desk/setup",
            "/desk/password",
            "/desk/live",
            "/desk/run",
            "/desk/subscribers/table",
            "/desk/write/card",
            "/desk/audience/figures",
            "/desk/audience/engagement",
            "/desk/audience/hours",
            "/desk/audience/annotations",
            "/desk/listen/voice/table",
            "/desk/listen/in/feeds.opml",
            "/desk/search/table");

    private static RunningDaemon daemon;
    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        daemon = new RunningDaemon(folder);
        browser = Browser.ofTheFirst(daemon);
        int number = 0;
        for (String text : MARKUP) {
            String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
            made(
                    "/api/v1/channels",
                    "{\"id\":\"c" + ++number + "\",\"name\":\"" + quoted
                            + "\",\"network\":\"rehearsal\",\"inDefaultSet\":false}");
            made(
                    "/api/v1/posts",
                    "{\"text\":\"" + quoted + "\",\"channels\":[\"c" + number + "\"],\"at\":\"2031-06-01T10:00\"}");
            made("/api/v1/campaigns", "{\"id\":\"k" + number + "\",\"name\":\"" + quoted + "\"}");
            made("/api/v1/tokens", "{\"name\":\"" + quoted + "\",\"scopes\":[\"READ\"]}");
            made("/api/v1/watches", "{\"name\":\"" + quoted + "\",\"query\":\"alerte OU script\"}");
            // What holds no word, or quotes, is refused as an entry.
            daemon.post("/api/v1/word-lists", "{\"name\":\"liste" + number + "\",\"entries\":[\"" + quoted + "\"]}");
            made("/api/v1/mentions", "{\"text\":\"alerte " + quoted + "\",\"author\":\"" + quoted + "\"}");
            made("/api/v1/recipients", "{\"name\":\"" + quoted + "\",\"language\":\"fr\"}");
            daemon.post(
                    "/api/v1/mentions-book",
                    "{\"name\":\"" + quoted + "\",\"handles\":{\"mastodon\":\"@a@b.example\"}}");
            made(
                    "/api/v1/audience/annotations",
                    "{\"day\":\"" + LocalDate.now(ZoneOffset.UTC).minusDays(3) + "\",\"kind\":\"meeting\",\"text\":\""
                            + quoted + "\"}");
            made(
                    "/api/v1/newsletters",
                    "{\"mainLanguage\":\"fr\",\"texts\":{\"fr\":{\"subject\":\"" + quoted + "\",\"body\":\"" + quoted
                            + "\"}}}");
            made("/api/v1/freeze", "{\"from\":\"2031-08-01T00:00\",\"reason\":\"" + quoted + "\"}");
        }
    }

    private static void made(String path, String body) {
        Answer answer = daemon.post(path, body);
        assertThat(answer.status()).as("%s %s: %s", path, body, answer.body()).isIn(200, 201, 202);
    }

    @AfterAll
    static void stop() {
        browser.close();
        daemon.close();
    }

    /** Every page that has no row of its own in its address, and one of each sort that has. */
    static Stream<String> pages() {
        return Stream.concat(
                DeskDoors.all()
                        .filter(door -> door.method().equals("GET"))
                        .map(DeskDoors.Door::path)
                        .filter(path -> !path.contains(":") && !path.contains("*") && !NO_PAGES.contains(path)),
                Stream.of(
                        "/desk/posts/" + first("/api/v1/posts"),
                        "/desk/listen/watches/" + first("/api/v1/watches"),
                        "/desk/listen/mentions/" + first("/api/v1/mentions"),
                        "/desk/newsletters/" + first("/api/v1/newsletters"),
                        "/desk/calendar?view=month&date=2031-06-01",
                        "/desk/calendar?view=list&date=2031-06-01",
                        "/desk/search?q=alerte",
                        "/desk/alerts?show=all"));
    }

    private static String first(String path) {
        return daemon.get(path).json().path("items").path(0).path("id").asText();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void no_text_of_anybody_becomes_markup_or_is_evaluated(String path) {
        Page page = browser.get(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body())
                .doesNotContain("<script>alert")
                .doesNotContain("<img src=x")
                .doesNotContain("<svg/onload")
                .doesNotContain(" 49 ");
        assertThat(page.body().replaceAll("\"[^\"]*\"", "\"\""))
                .as("outside of values")
                .doesNotContainPattern("<[^>]*\\s(onfocus|onmouseover|onerror)=");
        guarded(page);
    }

    /** Else the test above would look at pages that hold nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/desk",
                "/desk/write",
                "/desk/channels",
                "/desk/campaigns",
                "/desk/tokens",
                "/desk/freeze",
                "/desk/mentions",
                "/desk/recipients",
                "/desk/audience",
                "/desk/newsletters",
                "/desk/lists",
                "/desk/listen",
                "/desk/search?q=alerte",
                "/desk/calendar?view=list&date=2031-06-01"
            })
    void what_is_hostile_is_on_the_page_as_a_text(String path) {
        assertThat(browser.get(path).body()).containsPattern("&lt;(script|img|svg|noscript|/textarea)");
    }

    private static void guarded(Page page) {
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.headers().firstValue("Access-Control-Allow-Origin"))
                .as("no CORS")
                .isEmpty();
    }

    @Test
    void what_is_written_comes_back_as_it_was_written() {
        String text = "${7*7} #{7*7} {{7*7}} %s <b>gras</b>";
        Page page = browser.submit(
                "/desk/write/preview",
                List.of("Origin", "http://127.0.0.1:" + daemon.port(), "Sec-Fetch-Site", "same-origin"),
                "text",
                text,
                "channel",
                "rehearsal");
        assertThat(page.body()).contains("${7*7} #{7*7} {{7*7}} %s &lt;b");
        assertThat(page.body()).doesNotContain("<b>gras");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "data:text/html,x", "//evil.example", "https:evil.example", "/\\evil"})
    void nobody_is_sent_elsewhere(String where) {
        for (String name : List.of("next", "url", "back", "done", "post", "token")) {
            Page page = browser.get(
                    "/desk/sign-in?" + name + "=" + java.net.URLEncoder.encode(where, StandardCharsets.UTF_8));
            assertThat(page.headers().firstValue("Location").orElse("/desk")).startsWith("/desk");
            assertThat(page.body()).doesNotContain("href=\"" + where);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: null", "Origin: https://evil.example", "Sec-Fetch-Site: cross-site", ""})
    void a_form_of_another_site_does_nothing(String header) {
        int before = daemon.posts();
        List<String> headers = header.isEmpty() ? List.of() : List.of(header.split(": ", 2));
        Page page = browser.submit("/desk/write", headers, "text", "x", "channel", "rehearsal", "when", "now");
        assertThat(page.status()).isEqualTo(403);
        assertThat(daemon.posts()).isEqualTo(before);
    }

    @Test
    void a_get_has_no_effect_whatever_it_says() {
        int before = daemon.posts();
        for (String path : List.of(
                "/desk/write?text=x&channel=rehearsal&when=now",
                "/desk/write?_method=POST",
                "/desk/channels/rehearsal/remove?sure=on",
                "/desk/sign-out")) {
            browser.get(path);
        }
        assertThat(daemon.posts()).isEqualTo(before);
        assertThat(daemon.get("/api/v1/channels/rehearsal").status()).isEqualTo(200);
        assertThat(browser.get("/desk").path()).isEqualTo("/desk");
    }

    @Test
    void a_password_of_a_megabyte_or_with_a_nul_is_a_wrong_one_and_costs_nothing() {
        try (Browser stranger = new Browser(daemon.port())) {
            stranger.get("/desk/sign-in");
            String origin = "http://127.0.0.1:" + daemon.port();
            for (String password : List.of("a".repeat(900_000), "\u0000", "a\u0000b", "")) {
                Page page = stranger.submit(
                        "/desk/sign-in",
                        List.of("Origin", origin, "Sec-Fetch-Site", "same-origin"),
                        "login",
                        "zoe@exemple.fr",
                        "password",
                        password);
                assertThat(page.status()).isBetween(400, 429);
                assertThat(page.body()).doesNotContain("a".repeat(1000));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/desk/../desk/team",
                "/desk/%2e%2e/team",
                "//desk/team",
                "/desk;x=y/team",
                "/desk/team/..;/tokens",
                "/DESK/team",
                "/desk/team.",
                "/desk%2fteam",
                "/api/v1/../v1/tokens",
                "/api/v1/tokens;x",
                "/API/v1/tokens"
            })
    void an_odd_path_opens_nothing(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|401|403|404|303|301) .*");
        assertThat(answer).doesNotContain("Zoé").doesNotContain("secretsSet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRACE /desk HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "POST /desk/sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /desk/team HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /desk HTTP/1.1\r\nHost: a\r\n folded: x\r\n\r\n",
                "GET /desk HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 6\r\n\r\n",
                "PUT /desk/write HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            })
    void a_request_that_is_read_in_two_ways_is_refused(String request) throws IOException {
        assertThat(raw(request.replace("Host: a\r\n", "Host: a\r\nConnection: close\r\n")))
                .doesNotContain("200 OK")
                .doesNotContain("Zoé");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            try {
                for (int one = in.read(); one >= 0 && read.size() < 16_384; one = in.read()) {
                    read.write(one);
                }
            } catch (SocketTimeoutException open) {
                // It keeps the connection, and says no more.
            }
            return read.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_host_that_somebody_else_names_is_in_no_link() throws IOException {
        String answer = raw(String.join(
                "\r\n",
                "GET /desk/sign-in HTTP/1.1",
                "Host: evil.example",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Proto: https",
                "Connection: close",
                "",
                ""));
        assertThat(answer).doesNotContain("//evil.example");
        assertThat(daemon.get("/feeds/posts.rss", "X-Forwarded-Host", "evil.example")
                        .body())
                .doesNotContain("evil.example");
    }

    @Test
    void fields_that_nobody_may_give_are_refused() {
        int before = daemon.posts();
        for (String field :
                List.of("\"id\":\"x\"", "\"state\":\"DONE\"", "\"branch\":\"ailleurs\"", "\"author\":\"x\"")) {
            Answer answer = daemon.post("/api/v1/posts", "{\"text\":\"x\",\"channels\":[\"rehearsal\"]," + field + "}");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.error()).endsWith("web.json.unknown");
        }
        assertThat(daemon.posts()).isEqualTo(before);
        Page invited = browser.post(
                "/desk/team/invite", "login", "x@exemple.fr", "name", "x", "role", "ROOT", "language", "fr");
        assertThat(invited.status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59", "1970-01-01T00:00", "2026-01-01T00:00", "-1", "99999-01-01T00:00"})
    void a_time_that_nobody_means_is_refused(String at) {
        assertThat(daemon.post("/api/v1/posts", "{\"text\":\"x\",\"channels\":[\"rehearsal\"],\"at\":\"" + at + "\"}")
                        .error())
                .startsWith("/at ");
    }
}
