package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;

/** What the pages of the desk, of the machine and of the feeds tell a person, and in which words. */
class DeskPagesTest {
    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Browser browser;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(folder);
        browser = Browser.ofTheFirst(daemon);
    }

    @AfterEach
    void stop() {
        browser.close();
        daemon.close();
    }

    private String post(String text, String more) {
        RunningDaemon.Answer answer =
                daemon.post("/api/v1/posts", "{\"text\":\"" + text + "\",\"channels\":[\"rehearsal\"]" + more + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private String state(String post) {
        return daemon.get("/api/v1/posts/" + post).json().path("state").asText();
    }

    private void until(String post, String state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> state(post).equals(state));
    }

    private static byte[] image() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    @Test
    void what_comes_first_stands_first() {
        post("le deuxième", ",\"at\":\"2031-06-02T10:00\"");
        post("le premier", ",\"at\":\"2031-06-01T10:00\"");
        post("le troisième", ",\"at\":\"2031-06-03T10:00\"");
        for (String page : List.of("/desk", "/")) {
            assertThat(browser.get(page).body())
                    .as(page)
                    .containsSubsequence("le premier", "le deuxième", "le troisième");
        }
    }

    @Test
    void the_list_of_newsletters_goes_on_to_earlier_ones() {
        for (int i = 0; i < 52; i++) {
            RunningDaemon.Answer made = daemon.post(
                    "/api/v1/newsletters",
                    "{\"texts\":{\"fr\":{\"subject\":\"lettre-" + i + "-\",\"body\":\"x\"}},\"mainLanguage\":\"fr\"}");
            assertThat(made.status()).as(made.body()).isEqualTo(201);
        }
        String first = browser.get("/desk/newsletters").body();
        assertThat(first).contains("lettre-51-", "lettre-2-").doesNotContain("lettre-1-");
        Matcher next =
                Pattern.compile("href=\"(/desk/newsletters\\?after=[^\"]+)\"").matcher(first);
        assertThat(next.find()).isTrue();
        assertThat(browser.get(next.group(1)).body())
                .contains("lettre-1-", "lettre-0-")
                .doesNotContain("lettre-2-", "?after=");
    }

    @Test
    void the_page_of_the_machine_tells_freezes_and_what_falls_into_them() {
        daemon.post(
                "/api/v1/freeze",
                "{\"from\":\"2031-06-01T00:00\",\"until\":\"2031-06-02T20:00\",\"reason\":\"silence <électoral>\","
                        + "\"channels\":[\"rehearsal\"]}");
        daemon.post("/api/v1/freeze", "{\"until\":\"2031-01-01T00:00\",\"reason\":\"deuil\",\"channels\":[\"feed\"]}");
        post("dedans", ",\"at\":\"2031-06-01T10:00\"");
        post("après", ",\"at\":\"2031-06-03T10:00\"");
        String page = browser.get("/").body();
        assertThat(page)
                .containsSubsequence(
                        "Gel en vigueur jusqu’au 1er janvier 2031, 0\u202fh\u00a0: deuil (feed)",
                        "Gel prévu du 1er juin 2031, 0\u202fh au 2 juin 2031, 20\u202fh\u00a0: silence &lt;électoral&gt;",
                        "dedans",
                        "sera retenu par le gel",
                        "après")
                .doesNotContainPattern("après[^§]*sera retenu");
    }

    @Test
    void the_desk_tells_freezes_and_what_falls_into_them() {
        daemon.post(
                "/api/v1/freeze",
                "{\"from\":\"2031-06-01T00:00\",\"until\":\"2031-06-02T20:00\",\"reason\":\"silence <électoral>\"}");
        String inside = post("dedans", ",\"at\":\"2031-06-01T10:00\"");
        post("après", ",\"at\":\"2031-06-03T10:00\"");
        assertThat(browser.get("/desk").body())
                .containsSubsequence(
                        "Gel prévu du 1er juin 2031, 0\u202fh au 2 juin 2031, 20\u202fh\u00a0: silence &lt;électoral&gt; (tous les canaux)",
                        "dedans",
                        "sera retenu par le gel",
                        "après")
                .containsOnlyOnce("sera retenu");
        assertThat(browser.get("/desk/posts/" + inside).body()).contains("sera retenu par le gel");
    }

    @Test
    void times_are_local_and_told_as_everywhere_else_and_the_zone_once() {
        daemon.post("/api/v1/channels", """
                {"id":"practice","network":"rehearsal","settings":{"standsFor":"x"},"inDefaultSet":false}""");
        post("plus tard", ",\"at\":\"2031-06-01T13:58\"");
        until(post("sur le réseau simple", ""), "DONE");
        daemon.post("/api/v1/posts", "{\"text\":\"comme sur X\",\"channels\":[\"practice\"]}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/").body().contains("selon les règles de X"));
        assertThat(browser.get("/", "Accept-Language", "en").body()).contains("Tocsin");
        assertThat(daemon.get("/").body())
                .contains("<time datetime=\"2031-06-01T11:58:00Z\">1 June 2031, 13:58</time>")
                .contains("practice</strong> · by the rules of X")
                .contains("rehearsal</strong> · by no network’s rules")
                .containsOnlyOnce("Times: Europe/Paris");
        assertThat(browser.get("/desk").body()).containsOnlyOnce("Heures\u00a0: Europe/Paris");
    }

    @Test
    void who_may_see_a_post_is_chosen_in_words() {
        daemon.post("/api/v1/channels", """
                {"id":"practice","network":"rehearsal","settings":{"standsFor":"mastodon"},"inDefaultSet":false}""");
        assertThat(browser.get("/desk/write").body())
                .contains(">abonnés seulement</option>")
                .contains(">publique</option>")
                .contains("value=\"unlisted\"")
                .doesNotContain(">unlisted<")
                .doesNotContain(">private<")
                .doesNotContain(">direct<");
    }

    @Test
    void an_address_that_is_none_is_answered_by_a_page_with_a_way_home() {
        Page nowhere = browser.get("/desk/nope");
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.body())
                .contains("Cette page n’existe pas")
                .contains("/desk/nope")
                .contains("href=\"/desk\"");
        browser.cookie(null);
        assertThat(browser.get("/desk/nope").body()).contains("href=\"/desk/sign-in\"");
        Page gone = browser.get("/p/nope", "Accept", "text/html,application/xhtml+xml");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.header("Content-Type")).startsWith("text/html");
        assertThat(gone.body()).contains("Cette page n’existe pas").contains("href=\"/\"");
        assertThat(daemon.get("/p/nope").error()).isEqualTo(" base.not-found");
    }

    @Test
    void a_post_is_shown_with_all_that_belongs_to_it() throws IOException {
        daemon.post("/api/v1/channels", """
                {"id":"practice","network":"rehearsal","settings":{"standsFor":"mastodon"},"inDefaultSet":false}""");
        daemon.post(
                "/api/v1/campaigns",
                "{\"id\":\"mairie\",\"name\":\"Municipales\",\"from\":\"2026-01-01\",\"until\":\"2099-01-01\"}");
        String csrf = browser.get("/desk/write").hidden("csrf");
        String told = browser.upload("/desk/media?name=a.png", image(), csrf).hidden("media");
        String mute = browser.upload("/desk/media?name=b.png", image(), csrf).hidden("media");
        daemon.post("/api/v1/freeze", "{\"reason\":\"silence\"}");
        Page form = browser.get("/desk/write");
        Page page = browser.post(
                "/desk/write",
                "key",
                form.hidden("key"),
                "text",
                "Réunion",
                "channel",
                "practice",
                "campaign",
                "mairie",
                "warning",
                "politique",
                "visibility",
                "unlisted",
                "media",
                told,
                "label",
                "a.png",
                "alt",
                "La place <vide>",
                "media",
                mute,
                "label",
                "b.png",
                "alt",
                "",
                "when",
                "now");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get(page.path()).body().contains("En attente de vous"));
        assertThat(browser.get(page.path()).body())
                .contains("par Zoé")
                .contains("Municipales")
                .contains("⚠ politique")
                .contains("publique, hors des fils publics")
                .contains("src=\"/desk/media/" + told + "\"")
                .contains("La place &lt;vide&gt;")
                .contains("src=\"/desk/media/" + mute + "\"")
                .containsOnlyOnce("Sans texte alternatif")
                .contains("Était prévu aujourd’hui")
                .contains("data-moving=\"no\"");
    }

    @Test
    void a_post_that_is_planned_says_for_when_and_one_that_moves_is_looked_at_again() {
        String later = post("plus tard", ",\"at\":\"2031-06-01T18:30\",\"zone\":\"America/Cayenne\"");
        assertThat(browser.get("/desk/posts/" + later).body())
                .contains("dimanche 1er juin 2031 18\u202fh\u202f30 (America/Cayenne)")
                .contains("data-moving=\"no\"")
                .contains("l’API ou la ligne de commande");
        String spaced = post("avec une espace", ",\"at\":\"2031-06-01 18:30\"");
        assertThat(browser.get("/desk/posts/" + spaced).body())
                .contains("<dd>dimanche 1er juin 2031 18\u202fh\u202f30</dd>");
        String offset = post("avec un décalage", ",\"at\":\"2031-06-01T18:30+00:00\"");
        assertThat(browser.get("/desk/posts/" + offset).body())
                .contains("<dd>dimanche 1er juin 2031 20\u202fh\u202f30</dd>");
        String soon = post("bientôt", ",\"undoSeconds\":30");
        assertThat(browser.get("/desk/posts/" + soon).body()).contains("data-moving=\"yes\"");
    }

    @Test
    void what_was_taken_back_is_listed_without_a_link() {
        String id = post("à retirer", "");
        until(id, "DONE");
        assertThat(browser.get("/desk").body()).contains("href=\"/desk/posts/" + id);
        daemon.send(daemon.token(), "DELETE", "/api/v1/posts/" + id, null);
        until(id, "DELETED");
        assertThat(browser.get("/desk").body())
                .contains("supprimé aujourd’hui")
                .contains("à retirer")
                .doesNotContain("href=\"/desk/posts/" + id)
                .doesNotContain("/rehearsal/rehearsal/");
    }

    @Test
    void lists_in_answers_are_words() {
        assertThat(daemon.get("/api/v1/deliveries?state=lost").body())
                .contains("Known: SCHEDULED, DUE, PREPARING")
                .doesNotContain("[SCHEDULED");
        assertThat(daemon.post("/api/v1/connect", "{\"network\":\"fax\",\"channelId\":\"fax\"}")
                        .body())
                .contains("Known: bluesky, mastodon");
    }

    @Test
    void a_phone_keeps_the_desk_and_other_apps_share_to_it() throws IOException {
        Matcher link = Pattern.compile("<link rel=\"manifest\" href=\"([^\"]+)\"")
                .matcher(browser.get("/desk").body());
        assertThat(link.find()).isTrue();
        JsonNode manifest =
                RunningDaemon.JSON.readTree(browser.get(link.group(1)).body());
        JsonNode target = manifest.path("share_target");
        assertThat(target.path("method").asText("GET"))
                .as("a form of another app has no token of ours")
                .isEqualTo("GET");
        Page shared = browser.get(target.path("action").asText() + "?"
                + target.path("params").path("title").asText()
                + "=Conseil&"
                + target.path("params").path("text").asText()
                + "=Voir+https%3A%2F%2Fexemple.fr%2Fcr&"
                + target.path("params").path("url").asText()
                + "=https%3A%2F%2Fexemple.fr%2Fcr");
        assertThat(shared.body()).contains("Conseil\n\nVoir https://exemple.fr/cr</textarea>");
    }
}
