package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;

/** What was typed is still there where a form is refused; what no button says is not done; what is missing is told in time. */
class DeskRefusedFormsTest {
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

    private static String form(Page page, String action) {
        Matcher form = Pattern.compile("<form[^>]*action=\"" + action + "\".*?</form>", Pattern.DOTALL)
                .matcher(page.body());
        assertThat(form.find()).as(page.body()).isTrue();
        return form.group();
    }

    private Page settings(String controller, String purposeFr) {
        return browser.post(
                "/desk/sign-up",
                "version",
                browser.get("/desk/sign-up").hidden("version"),
                "controller",
                controller,
                "contact",
                "donnees@exemple.fr",
                "postal",
                "1 rue du Port",
                "purposeFr",
                purposeFr,
                "purposeEn",
                "",
                "bot",
                "");
    }

    @Test
    void the_settings_of_signing_up_keep_what_was_typed_and_name_the_field() {
        Page refused = settings("Section <i>", "");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("«\u00a0De quoi parlent les lettres, en français");
        assertThat(form(refused, "/desk/sign-up"))
                .contains("value=\"Section &lt;i>\"", "value=\"donnees@exemple.fr\"", "value=\"1 rue du Port\"");
        assertThat(settings("Section", "les nouvelles").body())
                .as("who signs up in English is told it in French")
                .contains("qu’en français");
        browser.get("/desk/sign-up");
        Page link = browser.post("/desk/sign-up/links", "name", "Tract du marché", "code", "é!");
        assertThat(link.status()).isEqualTo(422);
        assertThat(form(link, "/desk/sign-up/links")).contains("value=\"Tract du marché\"", "value=\"é!\"");
        assertThat(link.body()).as("no public address").contains("Ce lien désigne cette machine", "/desk/settings");
    }

    @Test
    void a_secret_is_never_shown_back() {
        browser.get("/desk/sign-up");
        Page hook = browser.post(
                "/desk/sign-up/webhook",
                "act",
                "save",
                "version",
                "0",
                "url",
                "ftp://exemple.fr/x",
                "secret",
                "tres-secret-1234567");
        assertThat(hook.status()).isEqualTo(422);
        assertThat(form(hook, "/desk/sign-up/webhook"))
                .contains("value=\"ftp://exemple.fr/x\"")
                .doesNotContain("tres-secret");
    }

    @Test
    void a_table_that_was_looked_at_is_still_in_its_field() {
        browser.get("/desk/calendar/import");
        String posts = "text,at,channels\nPasse,2020-01-01 10:00,rehearsal\n";
        Page looked = browser.post("/desk/calendar/import", "csv", posts, "act", "look");
        assertThat(form(browser.settled("/desk/calendar/import"), "/desk/calendar/import\" id=\"import"))
                .as(looked.body())
                .contains("Passe,2020-01-01");
        Page figures = browser.post("/desk/audience/import", "csv", "channel,date,followers\npersonne,2026-01-01,5\n");
        assertThat(form(figures, "/desk/audience/import\" id=\"import")).contains("personne,2026-01-01,5");
    }

    @Test
    void a_table_of_subscribers_that_was_looked_at_is_still_in_its_form() {
        settings("Section", "les nouvelles");
        browser.get("/desk/subscribers/import");
        Page refused = look("");
        assertThat(refused.status()).as("who had left comes first").isEqualTo(409);
        kept(form(refused, "/desk/subscribers/import\" id=\"import"));
        assertThat(look("none").status()).isEqualTo(200);
        kept(form(browser.settled("/desk/subscribers/import"), "/desk/subscribers/import\" id=\"import"));
    }

    private Page look(String none) {
        return browser.post(
                "/desk/subscribers/import",
                "csv",
                "email,language\nana@exemple.fr,fr\nsans-arobase,fr\n",
                "list",
                "add",
                "statement",
                "Formulaire du site, mars 2030",
                none.isEmpty() ? "other" : none,
                "on",
                "act",
                "look");
    }

    private static void kept(String form) {
        assertThat(form).contains("sans-arobase,fr", "Formulaire du site, mars 2030", "value=\"add\" checked");
    }

