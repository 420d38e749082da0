package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.delivery.CrashPoints;

/** What nobody knows of is looked up by a person, in a real browser: it is there, and here is its link. */
class DeskVerifyBrowserTest {
    @Test
    void no_row_comes_in_under_the_pointer_or_beside_the_keyboard_s_place(@TempDir Path folder) throws IOException {
        MuteRehearsal rehearsal = new MuteRehearsal(3);
        try (RunningDaemon daemon = new RunningDaemon(new Seams(CrashPoints.NONE, rehearsal), folder);
                Browser browser = Browser.ofTheFirst(daemon);
                Chromium chromium = Chromium.open(daemon, browser)) {
            // Nothing goes out on a channel behind what nobody knows of: each has its own.
            for (String id : List.of("second", "third")) {
                daemon.post(
                        "/api/v1/channels", "{\"id\":\"" + id + "\",\"network\":\"rehearsal\",\"inDefaultSet\":false}");
            }
            daemon.post("/api/v1/posts", "{\"text\":\"Le premier\",\"channels\":[\"rehearsal\"]}");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> browser.get("/desk").body().contains("À vérifier depuis"));
            Page page = chromium.page(1440, "/desk");
            Locator rows = page.locator("#needs article");
            Locator news = page.locator("#news");
            PlaywrightAssertions.assertThat(rows).hasCount(1);
            page.locator("#needs button[value=resend]").first().hover();
            daemon.post("/api/v1/posts", "{\"text\":\"Le deuxième\",\"channels\":[\"second\"]}");
            PlaywrightAssertions.assertThat(news).isVisible();
            unknown(browser, 2);
            PlaywrightAssertions.assertThat(rows).hasCount(1);
            news.locator("button").click();
            PlaywrightAssertions.assertThat(rows).hasCount(2);

            page.locator("#needs button[value=resend]").first().focus();
            daemon.post("/api/v1/posts", "{\"text\":\"Le troisième\",\"channels\":[\"third\"]}");
            unknown(browser, 3);
            PlaywrightAssertions.assertThat(news).isVisible();
            PlaywrightAssertions.assertThat(rows).hasCount(2);
            PlaywrightAssertions.assertThat(
                            page.locator("#needs button[value=resend]").first())
                    .isFocused();
            page.locator("h1").click();
            news.locator("button").click();
            PlaywrightAssertions.assertThat(rows).hasCount(3);
            chromium.well(page, "");
        }
    }

    private static void unknown(Browser browser, int times) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk").body().split("value=\"resend\"", -1).length == times + 1);
    }

    @Test
    void a_link_of_another_place_is_refused_in_words_and_that_of_the_post_is_kept(@TempDir Path folder)
            throws IOException {
        MuteRehearsal rehearsal = new MuteRehearsal();
        try (RunningDaemon daemon = new RunningDaemon(new Seams(CrashPoints.NONE, rehearsal), folder);
                Browser browser = Browser.ofTheFirst(daemon);
                Chromium chromium = Chromium.open(daemon, browser)) {
            daemon.post("/api/v1/posts", "{\"text\":\"Le marché est avancé\",\"channels\":[\"rehearsal\"]}");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> browser.get("/desk").body().contains("À vérifier depuis"));
            Page page = chromium.page(360, "/desk");
            page.locator("form[action$='/resolve'] input[name=url]").fill("https://ailleurs.example/7");
            page.locator("button[value=published]").click();
            PlaywrightAssertions.assertThat(page.locator("[role=alert]").first())
                    .containsText("https://ailleurs.example/7");
            PlaywrightAssertions.assertThat(page.locator("form[action$='/resolve'] input[name=url]"))
                    .isVisible();
            page.locator("form[action$='/resolve'] input[name=url]").fill("https://" + MuteRehearsal.HOST + "/7");
            page.locator("button[value=published]").click();
            PlaywrightAssertions.assertThat(page).hasURL(Pattern.compile(".*done=decided"));
            String post = daemon.get("/api/v1/posts")
                    .json()
                    .path("items")
                    .path(0)
                    .path("id")
                    .asText();
            chromium.open(page, "/desk/posts/" + post);
            PlaywrightAssertions.assertThat(page.locator("a[href='https://" + MuteRehearsal.HOST + "/7']")
                            .first())
                    .isVisible();
            assertThat(rehearsal.sent()).as("it was not sent again").isEqualTo(1);
            chromium.well(page, "status of 422");
        }
    }
}
