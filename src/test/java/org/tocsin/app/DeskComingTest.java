package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.app.Browser.Page;

/** What is coming in, at the desk. */
class DeskComingTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PATH = "/desk/listen/live";

    private RunningDaemon daemon;
    private Browser browser;
    private int said;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        daemon = new RunningDaemon(folder);
        browser = Browser.ofTheFirst(daemon);
    }

    @AfterEach
    void stop() {
        browser.close();
        daemon.close();
    }

    private void say(String text) {
        said++;
        assertThat(browser.post(
                                "/desk/listen/in/mention",
                                "text",
                                text,
                                "url",
                                "https://ex.fr/a?b=" + said + "&c=2",
                                "author",
                                "Ana")
                        .body())
                .contains("C’est noté.");
    }

    private static String first(Page page, String pattern) {
        assertThat(page.body()).containsPattern(pattern);
        return page.body().replaceAll("(?s).*?" + pattern + ".*", "$1").replace("&amp;", "&");
    }

    @Test
    void a_mention_becomes_a_watch_and_an_answer_that_is_shown_at_it() {
        say("La <i>ludothèque</i> \"ferme\" et la ludothèque déménage");
        Page page = browser.get(PATH);
        assertThat(page.body())
                .contains("La &lt;i&gt;ludothèque&lt;/i&gt;", "En faire une veille")
                // Nothing of ours can stand below what a person has handed in.
                .contains("disabled>Répondre", "Ce qui vient de là ne peut pas recevoir de réponse")
                .doesNotContain("<i>ludo");
        Page form = browser.get(first(page, "make\" href=\"([^\"#]+)"));
        assertThat(form.body()).containsPattern("<textarea name=\"query\"[^>]*>ludothèque déménage</textarea>");
        Page write = browser.get(first(page, "href=\"(/desk/write\\?reply=[^\"]+)\""));
        assertThat(write.body()).contains("https://ex.fr/a?b=1&amp;c=2", "Vous écrivez au sujet d’une mention");
        Page sent = browser.post(
                "/desk/write",
                "key",
                first(write, "name=\"key\" value=\"([^\"]+)\""),
                "draft",
                first(write, "name=\"draft\" value=\"([^\"]+)\""),
                "reply",
                first(write, "name=\"reply\" value=\"([^\"]+)\""),
                "channel",
                "rehearsal",
                "zone",
                "Europe/Paris",
                "language",
                "fr",
                "text",
                "Nous y travaillons https://ex.fr/a",
                "when",
                "now");
        assertThat(sent.status()).isEqualTo(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(browser.get(PATH).body())
                        .contains("Répondu, publié sur 1 canal sur 1", "href=\"/desk/posts/"));
    }

    @Test
    void it_is_said_clause_by_clause_why_a_watch_rang_or_did_not() {
        assertThat(browser.post("/desk/listen/watches", "query", "piscine SAUF tennis", "name", "Bains", "act", "save")
                        .body())
                .contains("La veille est enregistrée");
        say("La piscine et le tennis <b>ferment</b>");
        String why = first(browser.get(PATH), "href=\"(/desk/listen/mentions/[^\"]+)\"");
        Page asked = browser.get(why);
        String watch = first(asked, "<option value=\"([^\"]+)\"");
        Page told = browser.get(why + "?watch=" + watch);
        assertThat(told.body())
                .contains("Ces mots ne correspondent pas", "tennis", "&lt;b&gt;ferment&lt;/b&gt;")
                .doesNotContain("<b>ferment");
        assertThat(browser.get("/desk/listen/mentions/none").status()).isEqualTo(404);
        assertThat(browser.get(why + "?watch=none").status()).isEqualTo(404);
    }

    @Test
    void what_one_watch_matched_is_shown_alone_and_what_tells_the_same_is_folded() {
        assertThat(browser.post("/desk/listen/watches", "query", "piscine", "name", "Bains", "act", "save")
                        .status())
                .isEqualTo(200);
        say("Le marché change de place samedi");
        say("La piscine du parc ferme demain matin");
        say("La PISCINE du parc ferme demain matin !");
        String watch = first(browser.get(PATH), "<option value=\"([0-9a-f-]{36})\"[^>]*>Bains");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(browser.get(PATH + "?watch=" + watch).body())
                                .contains("1 reprise, 1 source", "Bains")
                                .doesNotContain("Le marché change"));
        assertThat(browser.get(PATH + "?watch=none&source=none").body()).contains("Le marché change");
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 360})
    void what_comes_in_waits_behind_a_line_while_one_reads(int width) {
        say("Première");
        try (Chromium chromium = Chromium.open(daemon, browser)) {
            com.microsoft.playwright.Page page = chromium.page(width);
            page.waitForResponse("**/desk/live", () -> page.navigate("http://127.0.0.1:" + daemon.port() + PATH));
            say("Deuxième");
            PlaywrightAssertions.assertThat(page.locator("#coming")).containsText("Deuxième");
            page.locator("#coming article")
                    .first()
                    .getByText("Écrire à ce sujet")
                    .focus();
            say("Troisième");
            say("Quatrième");
            PlaywrightAssertions.assertThat(page.locator("#fresh button")).hasText("2 nouvelles mentions : afficher");
            PlaywrightAssertions.assertThat(page.locator("#coming")).not().containsText("Troisième");
            page.locator("#fresh button").click();
            PlaywrightAssertions.assertThat(page.locator("#coming")).containsText("Quatrième");
            PlaywrightAssertions.assertThat(page.locator("#fresh")).isHidden();
            // What is marked takes the place of the words that stand out.
            page.locator("#coming article .said").first().selectText();
            PlaywrightAssertions.assertThat(
                            page.locator("#coming article a.make").first())
                    .hasAttribute("href", Pattern.compile(".*query=%22Quatri%C3%A8me%22.*"));
            Object over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assertThat(((Number) over).intValue()).isZero();
        }
    }

    @Test
    void a_watch_is_written_checked_tried_narrowed_and_saved_without_a_script() {
        say("La piscine du tennis <b>ferme</b>");
        say("Le tennis et la piscine <b>ferment</b> samedi");
        say("La piscine du tennis rouvre");
        say("Le marché change de place");
        say("La mairie ouvre samedi");
        String path = "/desk/listen/watches/new";
        assertThat(browser.get(path + "?query=SAUF+%3Cb%3Emaire").body())
                .contains("class=\"note wrong\"", "<mark>")
                .doesNotContain("<b>maire");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(browser.post(path + "/words", "query", "piscine", "act", "try")
                                .body())
                        .contains("3 mentions sur 5", "<svg", "value=\"without:tennis\"", "&lt;b&gt;ferme"));
        Page narrow = browser.post(path + "/words", "query", "piscine", "act", "without:tennis");
        assertThat(narrow.body()).contains("(piscine) SAUF tennis</textarea>", "0 mention");
        assertThat(browser.post(path + "/words", "query", "piscine // note", "act", "without:tennis")
                        .body())
                .as("a comment ends with its line")
                .contains("(piscine // note\n) SAUF tennis</textarea>", "0 mention");
        assertThat(browser.post(path + "/words", "query", "piscine", "act", "without:x) OU (y")
                        .body())
                .contains(">piscine</textarea>");
        Page wrong = browser.post(path + "/words", "query", "SAUF tennis", "act", "save");
        assertThat(wrong.status()).isEqualTo(422);
        Page saved = browser.post(path + "/words", "query", "piscine", "name", "Bains", "act", "save");
        assertThat(saved.body()).contains("La veille est enregistrée", "Versions", "version 1");
        String own = first(saved, "action=\"(/desk/listen/watches/[^\"]+/words)\"");
        assertThat(browser.post(own, "query", "bassin", "version", "9", "act", "save")
                        .status())
                .isEqualTo(409);
        assertThat(browser.post(own, "query", "bassin", "name", "Bains", "version", "1", "act", "save")
                        .body())
                .contains("version 2", "bassin");
        assertThat(browser.get("/desk/listen/watches/none").status()).isEqualTo(404);
    }

    @Test
    void what_each_watch_heard_stands_side_by_side_with_the_changes_of_its_words() throws IOException {
        assertThat(browser.post("/desk/listen/watches", "query", "piscine", "name", "=<b>Bains", "act", "save")
                        .status())
                .isEqualTo(200);
        assertThat(browser.post("/desk/listen/watches", "query", "marché", "name", "Marché", "act", "save")
                        .status())
                .isEqualTo(200);
        say("La piscine du parc ferme demain matin");
        say("La PISCINE du parc ferme demain matin !");
        say("Le marché change de place samedi");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                daemon.get("/api/v1/watches/voice").json().path("items"))
                        .extracting(one -> one.path("mentions").asInt())
                        .containsExactlyInAnyOrder(2, 1));
        var today = daemon.get("/api/v1/watches/voice").json().path("items").get(0);
        assertThat(today.path("days")).hasSize(28);
        assertThat(today.path("days").get(27).path("stories").asInt()).isEqualTo(1);
        assertThat(today.path("edits").get(0).path("version").asInt()).isEqualTo(1);
        assertThat(daemon.get("/api/v1/watches/voice?from=2026-13-01").status()).isEqualTo(422);
        assertThat(daemon.get("/api/v1/watches/voice?from=2020-01-01").status()).isEqualTo(422);
        assertThat(daemon.get("/api/v1/watches/voice?watches=none").status()).isEqualTo(404);
        assertThat(browser.get("/desk/listen/voice").body())
                .contains("<svg", "=&lt;b&gt;Bains", "2 mentions, 1 histoire, 1 auteur ⚑")
                .doesNotContain("<b>Bains");
        assertThat(browser.get("/desk/listen/voice?from=x").status()).isEqualTo(422);
        assertThat(browser.get("/desk/listen/voice/table").body()).contains("'=<b>Bains", ",2,1,1,1");
    }
}
