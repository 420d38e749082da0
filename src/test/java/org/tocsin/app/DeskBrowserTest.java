package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The desk in a real browser, from the set-up link to a post that is out; skipped where there is no Chromium. */
class DeskBrowserTest {
    private static final String GOOD = "cheval agrafe vitrail marée";

    private final List<String> complaints = new ArrayList<>();

    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Playwright playwright;
    private BrowserContext context;

    private static Path chromium() {
        Path found = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(""));
        assumeTrue(Files.isExecutable(found) && !found.toString().isEmpty(), "no Chromium on this machine");
        return found;
    }

    @BeforeEach
    void start() throws IOException {
        Path chromium = chromium();
        daemon = new RunningDaemon(folder);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        context = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-component-update")))
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions().setLocale("fr-FR"));
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

    private Page page(int width) {
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

    private static byte[] image() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    /** Nothing reaches over the edge: a page scrolls downwards only. */
    private static void fits(Page page) {
        Object over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) over).intValue()).as(page.url()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1440", "360"})
    void from_the_set_up_link_to_a_post_that_is_out(int width) throws IOException {
        String base = "http://127.0.0.1:" + daemon.port();
        Page page = page(width);
        page.navigate(base
                + daemon.post("/api/v1/setup-link", "{}").json().path("path").asText());
        fits(page);
        page.getByLabel("Nom").fill("Zoé");
        page.getByLabel("Adresse électronique").fill("zoe@exemple.fr");
        page.getByLabel("Nouveau mot de passe").fill(GOOD);
        page.getByText("Commencer").click();
        PlaywrightAssertions.assertThat(page).hasURL(base + "/desk/welcome");
        fits(page);
        page.locator("input[name=organisation]").fill("Quai ouvert");
        page.getByText("Continuer").click();
        // The daemon begins anew under the page, which goes on by itself.
        PlaywrightAssertions.assertThat(page.getByText("Connecter Mastodon"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
        fits(page);
        page.getByText("Plus tard").click();
        PlaywrightAssertions.assertThat(page.locator("textarea[name=text]"))
                .hasValue("Premier message de Quai ouvert.");
        page.getByText("Publier à blanc maintenant").click();
        PlaywrightAssertions.assertThat(page).hasURL(Pattern.compile(".*/desk/posts/[0-9a-f-]{36}"));

        page.navigate(base + "/desk/write");
        page.locator("textarea[name=text]").fill("Réunion <b>jeudi</b>");
        PlaywrightAssertions.assertThat(page.locator("#preview .shown")).hasCount(2);
        if (width < 960) {
            // Under the text it is folded until somebody wants to see it.
            PlaywrightAssertions.assertThat(page.locator("#seen")).isHidden();
            PlaywrightAssertions.assertThat(page.locator("#short")).containsText("20 / 500");
            // What is wrong is never folded away.
            page.locator("textarea[name=text]").fill("a".repeat(600));
            PlaywrightAssertions.assertThat(page.locator("#seen .note.wrong").first())
                    .isVisible();
            page.locator("#fold summary").click();
            page.locator("textarea[name=text]").fill("Réunion <b>jeudi</b>");
            PlaywrightAssertions.assertThat(page.locator("#seen")).isHidden();
            page.locator("#fold summary").click();
        }
        PlaywrightAssertions.assertThat(page.locator("#seen")).isVisible();
        PlaywrightAssertions.assertThat(page.locator("#preview .said").first()).hasText("Réunion <b>jeudi</b>");
        page.locator(".take input").setInputFiles(new FilePayload("place.png", "image/png", image()));
        PlaywrightAssertions.assertThat(page.locator(".images .nudge")).isVisible();
        page.locator(".images textarea").fill("La place, vide");
        PlaywrightAssertions.assertThat(page.locator(".images .nudge")).isHidden();
        PlaywrightAssertions.assertThat(page.locator("#preview .thumb").first()).containsText("La place, vide");
        assertThat(page.evaluate("document.querySelector('#preview .thumb img').decode().then(() => true)"))
                .isEqualTo(true);
        page.locator("input[name=date]").fill("2031-06-01");
        page.locator("input[name=time]").fill("18:30");
        PlaywrightAssertions.assertThat(page.locator("#acts .main"))
                .hasText(Pattern.compile("Publier dimanche 1er juin 2031 18\\sh\\s30 sur 2 canaux"));
        fits(page);
        page.getByText("Publier maintenant, sans tenir compte de la date").click();
        PlaywrightAssertions.assertThat(page).hasURL(Pattern.compile(".*/desk/posts/[0-9a-f-]{36}"));
        fits(page);

        // It is out without anybody asking again.
        PlaywrightAssertions.assertThat(page.locator("#deliveries .state.good")).hasCount(2);
        PlaywrightAssertions.assertThat(page.locator("#ways textarea[name=edit]"))
                .isVisible();

        for (String path : List.of("/desk", "/desk/team", "/desk/account")) {
            page.navigate(base + path);
            fits(page);
        }
        page.navigate(base + "/desk/team");
        assertThat(page.getByText("Fermer l’accès").boundingBox().x
                        + page.getByText("Fermer l’accès").boundingBox().width)
                .as("what can be done to somebody is in sight")
                .isLessThanOrEqualTo(width);
        page.getByText("Se déconnecter").click();
        PlaywrightAssertions.assertThat(page).hasURL(Pattern.compile(".*/desk/sign-in.*"));
        // Nobody answers for a moment while the daemon begins anew, which Chromium tells its console.
        assertThat(complaints).allMatch(one -> one.equals("Failed to load resource: net::ERR_CONNECTION_REFUSED"));
    }
}
