package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.app.Browser.Page;
import org.tocsin.network.Behaviour;
import org.tocsin.network.mastodon.FakeMastodon;

/** The desk's page of the audience, over HTTP and in a real browser. */
class DeskAudienceTest {
    @TempDir
    private Path folder;

    private FakeMastodon mastodon;
    private RunningDaemon daemon;
    private Browser browser;

    @BeforeEach
    void start() throws IOException {
        mastodon = new FakeMastodon(Clock.systemUTC());
        daemon = new RunningDaemon(folder, "TOCSIN_HTTP_ALLOW", mastodon.peer().toString(), "TOCSIN_ZONE", "UTC");
        browser = Browser.ofTheFirst(daemon);
    }

    @AfterEach
    void stop() throws IOException {
        browser.close();
        daemon.close();
        mastodon.close();
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
    }

    /** A channel that is counted, and its figures of earlier days, with a gap of nine. */
    private void counted() {
        daemon.post(
                "/api/v1/channels",
                "{\"id\":\"mast\",\"name\":\"Mairie <é>\",\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\""
                        + mastodon.origin() + "\"},\"secrets\":{\"accessToken\":\"" + FakeMastodon.TOKEN + "\"}}");
        browser.get("/desk/audience");
        StringBuilder table = new StringBuilder("channel;date;followers\n");
        for (int i = 360; i > 0; i--) {
            if (i < 20 || i > 29) {
                table.append("mast;")
                        .append(today().minusDays(i))
                        .append(';')
                        .append(2400 - i)
                        .append('\n');
            }
        }
        assertThat(browser.post("/desk/audience/import", "csv", table + "personne;2026-01-01;5\n")
                        .status())
                .isEqualTo(200);
        Page report = browser.settled("/desk/audience/import");
        assertThat(report.status()).isEqualTo(200);
        assertThat(report.body())
                .contains(
                        "351 lignes\u00a0: 350 ajoutées", "1 refusée.", "Il n’y a pas de canal «\u00a0personne\u00a0»");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk/audience").body().contains("2\u202f418"));
    }

    @Test
    void an_empty_page_says_what_will_be_here() {
        assertThat(browser.get("/desk/audience").body())
                .contains("Aucun réseau n’est compté", "aria-current=\"page\">Audience");
    }

    @Test
    void posts_stand_beside_the_growth_of_their_day_and_rate_the_hours() {
        counted();
        assertThat(browser.get("/desk/audience").body())
                .contains("Canaux comparés")
                .doesNotContain("Heures et jours où");
        // Its receipts are a day old: what is read first is read at the age at which posts are compared.
        mastodon.skew(Duration.ofHours(-25));
        for (int i = 0; i < 6; i++) {
            assertThat(daemon.post("/api/v1/posts", "{\"text\":\"Message <b> no " + i + "\",\"channels\":[\"mast\"]}")
                            .status())
                    .isEqualTo(201);
        }
        await().atMost(Duration.ofSeconds(90))
                .until(() -> browser.get("/desk/audience?days=30").body().contains("<td>12 (12 à 12)</td>"));
        String page = browser.get("/desk/audience?days=30").body();
        assertThat(page)
                .contains("Message &lt;b&gt; no 0</a> (12)", "et 1 de plus", "Le même jour, ce qui ne veut pas dire")
                .contains("data-posts=\"2", "class=\"c-post\"")
                .contains("100\u202f% de l’habitude", "de 100\u202f% à 100\u202f%", "<td>–</td>")
                .doesNotContain("<b>");
    }

