package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;

/** The mention book and the campaigns, kept at the desk with the checks of the API. */
class DeskKeepingTest {
    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Browser browser;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(folder);
        browser = Browser.ofTheFirst(daemon);
        browser.get("/desk/mentions");
    }

    @AfterEach
    void stop() {
        browser.close();
        daemon.close();
    }

    @Test
    void somebody_is_put_into_the_book_changed_mentioned_and_taken_out() {
        Page wrong = browser.post("/desk/mentions", "name", "Camille <Roy>", "handle.mastodon", "camille");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("value=\"Camille &lt;Roy>\"")
                .contains("value=\"camille\"")
                .contains("name@server.example");
        Page saved = browser.post(
                "/desk/mentions", "name", "Camille Roy", "shown", "Camille", "handle.mastodon", "@camille@piaille.fr");
        assertThat(saved.body()).contains("@{Camille Roy}", "Mastodon @camille@piaille.fr");
        assertThat(browser.get("/desk/mentions?name=Camille%20Roy").body())
                .contains("Modifier Camille Roy")
                .contains("value=\"camille@piaille.fr\"");
        assertThat(browser.get("/desk/write").body()).contains("<span class=\"insert\">@{Camille Roy}</span>");
        Page seen =
                browser.post("/desk/write/preview?part=preview", "text", "Avec @{Camille Roy}", "channel", "rehearsal");
        assertThat(seen.body()).contains("Avec Camille");
        assertThat(browser.post("/desk/mentions/remove", "name", "Camille Roy").body())
                .contains("Retiré du carnet")
                .doesNotContain("@{Camille Roy}</strong>");
        assertThat(browser.post("/desk/mentions/remove", "name", "Camille Roy").status())
                .isEqualTo(404);
    }

    @Test
    void a_campaign_is_made_changed_under_its_version_and_removed() {
        Page wrong = browser.post("/desk/campaigns", "id", "Mairie !", "version", "", "hashtag", "mairie");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("value=\"Mairie !\"").contains("value=\"mairie\"");
        assertThat(browser.post("/desk/campaigns", "id", "mairie", "version", "", "utm", "sans valeur")
                        .body())
                .contains("n’est pas un paramètre");
        String[] fields = {
            "id",
            "mairie",
            "version",
            "",
            "name",
            "Municipales",
            "hashtag",
            "#Mairie",
            "from",
            "2031-01-01",
            "until",
            "2031-03-01",
            "channel",
            "rehearsal",
            "utm",
            "utm_source=lettre\r\nutm_medium=mail",
            "domains",
            "Exemple.fr"
        };
        assertThat(browser.post("/desk/campaigns", fields).body()).contains("Municipales");
        Page change = browser.get("/desk/campaigns?id=mairie");
        assertThat(change.body())
                .contains("value=\"#Mairie\"")
                .contains("value=\"2031-03-01\"")
                .contains("utm_medium=mail\nutm_source=lettre")
                .contains("exemple.fr")
                .contains("value=\"rehearsal\" checked");
        fields[3] = change.hidden("version");
        fields[5] = "Municipales 2031";
        assertThat(browser.post("/desk/campaigns", fields).body()).contains("Municipales 2031");
        Page stale = browser.post("/desk/campaigns", fields);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(browser.get("/desk/write").body()).contains("Municipales 2031</option>");
        assertThat(browser.post("/desk/campaigns/mairie/remove").body())
                .contains("Campagne supprimée")
                .doesNotContain("Municipales 2031");
        assertThat(browser.post("/desk/campaigns/mairie/remove").status()).isEqualTo(404);
    }
}
