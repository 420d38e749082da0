package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that waits while the daemon begins anew, in a real browser; skipped where there is none. */
class DeskRestartBrowserTest {
    private RunningDaemon daemon;
    private Chromium chromium;
    private Page page;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        daemon = new RunningDaemon(folder);
        chromium = Chromium.at(daemon, true);
        page = chromium.signedIn(daemon, 360);
    }

    @AfterEach
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
        daemon.close();
    }

    private void named() {
        page.locator("input[name=organisation]").fill("Quai ouvert");
        page.getByText("Continuer").click();
    }

    @Test
    void it_goes_on_once_another_run_answers_and_not_because_the_old_one_does() {
        AtomicInteger asked = new AtomicInteger();
        String before = daemon.send(null, "GET", "/desk/run", null).body();
        page.route("**/desk/run", route -> {
            // The old one still answers, twice.
            if (asked.incrementAndGet() <= 2) {
                route.fulfill(
                        new Route.FulfillOptions().setContentType("text/plain").setBody(before));
            } else {
                route.resume();
            }
        });
        named();
        PlaywrightAssertions.assertThat(page.getByText("Connecter Mastodon"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        assertThat(asked.get()).isGreaterThanOrEqualTo(3);
        assertThat(daemon.send(null, "GET", "/desk/run", null).body()).isNotEqualTo(before);
        Chromium.fits(page);
    }

    @Test
    void where_it_does_not_come_back_it_says_what_to_do_and_asks_no_more() {
        AtomicInteger asked = new AtomicInteger();
        page.route("**/desk/run", route -> {
            asked.incrementAndGet();
            route.abort();
        });
        page.clock().install();
        named();
        PlaywrightAssertions.assertThat(page.locator("#restart")).isVisible();
        for (int i = 0; i < 90 && page.locator("#lost").isHidden(); i++) {
            page.clock().runFor(1_000);
        }
        PlaywrightAssertions.assertThat(page.locator("#lost")).containsText("Tocsin ne répond pas encore");
        Chromium.fits(page);
        int after = asked.get();
        assertThat(after).isBetween(1, 60);
        page.clock().runFor(10_000);
        assertThat(asked.get()).isEqualTo(after);
        page.getByText("Attendre encore").click();
        PlaywrightAssertions.assertThat(page.locator("#lost")).isHidden();
    }
}
