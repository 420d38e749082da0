package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.mail.ScriptedSmtp;
import org.tocsin.network.mastodon.FakeMastodon;

/**
 * Every page of the desk in a real browser: what it weighs, and whether it can be used by those who do not see it as others do (axe-core).
 * Skipped where there is no Chromium. Each run draws the pictures of the main pages into {@code target/pictures}; with
 * {@code -Dscreenshots=true} it draws those of the documentation.
 */
class DeskAxeTest {
    private static final int HEAVIEST = 150_000;
    /** Of what is right axe-core need not tell: that is most of its time. */
    private static final String LOOK = """
            async (rule) => {
              const options = { resultTypes: ["violations"] };
              if (rule) options.runOnly = { type: "rule", values: [rule] };
              const seen = await axe.run(document, options);
              return seen.violations
                .filter((one) => one.impact === "serious" || one.impact === "critical")
                .flatMap((one) => one.nodes.map((node) => one.id + " " + node.html + " " + node.failureSummary));
            }""";

    private static final String AXE = axe();
    private static final Path PICTURES_IN =
            Path.of(Boolean.getBoolean("screenshots") ? "docs/images" : "target/pictures");
    private static final List<String> PICTURES = List.of(
            "/desk",
            "/desk/write",
            "/desk/calendar",
            "/desk/audience",
            "/desk/channels",
            "/desk/listen",
            "/desk/sign-up",
            "/desk/subscribers",
            "/desk/newsletters",
            "/newsletter");

