package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;
import org.tocsin.delivery.CrashPoints;

/** What nobody but a person can tell is decided at the desk. The first answer is lost, on a network that cannot be asked. */
class DeskDecisionsTest {
    private final MuteRehearsal rehearsal = new MuteRehearsal();

    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Browser browser;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(new Seams(CrashPoints.NONE, rehearsal), folder);
        browser = Browser.ofTheFirst(daemon);
    }

    @AfterEach
    void stop() {
        browser.close();
        daemon.close();
    }

    /** @return the page of the post, and the address of the decisions on its delivery */
    private String[] lost() {
        Page form = browser.get("/desk/write");
        Page post = browser.post(
                "/desk/write", "key", form.hidden("key"), "text", "Bonsoir", "channel", "rehearsal", "when", "now");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk").body().contains("À vérifier depuis"));
        Matcher found = Pattern.compile("(/desk/deliveries/[0-9a-f-]+)/resolve")
                .matcher(browser.get("/desk").body());
        assertThat(found.find()).isTrue();
        return new String[] {post.path(), found.group()};
    }

    @Test
    void it_is_not_there_and_is_sent_again() {
        String[] lost = lost();
        Page home = browser.get("/desk");
        assertThat(home.body()).contains("Il n’y est pas\u00a0: renvoyer").contains("Il est en ligne");
        assertThat(rehearsal.sent()).isEqualTo(1);
        browser.post(lost[1], "version", home.hidden("version"), "decision", "resend");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get(lost[0]).body().contains("publié aujourd’hui"));
        assertThat(rehearsal.sent()).isEqualTo(2);
    }

    @Test
    void a_second_press_is_answered_as_the_first_and_a_stale_page_without_numbers_of_versions() {
        String[] lost = lost();
        String page = lost[0].replaceAll("\\?.*", "");
        Page seen = browser.get(page);
        String[] form = {
            "version",
            seen.hidden("version"),
            "once",
            "4b1c6a3e-0000-4000-8000-000000000001",
            "post",
            page.replace("/desk/posts/", ""),
            "decision",
            "resend"
        };
        assertThat(seen.body()).contains("name=\"once\"");
        assertThat(browser.post(lost[1], form).status()).isEqualTo(200);
        assertThat(browser.post(lost[1], form).status()).isEqualTo(200);
        form[3] = "4b1c6a3e-0000-4000-8000-000000000002";
        Page stale = browser.post(lost[1], form);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.body())
                .contains("Ceci a changé depuis que vous l’avez vu")
                .doesNotContain("Vous avez vu la version");
    }

    @Test
    void what_is_decided_in_the_calendar_leads_back_there_and_nowhere_else() {
        String[] lost = lost();
        String there = "/desk/calendar?view=list&date=2031-06-01&skip=40";
        Page calendar = browser.get(there);
        assertThat(calendar.hidden("back").replace("&amp;", "&")).isEqualTo(there);
        String[] form = {"version", calendar.hidden("version"), "back", there, "decision", "resend"};
        assertThat(browser.post(lost[1], form).path()).isEqualTo(there + "&done=decided");
        daemon.post(
                "/api/v1/posts", "{\"text\":\"plus tard\",\"channels\":[\"rehearsal\"],\"at\":\"2031-06-01T10:00\"}");
        Page home = browser.get("/desk/calendar?date=2031-06-01");
        Matcher waiting = Pattern.compile("/desk/deliveries/([0-9a-f-]+)/").matcher(home.body());
        assertThat(waiting.find()).as("nothing is asked about what waits").isFalse();
        String id = daemon.get("/api/v1/posts?limit=1")
                .json()
                .path("items")
                .path(0)
                .path("deliveries")
                .path(0)
                .path("id")
                .asText();
        String[] away = {"version", "1", "back", "https://evil.example/desk"};
        assertThat(browser.post("/desk/deliveries/" + id + "/cancel", away).path())
                .isEqualTo("/desk?done=decided");
    }

    @Test
    void what_is_late_stands_above_what_is_under_way_and_once() throws SQLException {
        daemon.post(
                "/api/v1/posts",
                "{\"text\":\"Devait partir hier\",\"channels\":[\"rehearsal\"],\"at\":\"2031-06-01T10:00\"}");
        try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                Statement late = store.createStatement()) {
            late.execute("pragma busy_timeout=5000");
            assertThat(late.executeUpdate(
                            "update delivery set in_line = 1, expected_at = expected_at - 300000000000000"))
                    .isEqualTo(1);
        }
        String home = browser.get("/desk").body();
        String needs = home.substring(home.indexOf("id=\"needs\""), home.indexOf("id=\"flow\""));
        assertThat(needs).contains("Devait partir hier");
        assertThat(home.substring(home.indexOf("id=\"flow\""))).doesNotContain("Devait partir hier");
        assertThat(home).contains("<span class=\"count\">1</span>");
    }

    @Test
    void a_link_that_is_refused_stays_in_its_field_on_the_page_of_the_post() {
        String[] lost = lost();
        String page = lost[0].replaceAll("\\?.*", "");
        Page refused = browser.post(
                lost[1],
                "version",
                browser.get(page).hidden("version"),
                "post",
                page.replace("/desk/posts/", ""),
                "decision",
                "published",
                "url",
                "https://elsewhere.example/7");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body())
                .contains("value=\"https://elsewhere.example/7\"")
                .contains("id=\"deliveries\"");
    }

    @Test
    void of_a_thread_the_part_that_nobody_knows_of_is_named() {
        daemon.post("/api/v1/channels", """
                {"id":"practice","network":"rehearsal","name":"Exercice","settings":{"standsFor":"x"},"inDefaultSet":false}""");
        Page form = browser.get("/desk/write");
        String text = "Premier point. " + "Encore un mot de la réunion. ".repeat(14);
        Page post = browser.post(
                "/desk/write",
                "key",
                form.hidden("key"),
                "text",
                text,
                "channel",
                "practice",
                "thread",
                "yes",
                "when",
                "now");
        String question = "La partie 1 sur 2, qui commence par «\u00a0Premier point.";
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk").body().contains(question));
        String id = post.path().replaceAll("(/desk/posts/)|(\\?.*)", "");
        Page asked = browser.get("/desk/posts/" + id);
        assertThat(asked.body())
                .contains(question)
                .contains("Partie 1 sur 2\u00a0: envoyée, on ne sait pas si elle est en ligne")
                .contains("Partie 2 sur 2\u00a0: pas encore envoyée")
                .contains(" – partie 1 – envoyé, mais la réponse manque");
    }

    @Test
    void what_follows_a_part_that_is_there_goes_out_at_once_and_hangs_on_its_link() {
        daemon.post("/api/v1/channels", """
                {"id":"practice","network":"rehearsal","name":"Exercice","settings":{"standsFor":"x"},"inDefaultSet":false}""");
        Page form = browser.get("/desk/write");
        Page post = browser.post(
                "/desk/write",
                "key",
                form.hidden("key"),
                "text",
                "Premier point. " + "Encore un mot de la réunion. ".repeat(14),
                "channel",
                "practice",
                "thread",
                "yes",
                "when",
                "now");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk").body().contains("La partie 1 sur 2"));
        Page home = browser.get("/desk");
        assertThat(home.body()).contains("Lien de cette partie (la suite du fil s’y accroche)");
        Matcher found = Pattern.compile("/desk/deliveries/[0-9a-f-]+/resolve").matcher(home.body());
        assertThat(found.find()).isTrue();
        Page without =
                browser.post(found.group(), "version", home.hidden("version"), "decision", "published", "url", "");
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.body()).contains("La suite du fil doit répondre à cette partie");
        String link = "https://" + MuteRehearsal.HOST + "/7";
        browser.post(found.group(), "version", home.hidden("version"), "decision", "published", "url", link);
        String page = post.path().replaceAll("\\?.*", "");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get(page).body().contains("Partie 2 sur 2\u00a0: en ligne,"));
        assertThat(browser.get(page).body()).contains("href=\"" + link + "\">" + link);
        assertThat(rehearsal.sent()).isEqualTo(2);
    }

    @Test
    void a_link_of_another_place_is_refused_with_what_one_looks_like() {
        String[] lost = lost();
        String version = browser.get("/desk").hidden("version");
        for (String url : new String[] {
            "https://mastodon.example/@nous/1",
            "https://127.0.0.1/rehearsal/feed/1",
            "http://127.0.0.1/rehearsal/rehearsal/0",
            "ftp://x"
        }) {
            Page wrong = browser.post(lost[1], "version", version, "decision", "published", "url", url);
            assertThat(wrong.status()).as(url).isEqualTo(422);
            assertThat(wrong.body()).as(url).contains("Là, un lien ressemble à", "/rehearsal/rehearsal/…");
        }
    }

    @Test
    void it_is_there_and_is_not_sent_again_and_a_foreign_link_is_told_where_it_was_typed() {
        String[] lost = lost();
        String version = browser.get("/desk").hidden("version");
        Page wrong = browser.post(
                lost[1], "version", version, "decision", "published", "url", "https://elsewhere.example/<1>");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("role=\"alert\"")
                .contains("Il est en ligne")
                .doesNotContain("<1>");
        Page post = browser.post(
                lost[1],
                "version",
                version,
                "decision",
                "published",
                "url",
                "",
                "post",
                lost[0].replace("/desk/posts/", ""));
        assertThat(post.path()).isEqualTo(lost[0] + "?done=decided");
        assertThat(post.body()).contains("publié aujourd’hui");
        assertThat(rehearsal.sent()).isEqualTo(1);
    }

    @Test
    void a_decision_is_one_of_two_and_nothing_else_is_taken_for_one() {
        String[] lost = lost();
        String version = browser.get("/desk").hidden("version");
        assertThat(browser.post(lost[1], "version", version, "decision", "maybe")
                        .status())
                .isEqualTo(400);
        assertThat(browser.post(lost[1], "version", version).status()).isEqualTo(400);
        assertThat(browser.get(lost[0]).body()).contains("À vérifier depuis");
    }
}
