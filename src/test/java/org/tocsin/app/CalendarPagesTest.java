package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calendar of the desk: each post on its day, in the organisation's zone, on the nights the clocks change as well. */
class CalendarPagesTest {
    private static final String DAY = "<section class=\"day";

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

    private String post(String text, String at) {
        RunningDaemon.Answer answer = daemon.post(
                "/api/v1/posts",
                "{\"text\":\"" + text + "\",\"channels\":[\"rehearsal\",\"feed\"],\"at\":\"" + at + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    /** What the page has on a day. */
    private String day(String query, String date) {
        String page = browser.get("/desk/calendar" + query).body();
        int at = page.indexOf("data-day=\"" + date + "\"");
        assertThat(at).as(date + " in " + page).isPositive();
        int end = page.indexOf(DAY, at);
        return page.substring(at, end < 0 ? page.length() : end);
    }

    @Test
    void a_post_is_one_entry_on_its_day_with_its_channels_and_its_state() {
        post("réunion <publique>", "2031-06-12T18:30");
        for (String query :
                new String[] {"?date=2031-06-01", "?view=week&date=2031-06-10", "?view=list&date=2031-06-01"}) {
            assertThat(day(query, "2031-06-12"))
                    .containsOnlyOnce("réunion &lt;publique&gt;")
                    .containsOnlyOnce("18\u202fh\u202f30")
                    .contains("net-rehearsal", "net-feed", "prévu");
        }
        assertThat(browser.get("/desk/calendar?date=2031-07-01").body())
                .contains("Rien ici")
                .contains("view=month&amp;date=2031-06-01")
                .contains("view=month&amp;date=2031-08-01");
        assertThat(browser.get("/desk/calendar?view=week&date=2031-06-12").body())
                .contains("du lundi 9 juin au dimanche 15 juin")
                .contains("view=week&amp;date=2031-06-02");
        assertThat(browser.get("/desk/calendar?view=nope&date=+999999999-01-01").status())
                .isEqualTo(200);
    }

    @Test
    void a_day_with_many_posts_folds_and_the_list_has_them_all() {
        for (int i = 0; i < 12; i++) {
            post("message " + i + ".", "2031-06-12T1" + i / 6 + ":0" + i % 6);
        }
        assertThat(day("?date=2031-06-01", "2031-06-12"))
                .contains("message 3.")
                .doesNotContain("message 4.")
                .contains("et 8 autres");
        assertThat(day("?view=week&date=2031-06-12", "2031-06-12"))
                .containsSubsequence("message 3.", "<summary>et 8 autres", "message 9.", "et 2 autres")
                .doesNotContain("message 10.");
        assertThat(day("?view=list&date=2031-06-12", "2031-06-12")).contains("message 11.");
    }

    @Test
    void a_night_on_which_the_clocks_change_says_so_and_an_hour_that_comes_twice_says_which() {
        post("la seconde", "2031-10-26T02:30+01:00");
        post("la première", "2031-10-26T02:30+02:00");
        post("le soir", "2031-10-26T23:30");
        assertThat(day("?date=2031-10-01", "2031-10-26"))
                .contains("À 3\u202fh, on recule à 2\u202fh")
                .containsSubsequence(
                        "2\u202fh\u202f30 (la première fois)",
                        "la première",
                        "2\u202fh\u202f30 (la seconde fois)",
                        "la seconde",
                        "23\u202fh\u202f30",
                        "le soir");
        post("avant le saut", "2031-03-30T01:59");
        post("après le saut", "2031-03-30T03:00");
        post("le lendemain", "2031-03-31T00:00");
        assertThat(day("?date=2031-03-01", "2031-03-30"))
                .contains("À 2\u202fh, on avance à 3\u202fh")
                .containsSubsequence("1\u202fh\u202f59", "avant le saut", "3\u202fh<", "après le saut")
                .doesNotContain("le lendemain");
        assertThat(day("?date=2031-03-01", "2031-03-29")).doesNotContain("⏲");
    }

    @Test
    void freezes_are_bands_on_their_days_and_what_needs_a_person_stands_on_top() {
        daemon.post(
                "/api/v1/freeze",
                "{\"from\":\"2031-06-14T00:00\",\"until\":\"2031-06-15T20:00\",\"reason\":\"silence <électoral>\"}");
        assertThat(day("?date=2031-06-01", "2031-06-13")).doesNotContain("❄");
        assertThat(day("?date=2031-06-01", "2031-06-14")).contains("Gel\u00a0: silence &lt;électoral&gt;");
        assertThat(day("?date=2031-06-01", "2031-06-15")).contains("❄");
        assertThat(day("?date=2031-06-01", "2031-06-16")).doesNotContain("❄");

        daemon.post("/api/v1/freeze", "{\"reason\":\"deuil\",\"channels\":[\"rehearsal\"]}");
        String held = daemon.post("/api/v1/posts", "{\"text\":\"retenu\",\"channels\":[\"rehearsal\"]}")
                .json()
                .path("id")
                .asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk/posts/" + held).body().contains("En attente de vous"));
        String page = browser.get("/desk/calendar").body();
        assertThat(page)
                .containsSubsequence("<h2>À traiter</h2>", "retenu", "Relancer", "id=\"days\"", "en attente de vous");
    }

    @Test
    void all_that_needs_a_person_is_counted_and_what_is_not_shown_is_told() {
        daemon.post("/api/v1/freeze", "{\"reason\":\"deuil\",\"channels\":[\"rehearsal\"]}");
        for (int i = 0; i < 103; i++) {
            daemon.post(
                    "/api/v1/posts", "{\"text\":\"retenu " + i + "\",\"undoSeconds\":0,\"channels\":[\"rehearsal\"]}");
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> browser.get("/desk").body().contains("en attente d’une décision\u00a0: 103"));
        assertThat(browser.get("/desk").body())
                .contains(
                        "<span class=\"count\">103</span>",
                        "<a href=\"/desk?show=all#needs\">Et 53 autres\u00a0: voir tout");
        assertThat(browser.get("/desk?show=all").body())
                .as("the link leads to all that it counts")
                .contains(IntStream.range(0, 103)
                        .mapToObj(i -> "retenu " + i + "<")
                        .toArray(String[]::new))
                .doesNotContain("show=all#needs");
        assertThat(browser.get("/desk/calendar").body()).contains("Et 98 autres envois à vérifier");

        daemon.post("/api/v1/channels", """
                {"id":"strict","network":"rehearsal","settings":{"approval":"true"},"inDefaultSet":false}""");
        String author = daemon.post("/api/v1/tokens", "{\"name\":\"a\",\"scopes\":[\"READ\",\"POST\"]}")
                .json()
                .path("token")
                .asText();
        for (int i = 0; i < 12; i++) {
            daemon.send(
                    author,
                    "POST",
                    "/api/v1/posts",
                    ("{\"text\":\"à approuver " + i + "\",\"channels\":[\"strict\"],\"at\":\"2031-06-01T10:00\"}")
                            .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(browser.get("/desk").body())
                .contains("en attente d’une décision\u00a0: 115", "Et 2 autres\u00a0: voir tout");
    }

    private String dueAt(String post) {
        return daemon.get("/api/v1/posts/" + post)
                .json()
                .path("deliveries")
                .path(0)
                .path("nextAt")
                .asText();
    }

    @Test
    void a_post_that_waits_is_moved_by_a_form_and_under_the_version_that_was_seen() {
        String id = post("réunion", "2031-06-12T18:30");
        String week = "/desk/calendar?view=week&date=2031-06-12";
        Browser.Page form = browser.get(week);
        String[] fields = {
            "version", form.hidden("version"), "date", "2031-06-14", "time", "18:30", "back", week,
        };
        Browser.Page moved = browser.post("/desk/posts/" + id + "/edit", fields);
        assertThat(moved.path()).isEqualTo(week + "&done=edited");
        assertThat(moved.body()).contains("Le message est modifié.");
        assertThat(day("?view=week&date=2031-06-12", "2031-06-14")).contains("réunion");
        assertThat(dueAt(id)).isEqualTo("2031-06-14T16:30:00Z");

        fields[3] = "2031-06-15";
        Browser.Page old = browser.post("/desk/posts/" + id + "/edit", fields);
        assertThat(old.status()).isEqualTo(409);
        assertThat(old.body())
                .contains("Ceci a changé depuis que vous l’avez vu")
                .contains("value=\"2031-06-15\"");
        assertThat(dueAt(id)).isEqualTo("2031-06-14T16:30:00Z");

        fields[1] = "2";
        fields[3] = "2031-03-30";
        fields[5] = "02:30";
        Browser.Page skipped = browser.post("/desk/posts/" + id + "/edit", fields);
        assertThat(skipped.status()).isEqualTo(422);
        assertThat(skipped.body()).contains("n’existe pas dans Europe/Paris");

        fields[7] = "https://ailleurs.example/desk/calendar?view=week";
        fields[3] = "2031-06-16";
        assertThat(browser.post("/desk/posts/" + id + "/edit", fields).path())
                .as("back to a page of ours alone")
                .isEqualTo("/desk/posts/" + id + "?done=edited");
    }

    @Test
    void from_the_second_to_the_first_of_an_hour_that_comes_twice_a_zone_is_enough() {
        String id = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"nuit\",\"channels\":[\"rehearsal\"],\"at\":\"2031-10-26T02:30\",\"zone\":\"+01:00\"}")
                .json()
                .path("id")
                .asText();
        assertThat(dueAt(id)).isEqualTo("2031-10-26T01:30:00Z");
        browser.post(
                "/desk/posts/" + id + "/edit",
                "version",
                "1",
                "date",
                "2031-10-26",
                "time",
                "02:30",
                "zone",
                "Europe/Paris");
        assertThat(dueAt(id)).isEqualTo("2031-10-26T00:30:00Z");
    }

    @Test
    void a_post_that_waits_is_changed_with_all_that_it_was_written_with() {
        String id = post("réunion", "2031-05-01T10:30");
        String path = "/desk/posts/" + id;
        Browser.Page page = browser.get(path);
        assertThat(page.body()).contains("<section id=\"preview\"", "class=\"size", "name=\"thread\"");
        String[] fields = {
            "version",
            page.hidden("version"),
            "text",
            "réunion",
            "language",
            "fr",
            "date",
            "2031-05-01",
            "time",
            "10:30",
            "zone",
            "Europe/Paris",
            "images",
            "shown",
            "thread",
            "yes",
            "warning",
            "Repas"
        };
        assertThat(browser.post(path + "/edit", fields).body()).contains("Le message est modifié.", "⚠ Repas");
        assertThat(browser.get(path).body()).contains("name=\"thread\" value=\"yes\" checked");
        fields[1] = "2";
        assertThat(browser.post(path + "/edit", fields).body())
                .as("nothing is different")
                .contains("Rien ne change");
    }

    @Test
    void a_move_that_is_refused_takes_nothing_out_of_the_form() {
        String id = post("réunion", "2031-05-01T10:30");
        Browser.Page page = browser.get("/desk/posts/" + id);
        Browser.Page refused = browser.post(
                "/desk/posts/" + id + "/edit",
                "version",
                page.hidden("version"),
                "date",
                "2020-01-01",
                "time",
                "10:30",
                "back",
                "/desk/calendar");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body())
                .contains("required>réunion</textarea>", "value=\"2020-01-01\"", "name=\"channel\" value=\"rehearsal\"")
                .contains("name=\"language\" value=\"fr\"");
    }

    @Test
    void what_was_planned_in_another_zone_keeps_its_time_there() {
        String id = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"aux îles\",\"channels\":[\"rehearsal\"],\"at\":\"2031-10-20T18:30\",\"zone\":\"America/Martinique\"}")
                .json()
                .path("id")
                .asText();
        Browser.Page list = browser.get("/desk/calendar?view=list&date=2031-10-21");
        assertThat(list.body())
                .contains("data-zone=\"America/Martinique\" data-shift=\"-1\"", "data-time=\"18:30\"")
                .contains("name=\"date\" value=\"2031-10-20\"", "name=\"zone\" value=\"America/Martinique\"");
        // Paris puts its clocks back in between, Martinique never does.
        browser.post(
                "/desk/posts/" + id + "/edit",
                "version",
                list.hidden("version"),
                "date",
                "2031-10-27",
                "time",
                "18:30",
                "zone",
                "America/Martinique",
                "back",
                "/desk/calendar");
        assertThat(daemon.get("/api/v1/posts/" + id).body()).contains("2031-10-27T22:30:00Z", "America/Martinique");
    }

    @Test
    void an_hour_that_comes_twice_says_which_of_the_two_wherever_it_stands() {
        String first = post("la nuit longue", "2031-10-26T02:30");
        String second = post("la nuit plus longue", "2031-10-26T02:30+01:00");
        assertThat(browser.get("/desk/posts/" + first).body()).contains("2\u202fh\u202f30 (la première fois)");
        assertThat(browser.get("/desk/posts/" + second).body())
                .contains("2\u202fh\u202f30 (la seconde fois)")
                .doesNotContain("(la première fois)");
        assertThat(browser.get("/desk").body()).contains("(la première fois)", "(la seconde fois)");
        assertThat(browser.post(
                                "/desk/write/preview",
                                "text",
                                "Marche",
                                "channel",
                                "rehearsal",
                                "date",
                                "2031-10-26",
                                "time",
                                "02:30",
                                "zone",
                                "Europe/Paris")
                        .body())
                .contains("2\u202fh\u202f30 (la première fois)");
    }

    @Test
    void a_move_that_is_refused_stands_in_the_form_in_the_zone_of_the_calendar() {
        String id = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"réunion\",\"channels\":[\"rehearsal\"],\"at\":\"2031-05-01T10:30\",\"zone\":\"Indian/Reunion\"}")
                .json()
                .path("id")
                .asText();
        Browser.Page page = browser.get("/desk/posts/" + id);
        assertThat(page.body()).contains("name=\"zone\" value=\"Indian/Reunion\"", "value=\"10:30\"");
        Browser.Page refused = browser.post(
                "/desk/posts/" + id + "/edit",
                "version",
                "7",
                "date",
                "2031-05-02",
                "time",
                "08:30",
                "back",
                "/desk/calendar");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body())
                .contains("value=\"2031-05-02\"", "value=\"08:30\"", "name=\"zone\" value=\"Europe/Paris\"")
                .as("nothing was typed that an older text stands behind")
                .doesNotContain("repartez du message actuel");
    }

    @Test
    void what_a_colleague_changed_meanwhile_is_not_taken_back_by_pressing_twice() {
        String id = post("réunion", "2031-05-01T10:30");
        String path = "/desk/posts/" + id;
        Browser.Page page = browser.get(path);
        String[] fields = {
            "version",
            page.hidden("version"),
            "text",
            "réunion publique",
            "language",
            "fr",
            "date",
            "2031-05-01",
            "time",
            "10:30",
            "zone",
            "Europe/Paris",
            "images",
            "shown"
        };
        daemon.send(
                daemon.token(),
                "PATCH",
                "/api/v1/posts/" + id,
                "{\"version\":1,\"at\":\"2031-05-01T20:00\"}".getBytes(StandardCharsets.UTF_8));
        Browser.Page told = browser.post(path + "/edit", fields);
        assertThat(told.status()).isEqualTo(409);
        assertThat(told.body()).contains("required>réunion publique</textarea>", "repartez du message actuel");
        fields[1] = versionOfForm(told);
        assertThat(browser.post(path + "/edit", fields).status()).isEqualTo(409);
        assertThat(dueAt(id)).as("as the colleague has it").isEqualTo("2031-05-01T18:00:00Z");
        assertThat(versionOfForm(browser.get(path))).isEqualTo("2");
    }

    private static String versionOfForm(Browser.Page page) {
        return page.body().replaceAll("(?s).*/edit\".*?name=\"version\" value=\"(\\d+)\".*", "$1");
    }

    @Test
    void a_post_that_waits_is_edited_on_its_page_and_one_that_is_out_is_not() {
        String id = post("réunion", "2031-10-26T02:30+01:00");
        String path = "/desk/posts/" + id;
        Browser.Page page = browser.get(path);
        assertThat(page.body()).contains("Si un accord a été donné, il tombe", "value=\"02:30\"");
        String[] fields = {
            "version",
            page.hidden("version"),
            "text",
            "réunion publique",
            "language",
            "fr",
            "date",
            "2031-10-26",
            "time",
            "02:30",
            "zone",
            "Europe/Paris"
        };
        assertThat(browser.post(path + "/edit", fields).body()).contains("réunion publique");
        assertThat(dueAt(id)).as("the second of two stays the second").isEqualTo("2031-10-26T01:30:00Z");
        fields[1] = "2";
        assertThat(browser.post(path + "/edit", fields).body()).contains("Rien ne change");
        fields[9] = "02:45";
        assertThat(browser.post(path + "/edit", fields).body())
                .contains("Le message est modifié.", "Europe/Paris")
                .contains("02:45");
        fields[1] = "3";
        fields[9] = "02:30";
        assertThat(browser.post(path + "/edit", fields).body())
                .as("which of the two")
                .contains("écrivez +01:00 comme fuseau horaire");
        assertThat(dueAt(id)).isEqualTo("2031-10-26T00:30:00Z");
        fields[1] = "4";
        fields[11] = "+01:00";
        browser.post(path + "/edit", fields);
        assertThat(dueAt(id)).isEqualTo("2031-10-26T01:30:00Z");
        fields[1] = "5";
        fields[9] = "";
        assertThat(browser.post(path + "/edit", fields).body()).contains("Donnez le jour et l’heure");

        String out = daemon.post("/api/v1/posts", "{\"text\":\"paru\",\"channels\":[\"rehearsal\"]}")
                .json()
                .path("id")
                .asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk/posts/" + out).body().contains("publié aujourd’hui"));
        assertThat(browser.get("/desk/posts/" + out).body()).doesNotContain("id=\"edit\"");
        assertThat(browser.get("/desk/calendar").body()).contains("paru").doesNotContain("data-move=");
        fields[9] = "03:45";
        Browser.Page refused = browser.post("/desk/posts/" + out + "/edit", fields);
        assertThat(refused.status()).isEqualTo(409);
    }

    @Test
    void slots_are_kept_at_the_desk_and_a_post_goes_to_the_next_free_one() {
        assertThat(browser.get("/desk/write").body()).doesNotContain("Au prochain créneau libre");
        browser.get("/desk/calendar/slots");
        Browser.Page slots =
                browser.post("/desk/calendar/slots", "channel", "rehearsal", "weekday", "thursday", "time", "18:30");
        assertThat(slots.body()).contains("jeudi 18\u202fh\u202f30", "C’est enregistré.");
        assertThat(browser.post("/desk/calendar/slots", "channel", "rehearsal", "weekday", "thursday", "time", "18:30")
                        .body())
                .contains("rehearsal a déjà ce créneau");
        Browser.Page form = browser.get("/desk/write");
        String next = form.body().replaceAll("(?s).*value=\"(next [^\"]+)\".*", "$1");
        assertThat(form.body()).containsPattern("Au prochain créneau libre\u00a0: [a-zéû’0-9 ]+ 18\u202fh\u202f30");
        Browser.Page post = browser.post(
                "/desk/write",
                "key",
                form.hidden("key"),
                "text",
                "au créneau",
                "channel",
                "rehearsal",
                "channel",
                "feed",
                "when",
                next);
        assertThat(post.body()).containsPattern("prévu [a-zéû’0-9 ]+ 18\u202fh\u202f30");
        String remove = slots.body().replaceAll("(?s).*action=\"(/desk/calendar/slots/[^\"]+/remove)\".*", "$1");
        assertThat(browser.post(remove).body()).contains("Aucun créneau");
    }

    @Test
    void what_failed_of_a_post_goes_on_at_once_and_what_is_frozen_is_told() {
        for (String channel : new String[] {"a", "b", "c"}) {
            daemon.post(
                    "/api/v1/channels",
                    "{\"id\":\"" + channel + "\",\"network\":\"rehearsal\",\"settings\":{},\"inDefaultSet\":false}");
        }
        String freeze = daemon.post("/api/v1/freeze", "{\"reason\":\"deuil\",\"channels\":[\"a\",\"b\"]}")
                .json()
                .path("id")
                .asText();
        daemon.post("/api/v1/freeze", "{\"reason\":\"silence\",\"channels\":[\"c\"]}");
        String id = daemon.post("/api/v1/posts", "{\"text\":\"retenu\",\"channels\":[\"a\",\"b\",\"c\",\"rehearsal\"]}")
                .json()
                .path("id")
                .asText();
        String path = "/desk/posts/" + id;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get(path).body().contains("Relancer 3 envois qui n’ont pas abouti"));
        daemon.send(
                daemon.token(),
                "DELETE",
                "/api/v1/freeze/" + freeze,
                "{\"reason\":\"fini\"}".getBytes(StandardCharsets.UTF_8));
        List<String> fields = new ArrayList<>();
        Pattern.compile("name=\"seen\" value=\"([^\"]+)\"")
                .matcher(browser.get(path).body())
                .results()
                .forEach(seen -> fields.addAll(List.of("seen", seen.group(1))));
        Browser.Page tried = browser.post(path + "/retry", fields.toArray(String[]::new));
        assertThat(tried.status()).isEqualTo(409);
        assertThat(tried.body()).contains("c\u00a0: ", "silence");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/posts/" + id).body().split("\"state\":\"PUBLISHED\"", -1).length > 3);
        assertThat(daemon.get("/api/v1/deliveries?state=HELD").json().path("items"))
                .hasSize(1);
        assertThat(browser.post(path + "/retry", fields.toArray(String[]::new)).status())
                .as("c is still frozen, the others are not sent twice")
                .isEqualTo(409);
        assertThat(daemon.get("/api/v1/deliveries").json().path("items")).hasSize(4);
    }

    @Test
    void texts_of_channels_and_images_of_a_post_that_waits_are_changed_on_its_page() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png))
                .isTrue();
        String image = daemon.send(daemon.token(), "POST", "/api/v1/media?name=place.png", png.toByteArray())
                .json()
                .path("id")
                .asText();
        String id = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"commun\",\"channels\":[\"rehearsal\"],\"at\":\"2031-06-01T18:30\",\"zone\":\"Europe/Paris\","
                                + "\"variants\":{\"rehearsal\":{\"text\":\"à part\"}},\"media\":[{\"id\":\"" + image
                                + "\",\"alt\":\"la place\"}]}")
                .json()
                .path("id")
                .asText();
        String path = "/desk/posts/" + id;
        assertThat(browser.get(path).body())
                .contains("name=\"variant.rehearsal\"", "à part</textarea>", "la place</textarea>");
        String edit = path + "/edit";
        assertThat(browser.post(
                                edit,
                                "version",
                                "1",
                                "variant.rehearsal",
                                "tout autre",
                                "images",
                                "shown",
                                "media",
                                image,
                                "alt",
                                "la place, vide")
                        .body())
                .contains("Le message est modifié.");
        JsonNode post = daemon.get("/api/v1/posts/" + id).json();
        assertThat(browser.get(path).body()).contains("tout autre</textarea>");
        assertThat(post.path("media").path(0).path("alt").asText()).isEqualTo("la place, vide");
        assertThat(post.path("text").asText()).isEqualTo("commun");
        assertThat(browser.post(
                                edit,
                                "version",
                                "2",
                                "variant.rehearsal",
                                "",
                                "images",
                                "shown",
                                "media",
                                image,
                                "alt",
                                "",
                                "drop",
                                image)
                        .body())
                .contains("Le message est modifié.");
        post = daemon.get("/api/v1/posts/" + id).json();
        assertThat(browser.get(path).body()).doesNotContain("tout autre");
        assertThat(post.path("media")).isEmpty();
    }
}
