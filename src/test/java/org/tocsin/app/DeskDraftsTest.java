package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;

/** What the team is writing, kept without a script: by one person, and by two who do not know of each other. */
class DeskDraftsTest {
    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Browser zoe;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(folder);
        zoe = Browser.ofTheFirst(daemon);
    }

    @AfterEach
    void stop() {
        zoe.close();
        daemon.close();
    }

    private Browser colleague() {
        zoe.get("/desk/team");
        Page made = zoe.post(
                "/desk/team/invite", "login", "lea@exemple.fr", "name", "Léa", "role", "AUTHOR", "language", "fr");
        Matcher link =
                Pattern.compile("value=\"http://[^/]+(/desk/password[^\"]+)\"").matcher(made.body());
        assertThat(link.find()).isTrue();
        Browser lea = new Browser(daemon.port());
        Page choose = lea.get(link.group(1));
        lea.post("/desk/password", "token", choose.hidden("token"), "password", Browser.GOOD);
        lea.get("/desk/sign-in");
        lea.post("/desk/sign-in", "login", "lea@exemple.fr", "password", Browser.GOOD);
        return lea;
    }

    private static String[] of(Page form, String text, String... more) {
        return Stream.of(
                        new String[] {
                            "key",
                            form.hidden("key"),
                            "draft",
                            form.hidden("draft"),
                            "version",
                            form.hidden("version"),
                            "text",
                            text,
                            "channel",
                            "rehearsal"
                        },
                        more)
                .flatMap(Stream::of)
                .toArray(String[]::new);
    }

    private static byte[] image() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    @Test
    void everything_in_the_form_is_kept_listed_opened_and_sent_once() throws IOException {
        daemon.post("/api/v1/campaigns", "{\"id\":\"mairie\",\"name\":\"Municipales\"}");
        assertThat(zoe.get("/desk/drafts").body()).contains("Rien n’attend ici");
        Page form = zoe.get("/desk/write");
        String media = zoe.upload("/desk/media?name=place.png", image(), form.hidden("csrf"))
                .hidden("media");
        Page kept = zoe.post(
                "/desk/drafts",
                of(
                        form,
                        "Réunion <b>jeudi</b>",
                        "variant.feed",
                        "Pour le flux",
                        "date",
                        "2031-06-01",
                        "time",
                        "18:30",
                        "zone",
                        "America/Cayenne",
                        "language",
                        "br",
                        "campaign",
                        "mairie",
                        "thread",
                        "yes",
                        "media",
                        media,
                        "label",
                        "place.png",
                        "alt",
                        "La place"));
        assertThat(kept.path()).isEqualTo("/desk/write?draft=" + form.hidden("draft") + "&done=kept");
        assertThat(zoe.get("/desk/drafts").body())
                .contains("Réunion &lt;b&gt;jeudi&lt;/b&gt;")
                .contains("Zoé, aujourd’hui");
        Page opened = zoe.get("/desk/write?draft=" + form.hidden("draft"));
        assertThat(opened.body())
                .contains("Réunion &lt;b&gt;jeudi&lt;/b&gt;</textarea>")
                .contains("Pour le flux</textarea>")
                .contains("value=\"2031-06-01\"")
                .contains("value=\"18:30\"")
                .contains("value=\"America/Cayenne\"")
                .contains("value=\"br\"")
                .contains("value=\"mairie\" selected")
                .contains("name=\"thread\" value=\"yes\" checked")
                .contains("name=\"media\" value=\"" + media)
                .contains("La place</textarea>")
                .contains("value=\"rehearsal\" checked")
                .doesNotContain("value=\"feed\" checked");
        Page post = zoe.post("/desk/write", of(opened, "Réunion jeudi", "when", "now"));
        assertThat(post.path()).startsWith("/desk/posts/");
        assertThat(zoe.get("/desk/drafts").body()).contains("Rien n’attend ici");
        Page became = zoe.get("/desk/write?draft=" + form.hidden("draft"));
        assertThat(became.path()).isEqualTo(post.path() + "?done=draft_sent");
        assertThat(became.body()).contains("Ce brouillon est parti").contains("Réunion jeudi");
        try (Browser lea = colleague()) {
            assertThat(lea.get("/desk/write?draft=" + form.hidden("draft")).path())
                    .isEqualTo(became.path());
        }
        assertThat(zoe.get("/desk/write?draft=nothing").status()).isEqualTo(404);
    }

    @Test
    void what_the_form_saves_late_does_not_bring_back_what_it_has_sent() {
        Page form = zoe.get("/desk/write");
        assertThat(zoe.post("/desk/write", of(form, "Envoyé", "when", "now")).path())
                .startsWith("/desk/posts/");
        Page late = zoe.post("/desk/drafts?part=draft", of(form, "Envoyé"));
        assertThat(late.body()).contains("déjà publié");
        assertThat(zoe.post("/desk/drafts?part=draft", of(form, "Envo")).body())
                .as("typed before it was sent")
                .contains("déjà publié");
        assertThat(zoe.get("/desk/drafts").body()).contains("Rien n’attend ici");
    }

    @Test
    void what_is_typed_into_a_form_that_was_sent_is_a_draft_of_its_own_and_can_be_sent() {
        Page form = zoe.get("/desk/write");
        zoe.post("/desk/write", of(form, "À 18 h", "when", "now"));
        Page same = zoe.post("/desk/drafts?part=draft", of(form, "À 18 h", "later", "yes"));
        assertThat(same.body()).as("nothing was typed").contains("déjà publié");
        Page kept = zoe.post("/desk/drafts?part=draft", of(form, "À 19 h", "later", "yes"));
        assertThat(kept.body())
                .contains("un message de plus")
                .doesNotContain(form.hidden("key"))
                .doesNotContain(form.hidden("draft"));
        assertThat(zoe.get("/desk/drafts").body()).contains("À 19 h");
        Page without = zoe.post("/desk/drafts", of(form, "À 20 h"));
        assertThat(without.path()).as("without the script").startsWith("/desk/write?draft=");
        assertThat(without.body()).contains("À 20 h</textarea>").doesNotContain(form.hidden("key"));
        assertThat(zoe.post("/desk/write", of(without, "À 20 h", "when", "now")).path())
                .startsWith("/desk/posts/");
        assertThat(daemon.posts()).isEqualTo(2);
    }

    /** As the tab brings them back: what was typed, under the draft's id, in a form with a key of its own. */
    private static String[] restored(Page form, Page before, String version, String text, String... more) {
        String[] fields = of(form, text, more);
        fields[3] = before.hidden("draft");
        fields[5] = version;
        return fields;
    }

    @Test
    void what_was_sent_though_the_answer_was_lost_is_not_sent_again_by_the_form_that_brings_it_back() {
        Page form = zoe.get("/desk/write");
        Page sent = zoe.post("/desk/write", of(form, "Partagé du train", "when", "now"));
        Page later = zoe.get("/desk/write");
        Page kept = zoe.post("/desk/drafts?part=draft", restored(later, form, "0", "Partagé du train"));
        assertThat(kept.body()).contains("déjà publié").contains("data-draft=\"" + form.hidden("draft"));
        assertThat(zoe.get("/desk/drafts").body()).contains("Rien n’attend ici");
        for (String version : List.of("0", "3")) {
            Page again = zoe.post("/desk/write", restored(later, form, version, "Partagé du train", "when", "now"));
            assertThat(again.path()).isEqualTo(sent.path() + "?done=draft_sent");
        }
        assertThat(daemon.posts()).isEqualTo(1);
    }

    @Test
    void what_was_changed_after_it_was_sent_makes_one_more_post_only_when_that_was_told() {
        Page form = zoe.get("/desk/write");
        zoe.post("/desk/write", of(form, "Partagé du train", "when", "now"));
        Page later = zoe.get("/desk/write");
        Page told = zoe.post("/desk/write", restored(later, form, "0", "Partagé du train, corrigé", "when", "now"));
        assertThat(told.status()).isEqualTo(409);
        assertThat(told.body()).contains("Partagé du train, corrigé</textarea>");
        assertThat(daemon.posts()).isEqualTo(1);
        assertThat(zoe.post("/desk/write", of(told, "Partagé du train, corrigé", "when", "now"))
                        .path())
                .startsWith("/desk/posts/");
        assertThat(daemon.posts()).isEqualTo(2);
    }

    @Test
    void a_form_stands_not_in_its_own_way_and_an_empty_one_keeps_nothing() {
        Page form = zoe.get("/desk/write");
        assertThat(zoe.post("/desk/drafts?part=draft", of(form, "  ")).body()).contains("data-version=\"0\"");
        assertThat(zoe.post("/desk/drafts?part=draft", of(form, "R")).body())
                .contains("data-version=\"1\"")
                .contains("Brouillon enregistré aujourd’hui");
        assertThat(zoe.post("/desk/drafts?part=draft", of(form, "Ré")).body())
                .as("the answer to the one before was lost")
                .contains("data-version=\"2\"");
        assertThat(zoe.post("/desk/drafts?part=draft", of(form, "Ré")).body()).contains("data-version=\"2\"");
    }

    @Test
    void of_two_equal_texts_it_is_said_what_else_differs() {
        Page begun = zoe.get("/desk/write");
        zoe.post("/desk/drafts", of(begun, "Réunion jeudi"));
        String path = "/desk/write?draft=" + begun.hidden("draft");
        try (Browser lea = colleague()) {
            Page hers = lea.get(path);
            Page mine = zoe.get(path);
            lea.post("/desk/drafts", of(hers, "Réunion jeudi", "date", "2031-06-01", "time", "18:30"));
            assertThat(zoe.post("/desk/drafts", of(mine, "Réunion jeudi", "variant.rehearsal", "Jeudi"))
                            .body())
                    .contains("Ce qui diffère", "<td>–</td><td>2031-06-01 18:30</td>", "<td>Jeudi</td><td>–</td>");
        }
    }

    @Test
    void two_who_write_into_one_draft_lose_no_word() {
        Page begun = zoe.get("/desk/write");
        zoe.post("/desk/drafts", of(begun, "Réunion jeudi"));
        String path = "/desk/write?draft=" + begun.hidden("draft");
        try (Browser lea = colleague()) {
            Page hers = lea.get(path);
            Page mine = zoe.get(path);
            lea.post("/desk/drafts", of(hers, "Réunion jeudi, salle A"));
            Page asked = zoe.post("/desk/drafts?part=draft", of(mine, "Réunion jeudi à 18 h"));
            assertThat(asked.status()).as("no error in the console").isEqualTo(200);
            assertThat(asked.body())
                    .contains("Léa a modifié ce brouillon", "Réunion jeudi à 18 h", "Réunion jeudi, salle A");
            Page whole = zoe.post("/desk/drafts", of(mine, "Réunion jeudi à 18 h"));
            assertThat(whole.status()).isEqualTo(409);
            assertThat(whole.body()).contains("Réunion jeudi à 18 h</textarea>", "Réunion jeudi, salle A");
            Page sent = zoe.post("/desk/write", of(mine, "Réunion jeudi à 18 h", "when", "now"));
            assertThat(sent.status()).isEqualTo(409);
            assertThat(sent.body()).contains("Rien n’est parti", "Réunion jeudi, salle A");
            assertThat(daemon.posts()).isZero();
            Page over = zoe.post(
                    "/desk/drafts", of(mine, "Réunion jeudi à 18 h", "keep", "mine", "seen", whole.hidden("seen")));
            assertThat(over.body()).contains("Réunion jeudi à 18 h</textarea>").contains("Les deux textes sont gardés");
            assertThat(zoe.get("/desk/drafts").body()).contains("Réunion jeudi à 18 h", "Réunion jeudi, salle A");
            Page again = lea.post("/desk/drafts", of(hers, "Réunion jeudi, salle B", "keep", "theirs"));
            assertThat(again.body()).contains("Réunion jeudi à 18 h</textarea>");
            assertThat(zoe.get("/desk/drafts").body())
                    .contains("Réunion jeudi à 18 h", "Réunion jeudi, salle A", "Réunion jeudi, salle B");
        }
    }

    @Test
    void a_draft_that_a_colleague_has_sent_is_not_sent_again_unasked_and_its_words_are_kept() {
        Page begun = zoe.get("/desk/write");
        zoe.post("/desk/drafts", of(begun, "Réunion jeudi"));
        String path = "/desk/write?draft=" + begun.hidden("draft");
        try (Browser lea = colleague()) {
            Page mine = zoe.get(path);
            lea.post("/desk/write", of(lea.get(path), "Réunion jeudi", "when", "now"));
            assertThat(daemon.posts()).isEqualTo(1);
            Page saved = zoe.post("/desk/drafts?part=draft", of(mine, "Réunion jeudi, et encore"));
            assertThat(saved.body()).contains("gardé à part").doesNotContain(begun.hidden("draft"));
            Page sent = zoe.post("/desk/write", of(mine, "Réunion jeudi, et encore", "when", "now"));
            assertThat(sent.status()).isEqualTo(409);
            assertThat(sent.body()).contains("envoyé ou supprimé entre-temps", "et encore</textarea>");
            assertThat(daemon.posts()).isEqualTo(1);
            assertThat(sent.hidden("version")).isEqualTo("0");
            assertThat(zoe.post("/desk/write", of(sent, "Réunion jeudi, et encore", "when", "now"))
                            .path())
                    .startsWith("/desk/posts/");
        }
    }

    @Test
    void a_draft_is_deleted_as_it_was_seen() {
        Page form = zoe.get("/desk/write");
        zoe.post("/desk/drafts", of(form, "Réunion"));
        String delete = "/desk/drafts/" + form.hidden("draft") + "/delete";
        zoe.post("/desk/drafts?part=draft", of(form, "Réunion jeudi"));
        Page stale = zoe.post(delete, "version", "1");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.body()).contains("Réunion jeudi");
        assertThat(zoe.post(delete, "version", "2").body())
                .contains("Brouillon supprimé")
                .contains("Rien n’attend ici");
        assertThat(zoe.post(delete, "version", "2").body()).contains("n’est plus là");
    }
}
