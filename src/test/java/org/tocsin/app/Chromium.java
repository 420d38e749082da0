package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The system's Chromium, with the session of a {@link Browser}; whatever its console says is a complaint. Skipped where there is none. */
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

    /** @param signedIn whose session it goes on with */
    static Chromium open(RunningDaemon daemon, Browser signedIn) {
        Path chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(""));
        assumeTrue(!chromium.toString().isEmpty(), "no Chromium on this machine");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        BrowserContext context = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-component-update")))
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions().setLocale("fr-FR"));
        String base = "http://127.0.0.1:" + daemon.port();
        String[] cookie = signedIn.cookie().split("=", 2);
        context.addCookies(List.of(new Cookie(cookie[0], cookie[1]).setUrl(base)));
        return new Chromium(playwright, context, base);
    }

    /** @return a page of that width in CSS pixels, there */
    Page page(int width, String path) {
        Page page = context.newPage();
        page.setViewportSize(width, 800);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(base + path);
        return page;
    }

    /** Nothing reaches over the edge, and the console has nothing to say but what is named. */
    void well(Page page, String... known) {
        Object over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) over).intValue()).as(page.url()).isZero();
        assertThat(complaints)
                .filteredOn(complaint -> Stream.of(known).noneMatch(complaint::contains))
                .isEmpty();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
