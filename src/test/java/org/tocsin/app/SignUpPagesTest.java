package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.mail.ScriptedSmtp;

/** From a leaflet to the first letter and out again, by mail, as a browser and a mail program go. */
class SignUpPagesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern TEXT = Pattern.compile("name=\"text\" value=\"([^\"]+)\"");
    private static final String FORM = "application/x-www-form-urlencoded";

    private ScriptedSmtp smtp;
    private RunningDaemon daemon;
    private Path folder;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        folder = data;
        smtp = new ScriptedSmtp(null, null);
        daemon = new RunningDaemon(
                folder,
                "TOCSIN_MAIL_HOST",
                "127.0.0.1",
                "TOCSIN_MAIL_PORT",
                String.valueOf(smtp.port()),
                "TOCSIN_MAIL_TLS",
                "none",
                "TOCSIN_MAIL_FROM",
                "lettre@amis.example",
                "TOCSIN_PUBLIC_URL",
                "https://tocsin.example.org");
        Answer saved = daemon.send(
                daemon.token(),
                "PUT",
                "/api/v1/sign-up/settings",
                ("{\"controller\":\"Les <Amis>\",\"contact\":\"contact@amis.example\",\"purposeFr\":\"nos nouvelles\","
                                + "\"purposeEn\":\"our news\",\"version\":0}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
        smtp.close();
    }

    private Answer get(String path) {
        return daemon.send(null, "GET", path, null);
    }

    private Answer post(String path, String form) {
        return daemon.send(null, "POST", path, form.getBytes(StandardCharsets.UTF_8), "Content-Type", FORM);
    }

    private Answer ask(String address, String more) {
        Matcher text = TEXT.matcher(get("/newsletter?lang=fr").body());
        assertThat(text.find()).isTrue();
        return post(
                "/newsletter?lang=fr",
                "address=" + URLEncoder.encode(address, StandardCharsets.UTF_8) + "&text=" + text.group(1) + more);
    }

    /** The path of the last link in the last mail that is not one of before. */
    private String link(int mails) {
        await().atMost(SOON).until(() -> smtp.taken().size() >= mails);
        String raw = smtp.taken().getLast().raw().replace("=\r\n", "");
        Matcher link = Pattern.compile("https://tocsin\\.example\\.org(/newsletter/\\w+/[\\w-]+)")
                .matcher(raw);
        assertThat(link.find()).as(raw).isTrue();
        return link.group(1);
    }

    private long count(String state) {
        return daemon.get("/api/v1/subscribers/counts").json().path(state).asLong();
    }

    private String id() {
        return daemon.get("/api/v1/subscribers")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asText();
    }

    @Test
    void somebody_signs_up_confirms_and_sees_his_data() {
        daemon.post("/api/v1/sign-up/links", "{\"code\":\"tract\",\"name\":\"Tract\"}");
        Answer page = get("/n/tract?lang=fr");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("Les &lt;Amis&gt;", "nos nouvelles", "value=\"tract\"")
                .doesNotContain("<Amis>", "<script");
        assertThat(page.headers().firstValue("set-cookie")).isEmpty();

        Answer asked = ask("ana@example.org", "&agree=yes&c=tract");
        assertThat(asked.status()).isEqualTo(200);
        String confirm = link(1);
        assertThat(smtp.taken().getFirst().to()).contains("ana@example.org");
        assertThat(get(confirm).body()).contains("<form method=\"post\"");
        assertThat(count("CONFIRMED")).as("a scanner opens each link").isZero();
        assertThat(post(confirm, "").status()).isEqualTo(200);
        assertThat(post(confirm, "").status()).as("twice").isEqualTo(200);
        assertThat(count("CONFIRMED")).isEqualTo(1);
        assertThat(daemon.get("/api/v1/sign-up/links")
                        .json()
                        .path("items")
                        .path(0)
                        .path("confirmed")
                        .asLong())
                .isEqualTo(1);
        assertThat(post(confirm.replaceAll(".$", "~"), "").status()).isEqualTo(410);

        Answer again = ask("ana@example.org", "&agree=yes");
        Answer stranger = ask("nobody@example.org", "&agree=yes");
        assertThat(again.body())
                .as("nobody learns who is there")
                .isEqualTo(stranger.body())
                .isEqualTo(asked.body());
    }

    @Test
    void the_team_sees_some_of_the_subscribers_page_by_page_and_takes_them_as_a_table() throws IOException {
        StringBuilder table = new StringBuilder("address,language\n");
        for (int i = 0; i < 60; i++) {
            table.append("en").append(i).append("@example.org,en\n");
        }
        table.append("fr@example.org,fr\n");
        Answer brought = daemon.send(
                daemon.token(),
                "POST",
                "/api/v1/subscribers/import?none=true&statement=Paper%20form%20at%20the%20market%20of%203%20May",
                table.toString().getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "text/csv");
        assertThat(brought.status()).as(brought.body()).isEqualTo(200);
        try (Browser browser = Browser.ofTheFirst(daemon)) {
            String first = browser.get("/desk/subscribers?language=en&state=&topic=&link=&reach=")
                    .body();
            assertThat(first).contains("en59@", "value=\"en\" selected").doesNotContain("fr@example.org", "en5@");
            Matcher next = Pattern.compile(
                            "href=\"(/desk/subscribers\\?language=en&amp;after=[^\"#]+|/desk/subscribers\\?language=en&after=[^\"#]+)")
                    .matcher(first);
            assertThat(next.find()).as(first).isTrue();
            String second = browser.get(next.group(1).replace("&amp;", "&")).body();
            assertThat(second).contains("en0@").doesNotContain("fr@example.org", "en59@", "Plus anciens");
            assertThat(browser.get("/desk/subscribers?language=fr").body()).contains("fr@example.org");
            assertThat(browser.get("/desk/subscribers?state=LEFT").body()).contains("Personne ne correspond");
            assertThat(browser.get("/desk/subscribers/table?language=fr").body())
                    .contains("fr@example.org")
                    .doesNotContain("en1@");
            assertThat(browser.get("/desk/subscribers/register").body()).contains("est intact");
        }
    }

    @Test
    void what_is_asked_of_the_team_stands_at_home_until_it_is_answered() throws IOException {
        ask("ana@example.org", "&agree=yes");
        post(link(1), "");
        try (Browser browser = Browser.ofTheFirst(daemon)) {
            assertThat(browser.get("/desk").body()).doesNotContain("/desk/requests#open");
            String person = browser.get("/desk/subscribers/person/" + id()).body();
            assertThat(person).contains("/desk/requests?person=" + id());
            assertThat(browser.get("/desk/requests?person=" + id()).body()).contains("value=\"" + id() + "\"");
            Browser.Page noted = browser.post(
                    "/desk/requests", "kind", "RESTRICTION", "person", id(), "note", "au téléphone", "at", "");
            assertThat(noted.body()).contains("réponse due avant le", "au téléphone", "ana@example.org");
            assertThat(browser.get("/desk").body()).contains("/desk/requests#open", "limitation");
            assertThat(browser.post("/desk/requests", "kind", "ACCESS", "note", "ana@example.org")
                            .status())
                    .isEqualTo(422);
            Matcher open = Pattern.compile("name=\"of\" value=\"([^\"]+)\"").matcher(noted.body());
            assertThat(open.find()).isTrue();
            Browser.Page refused = browser.post(
                    "/desk/requests/" + open.group(1), "of", open.group(1), "note", "dit à " + "x".repeat(300));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(Pattern.compile("value=\"dit à x")
                            .matcher(refused.body())
                            .results())
                    .as("kept in its own form, and in no other")
                    .hasSize(1);
            browser.post("/desk/subscribers/person/" + id(), "act", "restrict", "reason", "");
            assertThat(browser.get("/desk").body()).doesNotContain("/desk/requests#open");
            assertThat(browser.get("/desk/requests").body()).contains("par Zoé", "au téléphone");
        }
    }

    @Test
    void a_form_on_another_site_speaks_both_languages_and_says_whence_somebody_comes() throws IOException {
        daemon.post("/api/v1/sign-up/links", "{\"code\":\"site\",\"name\":\"Notre site\"}");
        daemon.post("/api/v1/sign-up/topics", "{\"nameFr\":\"Écoles\",\"nameEn\":\"Schools\"}");
        try (Browser browser = Browser.ofTheFirst(daemon)) {
            String page = browser.get("/desk/sign-up?link=site").body();
            Matcher area = Pattern.compile(
                            "<textarea class=\"link\" rows=\"10\" readonly>(.*?)</textarea>", Pattern.DOTALL)
                    .matcher(page);
            assertThat(area.find()).isTrue();
            String form = area.group(1)
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&#34;", "\"")
                    .replace("&amp;", "&");
            assertThat(form)
                    .contains("<form lang=\"fr\"", "<form lang=\"en\"", "Écoles", "Schools")
                    .contains("name=\"website\"", "name=\"c\" value=\"site\"", "J’accepte que Les &lt;Amis&gt;")
                    .contains("I agree that Les &lt;Amis&gt;")
                    .doesNotContain("<script", "Les <Amis>");
            Matcher text = Pattern.compile("name=\"text\" value=\"([^\"]+)\"")
                    .matcher(form.substring(form.indexOf("lang=\"en\" method")));
            Matcher topic = Pattern.compile("name=\"topic\" value=\"([^\"]+)\"").matcher(form);
            assertThat(text.find() && topic.find()).isTrue();
            post(
                    "/newsletter?lang=en",
                    "address=ana%40example.org&agree=yes&door=form&c=site&website=&text=" + text.group(1) + "&topic="
                            + topic.group(1));
            post(link(1), "");
            var seen = daemon.get("/api/v1/subscribers/" + id()).json();
            assertThat(seen.path("language").asText()).isEqualTo("en");
            assertThat(seen.path("link").asText()).isEqualTo("site");
            assertThat(seen.path("topicNames").path(0).asText()).isEqualTo("Schools");
            assertThat(seen.path("consents").path(0).path("door").asText()).isEqualTo("FORM");
        }
    }

    @Test
    void a_post_tells_whom_it_brought_and_makes_its_link_by_one_button() throws IOException {
        String post = daemon.post("/api/v1/posts", "{\"text\":\"Rendez-vous samedi\",\"channels\":[\"rehearsal\"]}")
                .json()
                .path("id")
                .asText();
        try (Browser browser = Browser.ofTheFirst(daemon)) {
            assertThat(browser.get("/desk/posts/" + post).body())
                    .contains("Ce message a amené 0 abonné confirmé", "/desk/posts/" + post + "/sign-up");
            Browser.Page made = browser.post("/desk/posts/" + post + "/sign-up");
            assertThat(made.body()).doesNotContain("/desk/posts/" + post + "/sign-up");
            Matcher code =
                    Pattern.compile("https://tocsin\\.example\\.org/n/(\\w+)").matcher(made.body());
            assertThat(code.find()).isTrue();
            assertThat(get("/n/" + code.group(1) + "?lang=fr").body()).contains("value=\"" + code.group(1) + "\"");
            ask("ana@example.org", "&agree=yes&c=" + code.group(1));
            post(link(1), "");
            assertThat(browser.get("/desk/posts/" + post).body()).contains("Ce message a amené 1 abonné confirmé");
            assertThat(daemon.get("/api/v1/posts/" + post)
                            .json()
                            .path("confirmedSubscribers")
                            .asLong())
                    .isEqualTo(1);
            browser.post("/desk/campaigns", "id", "mairie", "version", "", "name", "Mairie");
            assertThat(browser.get("/desk/campaigns?id=mairie").body()).contains("Cette campagne a amené 0");
            assertThat(browser.post("/desk/campaigns/mairie/sign-up").body()).contains("https://tocsin.example.org/n/");
            assertThat(browser.get("/desk/sign-up").body())
                    .contains("/desk/posts/" + post, "/desk/campaigns?id=mairie");
        }
    }

    @Test
    void without_a_tick_or_with_what_only_programs_fill_in_nobody_is_signed_up() {
        assertThat(ask("ana@example.org", "").status()).isEqualTo(422);
        assertThat(ask("ana@example.org", "&agree=yes&website=x").status()).isEqualTo(200);
        assertThat(ask("ana(at)example.org", "&agree=yes").body()).contains("un seul @");
        assertThat(post("/newsletter", "address=ana%40example.org&agree=yes&text=old")
                        .status())
                .isEqualTo(422);
        assertThat(count("PENDING")).isZero();
    }

    private String topic(String name) {
        return daemon.post("/api/v1/sign-up/topics", "{\"nameFr\":\"" + name + "\",\"nameEn\":\"" + name + "\"}")
                .json()
                .path("id")
                .asText();
    }

    @Test
    void after_a_fault_the_topics_are_still_ticked_for_none_would_mean_all() {
        String streets = topic("Rues");
        topic("Écoles");
        assertThat(ask("ana(at)example.org", "&agree=yes&topic=" + streets).body())
                .contains("value=\"" + streets + "\" checked");
        assertThat(ask("ana@example.org", "&topic=" + streets).body())
                .contains("value=\"" + streets + "\" checked")
                .doesNotContain("name=\"agree\" value=\"yes\" required checked");
    }

    @Test
    void a_topic_that_is_offered_no_more_stays_chosen_until_it_is_chosen_away() {
        String streets = topic("Rues");
        String schools = topic("Écoles");
        ask("ana@example.org", "&agree=yes&topic=" + schools);
        post(link(1), "");
        String id = id();
        Answer retired = daemon.send(
                daemon.token(),
                "PATCH",
                "/api/v1/sign-up/topics/" + schools,
                "{\"retired\":true}".getBytes(StandardCharsets.UTF_8));
        assertThat(retired.status()).as(retired.body()).isEqualTo(200);
        String choices = leaving(id).replace("/leave/", "/choices/");
        String page = get(choices).body();
        assertThat(page).contains("Écoles (n’est plus proposé)", "value=\"" + schools + "\" checked");
        post(choices, "act=choose&language=en&topic=" + schools);
        assertThat(daemon.get("/api/v1/subscribers/" + id).body())
                .contains(schools)
                .doesNotContain(streets);
    }

    @Test
    void a_draft_for_a_topic_that_was_retired_since_stays_for_that_topic() throws IOException {
        String schools = topic("Écoles");
        String id = daemon.post(
                        "/api/v1/newsletters",
                        "{\"texts\":{\"fr\":{\"subject\":\"Rentrée\",\"body\":\"Bonjour\"}},\"mainLanguage\":\"fr\","
                                + "\"segment\":{\"topics\":[\"" + schools + "\"]}}")
                .json()
                .path("id")
                .asText();
        daemon.send(
                daemon.token(),
                "PATCH",
                "/api/v1/sign-up/topics/" + schools,
                "{\"retired\":true}".getBytes(StandardCharsets.UTF_8));
        try (Browser browser = Browser.ofTheFirst(daemon)) {
            assertThat(browser.get("/desk/newsletters/" + id).body())
                    .as("left out of the form it would be chosen away, and the letter go to everybody")
                    .contains("value=\"" + schools + "\" checked");
        }
    }

    /** B82 of the hostile inputs: RFC 8058 has no cookie, and whoever looks changes nothing. */
    @Test
    void one_post_of_a_mail_program_is_enough_to_leave_and_a_look_is_not() {
        ask("ana@example.org", "&agree=yes");
        post(link(1), "");
        String leave = leaving(id());
        assertThat(get(leave).body()).contains("<form method=\"post\"");
        assertThat(count("CONFIRMED")).isEqualTo(1);
        assertThat(post(leave, "List-Unsubscribe=One-Click").status()).isEqualTo(200);
        assertThat(count("LEFT")).isEqualTo(1);
        assertThat(post(leave, "List-Unsubscribe=One-Click").status())
                .as("again")
                .isEqualTo(200);
        assertThat(post("/newsletter/leave/" + "A".repeat(64), "List-Unsubscribe=One-Click")
                        .status())
                .as("a made-up one is answered alike")
                .isEqualTo(200);
        assertThat(post(leave, "whatever").status()).isEqualTo(200);
    }

    @Test
    void who_reads_another_branch_leaves_that_one() throws SQLException {
        ask("ana@example.org", "&agree=yes");
        post(link(1), "");
        String leave = leaving(id());
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                Statement statement = other.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            statement.executeUpdate("update subscriber set branch = 'ailleurs'");
            assertThat(post(leave, "List-Unsubscribe=One-Click").status()).isEqualTo(200);
            try (ResultSet state = statement.executeQuery("select state from subscriber")) {
                assertThat(state.next()).isTrue();
                assertThat(state.getString(1)).isEqualTo("LEFT");
            }
        }
    }

    @Test
    void data_is_shown_only_by_a_link_that_went_to_the_address_itself() {
        ask("ana@example.org", "&agree=yes");
        post(link(1), "");
        String choices = leaving(id()).replace("/leave/", "/choices/");
        assertThat(get(choices).body()).contains("M’envoyer le lien").doesNotContain("ana@example.org");
        assertThat(post(choices, "act=choose&language=en").status()).isEqualTo(200);
        assertThat(post(choices, "language=fr").body())
                .as("a form without its button is nobody’s choice")
                .doesNotContain("role=\"status\"");
        assertThat(post(choices, "act=data").status()).isEqualTo(200);
        String mine = link(3);
        assertThat(get(mine).body()).contains("ana@example.org", "J’accepte que", "asked to be signed up");
        assertThat(get(mine).body()).contains("Letters to you", "the question whether it was you, sent");
        assertThat(get(mine + "/data.json").json().path("letters").findValuesAsText("about"))
                .contains("CONFIRM", "NEWSLETTER", "DATA");
        assertThat(get(mine + "/data.json").json().path("consents").size())
                .as("asked, confirmed, chosen once")
                .isEqualTo(3);
        assertThat(post(mine, "act=erase").status()).isEqualTo(422);
        assertThat(count("CONFIRMED")).as("not without being sure").isEqualTo(1);
        assertThat(post(mine, "act=erase&sure=yes").body()).contains("erased");
        assertThat(count("CONFIRMED") + count("LEFT")).isZero();
        assertThat(get(mine).status()).isEqualTo(410);
    }

    /** As it stands in the head of a letter. */
    private String leaving(String id) {
        Answer made = daemon.post(
                "/api/v1/newsletters",
                "{\"texts\":{\"fr\":{\"subject\":\"Bonjour\",\"body\":\"Bonjour\"}},\"mainLanguage\":\"fr\"}");
        int before = smtp.taken().size();
        String path = "/api/v1/newsletters/" + made.json().path("id").asText();
        Answer sent = daemon.post(
                path + "/send", "{\"version\":" + made.json().path("version").asLong() + "}");
        assertThat(sent.status()).as(sent.body() + id).isBetween(200, 202);
        await().atMost(SOON).until(() -> smtp.taken().size() > before);
        Matcher link = Pattern.compile("/newsletter/leave/[\\w-]{64}")
                .matcher(smtp.taken().getLast().header("List-Unsubscribe"));
        assertThat(link.find()).isTrue();
        return link.group();
    }
}