    @Test
    void a_period_is_compared_with_the_one_that_is_chosen() {
        counted();
        assertThat(browser.get("/desk/audience?days=7").body()).contains("période d’avant");
        LocalDate from = today().minusDays(100);
        String own = browser.get(
                        "/desk/audience?days=7&compare=own&compareFrom=" + from + "&compareTo=" + from.plusDays(10))
                .body();
        assertThat(own)
                .contains("value=\"own\" selected", ": +10", "value=\"" + from.plusDays(10) + "\"")
                .doesNotContain("période d’avant\u00a0:");
        assertThat(browser.get("/desk/audience?days=7&compare=before&compareFrom=" + from + "&compareTo="
                                + from.plusDays(10) + "&seenFrom=" + today().minusDays(14) + "&seenTo="
                                + today().minusDays(7))
                        .body())
                .as("who changes the dates means them")
                .contains("value=\"own\" selected", ": +10");
        assertThat(browser.get("/desk/audience?days=7&compare=year&compareFrom=" + from + "&compareTo="
                                + from.plusDays(10) + "&seenFrom=" + from + "&seenTo=" + from.plusDays(10))
                        .body())
                .contains("value=\"year\" selected");
        assertThat(browser.get("/desk/audience/figures?days=7").body())
                .as("as a French spreadsheet opens it by a double click")
                .startsWith("\uFEFFchannel;date;followers;origin;net");
        assertThat(browser.get("/desk/audience?days=7&compare=own&compareFrom=hier")
                        .body())
                .contains("n’est pas un jour");
        assertThat(browser.get("/desk/audience?days=7&compare=year").body()).contains("value=\"year\" selected");
        assertThat(daemon.get("/api/v1/audience?compare=year&from=2026-03-01&to=2026-03-31")
                        .json()
                        .path("compared")
                        .path("from")
                        .asText())
                .isEqualTo("2025-03-01");
        assertThat(daemon.get("/api/v1/audience?compare=moon").status()).isEqualTo(422);
    }

    @Test
    void numbers_charts_table_and_notes_are_there_without_a_script() {
        counted();
        Page noted = browser.post(
                "/desk/audience/notes?days=30",
                "day",
                today().minusDays(5).toString(),
                "kind",
                "meeting",
                "text",
                "Réunion <b>");
        assertThat(noted.path()).isEqualTo("/desk/audience?days=30&done=noted");
        String page = noted.body();
        assertThat(page)
                .contains("C’est noté.", "Mairie &lt;é&gt;", "2\u202f418", "+48 · +2,0\u202f%")
                .contains(
                        "période d’avant\u00a0: +30 · +1,3\u202f%", "<svg xmlns=", "data-values=", "Réunion &lt;b&gt;")
                .contains(
                        "<th scope=\"col\">Mairie &lt;é&gt;</th>",
                        "<td>2\u202f399\u00a0*</td>",
                        "<td>2\u202f418</td>",
                        "importé, non mesuré par Tocsin")
                .contains("stroke-dasharray=\"4 3\"", "- - - importé", "data-imported=\"")
                .doesNotContain("<b>");
        assertThat(page.split("<polyline", -1)).as("a line after the gap").hasSize(2);
        assertThat(page.split("<circle", -1))
                .as("a figure before it; the feed has none, for it was not watched for a day yet")
                .hasSize(2);
        Page seven = browser.get("/desk/audience?days=7");
        assertThat(seven.body()).contains("7 jours");
        assertThat(browser.get("/desk/audience?days=12").body())
                .as("ninety where it is none of the choices")
                .contains("href=\"/desk/audience?days=90\" aria-current=\"true\"");

        Page picture = browser.get("/desk/audience/chart/mast?days=30");
        assertThat(picture.header("Content-Type")).startsWith("image/svg+xml");
        assertThat(picture.header("Content-Security-Policy")).contains("sandbox");
        assertThat(picture.body()).contains("Réunion &lt;b&gt;");
        assertThat(browser.get("/desk/audience/chart/nobody").status()).isEqualTo(404);
        assertThat(browser.get("/desk/audience/figures").body())
                .contains("mast;" + today().minusDays(1) + ";2399;IMPORTED;1", "mast;" + today() + ";2418;MEASURED;19")
                .doesNotContain("mast;" + today().minusDays(200));
        assertThat(browser.get("/desk/audience/figures?days=all").body())
                .contains("mast;" + today().minusDays(360) + ";2040;IMPORTED;");
        assertThat(browser.get("/desk/audience/annotations?days=30").body())
                .contains(today().minusDays(5) + ";MEETING;Réunion <b>");
        assertThat(browser.get("/desk/audience/engagement?days=30").body()).startsWith("\uFEFFpublished;channel;post");
        assertThat(browser.get("/desk/audience/hours?days=30").body()).startsWith("\uFEFFwhen;posts;ratio;low;high");

        String id = page.replaceAll("(?s).*/desk/audience/notes/([0-9a-f-]{36})/remove.*", "$1");
        browser.get("/desk/audience?days=30");
        assertThat(browser.post("/desk/audience/notes/" + id + "/remove?days=30", "version", "7")
                        .status())
                .isEqualTo(409);
        assertThat(browser.post("/desk/audience/notes/" + id + "/remove?days=30", "version", "1")
                        .body())
                .contains("C’est rayé.", "Rien n’est noté");
    }

