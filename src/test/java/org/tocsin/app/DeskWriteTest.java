package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.app.Browser.Page;

/** The page where a message is written, without a script: what each button does, and what is kept. */
class DeskWriteTest {
    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Browser browser;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(folder, "TOCSIN_DELIVERY_UNDO", "60s");
        browser = Browser.ofTheFirst(daemon);
        daemon.post("/api/v1/channels", """
                {"id":"practice","network":"rehearsal","name":"Exercice","settings":{"standsFor":"x"},"inDefaultSet":false}""");
    }

    @AfterEach
    void stop() {
        browser.close();
        daemon.close();
    }

    private String said(Page post, String channel) {
        JsonNode deliveries =
                daemon.get(post.path().replace("/desk/", "/api/v1/")).json().path("deliveries");
        for (JsonNode delivery : deliveries) {
            if (delivery.path("channelId").asText().equals(channel)) {
                return delivery.path("segments").path(0).path("text").asText();
            }
        }
        return "";
    }

    @Test
    void a_channel_may_have_a_text_of_its_own_and_the_others_say_the_common_one() {
        Page form = browser.get("/desk/write");
        assertThat(form.body())
                .contains("Un autre texte pour Exercice")
                .doesNotContain("<details class=\"variant\" open");
        String[] fields = {
            "key",
            form.hidden("key"),
            "text",
            "Réunion jeudi, salle des fêtes",
            "channel",
            "rehearsal",
            "channel",
            "practice",
            "variant.practice",
            "Jeudi <court>",
            "variant.rehearsal",
            "  ",
            "variant.feed",
            "d’un canal qui n’est pas choisi",
            "when",
            "now"
        };
        Page seen = browser.post("/desk/write/preview", fields);
        assertThat(seen.body())
                .contains("13 / 280 caractères pondérés")
                .contains("<p class=\"said\">Jeudi &lt;court&gt;</p>")
                .contains("<p class=\"said\">Réunion jeudi, salle des fêtes</p>")
                .contains("d’un canal qui n’est pas choisi</textarea>");
        Page post = browser.post("/desk/write", fields);
        assertThat(post.path()).startsWith("/desk/posts/");
        assertThat(said(post, "practice")).isEqualTo("Jeudi <court>");
        assertThat(said(post, "rehearsal")).isEqualTo("Réunion jeudi, salle des fêtes");
    }

    @Test
    void a_text_too_long_for_one_channel_is_told_there_and_hides_nothing_of_the_others() {
        Page seen = browser.post(
                "/desk/write/preview?part=preview",
                "text",
                "Court",
                "channel",
                "rehearsal",
                "channel",
                "practice",
                "variant.practice",
                "long ".repeat(80));
        // Said in the status line, once one stops typing: an alert at each letter would talk all the time.
        assertThat(seen.body())
                .contains("<p class=\"said\">Court</p>", "class=\"note wrong\"", "ne peut pas partir ainsi")
                .doesNotContain("role=\"alert\"");
    }

    private static String[] with(String[] fields, String... more) {
        return Stream.of(fields, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void what_was_cancelled_before_its_time_is_written_again_for_that_time() {
        Page form = browser.get("/desk/write");
        Page post = browser.post(
                "/desk/write",
                "key",
                form.hidden("key"),
                "text",
                "Marche",
                "channel",
                "rehearsal",
                "date",
                "2031-06-01",
                "time",
                "18:30",
                "zone",
                "America/Montreal",
                "when",
                "at 2031-06-01T18:30 America/Montreal");
        String api = post.path().replace("/desk/", "/api/v1/").replaceAll("\\?.*", "");
        JsonNode delivery = daemon.get(api).json().path("deliveries").path(0);
        browser.post(
                "/desk/deliveries/" + delivery.path("id").asText() + "/cancel",
                "version",
                delivery.path("version").asText());
        Page again = browser.get("/desk/write?post=" + api.replace("/api/v1/posts/", ""));
        assertThat(again.body())
                .contains("value=\"2031-06-01\"", "value=\"18:30\"", "at 2031-06-01T18:30 America/Montreal");
    }

    @Test
    void what_is_written_on_in_a_form_that_was_sent_can_be_sent_from_the_page_that_refuses_it() {
        Page form = browser.get("/desk/write");
        String[] fields = {"key", form.hidden("key"), "text", "Marche", "channel", "rehearsal", "when", "now"};
        fields = Stream.concat(Stream.of(fields), Stream.of("draft", form.hidden("draft")))
                .toArray(String[]::new);
        browser.post("/desk/write", fields);
        fields[3] = "Marche, mieux";
        Page refused = browser.post("/desk/write", fields);
        assertThat(refused.status()).isEqualTo(409);
        fields[1] = refused.hidden("key");
        fields[9] = refused.hidden("draft");
        Page sent = browser.post("/desk/write", fields);
        assertThat(sent.path()).startsWith("/desk/posts/");
        assertThat(said(sent, "rehearsal")).isEqualTo("Marche, mieux");
    }

    @Test
    void the_next_free_slot_with_a_date_in_the_form_is_asked_about() {
        Page form = browser.get("/desk/write");
        Page asked = browser.post(
                "/desk/write",
                "key",
                form.hidden("key"),
                "text",
                "Marche",
                "channel",
                "rehearsal",
                "date",
                "2031-06-01",
                "time",
                "18:30",
                "zone",
                "Europe/Paris",
                "when",
                "next");
        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.body()).contains("at 2031-06-01T18:30 Europe/Paris").contains("dimanche 1er juin 2031");
    }

    @Test
    void what_the_author_should_know_is_told_after_sending_as_well() {
        String[] fields = {"text", "Le même texte", "channel", "rehearsal", "when", "now"};
        browser.post(
                "/desk/write", with(fields, "key", browser.get("/desk/write").hidden("key")));
        Page again = browser.post(
                "/desk/write", with(fields, "key", browser.get("/desk/write").hidden("key")));
        assertThat(again.path()).startsWith("/desk/posts/");
        assertThat(again.body()).contains("Un texte identique est parti sur");
    }

    @Test
    void the_buttons_say_that_a_time_is_past_before_one_is_pressed() {
        String[] fields = {"text", "Marche", "channel", "rehearsal", "time", "18:30", "zone", "Europe/Paris"};
        assertThat(browser.post("/desk/write/preview", with(fields, "date", "2021-06-01"))
                        .body())
                .contains("Cette heure est passée.");
        assertThat(browser.post("/desk/write/preview", with(fields, "date", "2031-06-01"))
                        .body())
                .contains("at 2031-06-01T18:30 Europe/Paris")
                .doesNotContain("Cette heure est passée.");
    }

    @Test
    void whoever_asked_for_the_next_slot_and_typed_a_date_is_asked_which_and_can_have_either() {
        daemon.post("/api/v1/slots", "{\"channelId\":\"rehearsal\",\"weekday\":\"MONDAY\",\"time\":\"18:00\"}");
        Page form = browser.get("/desk/write");
        String[] fields = {"key", form.hidden("key"), "text", "Marche", "channel", "rehearsal", "zone", "Europe/Paris"};
        String offered = browser.post("/desk/write/preview", fields).body();
        String next = offered.replaceAll("(?s).*name=\"when\" value=\"(next [^\"]+)\".*", "$1");
        assertThat(next).startsWith("next ").hasSizeLessThan(40);
        fields = with(fields, "date", "2031-06-01");
        Page half = browser.post("/desk/write", with(fields, "when", next));
        assertThat(half.status()).isEqualTo(422);
        assertThat(half.body())
                .contains("Au prochain créneau libre, ou plus tard")
                .contains("value=\"slot ");
        fields = with(fields, "time", "18:30");
        Page asked = browser.post("/desk/write", with(fields, "when", next));
        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.body())
                .contains("Au prochain créneau libre, ou dimanche 1er juin 2031")
                .doesNotContain("vous avez demandé de publier maintenant")
                .contains("value=\"at 2031-06-01T18:30 Europe/Paris\"")
                .contains("Au prochain créneau libre, sans tenir compte de la date\u00a0: lundi");
        assertThat(daemon.posts()).isZero();
        assertThat(browser.post("/desk/write", with(fields, "when", "slot 2020-01-01T00:00:00Z"))
                        .body())
                .as("another slot than the next one")
                .contains("La date a changé");
        Page sent = browser.post("/desk/write", with(fields, "when", next.replace("next", "slot")));
        assertThat(sent.path()).startsWith("/desk/posts/");
        assertThat(sent.body()).contains("lundi").doesNotContain("2031");
    }

    @Test
    void a_rehearsal_that_was_removed_can_be_made_again() {
        browser.post("/desk/rehearsal", "network", "mastodon");
        daemon.send(daemon.token(), "DELETE", "/api/v1/channels/rehearsal-mastodon", new byte[0]);
        Page made = browser.post("/desk/rehearsal", "network", "mastodon");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(daemon.get("/api/v1/channels").body()).contains("\"rehearsal-mastodon-2\"");
    }

    @Test
    void an_entry_of_the_mention_book_is_not_written_over_unseen() {
        browser.post("/desk/mentions", "name", "claire", "shown", "Claire", "handle.x", "claire");
        Page refused = browser.post("/desk/mentions", "name", "claire", "shown", "Clairette");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body())
                .contains("Le carnet a déjà")
                .contains("@claire")
                .contains("Clairette");
        Page opened = browser.get("/desk/mentions?name=claire");
        String seen = opened.hidden("seen").isEmpty() ? "" : opened.hidden("seen");
        assertThat(browser.post("/desk/mentions", "seen", seen, "name", "claire", "shown", "C.", "handle.x", "cc")
                        .body())
                .contains("@cc");
        assertThat(browser.post("/desk/mentions", "seen", seen, "name", "claire", "shown", "D.")
                        .status())
                .as("it was changed since")
                .isEqualTo(409);
    }

    @Test
    void of_two_who_change_an_entry_of_the_mention_book_at_once_one_is_told() throws Exception {
        browser.post("/desk/mentions", "name", "Claire", "shown", "Claire");
        assertThat(browser.post("/desk/mentions", "name", "CLAIRE", "shown", "Clairette")
                        .status())
                .as("the same name to the book")
                .isEqualTo(409);
        for (int round = 0; round < 15; round++) {
            String seen = browser.get("/desk/mentions?name=Claire").hidden("seen");
            CyclicBarrier together = new CyclicBarrier(2);
            Queue<Integer> answered = new ConcurrentLinkedQueue<>();
            List<Thread> writers = Stream.of("a" + round, "b" + round)
                    .map(shown -> Thread.ofVirtual().start(() -> {
                        try {
                            together.await();
                        } catch (InterruptedException | BrokenBarrierException e) {
                            throw new IllegalStateException(e);
                        }
                        answered.add(browser.post("/desk/mentions", "seen", seen, "name", "Claire", "shown", shown)
                                .status());
                    }))
                    .toList();
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(answered).containsExactlyInAnyOrder(200, 409);
        }
    }

    @Test
    void a_fault_names_the_channel_as_the_desk_does() {
        Page seen = browser.post(
                "/desk/write/preview", "text", "x".repeat(300), "channel", "practice", "key", "", "when", "");
        assertThat(seen.body()).contains("et Exercice ").doesNotContain("et practice ");
    }

    @Test
    void now_with_a_date_in_the_form_is_asked_about_and_nothing_leaves() {
        Page form = browser.get("/desk/write");
        assertThat(form.body())
                .contains("class=\"main\" name=\"when\" value=\"now\">Publier maintenant sur 2 canaux")
                .contains("vous aurez 60 secondes pour annuler");
        String[] fields = {
            "key",
            form.hidden("key"),
            "text",
            "Réunion",
            "channel",
            "rehearsal",
            "date",
            "2031-06-01",
            "zone",
            "Europe/Paris"
        };
        int before = daemon.posts();
        Page half = browser.post("/desk/write", with(fields, "when", "now"));
        assertThat(half.status()).isEqualTo(422);
        assertThat(half.body()).contains("La date est à moitié indiquée").contains("value=\"anyway\"");
        fields = with(fields, "time", "18:30");
        Page asked = browser.post("/desk/write", with(fields, "when", "now"));
        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.body())
                .contains("Publier maintenant, ou dimanche 1er juin 2031 18\u202fh\u202f30\u202f?")
                .contains("class=\"main\" name=\"when\" value=\"at 2031-06-01T18:30 Europe/Paris\">Publier dimanche"
                        + " 1er juin 2031 18\u202fh\u202f30 sur 1 canal<")
                .contains("Publier maintenant, sans tenir compte de la date");
        Page stale = browser.post("/desk/write", with(fields, "when", "at 2031-06-02T18:30 Europe/Paris"));
        assertThat(stale.status()).isEqualTo(422);
        assertThat(stale.body()).contains("La date a changé");
        assertThat(daemon.posts()).isEqualTo(before);
        Page planned = browser.post("/desk/write", with(fields, "when", "at 2031-06-01T18:30 Europe/Paris"));
        assertThat(planned.path()).startsWith("/desk/posts/");
        assertThat(planned.body()).contains("dimanche 1er juin 2031").doesNotContain("Annuler (encore");
        Page again = browser.get("/desk/write");
        fields[1] = again.hidden("key");
        assertThat(browser.post("/desk/write", with(fields, "when", "anyway")).body())
                .contains("Annuler (encore 60\u00a0s)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NOW", "later", "next", "at 2031-06-01T18:30 Europe/Paris"})
    void a_form_that_does_not_say_now_does_not_publish_now(String when) {
        Page form = browser.get("/desk/write");
        int before = daemon.posts();
        String[] fields = {"key", form.hidden("key"), "text", "Réunion", "channel", "rehearsal"};
        Page refused = browser.post("/desk/write", when.isEmpty() ? fields : with(fields, "when", when));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("role=\"alert\"");
        assertThat(daemon.posts()).isEqualTo(before);
        if (when.isEmpty()) {
            assertThat(refused.body()).contains("Rien n’est parti\u00a0: le formulaire ne disait pas quand publier");
        }
    }

    @Test
    void enter_in_a_field_keeps_the_draft_and_changes_no_post() {
        Matcher first = Pattern.compile("<form id=\"write\".*?(<button[^>]*>)", Pattern.DOTALL)
                .matcher(browser.get("/desk/write").body());
        assertThat(first.find()).isTrue();
        assertThat(first.group(1)).contains("formaction=\"/desk/drafts\"", "tabindex=\"-1\"");
        Page form = browser.get("/desk/write");
        Page planned = browser.post(
                "/desk/write",
                "key",
                form.hidden("key"),
                "text",
                "Réunion",
                "channel",
                "rehearsal",
                "date",
                "2031-06-01",
                "time",
                "18:30",
                "zone",
                "Europe/Paris",
                "when",
                "at 2031-06-01T18:30 Europe/Paris");
        Matcher edit =
                Pattern.compile("/edit\".*?(<button[^>]*>)", Pattern.DOTALL).matcher(planned.body());
        assertThat(edit.find()).isTrue();
        assertThat(edit.group(1)).contains(" disabled", "tabindex=\"-1\"");
    }

    @Test
    void enter_in_a_field_changes_nothing_that_is_out_and_orders_no_freeze() {
        String id = daemon.post(
                        "/api/v1/posts", "{\"text\":\"Bonjour\",\"undoSeconds\":0,\"channels\":[\"rehearsal\"]}")
                .json()
                .path("id")
                .asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk/posts/" + id).body().contains("/correct\""));
        assertThat(first(browser.get("/desk/posts/" + id), "/correct")).contains(" disabled", "tabindex=\"-1\"");
        assertThat(first(browser.get("/desk/freeze"), "/desk/freeze")).contains(" disabled", "tabindex=\"-1\"");
        browser.post("/desk/freeze", "reason", "deuil");
        assertThat(first(browser.get("/desk/freeze"), "/end")).contains(" disabled", "tabindex=\"-1\"");
    }

    @Test
    void who_sends_a_form_after_the_session_has_ended_gets_back_what_he_wrote() {
        browser.get("/desk/freeze");
        try (Browser late = new Browser(daemon.port())) {
            Page over = late.post(
                    "/desk/freeze",
                    "reason",
                    "deuil <national>",
                    "from",
                    "",
                    "password",
                    "secret-1",
                    "answer.token",
                    "secret-2");
            assertThat(over.status()).isEqualTo(401);
            assertThat(over.body())
                    .contains("Votre session est terminée", "readonly>deuil &lt;national&gt;</textarea>")
                    .doesNotContain("secret-1", "secret-2");
            assertThat(late.post("/desk/posts/x/correct", "edit", "À 19 h", "variant.rehearsal", "À 19 h ici")
                            .body())
                    .contains("readonly>À 19 h</textarea>", "readonly>À 19 h ici</textarea>");
            Page foreign = late.submit(
                    "/desk/freeze", List.of("Origin", "https://ailleurs.example"), "reason", "mots d’un autre");
            assertThat(foreign.status()).isEqualTo(401);
            assertThat(foreign.body())
                    .as("nobody else puts words on a page of ours")
                    .contains("Votre session est terminée")
                    .doesNotContain("mots d’un autre");
        }
    }

    private static String first(Page page, String action) {
        Matcher button = Pattern.compile("action=\"[^\"]*" + action + "\".*?(<button[^>]*>)", Pattern.DOTALL)
                .matcher(page.body());
        assertThat(button.find()).as(action).isTrue();
        return button.group(1);
    }

    @Test
    void what_was_just_published_is_undone_everywhere_while_nothing_has_left_and_its_text_is_there_again() {
        Page form = browser.get("/desk/write");
        Page post = browser.post(
                "/desk/write",
                "key",
                form.hidden("key"),
                "text",
                "Réunion à 18 h",
                "channel",
                "rehearsal",
                "channel",
                "feed",
                "variant.rehearsal",
                "Le sien",
                "when",
                "now");
        assertThat(post.body()).contains("Annuler (encore").contains("Rien n’est encore parti");
        Page undone = browser.post(post.path() + "/undo");
        assertThat(browser.get(post.path()).body()).as("it is nowhere").doesNotContain(post.path() + "/delete");
        assertThat(undone.body())
                .contains("Annulé avant que rien ne parte")
                .doesNotContain("Annuler (encore")
                .contains("/desk/write?post=");
        assertThat(daemon.get(post.path().replace("/desk/", "/api/v1/")).json().path("deliveries"))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.path("state").asText()).isEqualTo("CANCELLED"));
        assertThat(browser.post(post.path() + "/undo").status()).isEqualTo(200);
        assertThat(browser.get("/desk/write?post=" + post.path().replace("/desk/posts/", ""))
                        .body())
                .contains("Réunion à 18 h</textarea>")
                .contains("Le sien</textarea>")
                .contains("value=\"rehearsal\" checked");
        assertThat(browser.get("/desk/write?post=nope").status()).isEqualTo(404);
    }

    @Test
    void a_thread_is_shown_part_by_part_by_the_rules_of_its_network_and_what_is_the_same_is_said_once() {
        daemon.post("/api/v1/channels", """
                {"id":"second","network":"rehearsal","name":"Deuxième","settings":{"standsFor":"x"},"inDefaultSet":false}""");
        daemon.post("/api/v1/freeze", "{\"until\":\"2031-01-01T00:00\",\"reason\":\"deuil\"}");
        String[] fields = {
            "text", "mot ".repeat(100).strip(), "channel", "practice", "channel", "second", "thread", "yes"
        };
        Page seen = browser.post("/desk/write/preview?part=preview", fields);
        assertThat(seen.body())
                .contains("selon les règles de X")
                .contains("<p class=\"number\">1/2</p>")
                .contains("<p class=\"number\">2/2</p>")
                .contains(" / 280 caractères pondérés")
                .containsOnlyOnce("deuil")
                .contains("De même pour\u00a0: Deuxième.");
        fields[1] = "Avec @{Personne}";
        Page refused = browser.post("/desk/write/preview?part=preview", fields);
        assertThat(refused.body()).containsOnlyOnce("class=\"note wrong\"").contains("Exercice", "Deuxième");
    }

    @Test
    void what_was_rehearsed_is_a_timeline_and_what_was_edited_is_marked() {
        assertThat(browser.get("/desk/rehearsal").body()).contains("Rien n’a encore été répété");
        String id = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"Réunion <à> 18 h\",\"undoSeconds\":0,\"channels\":[\"rehearsal\"]}")
                .json()
                .path("id")
                .asText();
        String path = "/api/v1/posts/" + id;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get(path).json().path("state").asText().equals("DONE"));
        assertThat(browser.get("/desk/rehearsal").body())
                .contains("Réunion &lt;à&gt; 18 h")
                .contains("sans les règles d’un réseau")
                .doesNotContain("none<")
                .doesNotContain("modifié");
        daemon.post(path + "/correct", "{\"mode\":\"edit\",\"version\":1,\"text\":\"Réunion à 19 h\"}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk/rehearsal").body().contains("Réunion à 19 h"));
        assertThat(browser.get("/desk/rehearsal").body()).contains("modifié");
        browser.post("/desk/channels/rehearsal/check");
        assertThat(browser.get("/desk/channels").body())
                .contains("rehearsal · sans les règles d’un réseau")
                .doesNotContain("· none");
    }
}