    @Test
    void a_list_of_words_that_is_refused_is_open_with_what_was_typed() {
        browser.get("/desk/lists");
        browser.post("/desk/lists", "name", "rues", "entries", "rue Haute\nrue Basse");
        Page page = browser.get("/desk/lists");
        String action = page.body().replaceAll("(?s).*action=\"(/desk/lists/[^\"]+)\".*", "$1");
        Page refused = browser.post(
                action,
                "list",
                action.replace("/desk/lists/", ""),
                "version",
                "99",
                "act",
                "save",
                "entries",
                "rue du Milieu");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(form(refused, action)).contains("rue du Milieu");
        assertThat(refused.body()).contains("<details open");
    }

    @Test
    void a_form_in_which_no_button_was_pressed_does_nothing() {
        browser.get("/desk/lists");
        browser.post("/desk/lists", "name", "rues", "entries", "rue Haute");
        String list = browser.get("/desk/lists").body().replaceAll("(?s).*action=\"(/desk/lists/[^\"]+)\".*", "$1");
        assertThat(browser.post(list, "version", "1", "entries", "autre").status())
                .isEqualTo(400);
        assertThat(browser.get("/desk/lists").body()).contains("rue Haute").doesNotContain("autre</textarea>");
        assertThat(browser.post("/desk/rights/opt-out", "author", "@ana").status())
                .isEqualTo(400);
        assertThat(browser.post("/desk/listen/watches", "query", "\"marché couvert\"")
                        .status())
                .isEqualTo(400);
        assertThat(browser.get("/desk/listen").body()).doesNotContain("marché couvert");
        String post = daemon.post("/api/v1/posts", "{\"text\":\"Marché\",\"channels\":[\"rehearsal\"]}")
                .json()
                .path("id")
                .asText();
        assertThat(browser.post("/desk/posts/" + post + "/correct", "text", "Autre texte")
                        .status())
                .isEqualTo(400);
        assertThat(browser.post("/desk/posts/" + post + "/approve", "hash", "x").status())
                .isEqualTo(400);
    }

    @Test
    void what_is_missing_for_a_newsletter_is_said_where_it_is_written() {
        assertThat(browser.get("/desk/newsletters/new").body())
                .contains(
                        "Rien ne peut encore partir",
                        "Personne ne peut encore s’inscrire",
                        "Aucun serveur de courrier",
                        "adresse publique",
                        "Personne n’est encore abonné");
    }

    @Test
    void who_is_let_in_again_is_given_a_link_that_works() {
        browser.get("/desk/team");
        Page invited = browser.post(
                "/desk/team/invite", "login", "ana@exemple.fr", "name", "Ana", "role", "AUTHOR", "language", "fr");
        assertThat(invited.body()).contains("Ce lien désigne cette machine");
        Matcher mine = Pattern.compile("/desk/team/([^/]+)/disable").matcher(invited.body());
        String id = "";
        while (mine.find()) {
            Page shut = browser.post("/desk/team/" + mine.group(1) + "/disable");
            if (shut.status() == 200) {
                id = mine.group(1);
            }
        }
        Page back = browser.post("/desk/team/" + id + "/enable");
        assertThat(back.body()).contains("/desk/password?token=");
        String link = back.body().replaceAll("(?s).*value=\"http://[^/]+(/desk/password[^\"]+)\".*", "$1");
        assertThat(new Browser(daemon.port()).get(link).status()).isEqualTo(200);
    }

    @Test
    void home_names_a_post_by_its_own_text_and_shows_the_rest_on_demand() {
        daemon.post("/api/v1/posts", """
                {"text":"Texte commun","channels":["rehearsal"],"variants":{"rehearsal":{"text":"Pour ce canal seul"}},
                "at":"2031-06-02T09:00"}""");
        assertThat(browser.get("/desk").body()).contains("Texte commun").doesNotContain("Pour ce canal seul");
        assertThat(browser.get("/desk?show=all").status()).isEqualTo(200);
    }
}
