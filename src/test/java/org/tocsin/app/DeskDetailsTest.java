package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;

/** What a page must say, ask or keep so that nobody is surprised. */
class DeskDetailsTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private HttpServer site;
    private RunningDaemon daemon;
    private Browser zoe;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        site.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            byte[] body = path.endsWith(".png") ? png() : page();
            exchange.getResponseHeaders().set("Content-Type", path.endsWith(".png") ? "image/png" : "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        site.start();
        daemon = new RunningDaemon(
                folder, "TOCSIN_DESK_UNDO", "60s", "TOCSIN_CARDS", "true", "TOCSIN_HTTP_ALLOW", peer());
        zoe = Browser.ofTheFirst(daemon);
    }

    @AfterEach
    void stop() {
        zoe.close();
        daemon.close();
        site.stop(0);
    }

    private String peer() {
        return "127.0.0.1:" + site.getAddress().getPort();
    }

    private byte[] page() {
        return ("<html><head><meta property=og:title content=\"La page &lt;b&gt;\"><meta property=og:description"
                        + " content=\"Ce qu’elle dit\"><meta property=og:image content=\"http://" + peer()
                        + "/p.png\"></head></html>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    private static String first(Page page, String pattern) {
        assertThat(page.body()).containsPattern(pattern);
        return page.body().replaceAll("(?s).*?" + pattern + ".*", "$1").replace("&amp;", "&");
    }

    private String planned(String more) {
        JsonNode made = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"Réunion\",\"channels\":[\"rehearsal\"],\"at\":\"2031-06-01T18:30\"" + more + "}")
                .json();
        return made.path("id").asText();
    }

    @Test
    void a_card_is_previewed_with_its_picture_which_comes_from_here() {
        daemon.post("/api/v1/channels", """
                {"id":"sky","network":"rehearsal","settings":{"standsFor":"bluesky"},"inDefaultSet":false}""");
        zoe.get("/desk/write");
        String link = "http://" + peer() + "/article";
        assertThat(zoe.get("/desk/write/card?link=" + link).header("Content-Type"))
                .as("an address makes no request of ours")
                .startsWith("image/svg");
        assertThat(asked).isEmpty();
        Page seen = zoe.post("/desk/write/preview?part=preview", "text", "Voir " + link, "channel", "sky");
        assertThat(seen.body()).contains("La page &lt;b&gt;", "Ce qu’elle dit").doesNotContain("src=\"http");
        Page picture = zoe.get(first(seen, "<img src=\"(/desk/write/card[^\"]+)\""));
        assertThat(picture.header("Content-Type")).isEqualTo("image/png");
        assertThat(picture.header("Content-Security-Policy")).contains("sandbox");
        zoe.get(first(seen, "<img src=\"(/desk/write/card[^\"]+)\""));
        assertThat(asked).containsExactly("/article", "/p.png");
    }

    @Test
    void a_draft_keeps_what_it_answers() {
        daemon.post("/api/v1/mentions", "{\"text\":\"Et le bus ?\",\"author\":\"Ana\",\"url\":\"https://ex.fr/a\"}");
        Page live = zoe.get("/desk/listen/live");
        Page form = zoe.get(first(live, "href=\"(/desk/write\\?reply=[^\"]+)\""));
        String reply = form.hidden("reply");
        zoe.post(
                "/desk/drafts",
                "key",
                form.hidden("key"),
                "draft",
                form.hidden("draft"),
                "version",
                "0",
                "reply",
                reply,
                "text",
                "Le bus reste https://ex.fr/a",
                "channel",
                "rehearsal");
        Page opened = zoe.get("/desk/write?draft=" + form.hidden("draft"));
        assertThat(opened.hidden("reply")).isEqualTo(reply).isNotEmpty();
        assertThat(opened.body()).contains("Vous écrivez au sujet d’une mention");
    }

    @Test
    void what_is_written_again_keeps_warning_and_visibility_of_each_channel() {
        daemon.post("/api/v1/channels", """
                {"id":"toot","network":"rehearsal","settings":{"standsFor":"mastodon"},"inDefaultSet":false}""");
        String id = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"Réunion\",\"channels\":[\"toot\"],\"undoSeconds\":60,\"variants\":{\"toot\":"
                                + "{\"text\":\"Le sien\",\"contentWarning\":\"attention\",\"visibility\":\"unlisted\"}}}")
                .json()
                .path("id")
                .asText();
        zoe.get("/desk/posts/" + id);
        zoe.post("/desk/posts/" + id + "/undo");
        Page again = zoe.get("/desk/write?post=" + id);
        assertThat(again.hidden("own.warning.toot")).isEqualTo("attention");
        Page sent = zoe.post(
                "/desk/write",
                "key",
                again.hidden("key"),
                "text",
                "Réunion",
                "channel",
                "toot",
                "variant.toot",
                "Le sien",
                "own.warning.toot",
                again.hidden("own.warning.toot"),
                "own.visibility.toot",
                again.hidden("own.visibility.toot"),
                "when",
                "now");
        String delivery = daemon.get("/api/v1/posts/" + sent.path().replaceAll("(/desk/posts/)|(\\?.*)", ""))
                .json()
                .path("deliveries")
                .path(0)
                .path("id")
                .asText();
        JsonNode variant = daemon.get("/api/v1/deliveries/" + delivery)
                .json()
                .path("segments")
                .path(0);
        assertThat(variant.path("text").asText()).isEqualTo("Le sien");
        assertThat(variant.path("contentWarning").asText()).isEqualTo("attention");
        assertThat(variant.path("visibility").asText()).isEqualTo("unlisted");
    }

    @Test
    void an_erratum_can_be_taken_back_as_a_post_can() {
        String id = daemon.post("/api/v1/posts", "{\"text\":\"À 18 h\",\"channels\":[\"rehearsal\"]}")
                .json()
                .path("id")
                .asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/posts/" + id).body().contains("PUBLISHED"));
        Page page = zoe.get("/desk/posts/" + id);
        Page erratum = zoe.post(
                "/desk/posts/" + id + "/correct",
                "key",
                page.hidden("key"),
                "version",
                page.hidden("version"),
                "edit",
                "À 18 h",
                "text",
                "À 19 h",
                "act",
                "erratum");
        assertThat(erratum.path()).isNotEqualTo("/desk/posts/" + id);
        assertThat(erratum.body()).contains("data-left=", "À 19 h");
        assertThat(zoe.post(erratum.path() + "/undo").body()).doesNotContain("data-left=");
        assertThat(daemon.get("/api/v1/posts/" + erratum.path().replaceAll("(/desk/posts/)|(\\?.*)", ""))
                        .body())
                .contains("CANCELLED");
    }

    @Test
    void an_erratum_where_nothing_can_be_edited_can_be_taken_back_as_well() {
        daemon.post("/api/v1/channels", """
                {"id":"stage-x","network":"rehearsal","name":"Scène","settings":{"standsFor":"x"},"inDefaultSet":false}""");
        String id = daemon.post("/api/v1/posts", "{\"text\":\"À 18 h\",\"channels\":[\"stage-x\"],\"undoSeconds\":0}")
                .json()
                .path("id")
                .asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/posts/" + id).body().contains("PUBLISHED"));
        Page page = zoe.get("/desk/posts/" + id);
        Page erratum = zoe.post(
                "/desk/posts/" + id + "/correct",
                "key",
                page.hidden("key"),
                "version",
                page.hidden("version"),
                "edit",
                "À 19 h",
                "text",
                "Erratum, à 19 h",
                "act",
                "edit");
        assertThat(erratum.path()).isNotEqualTo("/desk/posts/" + id);
        assertThat(erratum.body()).contains("data-left=", "Erratum, à 19 h");
        zoe.post(erratum.path().replaceAll("\\?.*", "") + "/undo");
        assertThat(daemon.get("/api/v1/posts/" + erratum.path().replaceAll("(/desk/posts/)|(\\?.*)", ""))
                        .body())
                .contains("CANCELLED");
    }

    @Test
    void an_erratum_that_was_taken_back_and_is_written_again_stays_one() {
        String wrong = daemon.post("/api/v1/posts", "{\"text\":\"À 18 h\",\"channels\":[\"rehearsal\"]}")
                .json()
                .path("id")
                .asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/posts/" + wrong).body().contains("PUBLISHED"));
        Page page = zoe.get("/desk/posts/" + wrong);
        Page erratum = zoe.post(
                "/desk/posts/" + wrong + "/correct",
                "key",
                page.hidden("key"),
                "version",
                page.hidden("version"),
                "edit",
                "À 18 h",
                "text",
                "Erratum, à 19 h",
                "act",
                "erratum");
        zoe.post(erratum.path() + "/undo");
        Page again = zoe.get("/desk/write?post=" + erratum.path().replaceAll("(/desk/posts/)|(\\?.*)", ""));
        assertThat(again.body()).contains("C’est un erratum", "href=\"/desk/posts/" + wrong + "\"");
        assertThat(again.hidden("corrects")).isEqualTo(wrong);
        Page kept = zoe.post(
                "/desk/drafts",
                "key",
                again.hidden("key"),
                "draft",
                again.hidden("draft"),
                "version",
                "0",
                "corrects",
                wrong,
                "channel",
                "rehearsal",
                "text",
                "Erratum, à 19 h 30");
        assertThat(kept.hidden("corrects")).as("a draft keeps what it corrects").isEqualTo(wrong);
        Page sent = zoe.post(
                "/desk/write",
                "key",
                kept.hidden("key"),
                "draft",
                kept.hidden("draft"),
                "version",
                kept.hidden("version"),
                "corrects",
                kept.hidden("corrects"),
                "channel",
                "rehearsal",
                "text",
                "Erratum, à 19 h 30",
                "when",
                "now");
        String id = sent.path().replaceAll("(/desk/posts/)|(\\?.*)", "");
        assertThat(daemon.get("/api/v1/posts/" + id).json().path("corrects").asText())
                .isEqualTo(wrong);
        zoe.post("/desk/posts/" + id + "/undo");
        assertThat(zoe.get("/desk/write?post=" + id).hidden("corrects"))
                .as("and once more")
                .isEqualTo(wrong);
    }

    @Test
    void who_approves_sees_what_it_answers_who_may_see_it_and_the_card_of_its_link() {
        daemon.post("/api/v1/channels", """
                {"id":"toot","network":"rehearsal","settings":{"standsFor":"mastodon","approval":"true"},"inDefaultSet":false}""");
        daemon.post("/api/v1/channels", """
                {"id":"sky","network":"rehearsal","settings":{"standsFor":"bluesky","approval":"true"},"inDefaultSet":false}""");
        String author = daemon.post("/api/v1/tokens", "{\"name\":\"a\",\"scopes\":[\"READ\",\"POST\"]}")
                .json()
                .path("token")
                .asText();
        JsonNode written = written(
                author,
                "/api/v1/posts",
                "{\"text\":\"Voir http://" + peer() + "/article\",\"channels\":[\"toot\",\"sky\"],\"undoSeconds\":0,"
                        + "\"variants\":{\"toot\":{\"visibility\":\"unlisted\"}}}");
        String path = "/desk/posts/" + written.path("id").asText();
        Page asked = zoe.get(path);
        assertThat(asked.body())
                .contains(
                        "Donner mon accord",
                        "Visibilité\u00a0: publique, hors des fils publics",
                        "Avec la carte du lien\u00a0: La page &lt;b&gt;");
        zoe.post(path + "/approve", "hash", asked.hidden("hash"), "act", "approve");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        daemon.get(path.replace("/desk/", "/api/v1/")).body().contains("\"state\":\"DONE\""));
        JsonNode erratum = written(
                author, path.replace("/desk/", "/api/v1/") + "/correct", "{\"text\":\"Erratum\",\"undoSeconds\":0}");
        Page page = zoe.get("/desk/posts/" + erratum.path("id").asText());
        assertThat(page.body())
                .contains("Donner mon accord")
                .contains("<dt>Erratum de</dt><dd><a href=\"" + path + "\">")
                .contains("<p class=\"hint\">Répond au message ");
        String link = "https://127.0.0.1/rehearsal/toot/"
                + daemon.get("/api/v1/rehearsal?channelId=toot&limit=1")
                        .json()
                        .path("items")
                        .path(0)
                        .path("id")
                        .asText();
        JsonNode reply = written(
                author, "/api/v1/posts", "{\"text\":\"Merci\",\"channels\":[\"toot\"],\"replyTo\":\"" + link + "\"}");
        assertThat(zoe.get("/desk/posts/" + reply.path("id").asText()).body())
                .contains("<dt>Répond à</dt><dd><a rel=\"noopener noreferrer\" href=\"" + link + "\">")
                .contains("<p class=\"hint\">Répond à – <a rel=\"noopener noreferrer\" href=\"https://");
    }

    private JsonNode written(String token, String path, String body) {
        RunningDaemon.Answer answer = daemon.send(token, "POST", path, body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    @Test
    void to_delete_is_asked_about_first() {
        String body = zoe.get("/desk/posts/" + planned("")).body();
        assertThat(body)
                .containsPattern(Pattern.compile(
                        "<details class=\"sure\"><summary>Annuler et supprimer</summary>.*/delete\".*"
                                + "Oui, supprimer sur 1 canal</button>.*</details>",
                        Pattern.DOTALL));
    }

    @Test
    void from_a_month_a_link_leads_to_the_form_that_moves() {
        String id = planned("");
        Page month = zoe.get("/desk/calendar?view=month&date=2031-06-01");
        // A list begins with fifty posts of a day, and the page of the post has it wherever it stands among them.
        String form = first(month, "href=\"(/desk/posts/" + id + "#edit)\"");
        assertThat(zoe.get(form.split("#")[0]).body())
                .contains("id=\"edit\"", "action=\"/desk/posts/" + id + "/edit\"", "name=\"date\"");
    }

    @Test
    void who_begins_to_ask_for_approval_is_told_what_goes_out_without() {
        planned("");
        zoe.get("/desk/channels");
        Page saved = zoe.post("/desk/channels/rehearsal/settings", "name", "Essai", "approval", "on");
        assertThat(saved.body()).contains("1 message déjà prévu sort sur Essai sans accord");
        Page again = zoe.post("/desk/channels/rehearsal/settings", "name", "Essai", "approval", "on");
        assertThat(again.body()).doesNotContain("sans accord");
    }

    @Test
    void what_is_wrong_is_said_once() {
        daemon.post("/api/v1/channels", """
                {"id":"other","network":"rehearsal","inDefaultSet":false}""");
        Page form = zoe.get("/desk/write");
        Page refused = zoe.post(
                "/desk/write",
                "key",
                form.hidden("key"),
                "text",
                "Beaucoup trop long ".repeat(60),
                "channel",
                "rehearsal",
                "channel",
                "other",
                "when",
                "now");
        assertThat(refused.status()).isEqualTo(422);
        String sentence = first(refused, "role=\"alert\"[^>]*>(?:<[^>]*>|\\s)*([^<]{20,60})");
        assertThat(refused.body().split(Pattern.quote(sentence), -1)).hasSize(2);
        assertThat(refused.body()).contains("Voir au-dessus du texte.");
    }

    @Test
    void a_rehearsal_is_offered_where_there_is_one() {
        assertThat(zoe.get("/desk").body()).contains("répétition à blanc");
        daemon.send(daemon.token(), "DELETE", "/api/v1/channels/rehearsal", new byte[0]);
        assertThat(zoe.get("/desk").body()).contains("Rien n’est encore paru.").doesNotContain("répétition à blanc");
    }
}