    private static FakeMastodon mastodon;
    private static FeedSite site;
    private static ScriptedSmtp smtp;
    private static RunningDaemon daemon;
    private static Playwright playwright;
    private static com.microsoft.playwright.Browser chromium;
    private static Browser browser;
    private static String post;
    private static String planned;
    private static String awaiting;
    private static String draft;
    private static String link;
    private static String subscriber;
    private static List<String> single;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Path found = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(""));
        assumeTrue(!found.toString().isEmpty(), "no Chromium on this machine");
        mastodon = new FakeMastodon(Clock.systemUTC());
        site = new FeedSite();
        smtp = new ScriptedSmtp(null, null);
        daemon = new RunningDaemon(
                new Seams(CrashPoints.NONE, new MuteRehearsal()),
                folder,
                "TOCSIN_HTTP_ALLOW",
                mastodon.peer() + "," + site.peer(),
                "TOCSIN_ZONE",
                "Europe/Paris",
                "TOCSIN_ORGANISATION",
                "Quai ouvert",
                "TOCSIN_PUBLIC_URL",
                "https://quai-ouvert.example",
                "TOCSIN_MAIL_HOST",
                "127.0.0.1",
                "TOCSIN_MAIL_PORT",
                String.valueOf(smtp.port()),
                "TOCSIN_MAIL_TLS",
                "none",
                "TOCSIN_MAIL_FROM",
                "lettre@quai-ouvert.example");
        browser = Browser.ofTheFirst(daemon);
        signedUp();
        filled();
        single = single();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(found)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-component-update")));
    }

    @AfterAll
    static void stop() throws IOException {
        if (playwright != null) {
            playwright.close();
        }
        if (browser != null) {
            browser.close();
        }
        if (daemon != null) {
            daemon.close();
        }
        if (mastodon != null) {
            mastodon.close();
            site.close();
            smtp.close();
        }
    }

    private static String first(String list) {
        String id = daemon.get(list).json().path("items").path(0).path("id").asText();
        assertThat(id).as(list).isNotEmpty();
        return id;
    }

    /** The path in a mail to somebody, once it is there. */
    private static String link(String to, String kind) {
        Pattern link = Pattern.compile("https://quai-ouvert\\.example(/" + kind + "/[\\w.-]+)");
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> smtp.taken().stream()
                                .filter(mail -> mail.to().equals(to))
                                .flatMap(mail -> link.matcher(
                                                mail.raw().replace("=\r\n", "").replaceAll("\r\n[ \t]+", ""))
                                        .results()
                                        .map(found -> found.group(1)))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static void submitted(String path, String form) {
        assertThat(daemon.send(
                                null,
                                "POST",
                                path,
                                form.getBytes(StandardCharsets.UTF_8),
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .as(path)
                .isEqualTo(200);
    }

    /** One watch, one mention, one alert, one letter; and what links in mails lead to. */
    private static List<String> single() {
        String confirm = link("ana@example.org", "newsletter/confirm");
        submitted(link("ben@example.org", "newsletter/confirm"), "");
        JsonNode letter = daemon.post(
                        "/api/v1/newsletters",
                        "{\"texts\":{\"fr\":{\"subject\":\"La piscine rouvre\",\"body\":\"Bonjour **à tous**\"}},"
                                + "\"mainLanguage\":\"fr\"}")
                .json();
        String id = letter.path("id").asText();
        assertThat(daemon.post("/api/v1/newsletters/" + id + "/send", "{\"version\":1}")
                        .status())
                .isEqualTo(200);
        String leave = link("ben@example.org", "newsletter/leave");
        String choices = leave.replace("/leave/", "/choices/");
        submitted(choices, "act=data");
        String ada = daemon.post(
                        "/api/v1/recipients",
                        "{\"name\":\"Ada\",\"language\":\"fr\",\"zone\":\"Europe/Paris\",\"budget\":20}")
                .json()
                .path("id")
                .asText();
        assertThat(daemon.post(
                                "/api/v1/recipients/" + ada + "/ways",
                                "{\"kind\":\"MAIL\",\"address\":\"ada@example.org\"}")
                        .status())
                .isEqualTo(201);
        daemon.post(
                "/api/v1/watches",
                "{\"name\":\"Fanfare\",\"query\":\"fanfare\",\"mode\":\"INSTANT\",\"recipients\":[\"" + ada + "\"]}");
        daemon.post(
                "/api/v1/mentions",
                "{\"text\":\"La fanfare du quai joue samedi.\",\"author\":\"La Gazette\",\"url\":\"https://gazette.example/f\"}");
        return List.of(
                "/desk/listen/watches/" + first("/api/v1/watches"),
                "/desk/listen/mentions/" + first("/api/v1/mentions/search?q=maire"),
                "/desk/alerts/" + first("/api/v1/alerts"),
                "/desk/newsletters/" + id,
                "/letters/" + id,
                confirm,
                leave,
                choices,
                link("ben@example.org", "newsletter/mine"),
                link("ada@example.org", "ack"),
                "/ack/alert.ada.1." + "0".repeat(64));
    }

    /** Somebody answers for the newsletter, and somebody has asked to be signed up. */
    private static void signedUp() {
        RunningDaemon.Answer saved = daemon.send(
                daemon.token(),
                "PUT",
                "/api/v1/sign-up/settings",
                ("{\"controller\":\"Quai ouvert\",\"contact\":\"contact@quai-ouvert.example\",\"postal\":\"2, quai du Port\","
                                + "\"purposeFr\":\"la lettre du quartier\",\"purposeEn\":\"the letter of the quarter\","
                                + "\"version\":0}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        daemon.post("/api/v1/sign-up/topics", "{\"nameFr\":\"Rues et places\",\"nameEn\":\"Streets\"}");
        daemon.post("/api/v1/sign-up/links", "{\"code\":\"marche\",\"name\":\"Tract du marché\"}");
        String text = "";
        for (var one : daemon.get("/api/v1/sign-up/texts").json().path("items")) {
            text = one.path("language").asText().equals("fr") ? one.path("id").asText() : text;
        }
        for (String address : List.of("ana@example.org", "ben@example.org")) {
            assertThat(daemon.post(
                                    "/api/v1/subscribers",
                                    "{\"address\":\"" + address + "\",\"language\":\"fr\",\"textId\":\"" + text
                                            + "\",\"link\":\"marche\"}")
                            .status())
                    .isEqualTo(202);
        }
        subscriber = daemon.get("/api/v1/subscribers")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asText();
    }

    /** A desk in the midst of work: something out, something planned, something to look at, a freeze, figures with a gap. */
    private static void filled() {
        daemon.post(
                "/api/v1/channels",
                "{\"id\":\"mast\",\"name\":\"Quai ouvert\",\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\""
                        + mastodon.origin() + "\"},\"secrets\":{\"accessToken\":\"" + FakeMastodon.TOKEN + "\"}}");
        site.put(
                "/f",
                FeedSite.rss(
                        "Gazette",
                        FeedSite.item("1", "Le maire parle de la piscine du parc, qui ferme demain"),
                        FeedSite.item("2", "Le maire parle de la piscine du parc, qui ferme demain"),
                        FeedSite.item("3", "Un maire au marché")));
        daemon.post("/api/v1/sources", "{\"url\":\"" + site.url("/f") + "\"}");
        daemon.post("/api/v1/watches", "{\"name\":\"Le maire\",\"query\":\"maire\"}");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        daemon.get("/api/v1/mentions/search?q=maire").body().contains("\"value\":3"));
        browser.get("/desk/channels");
        browser.post("/desk/channels/feed/settings", "name", "Flux du site", "usual", "on");
        browser.post("/desk/channels/rehearsal/settings", "name", "Répétition", "usual", "on");
        LocalDate today = LocalDate.now(ZoneId.of("Europe/Paris"));
        browser.get("/desk/audience");
        StringBuilder table = new StringBuilder("channel;date;followers\n");
        for (int i = 80; i > 0; i--) {
            if (i < 12 || i > 17) {
                table.append("mast;").append(today.minusDays(i)).append(';').append(2418 - 3 * i + i * i / 40);
                table.append('\n');
            }
        }
        browser.post("/desk/audience/import", "csv", table.toString());
        browser.post(
                "/desk/audience/notes", "day", today.minusDays(9).toString(), "kind", "meeting", "text", "Assemblée");
        post = sent("La permanence de jeudi a lieu à la maison de quartier, de 18 h à 20 h. Entrée libre.", "");
        out(post);
        out(sent("Merci aux quarante bénévoles de samedi !", ""));
        planned = sent("Assemblée générale dimanche : venez nombreuses et nombreux.", ",\"at\":\"2031-06-01T18:30\"");
        String unsure = daemon.post(
                        "/api/v1/posts", "{\"text\":\"Le marché est avancé à 8 h.\",\"channels\":[\"rehearsal\"]}")
                .json()
                .path("id")
                .asText();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/posts/" + unsure).body().contains("UNKNOWN"));
        daemon.post(
                "/api/v1/freeze",
                "{\"from\":\"2031-06-07T00:00\",\"until\":\"2031-06-08T20:00\",\"reason\":\"Trêve électorale\"}");
        heard();
        asked();
        browser.get("/desk/team");
        String made = browser.post(
                        "/desk/team/invite",
                        "login",
                        "lea@exemple.fr",
                        "name",
                        "Léa",
                        "role",
                        "AUTHOR",
                        "language",
                        "fr")
                .body();
        link = made.replaceAll("(?s).*value=\"https://[^/]+(/desk/password[^\"]+)\".*", "$1");
    }

    /** What waits for somebody's word, a draft, and somebody who is told. */
    private static void asked() {
        daemon.post(
                "/api/v1/channels",
                "{\"id\":\"strict\",\"name\":\"Avec accord\",\"network\":\"rehearsal\",\"inDefaultSet\":false}");
        browser.get("/desk/channels");
        browser.post("/desk/channels/strict/settings", "name", "Avec accord", "approval", "on");
        String author = daemon.post("/api/v1/tokens", "{\"name\":\"site\",\"scopes\":[\"POST\",\"READ\"]}")
                .json()
                .path("token")
                .asText();
        awaiting = daemon.send(
                        author,
                        "POST",
                        "/api/v1/posts",
                        "{\"text\":\"À relire, merci.\",\"channels\":[\"strict\"]}".getBytes(StandardCharsets.UTF_8))
                .json()
                .path("id")
                .asText();
        Browser.Page form = browser.get("/desk/write");
        draft = form.hidden("draft");
        browser.post("/desk/drafts", "key", form.hidden("key"), "draft", draft, "version", "0", "text", "Le premier");
        browser.get("/desk/recipients");
        String ways = browser.post(
                        "/desk/recipients",
                        "name",
                        "Ada",
                        "language",
                        "fr",
                        "zone",
                        "Europe/Paris",
                        "quiet",
                        "",
                        "budget",
                        "20")
                .body()
                .replaceAll("(?s).*?action=\"(/desk/recipients/[^\"]+/ways)\".*", "$1");
        browser.post(ways, "kind", "WEBHOOK", "url", site.url("/told"), "secret", "a secret of the desk, sealed");
    }

    /** Two forms with one draft, of which the second comes too late. */
    private static List<String> conflict(Page page) {
        page.navigate(base() + "/desk/write?draft=" + draft);
        Browser.Page other = browser.get("/desk/write?draft=" + draft);
        browser.post(
                "/desk/drafts",
                "key",
                other.hidden("key"),
                "draft",
                draft,
                "version",
                other.hidden("version"),
                "text",
                // Another each time: what is as it was is no change.
                "Le deuxième " + other.hidden("version"));
        page.locator("textarea[name=text]").fill("Le troisième");
        PlaywrightAssertions.assertThat(page.locator("#conflict")).isVisible();
        return faults(page);
    }

    private static void heard() {
        daemon.post("/api/v1/watches", "{\"name\":\"Tram\",\"query\":\"tram* OU \\\"ligne T2\\\"\"}");
        daemon.post(
                "/api/v1/mentions",
                "{\"title\":\"Le conseil vote le tram\",\"text\":\"La ligne T2 ira jusqu’au port en 2029.\","
                        + "\"author\":\"La Gazette du quai\",\"url\":\"https://gazette.example/tram\"}");
        daemon.post(
                "/api/v1/mentions",
                "{\"text\":\"Et mon bus, alors\u202f? Personne n’en parle.\",\"author\":\"@lea@ville.example\"}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk/listen").body().contains("<mark>"));
    }

    private static String sent(String text, String more) {
        return daemon.post("/api/v1/posts", "{\"text\":\"" + text + "\",\"channels\":[\"mast\",\"feed\"]" + more + "}")
                .json()
                .path("id")
                .asText();
    }

    private static void out(String id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/posts/" + id)
                        .json()
                        .path("state")
                        .asText()
                        .equals("DONE"));
    }

    private static List<String> pages() {
        List<String> pages = new ArrayList<>(List.of(
                "/desk",
                "/desk/write",
                "/desk/posts/" + post,
                "/desk/posts/" + planned,
                "/desk/posts/" + awaiting,
                "/desk/audience",
                "/desk/calendar",
                "/desk/calendar/slots",
                "/desk/calendar/import",
                "/desk/more",
                "/desk/campaigns",
                "/desk/drafts",
                "/desk/mentions",
                "/desk/rehearsal",
                "/desk/freeze",
                "/desk/listen",
                "/desk/listen/live",
                "/desk/listen/watches/new?query=SAUF+maire",
                "/desk/listen/voice",
                "/desk/listen/in",
                "/desk/lists",
                "/desk/newsletters",
                "/desk/bounces",
                "/desk/requests",
                "/desk/newsletters/new",
                "/desk/search?q=maire&sort=relevance",
                "/desk/search?q=SAUF+maire",
                "/desk/alerts",
                "/desk/notices?show=all",
                "/desk/recipients",
                "/desk/rights",
                "/desk/subscribers",
                "/desk/subscribers?state=CONFIRMED&language=fr",
                "/desk/subscribers/register",
                "/desk/subscribers/person/" + subscriber,
                "/desk/sign-up",
                "/desk/subscribers/import",
                "/desk/rights/register",
                "/newsletter",
                "/privacy",
                "/desk/channels",
                "/desk/tokens",
                "/desk/team",
                "/desk/account",
                "/desk/settings",
                "/desk/audit",
                "/desk/welcome",
                "/desk/audience/import",
                "/desk/nowhere"));
        pages.addAll(single);
        return pages;
    }

    private static String axe() {
        try (InputStream in = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BrowserContext context(int width, ColorScheme scheme, boolean signedIn) {
        return context(width, scheme, "fr", signedIn);
    }

    private static BrowserContext context(int width, ColorScheme scheme, String language, boolean signedIn) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale(language.equals("fr") ? "fr-FR" : "en-GB")
                .setTimezoneId("Europe/Paris")
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, 800));
        String[] cookie = String.valueOf(browser.cookie()).split("=", 2);
        if (signedIn) {
            context.addCookies(List.of(new Cookie(cookie[0], cookie[1]).setUrl("http://127.0.0.1:" + daemon.port())));
        }
        return context;
    }

    private static String base() {
        return "http://127.0.0.1:" + daemon.port();
    }

    private static List<String> faults(Page page, String path) {
        assertThat(page.navigate(base() + path).status()).as(path).isLessThan(500);
        return faults(page);
    }

    /**
     * What axe-core holds to be serious or critical of the page as it stands: all its rules by day, and by night those of colours, for nothing else
     * is another thing then.
     */
    private static List<String> faults(Page page) {
        String at = page.url().replace(base(), "");
        List<String> faults = new ArrayList<>();
        if (!Boolean.TRUE.equals(page.evaluate("typeof axe === 'object'"))) {
            page.evaluate(AXE);
        }
        faults.addAll(looked(page, at, ""));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        faults.addAll(looked(page, at + " by night", "color-contrast"));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        return faults;
    }

    /** @param rule the only one; empty for all */
    private static List<String> looked(Page page, String at, String rule) {
        List<?> found = (List<?>) page.evaluate(LOOK, rule);
        return found.stream().map(one -> at + " " + one).toList();
    }

    /** Sends a form as it stands, whatever the browser itself would hold against it. */
    private static List<String> refused(Page page, String path, String form, String... filled) {
        page.navigate(base() + path);
        Locator at = page.locator(form).first();
        for (int i = 0; i + 1 < filled.length; i += 2) {
            at.locator("[name='" + filled[i] + "']")
                    .first()
                    .evaluate("(field, value) => field.value = value", filled[i + 1]);
        }
        at.evaluate("form => { form.noValidate = true; form.requestSubmit(); }");
        PlaywrightAssertions.assertThat(page.locator("[role=alert]").first()).isVisible();
        return faults(page);
    }

    /** Pages with what was wrong on them. */
    private static List<String> wrongs(Page page) {
        List<String> faults = new ArrayList<>();
        faults.addAll(refused(page, "/desk/write", "form#write", "text", ""));
        faults.addAll(refused(page, "/desk/calendar/import", "main form[method=post]"));
        faults.addAll(refused(page, "/desk/calendar/slots", "main form[action='/desk/calendar/slots']"));
        faults.addAll(refused(page, "/desk/freeze", "main form[action='/desk/freeze']", "from", "2031-06-07T00:00"));
        faults.addAll(refused(page, "/desk/audience/import", "form#import", "csv", "x"));
        faults.addAll(refused(page, "/desk/channels", "main form[action$='/remove']"));
        faults.addAll(refused(page, "/desk/settings", "main form[method=post]", "zone", "Nowhere/Here"));
        faults.addAll(refused(page, "/desk", "form[action$='/resolve']", "url", "https://ailleurs.example/1"));
        page.navigate(base() + "/desk/channels");
        page.locator("form.row:has(input[value=bluesky]) button").click();
        page.waitForURL("**/desk/channels/connect");
        faults.addAll(faults(page));
        page.locator("input[name='answer.identifier']").fill("n’importe");
        page.locator("button.main").click();
        PlaywrightAssertions.assertThat(page.locator("[aria-invalid=true]")).hasCount(1);
        faults.addAll(faults(page));
        return faults;
    }

    /** The pages of those who are not in yet, and what is wrong with what they type. */
    private static List<String> doors(Page page, String language) {
        List<String> faults = new ArrayList<>();
        for (String path :
                List.of("/desk/sign-in", "/desk/setup?token=wrong", "/", "/desk/code", "/desk/password", link)) {
            faults.addAll(faults(page, path));
            assertThat(page.locator("html").getAttribute("lang")).as(path).isEqualTo(language);
        }
        faults.addAll(refused(page, link, "main form", "password", "court"));
        faults.addAll(refused(page, "/desk/code", "main form", "code", "123456"));
        return faults;
    }

    @ParameterizedTest
    @CsvSource({"1440, fr", "1440, en", "360, fr", "360, en"})
    void nobody_is_kept_out(int width, String language) {
        browser.get("/desk/account");
        browser.post("/desk/account/name", "name", "Zoé", "language", language);
        List<String> faults = new ArrayList<>();
        try (BrowserContext context = context(width, ColorScheme.LIGHT, language, true)) {
            Page page = context.newPage();
            for (String path : pages()) {
                faults.addAll(faults(page, path));
                Chromium.fits(page);
            }
            assertThat(browser.get("/desk/recipients").body()).contains("/told");
            assertThat(browser.get("/desk/posts/" + planned).body()).contains("id=\"edit\"");
            assertThat(browser.get("/desk/posts/" + awaiting).body()).contains("id=\"approval\"");
            faults.addAll(conflict(page));
            faults.addAll(wrongs(page));
        }
        try (BrowserContext context = context(width, ColorScheme.LIGHT, language, false)) {
            faults.addAll(doors(context.newPage(), language));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void a_page_weighs_little_with_everything_that_it_needs() {
        try (BrowserContext context = context(1440, ColorScheme.LIGHT, true)) {
            for (String path : pages()) {
                long[] bytes = new long[1];
                Page page = context.newPage();
                // Anew each time, as somebody comes who has kept nothing.
                page.route("**/*", route -> route.resume());
                page.onResponse(response -> {
                    if (!response.url().endsWith("/desk/live")) {
                        bytes[0] += response.body().length;
                    }
                });
                assertThat(page.navigate("http://127.0.0.1:" + daemon.port() + path)
                                .status())
                        .as(path)
                        .isLessThan(500);
                page.waitForLoadState();
                assertThat(bytes[0]).as(path).isBetween(1L, (long) HEAVIEST);
                page.close();
            }
        }
    }

    @Test
    void what_happens_is_shown_by_itself_and_waits_while_one_types() {
        try (BrowserContext context = context(1440, ColorScheme.LIGHT, true)) {
            Page page = context.newPage();
            page.waitForResponse("**/desk/live", () -> page.navigate("http://127.0.0.1:" + daemon.port() + "/desk"));
            out(sent("Photos de samedi", ""));
            PlaywrightAssertions.assertThat(page.locator("#flow")).containsText("Photos de samedi");
            page.locator("#needs input:visible").first().fill("https://exemple.fr/1");
            out(sent("Compte rendu du conseil", ""));
            PlaywrightAssertions.assertThat(page.locator("#news")).isVisible();
            PlaywrightAssertions.assertThat(page.locator("#flow")).not().containsText("Compte rendu du conseil");
            page.locator("#news button").click();
            PlaywrightAssertions.assertThat(page.locator("#flow")).containsText("Compte rendu du conseil");
            PlaywrightAssertions.assertThat(page.locator("#needs input:visible").first())
                    .hasValue("https://exemple.fr/1");
        }
    }

    @Test
    void pictures_of_the_main_pages_are_drawn() throws IOException {
        Files.createDirectories(PICTURES_IN);
        LocalDate today = LocalDate.now(ZoneId.of("Europe/Paris"));
        for (int day = 1; day <= 4; day++) {
            daemon.post(
                    "/api/v1/posts",
                    "{\"text\":\"Permanence du quai, tous les soirs de la semaine\",\"channels\":[\"rehearsal\",\"feed\"],\"at\":\""
                            + today.plusDays(day) + "T18:30\"}");
        }
        browser.get("/desk/account");
        browser.post("/desk/account/name", "name", "Zoé", "language", "fr");
        try (BrowserContext context = context(1280, ColorScheme.LIGHT, true)) {
            Page page = context.newPage();
            for (String path : PICTURES) {
                draw(
                        page,
                        path.equals("/desk/calendar") ? path + "?view=week&date=" + today.plusDays(2) : path,
                        path.equals("/desk") ? "home" : path.substring(path.lastIndexOf('/') + 1));
            }
            draw(page, "/desk/posts/" + post, "post");
        }
        try (BrowserContext context = context(360, ColorScheme.LIGHT, true)) {
            draw(context.newPage(), "/desk", "home-360");
        }
    }

    private static void draw(Page page, String path, String name) {
        page.navigate("http://127.0.0.1:" + daemon.port() + path);
        if (path.equals("/desk/write")) {
            page.locator("textarea[name=text]")
                    .fill("La permanence de jeudi a lieu à la maison de quartier, de 18 h à 20 h.");
            page.locator("textarea[name=text]").blur();
            PlaywrightAssertions.assertThat(page.locator("#preview .said").first())
                    .containsText("permanence");
        }
        if (path.equals("/desk/audience")) {
            Locator chart = page.locator("figure.chart").first();
            PlaywrightAssertions.assertThat(chart.locator("canvas")).hasCount(1);
            chart.evaluate("one => one.closest('article, section').scrollIntoView()");
        }
        if (path.startsWith("/desk/calendar")) {
            page.locator("#days").evaluate("one => one.scrollIntoView()");
        }
        Path file = PICTURES_IN.resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(false));
        assertThat(file).isRegularFile();
        assertThat(file.toFile().length()).isLessThan(200_000L);
    }
}
