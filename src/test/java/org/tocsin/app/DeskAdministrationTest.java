package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;
import org.tocsin.network.mastodon.FakeMastodon;

/** A freeze is planned and dropped; a token is made and taken back; a channel is connected, looked at, connected again and removed at the desk, by the dialogue of the command line. */
class DeskAdministrationTest {
    private FakeMastodon mastodon;
    private RunningDaemon daemon;
    private Browser browser;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        mastodon = new FakeMastodon(Clock.systemUTC());
        daemon = new RunningDaemon(
                folder, "TOCSIN_HTTP_ALLOW", "127.0.0.1:" + mastodon.peer().port());
        browser = Browser.ofTheFirst(daemon);
    }

    @AfterEach
    void stop() throws Exception {
        browser.close();
        daemon.close();
        mastodon.close();
    }

    private static String step(Page page) {
        Matcher action =
                Pattern.compile("action=\"(/desk/channels/connect/[^\"]+)\"").matcher(page.body());
        assertThat(action.find()).as(page.body()).isTrue();
        return action.group(1);
    }

    @Test
    void a_freeze_is_planned_with_what_it_will_hold_and_dropped() {
        daemon.post("/api/v1/posts", "{\"text\":\"pendant\",\"channels\":[\"rehearsal\"],\"at\":\"2031-06-02T09:00\"}");
        assertThat(browser.get("/desk/freeze").body()).contains("Aucun gel");
        Page bare = browser.post("/desk/freeze", "from", "2031-06-01T00:00", "until", "2031-06-03T00:00");
        assertThat(bare.status()).isEqualTo(422);
        assertThat(bare.body()).contains("value=\"2031-06-01T00:00\"");
        Page ordered = browser.post(
                "/desk/freeze",
                "from",
                "2031-06-01T00:00",
                "until",
                "2031-06-03T00:00",
                "channel",
                "rehearsal",
                "reason",
                "silence électoral");
        assertThat(ordered.body())
                .contains("Le gel est enregistré.", "silence électoral", "prévu", "1 envoi en attente tombe dedans.");
        Matcher end = Pattern.compile("action=\"(/desk/freeze/[^\"]+/end)\"").matcher(ordered.body());
        assertThat(end.find()).isTrue();
        assertThat(browser.post(end.group(1)).status()).as("without a reason").isEqualTo(422);
        assertThat(browser.post(end.group(1), "reason", "reporté").body()).contains("Le gel est levé.", "Aucun gel");
        assertThat(browser.post(end.group(1), "reason", "encore").status()).isEqualTo(409);
    }

    @Test
    void what_was_chosen_in_a_form_is_still_chosen_where_it_is_refused() {
        browser.get("/desk/team");
        Page invited =
                browser.post("/desk/team/invite", "login", "x", "name", "Ana", "role", "WATCHER", "language", "en");
        assertThat(invited.status()).isEqualTo(422);
        assertThat(form(invited, "/desk/team/invite"))
                .contains("value=\"WATCHER\" selected", "value=\"en\" selected", "value=\"Ana\"")
                .doesNotContain("value=\"AUTHOR\" selected");
        Page good = browser.post(
                "/desk/team/invite", "login", "ana@exemple.fr", "name", "Ana", "role", "WATCHER", "language", "en");
        assertThat(form(good, "/desk/team/invite"))
                .as("the next one begins anew")
                .contains("value=\"AUTHOR\" selected")
                .doesNotContain("value=\"Ana\"");

        Page token = browser.post("/desk/tokens", "name", "", "scope", "READ", "scope", "MANAGE", "days", "30");
        assertThat(token.status()).isEqualTo(422);
        assertThat(form(token, "/desk/tokens"))
                .contains("value=\"READ\" checked", "value=\"MANAGE\" checked", "value=\"30\" selected")
                .doesNotContain("value=\"POST\" checked", "value=\"365\" selected");
        assertThat(form(browser.post("/desk/tokens", "name", "x", "days", "never"), "/desk/tokens"))
                .contains("value=\"never\" selected");

        daemon.post("/api/v1/channels", """
                {"id":"papier","network":"rehearsal","name":"Papier","inDefaultSet":false}""");
        browser.get("/desk/channels");
        Page channel = browser.post(
                "/desk/channels/papier/settings",
                "name",
                "Nouveau nom",
                "usual",
                "on",
                "approval",
                "on",
                "ceiling",
                "beaucoup");
        assertThat(channel.status()).as(channel.body()).isEqualTo(422);
        assertThat(form(channel, "/desk/channels/papier/settings"))
                .contains("name=\"usual\" checked", "name=\"approval\" checked", "value=\"Nouveau nom\"");
        assertThat(channel.body())
                .containsPattern("<details open[^>]*><summary>[^<]*</summary>\\s*<form[^>]*/papier/settings");

        browser.get("/desk/audience");
        Page note = browser.post("/desk/audience/notes", "day", "2026-01-05", "kind", "tv", "text", " ");
        assertThat(note.status()).isEqualTo(422);
        assertThat(note.body()).contains("value=\"tv\" selected");
    }

    private static String form(Page page, String action) {
        Matcher form = Pattern.compile("<form[^>]*action=\"" + action + "\".*?</form>", Pattern.DOTALL)
                .matcher(page.body());
        assertThat(form.find()).as(page.body()).isTrue();
        return form.group();
    }

    @Test
    void a_token_is_made_for_what_is_ticked_shown_once_and_taken_back() {
        assertThat(browser.post("/desk/tokens", "name", "Site").status())
                .as("nothing is ticked")
                .isEqualTo(422);
        String once = browser.get("/desk/tokens").hidden("once");
        Page made = browser.post("/desk/tokens", "name", "Site", "scope", "READ", "days", "30", "once", once);
        Matcher secret = Pattern.compile("value=\"(tocsin_[^\"]+)\"").matcher(made.body());
        assertThat(secret.find()).isTrue();
        assertThat(browser.post("/desk/tokens", "name", "Site", "scope", "READ", "days", "30", "once", once)
                        .body())
                .as("pressed twice: the first answer, and no second token")
                .isEqualTo(made.body());
        assertThat(browser.post("/desk/tokens", "name", "", "scope", "READ", "days", "30", "once", once)
                        .status())
                .as("a form that was changed is another")
                .isEqualTo(422);
        assertThat(browser.get("/desk/tokens").body().split("<strong>Site</strong>"))
                .hasSize(2);
        assertThat(browser.get("/desk/tokens").body()).contains("par Zoé", "jamais utilisé", "valable jusqu’à");
        assertThat(browser.get("/desk/tokens").body()).contains("Site", "lire").doesNotContain(secret.group(1));
        assertThat(daemon.send(secret.group(1), "GET", "/api/v1/posts", null).status())
                .isEqualTo(200);
        assertThat(daemon.send(secret.group(1), "GET", "/api/v1/tokens", null).status())
                .isEqualTo(403);
        Matcher revoke = Pattern.compile(
                        "<strong>Site</strong>.*?action=\"(/desk/tokens/[^\"]+/revoke)\"", Pattern.DOTALL)
                .matcher(made.body());
        assertThat(revoke.find()).isTrue();
        assertThat(browser.post(revoke.group(1)).body()).contains("Le jeton est révoqué.");
        assertThat(daemon.send(secret.group(1), "GET", "/api/v1/posts", null).status())
                .isEqualTo(401);
    }

    @Test
    void an_invitation_that_is_pressed_twice_shows_its_link_twice() {
        String[] form = {
            "login",
            "ali@exemple.fr",
            "name",
            "Ali",
            "role",
            "AUTHOR",
            "language",
            "fr",
            "once",
            browser.get("/desk/team").hidden("once")
        };
        Page first = browser.post("/desk/team/invite", form);
        assertThat(first.body()).contains("/desk/password?token=");
        Page second = browser.post("/desk/team/invite", form);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void the_page_of_the_team_names_the_tokens_that_end_with_whoever_made_them() {
        try (Browser ana = Browser.invited(daemon, browser, "ADMINISTRATOR")) {
            ana.get("/desk/tokens");
            ana.post("/desk/tokens", "name", "Site <i>", "scope", "READ", "scope", "POST", "days", "30");
        }
        String team = browser.get("/desk/team").body();
        assertThat(team)
                .contains(
                        "«\u00a0Site &lt;i&gt;\u00a0»\u00a0: lire, publier (valable jusqu’à",
                        "arrête aussitôt les programmes")
                .doesNotContain("Ne marchent pas");
        String id = team.replaceAll("(?s).*/desk/team/([^/\"]+)/role\"(?:(?!/role\").)*Site &lt;i&gt;.*", "$1");
        browser.post("/desk/team/" + id + "/role", "role", "WATCHER");
        assertThat(browser.get("/desk/team").body())
                .contains("«\u00a0Site &lt;i&gt;\u00a0»\u00a0: lire (valable jusqu’à");
        browser.post("/desk/team/" + id + "/disable");
        assertThat(browser.get("/desk/team").body()).contains("Ne marchent pas tant que l’accès est fermé");
    }

    @Test
    void the_audit_trail_says_in_words_who_did_what_and_is_looked_through() {
        daemon.post("/api/v1/posts", "{\"text\":\"pendant\",\"channels\":[\"rehearsal\"],\"at\":\"2031-06-02T09:00\"}");
        daemon.post("/api/v1/tokens", "{\"name\":\"site\",\"scopes\":[\"READ\",\"POST\"]}");
        browser.post("/desk/account/name", "name", "Zoé", "language", "fr");
        try (Browser stranger = new Browser(daemon.port())) {
            stranger.get("/desk/sign-in");
            stranger.post("/desk/sign-in", "login", "zoe@exemple.fr", "password", "wrong");
        }
        String all = browser.get("/desk/audit").body();
        assertThat(all)
                .contains("a soumis un message", "a changé de nom", "n’a pas pu se connecter", "une personne inconnue")
                .contains(
                        "réseau\u00a0: 127.0.0.0/24", "envois\u00a0: 1", "nom\u00a0: site · peut\u00a0: publier, lire")
                .doesNotContainPattern("post\\.submit|user\\.sign-in|deliveries=|network=|scopes=|\\[READ");
        assertThat(browser.get("/desk/audit?kind=post").body())
                .contains("a soumis un message")
                .doesNotContain("a changé de nom");
        assertThat(browser.get("/desk/audit?who=anyone").body())
                .contains("n’a pas pu se connecter")
                .doesNotContain("a soumis un message");
        assertThat(browser.get("/desk/audit?until=2020-01-01").body()).contains("Rien de tel n’a été fait.");
        assertThat(browser.get("/desk/audit?from=2020-01-01&until=%2B999999999-12-31")
                        .body())
                .contains("a soumis un message");
    }

    @Test
    void what_somebody_types_does_not_look_like_something_else_in_the_audit_trail() {
        daemon.post("/api/v1/tokens", "{\"name\":\"site scopes=[READ] until=\",\"scopes\":[\"ADMIN\"]}");
        daemon.post(
                "/api/v1/freeze", "{\"from\":\"2031-08-01T00:00\",\"reason\":\"published role=ADMINISTRATOR left=0\"}");
        assertThat(browser.get("/desk/audit").body())
                .contains("nom\u00a0: site scopes=[READ] until= · peut\u00a0: administrer")
                .contains("published role=ADMINISTRATOR left=0");
    }

    @Test
    void a_server_a_link_and_a_code_make_a_channel() {
        assertThat(browser.get("/desk/channels").body()).contains("Connecter Mastodon", "Connecter Bluesky");
        Page server = browser.post("/desk/channels/connect", "network", "mastodon");
        Page again = browser.post(step(server), "answer.server", "pas un serveur");
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.body()).contains("role=\"alert\"");
        Page code = browser.post(step(again), "answer.server", mastodon.origin());
        assertThat(code.body()).contains("/oauth/authorize").doesNotContain("the-secret");
        Page wrong = browser.post(step(code), "answer.code", "faux");
        assertThat(wrong.status()).isEqualTo(422);
        Page done = browser.post(step(wrong), "answer.code", FakeMastodon.CODE);
        assertThat(done.path()).startsWith("/desk/channels");
        assertThat(done.body())
                .contains("Le canal est connecté.", "@assemblee@127.0.0.1", "fonctionne")
                .doesNotContain(FakeMastodon.TOKEN);

        assertThat(browser.post("/desk/channels/mastodon/check").body()).contains("Le canal a été vérifié.");
        Page anew = browser.post("/desk/channels/connect", "network", "mastodon", "channelId", "mastodon");
        code = browser.post(step(anew), "answer.server", mastodon.origin());
        browser.post(step(code), "answer.code", FakeMastodon.CODE);
        assertThat(daemon.get("/api/v1/channels").json().path("items"))
                .as("the same channel")
                .filteredOn(channel -> channel.path("network").asText().equals("mastodon"))
                .hasSize(1);

        assertThat(browser.post("/desk/channels/mastodon/remove").status()).isEqualTo(422);
        assertThat(browser.post("/desk/channels/mastodon/remove", "sure", "on").body())
                .contains("Le canal est retiré.")
                .doesNotContain("@assemblee@127.0.0.1");
        assertThat(browser.post("/desk/channels/connect/nowhere", "answer.code", "x")
                        .body())
                .contains("Ces questions ont expiré.");
    }
}