    @Test
    void what_is_wrong_is_told_on_the_page() {
        browser.get("/desk/audience");
        Page note = browser.post("/desk/audience/notes", "day", "hier", "kind", "x", "text", " ");
        assertThat(note.status()).isEqualTo(422);
        assertThat(note.body()).contains("role=\"alert\"", "n’est pas un jour", "n’est pas une sorte");
        Page table = browser.post("/desk/audience/import", "csv", "a,b\n1,2");
        assertThat(table.status()).isEqualTo(422);
        assertThat(table.body()).contains("role=\"alert\"", "a,b");
    }

    @Test
    void in_english_numbers_and_days_are_english_and_a_year_is_a_small_page() {
        counted();
        browser.get("/desk/account");
        browser.post("/desk/account/name", "name", "Zoé", "language", "en");
        Page year = browser.get("/desk/audience?days=365");
        assertThat(year.body()).contains("2,418", "+18.5%", "One row for 7 days");
        assertThat(browser.get("/desk/audience").body()).contains("period before: +90", "Followers of Mairie");
        int all = year.body().length()
                + Stream.of("/desk/desk.css", "/desk/desk.js", "/desk/audience.js", "/desk/uplot.js", "/desk/uplot.css")
                        .mapToInt(asset -> browser.get(asset).body().length())
                        .sum();
        assertThat(all).isLessThan(150_000);
    }

    @Test
    void any_period_is_looked_at_from_the_first_figure() {
        counted();
        Page all = browser.get("/desk/audience?days=all");
        assertThat(all.body())
                .contains("href=\"/desk/audience?days=all\" aria-current=\"true\"")
                .contains("data-from=\"" + today().minusDays(360) + "\"", "data-span=\"360\"");
        String query = "from=" + today().minusDays(200) + "&to=" + today().minusDays(100);
        Page own = browser.get("/desk/audience?" + query);
        assertThat(own.body())
                .contains(
                        "data-span=\"100\"",
                        "+100 ·",
                        "name=\"from\" value=\"" + today().minusDays(200) + "\"",
                        "/desk/audience/figures?" + query.replace("&", "&amp;"))
                .doesNotContain("aria-current=\"true\"");
        assertThat(browser.get("/desk/audience/chart/mast?" + query).body()).contains("<polyline");
        assertThat(browser.get("/desk/audience/figures?" + query).body().lines())
                .hasSize(102);
        Page wrong = browser.get("/desk/audience?from=hier");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("role=\"alert\"", "hier", "data-span=\"90\"");
        assertThat(browser.get("/desk/audience/figures?from=hier").status()).isEqualTo(422);
        assertThat(daemon.get("/api/v1/audience?from=1999-01-01").status()).isEqualTo(200);
    }

    /** What a browser fetches for three years of eight channels, as it comes over the line. */
    @Test
    void three_years_of_eight_channels_with_all_that_was_noted_are_a_light_page() throws Exception {
        StringBuilder table = new StringBuilder("channel,date,followers\n");
        for (int i = 1; i <= 8; i++) {
            daemon.post(
                    "/api/v1/channels",
                    "{\"id\":\"c" + i + "\",\"network\":\"rehearsal\",\"name\":\"Canal " + i + "\"}");
            long followers = 1_000L * i;
            for (int day = 1095; day > 0; day--) {
                followers += (day * 31 + i * 17) % 23 - 8;
                if ((day + i * 40) % 300 > 12) {
                    table.append('c')
                            .append(i)
                            .append(',')
                            .append(today().minusDays(day))
                            .append(',')
                            .append(followers)
                            .append('\n');
                }
            }
        }
        assertThat(daemon.post("/api/v1/audience/import", table.toString()).status())
                .isEqualTo(200);
        for (int i = 0; i < 150; i++) {
            assertThat(daemon.post(
                                    "/api/v1/audience/annotations",
                                    "{\"day\":\"" + today().minusDays(i * 7L)
                                            + "\",\"kind\":\"MEETING\",\"text\":\"Réunion publique no " + i
                                            + " dans le quartier de la gare\"}")
                            .status())
                    .isEqualTo(201);
        }
        Page page = browser.get("/desk/audience?days=all");
        assertThat(page.body()).contains("Un point pour 3 jours", "Et 100 plus anciennes", "data-span=\"1095\"");
        assertThat(Pattern.compile("points=\"([^\"]*)\"")
                        .matcher(page.body())
                        .results()
                        .mapToInt(line -> line.group(1).split(" ").length)
                        .sum())
                .isBetween(8 * 300, 8 * 370);
        Set<String> fetched = new TreeSet<>(Set.of("/desk/audience?days=all", "/desk/parsed.js"));
        Pattern.compile("(?:href|src)=\"(/desk/[^\"]+\\?v=[^\"]+)\"")
                .matcher(page.body())
                .results()
                .forEach(found -> fetched.add(found.group(1)));
        assertThat(fetched).hasSizeGreaterThan(7);
        long bytes = 0;
        for (String path : fetched) {
            bytes += transferred(path);
        }
        assertThat(bytes).isLessThan(150_000);
    }

