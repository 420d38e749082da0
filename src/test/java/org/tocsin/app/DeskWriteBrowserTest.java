package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page where a message is written, in a real browser; skipped where there is none. */
class DeskWriteBrowserTest {
    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Chromium chromium;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(folder, "TOCSIN_DESK_UNDO", "10s");
        daemon.post("/api/v1/channels", """
                {"id":"practice","network":"rehearsal","name":"Exercice","settings":{"standsFor":"x"},"inDefaultSet":false}""");
        chromium = Chromium.at(daemon, true);
    }

    @AfterEach
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
        daemon.close();
    }

    private Page write(int width) {
        Page page = chromium.signedIn(daemon, width);
        chromium.open(page, "/desk/write");
        return page;
    }

    private static Locator text(Page page) {
        return page.locator("textarea[name=text]");
    }

    @Test
    void a_text_of_its_own_is_offered_for_what_is_chosen_and_previewed_at_once() {
        Page page = write(360);
        Locator own = page.getByText("Un autre texte pour Exercice");
        PlaywrightAssertions.assertThat(own).isHidden();
        page.locator("input[value=practice]").check();
        text(page).fill("Le texte de tous");
        own.click();
        page.locator("details[data-channel=practice] .copy").click();
        Locator field = page.getByLabel("Texte pour Exercice");
        PlaywrightAssertions.assertThat(field).hasValue("Le texte de tous");
        field.fill("Le sien");
        PlaywrightAssertions.assertThat(page.locator("#preview .said", new Page.LocatorOptions().setHasText("Le sien")))
                .hasCount(1);
        Chromium.fits(page);
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void the_main_button_follows_the_date_and_what_is_published_can_be_undone() {
        Page page = write(1440);
        text(page).fill("Réunion");
        Locator main = page.locator("#acts .main");
        PlaywrightAssertions.assertThat(main).hasText("Publier maintenant sur 2 canaux");
        page.locator("input[name=date]").fill("2031-12-06");
        page.locator("input[name=time]").fill("10:30");
        PlaywrightAssertions.assertThat(main)
                .hasText(Pattern.compile("Publier samedi 6 décembre 2031 10\\sh\\s30 sur 2 canaux"));
        page.locator("input[name=date]").fill("");
        page.locator("input[name=time]").fill("");
        PlaywrightAssertions.assertThat(main).hasText("Publier maintenant sur 2 canaux");
        main.click();
        Locator undo = page.locator("button[data-left]");
        PlaywrightAssertions.assertThat(undo).hasText(Pattern.compile("Annuler \\(encore \\d\\ss\\)"));
        undo.click();
        PlaywrightAssertions.assertThat(page.locator("#deliveries .state.quiet"))
                .hasCount(2);
        assertThat(chromium.complaints()).isEmpty();
    }
}
