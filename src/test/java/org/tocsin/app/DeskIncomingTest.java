package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;

/** The page on which mentions, lists of feeds and webhooks are handed in. */
class DeskIncomingTest {
    private RunningDaemon daemon;
    private Browser browser;

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

    @Test
    void what_was_seen_is_noted_and_heard_like_the_rest() {
        assertThat(browser.post("/desk/listen/in/mention", "text", "  ", "url", "https://exemple.fr")
                        .body())
                .contains("role=\"alert\"", "Il manque le texte");
        Page noted = browser.post(
                "/desk/listen/in/mention", "text", "Dit <b>au marché</b>", "url", "", "author", "Un passant");
        assertThat(noted.body()).contains("C’est noté.");
        assertThat(browser.get("/desk/listen").body()).contains("Dit &lt;b&gt;au marché&lt;/b&gt;", "Un passant");
    }

    @Test
    void who_is_known_by_a_name_alone_can_be_erased() {
        browser.post("/desk/listen/in/mention", "text", "Dit au marché", "url", "", "author", "Une voisine");
        Page rights = browser.get("/desk/rights");
        Matcher source = Pattern.compile("<select name=\"source\">.*?<option value=\"([^\"]+)\"", Pattern.DOTALL)
                .matcher(rights.body());
        assertThat(source.find()).as(rights.body()).isTrue();
        assertThat(browser.post("/desk/rights/erase", "author", "Une voisine", "act", "preview")
                        .body())
                .contains("role=\"alert\"");
        browser.post(
                "/desk/rights/erase", "author", "Une voisine", "source", source.group(1), "act", "erase", "optOut", "");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(browser.get("/desk/listen").body()).doesNotContain("Une voisine", "Dit au marché"));
    }

    @Test
    void a_list_of_feeds_is_brought_and_taken_away() {
        assertThat(browser.post("/desk/listen/in/feeds", "list", "<html>").body())
                .contains("Ce n’est pas une liste OPML");
        Page listed = browser.post(
                "/desk/listen/in/feeds",
                "list",
                "<opml version=\"2.0\"><body><outline text=\"A &amp; B\" xmlUrl=\"https://exemple.invalid/a.rss\"/>"
                        + "<outline text=\"C\" xmlUrl=\"ftp://exemple.invalid/\"/></body></opml>");
        assertThat(listed.body())
                .contains("1 flux ajouté, 0 déjà écouté.", "l’adresse d’un flux\u00a0: ftp://exemple.invalid/");
        assertThat(browser.get("/desk/listen").body()).contains("A &amp; B");
        Page out = browser.get("/desk/listen/in/feeds.opml");
        assertThat(out.body()).contains("text=\"A &amp; B\"", "xmlUrl=\"https://exemple.invalid/a.rss\"");
    }

    @Test
    void an_address_is_opened_and_shown_once() {
        Page opened = browser.post("/desk/listen/in/hook", "name", "Formulaire");
        String hook = opened.body().replaceAll("(?s).*value=\"[^\"]*(/hooks/[^\"]+)\".*", "$1");
        assertThat(hook).startsWith("/hooks/");
        assertThat(daemon.send(null, "POST", hook, "{\"text\":\"par le formulaire\"}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(202);
        assertThat(browser.get("/desk/listen").body())
                .contains("par le formulaire", "Formulaire")
                .doesNotContain(hook);
        assertThat(browser.get("/desk/listen/in").body()).doesNotContain("/hooks/");
        assertThat(browser.post("/desk/listen/in/hook", "name", " ").body()).contains("Donnez un nom");
    }
}
