package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tocsin.app.FeedSite.item;
import static org.tocsin.app.FeedSite.rss;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;

/** The page where alerts, watches and sources are. */
class DeskListenTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static FeedSite site;
    private static RunningDaemon daemon;
    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        site = new FeedSite();
        daemon = new RunningDaemon(folder, "TOCSIN_HTTP_ALLOW", site.peer(), "TOCSIN_SOURCE_POLL_MIN", "250ms");
        browser = Browser.ofTheFirst(daemon);
    }

    @AfterAll
    static void stop() {
        browser.close();
        daemon.close();
        site.close();
    }

    @Test
    void from_an_address_and_words_to_an_alert_that_is_seen() {
        assertThat(browser.get("/desk/listen").body()).contains("Aucune source", "Aucune veille", "Rien n’a sonné");
        site.put("/f", rss("Gazette", item("0", "Le maire a parlé")));
        assertThat(browser.post("/desk/listen/sources", "url", site.url("/rien"))
                        .status())
                .isEqualTo(422);
        assertThat(browser.post("/desk/listen/sources", "url", site.url("/f")).body())
                .contains("Gazette");
        await().atMost(SOON).until(() -> browser.get("/desk/listen").body().contains("Le maire a parlé"));
        Page tried = browser.post("/desk/listen/watches", "query", "maire", "act", "try");
        assertThat(tried.body()).contains("1 mention sur 1 entendue", "<mark>maire</mark>", "Rien n’a sonné");
        Page wrong = browser.post("/desk/listen/watches", "query", "SAUF maire", "act", "save");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("role=\"alert\"", "SAUF maire");
        Page saved = browser.post("/desk/listen/watches", "query", "maire", "name", "Le <b>maire</b>", "act", "save");
        assertThat(saved.body()).contains("La veille est enregistrée", "Le &lt;b&gt;maire&lt;/b&gt;");
        site.put(
                "/f",
                rss(
                        "Gazette",
                        item("1", "&lt;i&gt;Madame&lt;/i&gt; la Maire, &quot;ici&quot;"),
                        item("0", "Le maire a parlé")));
        await().atMost(SOON).until(() -> browser.get("/desk/listen").body().contains("<mark>Maire</mark>"));
        Page rung = browser.get("/desk/listen");
        String alert = rung.body().replaceAll("(?s).*action=\"(/desk/listen/alerts/[^\"]+)\".*", "$1");
        assertThat(browser.post(alert).body()).contains("vu.").doesNotContain("<mark>Maire</mark>");
        String watch = rung.body().replaceAll("(?s).*action=\"(/desk/listen/watches/[^\"]+)\".*", "$1");
        assertThat(browser.post(watch, "version", "9", "act", "off").status()).isEqualTo(409);
        assertThat(browser.post(watch, "version", "1", "act", "off").body()).contains("ne sonne pas");
        assertThat(browser.post(watch, "version", "2", "act", "remove").body()).contains("Aucune veille");
        String source = rung.body().replaceAll("(?s).*action=\"(/desk/listen/sources/[^\"]+)\".*", "$1");
        assertThat(browser.post(source, "version", "1", "act", "off").body()).contains("en pause");
        assertThat(browser.post(source, "version", "2", "act", "remove").body()).contains("Aucune source");
    }
}
