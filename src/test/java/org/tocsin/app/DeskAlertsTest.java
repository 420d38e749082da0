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

/** The pages where people are told of, and where alerts are seen to. */
class DeskAlertsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static FeedSite feed;
    private static HookSite hook;
    private static RunningDaemon daemon;
    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        feed = new FeedSite();
        hook = new HookSite();
        daemon = new RunningDaemon(
                folder, "TOCSIN_HTTP_ALLOW", feed.peer() + "," + hook.peer(), "TOCSIN_SOURCE_POLL_MIN", "250ms");
        browser = Browser.ofTheFirst(daemon);
    }

    @AfterAll
    static void stop() {
        browser.close();
        daemon.close();
        hook.close();
        feed.close();
    }

    private static String first(Page page, String pattern) {
        return page.body().replaceAll("(?s).*?" + pattern + ".*", "$1");
    }

    @Test
    void from_a_recipient_to_an_alert_that_is_answered() {
        assertThat(browser.get("/desk/recipients").body()).contains("Personne n’est encore prévenu");
        Page wrong = browser.post(
                "/desk/recipients", "name", "Ada", "language", "fr", "zone", "Mars", "quiet", "", "budget", "20");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("role=\"alert\"", "Mars");
        Page added = browser.post(
                "/desk/recipients",
                "name",
                "Ada <b>",
                "language",
                "fr",
                "zone",
                "Europe/Paris",
                "quiet",
                "",
                "budget",
                "20");
        assertThat(added.body()).contains("Ada &lt;b&gt;", "Aucune voie");
        String ways = first(added, "action=\"(/desk/recipients/[^\"]+/ways)\"");
        Page way = browser.post(
                ways, "kind", "WEBHOOK", "url", hook.url("/ada"), "secret", "a secret of the desk, sealed");
        assertThat(way.body()).contains("pas encore utilisée").doesNotContain("a secret of the desk");
        String one = first(way, "action=\"(/desk/recipients/[^\"]+/ways/[^\"]+)\"");
        assertThat(browser.post(one, "act", "test").body()).contains("L’essai est parti");
        assertThat(hook.got()).hasSize(1);
        hook.next(410);
        Page failed = browser.post(one, "act", "test");
        assertThat(failed.status()).isEqualTo(502);
        assertThat(failed.body()).contains("410", "ne marche pas");

        feed.put("/f", rss("Gazette", item("0", "Avant")));
        assertThat(browser.post("/desk/listen/sources", "url", feed.url("/f")).body())
                .contains("Gazette");
        await().atMost(SOON).until(() -> browser.get("/desk/listen").body().contains("Avant"));
        assertThat(browser.post("/desk/listen/watches", "query", "piscine", "name", "Piscine", "act", "save")
                        .body())
                .contains("La veille est enregistrée");
        Page listen = browser.get("/desk/listen");
        String watch = first(listen, "action=\"(/desk/listen/watches/[^\"]+)\"");
        String recipient = first(listen, "name=\"recipients\" value=\"([^\"]+)\"");
        Page bad = browser.post(
                watch, "version", "1", "act", "save", "name", "Piscine", "query", "piscine", "mode", "AT_N", "minutes",
                "0");
        assertThat(bad.status()).isEqualTo(422);
        Page rings = browser.post(
                watch,
                "version",
                "1",
                "act",
                "save",
                "name",
                "Piscine",
                "query",
                "piscine",
                "mode",
                "INSTANT",
                "minutes",
                "15",
                "urgent",
                "on",
                "recipients",
                recipient);
        assertThat(rings.body()).contains("La veille est enregistrée");
        feed.put("/f", rss("Gazette", item("1", "La piscine ferme"), item("0", "Avant")));
        await().atMost(SOON).until(() -> hook.got().size() == 3);
        assertThat(hook.got().getLast().body()).contains("Urgent", "La piscine ferme");

        Page inbox = browser.get("/desk/alerts?show=urgent");
        assertThat(inbox.body()).contains("<mark>piscine</mark>", "Pour Ada", "Passe à la personne suivante");
        String alert = first(inbox, "action=\"(/desk/alerts/[^\"]+)\"");
        assertThat(browser.get(alert).body()).contains("<mark>piscine</mark>");
        assertThat(browser.post(alert, "version", "1", "act", "mine").status()).isEqualTo(200);
        assertThat(browser.get("/desk/alerts").body()).contains("Aucune alerte ici");
        assertThat(browser.get("/desk/alerts?show=mine").body()).contains("s’en occupe");
        assertThat(browser.post(alert, "version", "1", "act", "answer", "url", "https://ex.fr/r")
                        .status())
                .isEqualTo(409);
        assertThat(browser.post(alert, "version", "2", "act", "answer", "url", "https://ex.fr/r")
                        .status())
                .isEqualTo(200);
        assertThat(browser.get(alert).body()).contains("répondue", "https://ex.fr/r");
        assertThat(browser.post(watch, "act", "snooze", "hours", "24").body()).contains("Se tait jusqu’à");
        assertThat(browser.post(watch, "act", "snooze", "hours", "0").body()).doesNotContain("Se tait jusqu’à");
    }
}
