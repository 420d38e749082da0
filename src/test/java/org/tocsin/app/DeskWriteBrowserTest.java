package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
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
    void who_hears_the_page_is_told_the_counts_once_and_not_the_texts() {
        Page page = write(1440);
        page.locator("input[name=channel]:not([value=practice])")
                .evaluateAll("all => all.forEach((one) => (one.checked = false))");
        page.locator("input[value=practice]").check();
        Locator aloud = page.locator("#brief");
        PlaywrightAssertions.assertThat(aloud).hasAttribute("role", "status");
        assertThat(page.locator("#preview[aria-live], #preview [aria-live], #seen [role=alert], #seen [role=status]")
                        .count())
                .isZero();
        text(page).fill("Réunion");
        PlaywrightAssertions.assertThat(page.locator("#seen .said")).hasText("Réunion");
        PlaywrightAssertions.assertThat(aloud).hasText(Pattern.compile("Exercice\u00a0: 7\\D+280.*"));
        text(page).fill("Réunion " + "très ".repeat(80));
        PlaywrightAssertions.assertThat(page.locator("#seen .note.wrong")).isVisible();
        PlaywrightAssertions.assertThat(aloud).hasText("Exercice\u00a0: ne peut pas partir ainsi");
        assertThat(page.locator("#seen [role=alert]").count()).isZero();
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

    @Test
    void a_long_time_to_take_back_is_counted_down_as_one_number() {
        String id = daemon.post(
                        "/api/v1/posts", "{\"text\":\"Bonjour\",\"undoSeconds\":1900,\"channels\":[\"rehearsal\"]}")
                .json()
                .path("id")
                .asText();
        Page page = chromium.signedIn(daemon, 1440);
        chromium.open(page, "/desk/posts/" + id);
        PlaywrightAssertions.assertThat(page.locator("button[data-left]"))
                .hasText(Pattern.compile("Annuler \\(encore 1\\s8\\d\\d\\ss\\)"));
    }

    @Test
    void what_is_typed_saves_itself_and_is_there_again() {
        Page page = write(1440);
        text(page).fill("Réunion jeudi");
        Locator kept = page.locator("#kept");
        PlaywrightAssertions.assertThat(kept).hasText(Pattern.compile("Brouillon enregistré aujourd’hui .*"));
        assertThat(page.evaluate("sessionStorage.getItem('tocsin.write')")).isNull();
        chromium.open(page, "/desk/drafts");
        page.getByText("Réunion jeudi").click();
        PlaywrightAssertions.assertThat(text(page)).hasValue("Réunion jeudi");
        text(page).fill("Réunion vendredi");
        PlaywrightAssertions.assertThat(kept).hasText(Pattern.compile("Brouillon enregistré .*"));
        page.locator("#acts .main").click();
        PlaywrightAssertions.assertThat(page.locator("#undo")).isVisible();
        assertThat(page.evaluate("sessionStorage.getItem('tocsin.write')")).isNull();
        chromium.open(page, "/desk/drafts");
        PlaywrightAssertions.assertThat(page.getByText("Rien n’attend ici")).isVisible();
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void what_is_typed_after_the_session_ended_is_there_after_the_next_sign_in() {
        Page page = write(1440);
        chromium.context().clearCookies();
        text(page).fill("Ce qui ne doit pas se perdre");
        page.locator("input[name=date]").fill("2031-12-06");
        PlaywrightAssertions.assertThat(page.locator("#kept")).containsText("Vous n’êtes plus connecté");
        assertThat(String.valueOf(page.evaluate("sessionStorage.getItem('tocsin.write')")))
                .contains("Ce qui ne doit pas se perdre")
                .doesNotContain("csrf");
        chromium.open(page, "/desk/sign-in");
        page.locator("input[name=login]").fill("zoe@exemple.fr");
        page.locator("input[name=password]").fill(Browser.GOOD);
        page.locator("input[name=password]").press("Enter");
        page.waitForURL("**/desk");
        chromium.open(page, "/desk/write");
        PlaywrightAssertions.assertThat(text(page)).hasValue("Ce qui ne doit pas se perdre");
        PlaywrightAssertions.assertThat(page.locator("input[name=date]")).hasValue("2031-12-06");
        PlaywrightAssertions.assertThat(page.locator("#kept")).hasText(Pattern.compile("Brouillon enregistré .*"));
        assertThat(page.evaluate("sessionStorage.getItem('tocsin.write')")).isNull();
    }

    @Test
    void what_was_not_sent_is_kept_by_the_tab_whatever_page_is_opened_next() {
        daemon.post("/api/v1/posts", "{\"text\":\"Un autre message\",\"channels\":[\"practice\"]}");
        Page page = write(1440);
        page.route("**/desk/drafts?part=draft", Route::abort);
        page.route("**/desk/write", route -> {
            if (route.request().method().equals("POST")) {
                route.abort();
            } else {
                route.resume();
            }
        });
        text(page).fill("Écrit dans le train");
        PlaywrightAssertions.assertThat(page.locator("#kept")).hasClass(Pattern.compile(".*wrong.*"));
        page.locator("#acts .main").click();
        page.waitForURL(url -> !url.endsWith("/desk/write"));
        chromium.open(page, "/desk");
        page.getByText("Un autre message").first().click();
        PlaywrightAssertions.assertThat(page.locator("#deliveries")).isVisible();
        assertThat(String.valueOf(page.evaluate("sessionStorage.getItem('tocsin.write')")))
                .as("another post is none of that draft")
                .contains("Écrit dans le train");
        page.unroute("**/desk/drafts?part=draft");
        page.unroute("**/desk/write");
        chromium.open(page, "/desk/write");
        PlaywrightAssertions.assertThat(text(page)).hasValue("Écrit dans le train");
        page.locator("#acts .main").click();
        PlaywrightAssertions.assertThat(page.locator("#undo button")).isVisible();
        assertThat(page.evaluate("sessionStorage.getItem('tocsin.write')")).isNull();
    }

    @Test
    void a_form_that_was_opened_for_something_is_not_filled_with_what_was_not_sent() {
        Page page = write(1440);
        page.route("**/desk/drafts?part=draft", Route::abort);
        text(page).fill("Écrit dans le train");
        page.locator("input[name=date]").fill("2031-12-06");
        page.locator("#acts .main").click();
        PlaywrightAssertions.assertThat(page.locator("#write [role=alert]")).containsText("à moitié");
        chromium.open(page, "/desk/write?channel=practice");
        PlaywrightAssertions.assertThat(text(page)).hasValue("");
        assertThat(page.locator("input[name=channel]:checked").evaluateAll("all => all.map((one) => one.value).join()"))
                .as("no channel of the other text")
                .isEqualTo("practice");
        PlaywrightAssertions.assertThat(page.locator("#told")).containsText("gardé dans cet onglet");
        text(page).fill("Une répétition");
        page.getByText("Le reprendre").click();
        PlaywrightAssertions.assertThat(text(page)).hasValue("Écrit dans le train");
        assertThat(page.locator("input[name=channel]:checked").count()).isEqualTo(2);
    }

    @Test
    void what_was_refused_is_kept_as_a_draft() {
        Page page = write(1440);
        page.locator("input[name=date]").fill("2031-12-06");
        text(page).fill("Réunion");
        page.locator("#acts .main").click();
        PlaywrightAssertions.assertThat(page.locator("#write [role=alert]")).containsText("à moitié");
        PlaywrightAssertions.assertThat(page.locator("#kept")).hasText(Pattern.compile("Brouillon enregistré .*"));
        assertThat(page.evaluate("sessionStorage.getItem('tocsin.write')")).isNull();
        chromium.open(page, "/desk/write?channel=practice");
        PlaywrightAssertions.assertThat(text(page)).hasValue("");
        PlaywrightAssertions.assertThat(page.locator("#told")).isEmpty();
    }

    @Test
    void what_a_text_corrects_comes_back_with_it() {
        String wrong = daemon.post("/api/v1/posts", "{\"text\":\"À 18 h\",\"channels\":[\"rehearsal\"]}")
                .json()
                .path("id")
                .asText();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> daemon.get("/api/v1/posts/" + wrong).body().contains("\"state\":\"DONE\""));
        JsonNode erratum = daemon.post(
                        "/api/v1/posts/" + wrong + "/correct", "{\"text\":\"À 19 h\",\"at\":\"2031-06-01T18:30\"}")
                .json();
        JsonNode delivery = erratum.path("deliveries").path(0);
        daemon.post(
                "/api/v1/deliveries/" + delivery.path("id").asText() + "/cancel",
                "{\"version\":" + delivery.path("version").asLong() + "}");
        Page page = chromium.signedIn(daemon, 1440);
        chromium.open(page, "/desk/write?post=" + erratum.path("id").asText());
        page.route("**/desk/drafts?part=draft", Route::abort);
        text(page).fill("Erratum, à 19 h");
        PlaywrightAssertions.assertThat(page.locator("#kept")).hasClass(Pattern.compile(".*wrong.*"));
        chromium.open(page, "/desk/write");
        PlaywrightAssertions.assertThat(page.getByText("C’est un erratum")).isVisible();
        PlaywrightAssertions.assertThat(text(page)).hasValue("Erratum, à 19 h");
        assertThat(page.locator("input[name=corrects]").inputValue()).isEqualTo(wrong);
    }

    @Test
    void a_correction_is_seen_on_each_channel_while_it_is_written() {
        String id = daemon.post("/api/v1/posts", "{\"text\":\"À 18 h\",\"channels\":[\"rehearsal\",\"practice\"]}")
                .json()
                .path("id")
                .asText();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> daemon.get("/api/v1/posts/" + id).body().contains("\"state\":\"DONE\""));
        Page page = chromium.signedIn(daemon, 360);
        chromium.open(page, "/desk/posts/" + id);
        page.locator("#correct textarea[name=edit]").fill("À 19 h");
        Locator seen = page.locator("#seen");
        PlaywrightAssertions.assertThat(seen).containsText("À 19 h");
        PlaywrightAssertions.assertThat(seen).containsText("l’erratum y répond");
        page.locator("#correct textarea[name=text]").fill("Erratum, à 19 h");
        PlaywrightAssertions.assertThat(seen).containsText("Erratum, à 19 h");
        PlaywrightAssertions.assertThat(page.locator("#seen .note.wrong")).hasCount(0);
        Chromium.fits(page);
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void two_tabs_with_one_draft_are_told_of_each_other() {
        Page page = write(1440);
        text(page).fill("Le premier");
        PlaywrightAssertions.assertThat(page.locator("#kept")).hasText(Pattern.compile("Brouillon enregistré .*"));
        Page second = chromium.page(1440);
        chromium.open(
                second, "/desk/write?draft=" + page.locator("input[name=draft]").inputValue());
        text(second).fill("Le deuxième");
        PlaywrightAssertions.assertThat(second.locator("#kept")).hasText(Pattern.compile("Brouillon enregistré .*"));
        text(page).fill("Le troisième");
        PlaywrightAssertions.assertThat(page.locator("#conflict")).containsText("Le deuxième");
        page.getByText("Continuer avec le mien").click();
        PlaywrightAssertions.assertThat(text(page)).hasValue("Le troisième");
        chromium.open(page, "/desk/drafts");
        PlaywrightAssertions.assertThat(page.locator(".posts")).containsText("Le deuxième");
        PlaywrightAssertions.assertThat(page.locator(".posts")).containsText("Le troisième");
        Chromium.fits(page);
    }

    @Test
    void of_two_tabs_with_one_draft_the_text_of_the_other_can_be_taken() {
        Page page = write(1440);
        text(page).fill("Le premier");
        PlaywrightAssertions.assertThat(page.locator("#kept")).hasText(Pattern.compile("Brouillon enregistré .*"));
        Page second = chromium.page(1440);
        chromium.open(
                second, "/desk/write?draft=" + page.locator("input[name=draft]").inputValue());
        text(second).fill("Le deuxième");
        PlaywrightAssertions.assertThat(second.locator("#kept")).hasText(Pattern.compile("Brouillon enregistré .*"));
        text(page).fill("Le troisième");
        PlaywrightAssertions.assertThat(page.locator("#conflict")).containsText("Le deuxième");
        page.locator("#conflict button[value=theirs]").click();
        PlaywrightAssertions.assertThat(page.locator("#conflict")).hasCount(0);
        PlaywrightAssertions.assertThat(text(page)).hasValue("Le deuxième");
        chromium.open(page, "/desk/drafts");
        PlaywrightAssertions.assertThat(page.locator(".posts")).containsText("Le troisième");
    }

    /** As the cache of the browser brings a page back that was sent from: the form as it was left, its script still there. */
    private static void sentAndBack(Page page) {
        page.route("**/desk/write", route -> {
            route.fetch(new Route.FetchOptions().setMaxRedirects(0));
            route.fulfill(new Route.FulfillOptions().setStatus(204));
        });
        page.waitForResponse("**/desk/write", () -> page.locator("#acts .main").click());
        page.unroute("**/desk/write");
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    }

    @Test
    void what_is_typed_into_a_form_that_was_sent_is_a_draft_of_its_own() {
        Page page = write(1440);
        text(page).fill("À 18 h");
        sentAndBack(page);
        String key = page.locator("#write input[name=key]").inputValue();
        assertThat(daemon.posts()).isEqualTo(1);
        text(page).fill("À 19 h");
        PlaywrightAssertions.assertThat(page.locator("#kept")).containsText("un message de plus");
        assertThat(page.locator("#write input[name=key]").inputValue()).isNotEqualTo(key);
        assertThat(page.evaluate("sessionStorage.getItem('tocsin.write')")).isNull();
        text(page).fill("À 19 h, salle A");
        PlaywrightAssertions.assertThat(page.locator("#kept")).hasText(Pattern.compile("Brouillon enregistré .*"));
        Page drafts = chromium.page(1440, "/desk/drafts");
        PlaywrightAssertions.assertThat(drafts.locator(".posts li")).hasCount(1);
        PlaywrightAssertions.assertThat(drafts.locator(".posts")).containsText("À 19 h, salle A");
        page.locator("#acts .main").click();
        page.waitForURL("**/desk/posts/*");
        assertThat(daemon.posts()).isEqualTo(2);
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void what_is_typed_and_sent_at_once_from_a_form_that_was_sent_is_kept_and_can_be_sent() {
        Page page = write(1440);
        text(page).fill("À 18 h");
        sentAndBack(page);
        text(page).fill("À 19 h");
        page.locator("#acts .main").click();
        PlaywrightAssertions.assertThat(page.locator("#write [role=alert]")).containsText("un message de plus");
        PlaywrightAssertions.assertThat(page.locator("#kept")).hasText(Pattern.compile("Brouillon enregistré .*"));
        assertThat(page.evaluate("sessionStorage.getItem('tocsin.write')")).isNull();
        page.locator("#acts .main").click();
        page.waitForURL("**/desk/posts/*");
        assertThat(daemon.posts()).isEqualTo(2);
    }

    @Test
    void all_places_are_reached_on_a_low_screen() {
        Page page = write(1366);
        page.setViewportSize(1366, 400);
        page.locator(".side .me button").scrollIntoViewIfNeeded();
        double bottom = ((Number)
                        page.evaluate("document.querySelector('.side .me button').getBoundingClientRect().bottom"))
                .doubleValue();
        assertThat(bottom).isLessThanOrEqualTo(400);
        assertThat(page.evaluate("window.scrollY")).isEqualTo(0);
    }

    private static FilePayload image(String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", out);
        return new FilePayload(name, "image/png", out.toByteArray());
    }

    @Test
    void every_file_is_answered_by_its_name_and_images_are_put_in_order_by_the_keyboard() throws IOException {
        Page page = write(360);
        text(page).fill("Avec images");
        page.locator(".take input").setInputFiles(new FilePayload[] {
            image("place.png"),
            new FilePayload("logo.svg", "image/svg+xml", "<svg/>".getBytes(StandardCharsets.UTF_8)),
            new FilePayload("bomb.png", "image/png", new byte[] {1, 2, 3}),
            new FilePayload("note.txt", "text/plain", "x".getBytes(StandardCharsets.UTF_8)),
            image("salle.png")
        });
        Locator results = page.locator(".results li");
        PlaywrightAssertions.assertThat(results).hasCount(5);
        PlaywrightAssertions.assertThat(results.nth(0)).hasText("place.png ajoutée");
        PlaywrightAssertions.assertThat(results.nth(1)).hasText(Pattern.compile("logo\\.svg .*SVG.*"));
        PlaywrightAssertions.assertThat(results.nth(2)).hasText(Pattern.compile("bomb\\.png .{10,}"));
        PlaywrightAssertions.assertThat(results.nth(3)).hasText(Pattern.compile("note\\.txt .{10,}"));
        PlaywrightAssertions.assertThat(results.nth(4)).hasText("salle.png ajoutée");
        PlaywrightAssertions.assertThat(page.locator(".images .image")).hasCount(2);
        page.locator("#fold summary").click();
        PlaywrightAssertions.assertThat(page.locator("#preview .thumb").first()).isVisible();
        // The nudge stands once beside each image, and not again in each preview.
        PlaywrightAssertions.assertThat(page.getByText("Sans texte alternatif").locator("visible=true"))
                .hasCount(2);
        Chromium.fits(page);
        page.locator(".images .image").nth(1).getByText("Monter").press("Enter");
        PlaywrightAssertions.assertThat(page.locator(".images .name").first()).hasText("salle.png");
        assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Descendre");
        PlaywrightAssertions.assertThat(page.locator("#kept")).hasText(Pattern.compile("Brouillon enregistré .*"));
        page.reload();
        chromium.open(page, "/desk/drafts");
        page.getByText("Avec images").click();
        PlaywrightAssertions.assertThat(page.locator(".images .name").first()).hasText("salle.png");
        // What is refused is answered with a 4xx, which Chromium tells its console.
        assertThat(chromium.complaints()).allMatch(one -> one.startsWith("Failed to load resource"));
    }

    @Test
    void a_waiting_post_takes_another_image_at_its_page_and_loses_it_again() throws IOException {
        String id = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"Pas encore\",\"channels\":[\"rehearsal\"],\"at\":\"2031-03-01T18:30\"}")
                .json()
                .path("id")
                .asText();
        Page page = write(360);
        // The page looks once more when its stream opens, and puts in what the server has then.
        page.waitForResponse(
                response -> response.request().headers().containsKey("x-live"),
                () -> chromium.open(page, "/desk/posts/" + id));
        page.waitForLoadState();
        page.locator("#edit .take input").setInputFiles(new FilePayload[] {image("place.png"), image("salle.png")});
        PlaywrightAssertions.assertThat(page.locator("#edit .results .good"))
                .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(20_000));
        PlaywrightAssertions.assertThat(page.locator("#seen .said")).hasText("Pas encore");
        page.locator("#edit textarea[name=text]").fill("Toujours pas");
        PlaywrightAssertions.assertThat(page.locator("#seen .said")).hasText("Toujours pas");
        PlaywrightAssertions.assertThat(page.locator("#seen .thumb")).hasCount(2);
        page.locator("#edit textarea[name=text]").fill("Pas encore");
        page.locator("#edit .images textarea").first().fill("La place");
        page.locator("#edit .images .image").nth(1).getByText("Monter").press("Enter");
        Chromium.fits(page);
        page.locator("#edit button.main").click();
        page.waitForURL("**/desk/posts/" + id + "?done=*");
        JsonNode media = daemon.get("/api/v1/posts/" + id).json().path("media");
        assertThat(media).hasSize(2);
        assertThat(media.path(1).path("alt").asText()).isEqualTo("La place");
        page.locator("#edit .images .image").nth(0).locator(".remove").click();
        page.locator("#edit .images .image").nth(0).locator(".remove").click();
        page.locator("#edit button.main").click();
        page.waitForURL("**/desk/posts/" + id + "?done=*");
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        daemon.get("/api/v1/posts/" + id).json().path("media").isEmpty());
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void what_is_sent_while_an_image_is_on_its_way_goes_with_it() throws IOException {
        Page page = write(1440);
        text(page).fill("Avec une image");
        AtomicReference<Route> held = new AtomicReference<>();
        page.route("**/desk/media?*", held::set);
        page.locator(".take input").setInputFiles(image("place.png"));
        page.waitForCondition(() -> held.get() != null);
        page.locator("#acts .main").click();
        PlaywrightAssertions.assertThat(page).hasURL(Pattern.compile(".*/desk/write"));
        assertThat(daemon.posts()).isZero();
        held.get().resume();
        page.waitForURL("**/desk/posts/*");
        assertThat(daemon.get("/api/v1/posts").json().path("items").path(0).path("media"))
                .hasSize(1);
    }

    @Test
    void what_became_of_a_file_stays_while_the_next_ones_come() throws IOException {
        Page page = write(1440);
        FilePayload note = new FilePayload("note.txt", "text/plain", "x".getBytes(StandardCharsets.UTF_8));
        page.locator(".take input").setInputFiles(note);
        PlaywrightAssertions.assertThat(page.locator(".results .wrong")).hasCount(1);
        page.locator(".take input").setInputFiles(image("place.png"));
        PlaywrightAssertions.assertThat(page.locator(".results .good")).hasText("place.png ajoutée");
        PlaywrightAssertions.assertThat(page.locator(".results .wrong")).containsText("note.txt");
        AtomicReference<Route> held = new AtomicReference<>();
        page.route("**/desk/media?*", held::set);
        page.locator(".take input").setInputFiles(image("salle.png"));
        page.waitForCondition(() -> held.get() != null);
        Route first = held.getAndSet(null);
        page.locator(".take input").setInputFiles(image("quai.png"));
        page.waitForCondition(() -> held.get() != null);
        first.resume();
        held.get().resume();
        PlaywrightAssertions.assertThat(page.locator(".results .good"))
                .hasText(new String[] {"salle.png ajoutée", "quai.png ajoutée"});
    }

    @Test
    void an_edit_that_was_refused_is_not_wiped_by_what_happens() {
        String id = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"Pas encore\",\"channels\":[\"rehearsal\"],\"at\":\"2031-03-01T18:30\"}")
                .json()
                .path("id")
                .asText();
        Page page = write(1440);
        chromium.open(page, "/desk/posts/" + id);
        page.locator("#edit textarea[name=text]").fill("Beaucoup trop long ".repeat(60));
        page.waitForResponse(
                "**/desk/live", () -> page.locator("#edit button.main").click());
        PlaywrightAssertions.assertThat(page.locator("[role=alert]").first()).isVisible();
        daemon.send(
                daemon.token(),
                "PATCH",
                "/api/v1/posts/" + id,
                "{\"version\":1,\"text\":\"Un collègue\"}".getBytes(StandardCharsets.UTF_8));
        PlaywrightAssertions.assertThat(page.locator("#news")).isVisible();
        page.waitForResponse(
                response -> response.request().headers().containsKey("x-live"),
                () -> page.locator("#news button").click());
        PlaywrightAssertions.assertThat(page.locator("#edit textarea[name=text]"))
                .hasValue(Pattern.compile("Beaucoup trop long .*"));
    }

    @Test
    void a_name_of_the_book_is_put_where_one_was_writing() {
        daemon.post("/api/v1/mentions-book", "{\"name\":\"Camille Roy\",\"displayName\":\"Camille\",\"handles\":{}}");
        Page page = write(360);
        text(page).fill("Avec , jeudi");
        text(page).evaluate("one => one.setSelectionRange(5, 5)");
        page.getByText("Mentionner quelqu’un").click();
        page.getByText("@{Camille Roy}").press("Enter");
        PlaywrightAssertions.assertThat(text(page)).hasValue("Avec @{Camille Roy}, jeudi");
        PlaywrightAssertions.assertThat(page.locator("#preview .said").first()).hasText("Avec Camille, jeudi");
        for (String path : List.of("/desk/mentions", "/desk/campaigns", "/desk/drafts")) {
            chromium.open(page, path);
            Chromium.fits(page);
        }
        assertThat(chromium.complaints()).isEmpty();
    }
}
