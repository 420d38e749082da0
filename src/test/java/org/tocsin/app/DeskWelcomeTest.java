package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;

/** The first steps at the desk: who the house is, a first channel, a first post that goes nowhere; and what is set later. */
class DeskWelcomeTest {
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

    private Page house(String path, String name, String zone, String url) {
        browser.get(path);
        return browser.post(path, "organisation", name, "postLanguage", "fr", "zone", zone, "publicUrl", url);
    }

    private void there(String zone) {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> browser.get("/desk").body().contains(zone));
    }

    @Test
    void a_house_is_named_and_a_first_post_is_rehearsed() {
        assertThat(browser.get("/desk/welcome").body())
                .contains("Votre organisation", "Europe/Paris", "/desk/welcome?later=house\">Plus tard");
        // Each step can wait, and the one before it as well.
        assertThat(browser.get("/desk/welcome?later=house").body())
                .contains("Connecter Mastodon", "/desk/welcome?later=house-channel\">Plus tard");
        assertThat(browser.get("/desk/welcome?later=house-channel").body())
                .contains("Publier à blanc maintenant", "href=\"/desk\">Plus tard");
        Page wrong = house("/desk/welcome", " ", "Paris", "info.exemple.fr/x");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("Il manque le nom", "n’est pas un fuseau horaire", "n’est pas une adresse publique");

        Page named = house("/desk/welcome", "Mairie de Sainte-Luce", "America/Martinique", "");
        assertThat(named.status()).isEqualTo(200);
        assertThat(named.body()).contains("Tocsin redémarre");
        // Nothing loads itself anew: a script waits for another run than the one that answered.
        assertThat(named.header("Refresh")).isEmpty();
        assertThat(named.body()).contains("data-next=\"/desk/welcome\"", "le relance");
        there("America/Martinique");
        Page channel = browser.get("/desk/welcome");
        assertThat(channel.body()).contains("Un premier canal", "Connecter Mastodon", "America/Martinique");
        assertThat(daemon.get("/feeds/posts.json").body()).contains("Mairie de Sainte-Luce");

        Page post = browser.get("/desk/welcome?later=channel");
        assertThat(post.body()).contains("Premier message de Mairie de Sainte-Luce");
        Page sent = browser.post(
                "/desk/write",
                "key",
                post.hidden("key"),
                "channel",
                "rehearsal",
                "text",
                "Premier message",
                "when",
                "now");
        assertThat(sent.path()).startsWith("/desk/posts/");
        JsonNode first =
                daemon.get("/api/v1/posts?limit=1").json().path("items").path(0);
        assertThat(first.path("deliveries").findValuesAsText("channelId")).containsExactly("rehearsal");
        assertThat(browser.get("/desk/welcome?later=channel").body()).contains("Tout est prêt");
    }

    @Test
    void what_is_set_again_is_in_force_after_a_new_beginning_and_whoever_is_signed_in_stays_so() {
        daemon.post(
                "/api/v1/posts", "{\"text\":\"plus tard\",\"channels\":[\"rehearsal\"],\"at\":\"2031-06-01T10:00\"}");
        assertThat(house("/desk/settings", "Maison", "Europe/London", "https://info.exemple.fr/")
                        .body())
                .contains("Tocsin redémarre");
        there("Europe/London");
        Page settings = browser.get("/desk/settings");
        assertThat(settings.path()).isEqualTo("/desk/settings");
        assertThat(settings.body()).contains("value=\"Europe/London\"", "value=\"https://info.exemple.fr\"");
        assertThat(house("/desk/settings", "Maison", "Europe/London", "https://info.exemple.fr")
                        .body())
                .as("nothing has changed")
                .contains("C’est enregistré");
        assertThat(daemon.get("/api/v1/ledger").json().path("requested").asInt())
                .isEqualTo(1);
        assertThat(browser.get("/desk/audit").body()).contains("a modifié les réglages de l’organisation", "Zoé");
    }

    @Test
    void what_somebody_else_has_set_meanwhile_stays_and_is_told_where_both_changed_it() {
        browser.get("/desk/settings");
        assertThat(set("Maison", "Tocsin", "Europe/London", "Europe/Paris").body())
                .contains("Tocsin redémarre");
        there("Europe/London");
        browser.get("/desk/settings");
        Page other = set("Maison verte", "Maison", "Europe/Paris", "Europe/Paris");
        assertThat(other.body()).contains("Tocsin redémarre");
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> browser.get("/desk/settings").body().contains("value=\"Maison verte\""));
        assertThat(browser.get("/desk/settings").body())
                .as("the zone was not touched on the second page")
                .contains("name=\"zone\" required list=\"zones\" value=\"Europe/London\"");
        Page clash = set("Maison", "Maison", "Europe/Berlin", "Europe/Paris");
        assertThat(clash.status()).isEqualTo(409);
        assertThat(clash.body()).contains("Quelqu’un d’autre l’a changé", "Europe/London", "value=\"Europe/Berlin\"");
    }

    private Page set(String name, String before, String zone, String zoneBefore) {
        return browser.post(
                "/desk/settings",
                "organisation",
                name,
                "seen.organisation",
                before,
                "postLanguage",
                "fr",
                "seen.postLanguage",
                "fr",
                "zone",
                zone,
                "seen.zone",
                zoneBefore,
                "publicUrl",
                "",
                "seen.publicUrl",
                "");
    }

    @Test
    void one_session_is_ended_and_the_others_stay() {
        try (Browser other = new Browser(daemon.port())) {
            other.get("/desk/sign-in");
            other.post("/desk/sign-in", "login", "zoe@exemple.fr", "password", Browser.GOOD);
            assertThat(other.get("/desk").path()).isEqualTo("/desk");
            Page account = browser.get("/desk/account");
            assertThat(account.body()).contains("Terminer cette session");
            assertThat(browser.post("/desk/account/session", "session", account.hidden("session"))
                            .body())
                    .contains("La session est terminée.");
            assertThat(other.get("/desk").path()).isEqualTo("/desk/sign-in");
            assertThat(browser.get("/desk").path()).isEqualTo("/desk");
        }
    }
}
