package org.tocsin.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a person waits for at the desk with thousands of posts: the server, and the first paint in Chromium, with and without a cache. */
public final class PaintBench {
    private static final int OUT = 4_000;
    private static final int PLANNED = 1_000;
    private static final int LOADS = 9;
    /** Nobody goes on sooner than this after a page has appeared, in milliseconds. */
    private static final int READ = 500;
    /** The first shows next to nothing: what it takes, the browser takes of every page. */
    private static final List<String> PAGES = List.of(
            "/health/live",
            "/desk",
            "/desk/write",
            "/desk/calendar",
            "/desk/calendar?view=week",
            "/desk/calendar?view=list",
            "/desk/calendar?view=month&date=2028-06-01",
            "/desk/audience",
            "/desk/audience?days=all",
            "/desk/channels",
            "/desk/drafts",
            "/desk/rehearsal",
            "/desk/freeze",
            "/desk/campaigns",
            "/desk/team",
            "/desk/audit",
            "/desk/settings");
    /** Server, bytes with everything, first contentful paint; times in milliseconds. */
    private static final String TIMES = "() => { const page = performance.getEntriesByType('navigation')[0];"
            + " return [page.responseEnd - page.requestStart,"
            + " performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, page.transferSize),"
            + " performance.getEntriesByName('first-contentful-paint')[0].startTime]; }";

    private static final String PAINTED = "() => new Promise(done => new PerformanceObserver(list => "
            + "list.getEntriesByName('first-contentful-paint').length && done())"
            + ".observe({ type: 'paint', buffered: true }))";

    private final Browser chromium;
    private final String base;

    private PaintBench(Browser chromium, String base) {
        this.chromium = chromium;
        this.base = base;
    }

    public static void main(String[] args) throws Exception {
        Path found = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (found == null) {
            System.out.println("no Chromium on this machine: first paint not measured");
            return;
        }
        Path folder = Files.createTempDirectory("tocsin-paint");
        try (BenchDaemon daemon = BenchDaemon.start(Path.of(args[0]), folder.resolve("data"), List.of());
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
            daemon.post("out", OUT, 8, false);
            daemon.post("plan", PLANNED, 8, true);
            daemon.figures();
            while (daemon.waits()) {
                Thread.sleep(200);
            }
            Browser chromium = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(found)
                            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-component-update")));
            new PaintBench(chromium, "http://127.0.0.1:" + daemon.port()).measure(daemon.setUp());
        }
    }

    private void measure(String setUp) {
        System.out.printf(
                Locale.ROOT,
                "%-45s %8s %8s %8s %8s %8s   (%d posts; medians of %d loads)%n",
                "page",
                "server",
                "KB",
                "cold",
                "warm",
                "same tab",
                OUT + PLANNED,
                LOADS);
        String session = enter(setUp);
        for (String path : PAGES) {
            double[] server = new double[LOADS];
            double[] bytes = new double[LOADS];
            double[] cold = new double[LOADS];
            double[] warm = new double[LOADS];
            double[] same = new double[LOADS];
            for (int i = 0; i < LOADS; i++) {
                try (BrowserContext fresh = context(session)) {
                    double[] first = load(fresh, path);
                    bytes[i] = first[1];
                    cold[i] = first[2];
                    double[] second = load(fresh, path);
                    server[i] = second[0];
                    warm[i] = second[2];
                    same[i] = goOn(fresh, path)[2];
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-45s %8.0f %8.0f %8.0f %8.0f %8.0f   (goal: 300 ms, 150 KB)%n",
                    path,
                    median(server),
                    median(bytes) / 1000,
                    median(cold),
                    median(warm),
                    median(same));
        }
    }

    private BrowserContext context(String session) {
        return chromium.newContext(new Browser.NewContextOptions()
                .setLocale("fr-FR")
                .setViewportSize(1440, 800)
                .setStorageState(session.isEmpty() ? null : session));
    }

    /** @return the session of the first person */
    private String enter(String setUp) {
        try (BrowserContext context = context("")) {
            Page page = context.newPage();
            page.navigate(base + setUp);
            page.getByLabel("Nom").fill("Zoé");
            page.getByLabel("Adresse électronique").fill("zoe@exemple.fr");
            page.getByLabel("Nouveau mot de passe").fill("cheval agrafe vitrail marée");
            page.getByText("Commencer").click();
            page.waitForURL("**/desk/welcome");
            return context.storageState();
        }
    }

    /** A new tab, for which Chromium begins a process of its own while the page is asked for. */
    private double[] load(BrowserContext context, String path) {
        return measured(context.newPage(), path);
    }

    /** As somebody who works at the desk: from one page of it, which has come to rest, to the next. */
    private double[] goOn(BrowserContext context, String path) {
        Page page = context.newPage();
        page.navigate(base + "/desk/drafts");
        page.evaluate(PAINTED);
        page.waitForTimeout(READ);
        return measured(page, path);
    }

    private double[] measured(Page page, String path) {
        if (page.navigate(base + path).status() != 200) {
            throw new IllegalStateException(path);
        }
        page.evaluate(PAINTED);
        List<?> times = (List<?>) page.evaluate(TIMES);
        page.close();
        return times.stream().mapToDouble(one -> ((Number) one).doubleValue()).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
