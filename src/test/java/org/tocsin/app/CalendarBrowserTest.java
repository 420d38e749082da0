package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calendar in a real browser: by the mouse, by the keyboard, without script, wide and narrow; skipped where there is no Chromium. */
class CalendarBrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private final List<String> complaints = new ArrayList<>();

    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Playwright playwright;
    private com.microsoft.playwright.Browser chromium;
    private String cookie;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium on this machine");
        daemon = new RunningDaemon(folder);
        try (Browser first = Browser.ofTheFirst(daemon)) {
            cookie = first.cookie();
        }
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-component-update")));
    }

    @AfterEach
    void stop() {
        if (playwright != null) {
            playwright.close();
        }
        if (daemon != null) {
            daemon.close();
        }
    }

    private Page page(int width, boolean script) {
        BrowserContext context =
                chromium.newContext(new NewContextOptions().setLocale("fr-FR").setJavaScriptEnabled(script));
        String[] pair = cookie.split("=", 2);
        context.addCookies(List.of(new com.microsoft.playwright.options.Cookie(pair[0], pair[1]).setUrl(base())));
        Page page = context.newPage();
        page.setViewportSize(width, 800);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    private String base() {
        return "http://127.0.0.1:" + daemon.port();
    }

    private String post(String text, String at) {
        return daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"" + text + "\",\"channels\":[\"rehearsal\",\"feed\"],\"at\":\"" + at + "\"}")
                .json()
                .path("id")
                .asText();
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 360})
    void nothing_reaches_over_the_edge(int width) {
        for (int i = 0; i < 7; i++) {
            post(
                    "Une réunion publique sur le plan-de-circulation-anticonstitutionnellement " + i,
                    "2031-06-12T18:3" + i);
        }
        daemon.post(
                "/api/v1/freeze",
                "{\"from\":\"2031-06-14T00:00\",\"until\":\"2031-06-15T20:00\",\"reason\":\"silence électoral\"}");
        Page page = page(width, true);
        for (String query : List.of("?view=month", "?view=week", "?view=list")) {
            page.navigate(base() + "/desk/calendar" + query + "&date=2031-06-11");
            Object over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assertThat(((Number) over).intValue()).as(query).isZero();
            PlaywrightAssertions.assertThat(page.locator("[data-day='2031-06-12']"))
                    .isVisible();
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("target/calendar-" + width + "-" + query.substring(6) + ".png"))
                    .setFullPage(true));
        }
        PlaywrightAssertions.assertThat(page.locator("[data-day='2031-06-13']")).isHidden();
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void the_ways_through_time_stand_in_one_line(String language) {
        try (Browser first = new Browser(daemon.port())) {
            first.cookie(cookie);
            first.get("/desk/account");
            first.post("/desk/account/name", "name", "Zoé", "language", language);
        }
        Page page = page(1280, true);
        page.navigate(base() + "/desk/calendar?view=week&date=2031-09-17");
        Object lines = page.evaluate("new Set([...document.querySelectorAll('.turn a, .turn button')]"
                + ".map(one => Math.round(one.getBoundingClientRect().bottom / 16))).size");
        Object tall = page.evaluate("document.querySelector('.turn').getBoundingClientRect().height");
        assertThat(((Number) tall).intValue()).as(lines + " lines").isLessThan(60);
    }

    @Test
    void a_post_is_drawn_onto_another_day_and_keeps_its_time() {
        String id = post("réunion", "2031-06-12T18:30");
        Page page = page(1280, true);
        page.navigate(base() + "/desk/calendar?date=2031-06-01");
        page.locator("[data-day='2031-06-12'] .entry").dragTo(page.locator("[data-day='2031-06-20']"));
        PlaywrightAssertions.assertThat(page.locator("[data-day='2031-06-20'] .entry"))
                .containsText("réunion");
        PlaywrightAssertions.assertThat(page.locator(".note.good")).hasText("Le message est modifié.");
        assertThat(daemon.get("/api/v1/posts/" + id).body()).contains("2031-06-20T16:30:00Z");
        assertThat(complaints).isEmpty();
    }

    @Test
    void a_post_of_another_zone_that_is_drawn_keeps_its_time_there() {
        String id = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"aux îles\",\"channels\":[\"rehearsal\"],\"at\":\"2031-10-20T18:30\",\"zone\":\"America/Martinique\"}")
                .json()
                .path("id")
                .asText();
        Page page = page(1280, true);
        page.navigate(base() + "/desk/calendar?date=2031-10-01");
        page.locator("[data-day='2031-10-21'] .entry").dragTo(page.locator("[data-day='2031-10-28']"));
        // Half past midnight of the 21st in Paris; of the 28th it is an hour less, for the clocks were put back.
        PlaywrightAssertions.assertThat(page.locator("[data-day='2031-10-27'] .entry"))
                .containsText("23\u202fh\u202f30");
        assertThat(daemon.get("/api/v1/posts/" + id).body()).contains("2031-10-27T22:30:00Z", "America/Martinique");
        assertThat(complaints).isEmpty();
    }

    @Test
    void without_script_and_by_the_keyboard_a_post_is_moved_by_its_form() {
        String id = post("réunion", "2031-06-12T18:30");
        Page page = page(360, false);
        page.navigate(base() + "/desk/calendar?view=list&date=2031-06-01");
        page.locator(".entry summary").focus();
        page.keyboard().press("Enter");
        page.locator(".entry input[name=date]").fill("2031-06-14");
        page.locator(".entry button").focus();
        page.keyboard().press("Enter");
        PlaywrightAssertions.assertThat(page.locator("[data-day='2031-06-14'] .entry"))
                .containsText("réunion");
        assertThat(daemon.get("/api/v1/posts/" + id).body()).contains("2031-06-14T16:30:00Z");
    }
}
