package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Chromium of this machine, signed in at the desk of a daemon; what needs it is skipped where there is none. */
final class Chromium implements AutoCloseable {
    private final Playwright playwright;
    private final BrowserContext context;
    private final List<String> complaints = new ArrayList<>();
    private final String base;

    private Chromium(Playwright playwright, BrowserContext context, String base) {
        this.playwright = playwright;
        this.context = context;
        this.base = base;
    }

    static Chromium at(RunningDaemon daemon, boolean script) {
        Path found = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(""));
        assumeTrue(Files.isExecutable(found) && !found.toString().isEmpty(), "no Chromium on this machine");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        BrowserContext context = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(found)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-component-update")))
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setLocale("fr-FR")
                        .setJavaScriptEnabled(script));
        return new Chromium(playwright, context, "http://127.0.0.1:" + daemon.port());
    }

    /** @param signedIn whose session it goes on with */
    static Chromium open(RunningDaemon daemon, Browser signedIn) {
        Chromium chromium = at(daemon, true);
        String[] cookie = signedIn.cookie().split("=", 2);
        chromium.context.addCookies(List.of(new Cookie(cookie[0], cookie[1]).setUrl(chromium.base)));
        return chromium;
    }

    /** A page of the one who is first, an administrator who reads French. */
    Page signedIn(RunningDaemon daemon, int width) {
        Page page = page(width);
        page.navigate(base
                + daemon.post("/api/v1/setup-link", "{}").json().path("path").asText());
        page.getByLabel("Nom").fill("Zoé");
        page.getByLabel("Adresse électronique").fill("zoe@exemple.fr");
        page.getByLabel("Nouveau mot de passe").fill(Browser.GOOD);
        page.getByText("Commencer").click();
        PlaywrightAssertions.assertThat(page).hasURL(base + "/desk/welcome");
        return page;
    }

    /** One more page of the same session. */
    Page page(int width) {
        Page page = context.newPage();
        page.setViewportSize(width, 800);
        page.setDefaultTimeout(10_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** @return a page of that width in CSS pixels, there */
    Page page(int width, String path) {
        Page page = page(width);
        open(page, path);
        return page;
    }

    /** Nothing reaches over the edge, and the console has nothing to say but what is named. */
    void well(Page page, String... known) {
        fits(page);
        assertThat(complaints)
                .filteredOn(complaint -> Stream.of(known).noneMatch(complaint::contains))
                .isEmpty();
    }

    BrowserContext context() {
        return context;
    }

    void open(Page page, String path) {
        page.navigate(base + path);
    }

    /** What the browser complained of: its console, its policy, the script. */
    List<String> complaints() {
        return complaints;
    }

    /** Nothing reaches over the edge: a page scrolls downwards only. */
    static void fits(Page page) {
        Object over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) over).intValue()).as(page.url()).isZero();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