    private long transferred(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + path))
                                    .timeout(Duration.ofSeconds(30))
                                    .header("Accept-Encoding", "gzip")
                                    .header("Cookie", String.valueOf(browser.cookie()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body()
                    .length;
        }
    }

    @Test
    void a_channel_that_could_not_be_counted_says_why() {
        mastodon.nextCounts(Behaviour.answer(500, "{}"), Behaviour.answer(500, "{}"));
        daemon.post(
                "/api/v1/channels",
                "{\"id\":\"mast\",\"check\":false,\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\""
                        + mastodon.origin() + "\"},\"secrets\":{\"accessToken\":\"" + FakeMastodon.TOKEN + "\"}}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk/audience").body().contains("Pas compté la dernière fois"));
        assertThat(browser.get("/desk/audience").body()).contains("Aucun chiffre pour l’instant");
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 360})
    void in_a_browser_the_charts_can_be_read_with_a_pointer_and_saved(int width) throws IOException {
        Path chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(""));
        assumeTrue(!chromium.toString().isEmpty(), "no Chromium on this machine");
        counted();
        browser.post(
                "/desk/audience/notes",
                "day",
                today().minusDays(40).toString(),
                "kind",
                "tv",
                "text",
                "Journal de 20 h");
        List<String> complaints = new ArrayList<>();
        try (Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
            BrowserContext context = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium)
                            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-component-update")))
                    .newContext(new com.microsoft.playwright.Browser.NewContextOptions().setLocale("fr-FR"));
            String base = "http://127.0.0.1:" + daemon.port();
            com.microsoft.playwright.Page page = context.newPage();
            page.setViewportSize(width, 800);
            page.onConsoleMessage(message -> complaints.add(message.text()));
            page.onPageError(complaints::add);
            page.navigate(base + "/desk/sign-in");
            page.locator("input[name=login]").fill("zoe@exemple.fr");
            page.locator("input[name=password]").fill(Browser.GOOD);
            page.locator("button.main").click();
            PlaywrightAssertions.assertThat(page).hasURL(base + "/desk");
            page.navigate(base + "/desk/audience?days=90");
            PlaywrightAssertions.assertThat(page.locator("figure.chart canvas")).hasCount(1);
            Locator chart = page.locator("section.card")
                    .filter(new Locator.FilterOptions().setHas(page.locator("a[href*='/chart/mast']")));
            chart.locator(".u-over").hover();
            PlaywrightAssertions.assertThat(chart.locator(".actions output")).containsText("\u00a0: 2\u202f");
            Object over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assertThat(((Number) over).intValue()).isZero();
            Download png =
                    page.waitForDownload(() -> chart.locator("button.png").click());
            assertThat(png.suggestedFilename()).isEqualTo("mast.png");
            assertThat(Files.size(png.path())).isGreaterThan(1000);
            Path shot = Path.of("target", "audience-" + width + ".png");
            page.screenshot(new com.microsoft.playwright.Page.ScreenshotOptions()
                    .setPath(shot)
                    .setFullPage(true));
            page.getByText("Tous les chiffres en tableau").click();
            PlaywrightAssertions.assertThat(page.locator("#figures tbody tr")).hasCount(81);
        }
        assertThat(complaints).isEmpty();
    }
}
