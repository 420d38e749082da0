package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page where a newsletter is written, in a real browser; skipped where there is none. */
class DeskNewsletterBrowserTest {
    private static final Pattern MARK = Pattern.compile("!\\[([^]]*)]\\(([0-9a-f-]{36})\\)");

    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Chromium chromium;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(folder);
        daemon.send(
                daemon.token(),
                "PUT",
                "/api/v1/sign-up/settings",
                ("{\"controller\":\"Quai ouvert\",\"contact\":\"contact@quai-ouvert.example\",\"postal\":\"2, quai du Port\","
                                + "\"purposeFr\":\"la lettre du quartier\",\"purposeEn\":\"the letter of the quarter\",\"version\":0}")
                        .getBytes(StandardCharsets.UTF_8));
        chromium = Chromium.at(daemon, true);
    }

    @AfterEach
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
        daemon.close();
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    private static FilePayload image(String name) throws IOException {
        return new FilePayload(name, "image/png", png());
    }

    private static Locator body(Page page, String language) {
        return page.locator("textarea[name=body-" + language + "]");
    }

    private static Locator listed(Page page, int index) {
        return page.locator("#letter .images .image").nth(index);
    }

    /** The place of the cursor, in characters. */
    private static void at(Locator field, int place) {
        field.evaluate("(field, place) => field.setSelectionRange(place, place)", place);
    }

    @Test
    void an_image_is_picked_described_and_put_where_one_was_writing_by_the_keyboard() throws IOException {
        Page page = chromium.signedIn(daemon, 360);
        chromium.open(page, "/desk/newsletters/new");
        page.locator("input[name=subject-fr]").fill("Le marché");
        page.locator("input[name=subject-en]").fill("The market");
        body(page, "fr").fill("Bonjour.\n\nÀ jeudi.");
        at(body(page, "fr"), 8);
        body(page, "en").fill("Hello.");
        page.locator(".take input").setInputFiles(image("marche.png"));
        PlaywrightAssertions.assertThat(page.locator(".results li"))
                .hasText("marche.png ajoutée\u00a0: décrivez-la, puis mettez-la dans un texte");
        // The order of the list says nothing here.
        PlaywrightAssertions.assertThat(page.locator(".up, .down").locator("visible=true"))
                .hasCount(0);
        Chromium.fits(page);

        Locator french = listed(page, 0).getByText("Mettre dans le texte français");
        french.press("Enter");
        PlaywrightAssertions.assertThat(body(page, "fr")).hasValue("Bonjour.\n\nÀ jeudi.");
        assertThat(page.evaluate("document.activeElement.name")).isEqualTo("alt");
        assertThat(page.evaluate("document.activeElement.validationMessage"))
                .isEqualTo("Dites ce que montre l’image\u00a0: qui ne la voit pas le lira ou l’entendra.");

        Locator alt = listed(page, 0).locator("textarea");
        alt.fill("Le marché [couvert]\ndu port");
        french.press("Enter");
        PlaywrightAssertions.assertThat(body(page, "fr"))
                .hasValue(Pattern.compile(
                        "Bonjour\\.\n\n!\\[Le marché \\\\\\[couvert\\\\] du port]\\([0-9a-f-]{36}\\)\n\nÀ jeudi\\."));
        assertThat(page.evaluate("document.activeElement.name")).isEqualTo("body-fr");
        alt.fill("The covered market");
        listed(page, 0).getByText("Mettre dans le texte anglais").press("Enter");
        PlaywrightAssertions.assertThat(body(page, "en"))
                .hasValue(Pattern.compile("Hello\\.\n\n!\\[The covered market]\\([0-9a-f-]{36}\\)"));
        alt.fill("Le marché couvert");
        french.press("Enter");
        assertThat(MARK.matcher(body(page, "fr").inputValue()).results().map(one -> one.group(1)))
                .containsExactly("Le marché couvert");
        Chromium.fits(page);

        page.locator("#letter button[value=preview]").click();
        PlaywrightAssertions.assertThat(page.locator(".letter img")).hasAttribute("alt", "Le marché couvert");
        PlaywrightAssertions.assertThat(listed(page, 0).locator(".name")).hasText("marche.png");
        page.locator("#letter button[value=save]").click();
        page.waitForURL("**/desk/newsletters/*?done=*");
        PlaywrightAssertions.assertThat(listed(page, 0).locator("textarea")).hasValue("Le marché couvert");
        PlaywrightAssertions.assertThat(listed(page, 0).locator(".place")).hasCount(2);
        listed(page, 0).locator(".remove").press("Enter");
        PlaywrightAssertions.assertThat(body(page, "fr")).hasValue("Bonjour.\n\nÀ jeudi.");
        PlaywrightAssertions.assertThat(body(page, "en")).hasValue(Pattern.compile("Hello\\.\\s*"));
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void what_is_not_stored_can_be_neither_tried_nor_sent() {
        Page page = chromium.signedIn(daemon, 1440);
        page.navigate(page.url().replaceAll("/desk/.*", "/desk/newsletters/new"));
        page.locator("input[name=subject-fr]").fill("La piscine rouvre");
        body(page, "fr").fill("Bonjour.");
        page.locator("#letter button[value=save]").click();
        page.waitForURL("**/desk/newsletters/*?done=*");
        PlaywrightAssertions.assertThat(page.locator("section.stored")).hasCount(2);
        PlaywrightAssertions.assertThat(page.locator("#unsaved")).isHidden();
        body(page, "fr").fill("Bonsoir.");
        PlaywrightAssertions.assertThat(page.locator("section.stored").first()).isHidden();
        PlaywrightAssertions.assertThat(page.locator("section.stored").last()).isHidden();
        PlaywrightAssertions.assertThat(page.locator("#unsaved")).isVisible();
        page.locator("#letter button[value=preview]").click();
        PlaywrightAssertions.assertThat(page.locator(".letter").first()).containsText("Bonsoir.");
        PlaywrightAssertions.assertThat(page.locator("section.stored")).hasCount(0);
        PlaywrightAssertions.assertThat(page.locator("#unsaved")).isVisible();
        page.locator("#letter button[value=save]").click();
        PlaywrightAssertions.assertThat(page.locator("section.stored")).hasCount(2);
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void an_image_is_pasted_and_dropped_and_what_is_none_is_answered_by_its_name() throws IOException {
        Page page = chromium.signedIn(daemon, 1440);
        page.navigate(page.url().replaceAll("/desk/.*", "/desk/newsletters/new"));
        for (String event : List.of("paste", "drop")) {
            body(page, "en")
                    .evaluate(
                            """
                            (field, [kind, name, content]) => {
                              const data = new DataTransfer();
                              const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
                              data.items.add(new File([bytes], name, { type: "image/png" }));
                              const all = { bubbles: true, cancelable: true };
                              field.dispatchEvent(kind === "paste"
                                ? new ClipboardEvent(kind, { ...all, clipboardData: data })
                                : new DragEvent(kind, { ...all, dataTransfer: data }));
                            }""",
                            List.of(event, event + ".png", Base64.getEncoder().encodeToString(png())));
            PlaywrightAssertions.assertThat(
                            page.locator(".images .name", new Page.LocatorOptions().setHasText(event + ".png")))
                    .hasCount(1);
        }
        page.locator(".take input").setInputFiles(new FilePayload("bomb.png", "image/png", new byte[] {1, 2, 3}));
        PlaywrightAssertions.assertThat(page.locator(".results .wrong")).hasText(Pattern.compile("bomb\\.png .{10,}"));
        PlaywrightAssertions.assertThat(page.locator(".images .image")).hasCount(2);
        listed(page, 1).locator("textarea").fill("Dropped");
        listed(page, 1).getByText("Mettre dans le texte anglais").click();
        PlaywrightAssertions.assertThat(body(page, "en")).hasValue(Pattern.compile("!\\[Dropped]\\([0-9a-f-]{36}\\)"));
        chromium.well(page, "Failed to load resource");
    }
}
