package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.app.Browser.Page;
import org.tocsin.people.Role;

/** The desk of a whole daemon, by a browser that keeps its cookie: the way in, who may do what, and a post from text to receipt. */
class DeskTest {
    private static final String GOOD = "cheval agrafe vitrail marée";

    private static final Map<Role, String> LOGINS = new EnumMap<>(Role.class);

    private static final Map<Role, String> COOKIES = new EnumMap<>(Role.class);

    private static RunningDaemon daemon;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        daemon = new RunningDaemon(folder);
        try (Browser first = new Browser(daemon.port())) {
            String path =
                    daemon.post("/api/v1/setup-link", "{}").json().path("path").asText();
            Page form = first.get(path);
            assertThat(form.body()).contains("Bienvenue");
            Page refused = first.post(
                    "/desk/setup",
                    "token",
                    form.hidden("token"),
                    "name",
                    "Zoé",
                    "login",
                    "Zoe@Exemple.fr",
                    "password",
                    "court",
                    "language",
                    "en");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body()).contains("value=\"en\" selected").doesNotContain("value=\"fr\" selected");
            Page home = first.post(
                    "/desk/setup",
                    "token",
                    form.hidden("token"),
                    "name",
                    "Zoé",
                    "login",
                    "Zoe@Exemple.fr",
                    "password",
                    GOOD,
                    "language",
                    "fr");
            assertThat(home.path()).isEqualTo("/desk/welcome");
            assertThat(home.body()).contains("Bienvenue, Zoé", "Votre organisation");
            assertThat(first.get("/desk").body()).contains("À traiter", "Terminez la mise en place");
            LOGINS.put(Role.ADMINISTRATOR, "zoe@exemple.fr");
            for (Role role : List.of(Role.MANAGER, Role.AUTHOR, Role.WATCHER)) {
                String login = role.name().toLowerCase(Locale.ROOT) + "@exemple.fr";
                first.get("/desk/team");
                String link = invited(first, login, role);
                try (Browser invited = new Browser(daemon.port())) {
                    Page choose = invited.get(link);
                    assertThat(choose.body()).contains(login);
                    Page done = invited.post("/desk/password", "token", choose.hidden("token"), "password", GOOD);
                    assertThat(done.path()).isEqualTo("/desk/sign-in?done=password");
                    assertThat(invited.get(link).status()).as("it works once").isEqualTo(403);
                }
                LOGINS.put(role, login);
            }
            assertThat(first.get(path).status()).as("the set-up link is used").isEqualTo(403);
        }
        assertThat(daemon.post("/api/v1/setup-link", "{}").error()).isEqualTo(" people.setup.done");
    }

    private static String invited(Browser administrator, String login, Role role) {
        Page made = administrator.post(
                "/desk/team/invite", "login", login, "name", role.name(), "role", role.name(), "language", "fr");
        Matcher link =
                Pattern.compile("value=\"http://[^/]+(/desk/password[^\"]+)\"").matcher(made.body());
        assertThat(link.find()).as(made.body()).isTrue();
        return link.group(1);
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    private static Browser as(Role role) {
        Browser browser = new Browser(daemon.port());
        browser.get("/desk/sign-in");
        Page home = browser.post("/desk/sign-in", "login", LOGINS.get(role), "password", GOOD);
        assertThat(home.path()).isEqualTo("/desk");
        return browser;
    }

    /** Whoever is still signed in does not sign in again: a password takes its time. */
    private static Browser again(Role role) {
        Browser browser = new Browser(daemon.port());
        browser.cookie(COOKIES.get(role));
        if (browser.get("/desk/account").path().equals("/desk/account")) {
            return browser;
        }
        browser.close();
        Browser fresh = as(role);
        COOKIES.put(role, fresh.cookie());
        fresh.get("/desk/account");
        return fresh;
    }

    @Test
    void an_author_submits_and_a_manager_approves_what_he_has_read() {
        daemon.post("/api/v1/channels", "{\"id\":\"strict\",\"network\":\"rehearsal\",\"inDefaultSet\":false}");
        try (Browser administrator = again(Role.ADMINISTRATOR)) {
            Page set = administrator.post("/desk/channels/strict/settings", "name", "Strict", "approval", "on");
            assertThat(set.body()).contains("demande un accord");
        }
        String post;
        try (Browser author = again(Role.AUTHOR)) {
            Page form = author.get("/desk/write");
            String[] both = {"text", "réunion", "channel", "strict", "channel", "rehearsal"};
            assertThat(author.post("/desk/write/preview?part=preview", both).body())
                    .contains(
                            "L’accord d’un responsable sera demandé pour\u00a0: Strict.",
                            "sur 2 canaux, dont 1 après accord</button>");
            assertThat(author.post("/desk/write/preview?part=preview", "text", "réunion", "channel", "strict")
                            .body())
                    .contains("Publier maintenant sur 1 canal, après accord</button>");
            Page sent = author.post(
                    "/desk/write", "text", "réunion", "channel", "strict", "when", "now", "key", form.hidden("key"));
            post = sent.path().replaceAll("\\?.*", "");
            assertThat(sent.body())
                    .contains("attend un accord", "Un responsable doit donner son accord")
                    .doesNotContain("Donner mon accord");
            assertThat(author.get("/desk").body()).contains("En attente d’accord", "réunion");
        }
        try (Browser manager = again(Role.MANAGER)) {
            assertThat(manager.get("/desk").body()).contains("À approuver", "réunion");
            Page page = manager.get(post);
            assertThat(page.body()).contains("Donner mon accord");
            Page changed = manager.post(post + "/approve", "hash", "0".repeat(64), "act", "approve");
            assertThat(changed.status()).isEqualTo(409);
            assertThat(changed.body()).contains("a changé depuis que vous l’avez lue");
            Page approved = manager.post(post + "/approve", "hash", page.hidden("hash"), "act", "approve");
            assertThat(approved.body()).contains("Accord donné.").doesNotContain("attend un accord");
        }
        try (Browser author = again(Role.AUTHOR)) {
            Page form = author.get("/desk/write");
            post = author.post(
                            "/desk/write",
                            "text",
                            "sans photo",
                            "channel",
                            "strict",
                            "when",
                            "now",
                            "key",
                            form.hidden("key"))
                    .path()
                    .replaceAll("\\?.*", "");
        }
        try (Browser manager = again(Role.MANAGER)) {
            Page page = manager.get(post);
            assertThat(manager.get("/desk").body()).contains("class=\"count\"").doesNotContain("rien n’attend");
            // Enter in a field presses the first button of its form.
            assertThat(page.body().split("<form"))
                    .filteredOn(form -> form.contains("name=\"reason\"") && form.contains("value=\"decline\""))
                    .singleElement()
                    .asString()
                    .doesNotContain("value=\"approve\"");
            manager.get(post);
            manager.post(
                    post + "/approve", "hash", page.hidden("hash"), "act", "decline", "reason", "ajoutez une photo");
        }
        try (Browser author = again(Role.AUTHOR)) {
            assertThat(author.get("/desk").body()).contains("Renvoyé sans publier", "ajoutez une photo", "sans photo");
            assertThat(daemon.get("/api/v1/notices?open=true").body()).contains("DECLINED");
            String other = daemon.post("/api/v1/posts", "{\"text\":\"d’un autre\",\"channels\":[\"rehearsal\"]}")
                    .json()
                    .path("id")
                    .asText();
            assertThat(author.post("/desk/posts/" + other + "/aside").status())
                    .as("what somebody else wrote")
                    .isEqualTo(403);
            author.get("/desk");
            assertThat(author.post(post + "/aside").body()).contains("Rangé.").doesNotContain("ajoutez une photo");
            assertThat(daemon.get("/api/v1/notices?open=true").body()).doesNotContain("DECLINED");
        }
        try (Browser administrator = again(Role.ADMINISTRATOR)) {
            assertThat(administrator.get("/desk/audit?kind=post").body()).contains("a mis de côté");
        }
    }

    @Test
    void a_page_of_channels_that_is_out_of_date_turns_nothing_off() {
        daemon.post("/api/v1/channels", "{\"id\":\"stale\",\"network\":\"rehearsal\",\"inDefaultSet\":false}");
        String[] seen = {"seen", "", "seen.name", "stale", "name", "stale"};
        try (Browser administrator = again(Role.ADMINISTRATOR)) {
            String path = "/desk/channels/stale/settings";
            assertThat(administrator.get("/desk/channels").body()).contains("name=\"seen\"", "name=\"seen.name\"");
            String[] asked = {"seen", "", "seen.name", "stale", "name", "stale", "approval", "on"};
            administrator.post(path, asked);
            administrator.get("/desk/channels");
            String[] renamed = {"seen", "", "seen.name", "stale", "name", "Renommé"};
            administrator.post(path, renamed);
            assertThat(settings("stale")).contains("\"approval\":\"true\"", "Renommé");
            administrator.get("/desk/channels");
            administrator.post(path, seen);
            assertThat(settings("stale")).as("nothing was changed there").contains("\"approval\":\"true\"", "Renommé");
            administrator.get("/desk/channels");
            String[] off = {"seen", "approval", "seen.name", "Renommé", "name", "Renommé"};
            administrator.post(path, off);
            assertThat(settings("stale")).doesNotContain("approval");
            assertThat(administrator.get("/desk/audit?kind=channel").body())
                    .contains("approbation\u00a0: oui", "approbation\u00a0: non");
        }
    }

    private static String settings(String channel) {
        for (JsonNode one : daemon.get("/api/v1/channels").json().path("items")) {
            if (one.path("id").asText().equals(channel)) {
                return one.toString();
            }
        }
        throw new AssertionError(channel);
    }

    @Test
    void what_was_sent_back_and_is_written_again_is_asked_of_nobody_any_more() {
        daemon.post(
                "/api/v1/channels",
                "{\"id\":\"severe\",\"network\":\"rehearsal\",\"inDefaultSet\":false,\"settings\":{\"approval\":\"true\"}}");
        String post;
        try (Browser author = again(Role.AUTHOR)) {
            post = author.post(
                            "/desk/write",
                            "text",
                            "tract du marché",
                            "channel",
                            "severe",
                            "when",
                            "now",
                            "key",
                            author.get("/desk/write").hidden("key"))
                    .path()
                    .replaceAll("\\?.*", "");
        }
        try (Browser manager = again(Role.MANAGER)) {
            String hash = manager.get(post).hidden("hash");
            manager.post(post + "/approve", "hash", hash, "act", "decline", "reason", "sans la date");
        }
        try (Browser author = again(Role.AUTHOR)) {
            String id = post.replace("/desk/posts/", "");
            Page again = author.get("/desk/write?post=" + id);
            Page kept = author.post(
                    "/desk/drafts",
                    "key",
                    again.hidden("key"),
                    "draft",
                    again.hidden("draft"),
                    "version",
                    "0",
                    "again",
                    again.hidden("again"),
                    "text",
                    "tract du marché, samedi",
                    "channel",
                    "severe");
            assertThat(kept.hidden("again")).isEqualTo(id);
            assertThat(author.get("/desk").body())
                    .as("nothing was sent yet")
                    .contains("sans la date", "en attente d’une décision\u00a0: 1")
                    .doesNotContain("rien n’attend de décision");
            author.get("/desk/write");
            author.post(
                    "/desk/write",
                    "key",
                    kept.hidden("key"),
                    "draft",
                    kept.hidden("draft"),
                    "version",
                    kept.hidden("version"),
                    "again",
                    kept.hidden("again"),
                    "text",
                    "tract du marché, samedi",
                    "channel",
                    "severe",
                    "when",
                    "now");
            assertThat(author.get("/desk").body())
                    .contains("tract du marché, samedi", "rien n’attend de décision")
                    .doesNotContain("sans la date");
            assertThat(daemon.get("/api/v1/notices?open=true").body()).doesNotContain("DECLINED");
        }
    }

    @Test
    void the_table_is_that_of_the_sources() throws IOException {
        Pattern route = Pattern.compile("Route\\.(get|post|table)\\(\\s*\"([^\"]+)\"");
        // What stands beside the gate; the files that a page is made of are everybody's.
        Pattern open =
                Pattern.compile("Endpoint\\.(?:page|form|table|upload|get)\\(\\s*(?:\"(GET|POST)\",\\s*)?\"([^\"]+)\"");
        Set<String> served = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/org/tocsin/web/desk"))) {
            for (Path file : files.toList()) {
                route.matcher(Files.readString(file))
                        .results()
                        .forEach(found ->
                                served.add((found.group(1).equals("get") ? "GET " : "POST ") + found.group(2)));
                open.matcher(Files.readString(file))
                        .results()
                        .filter(found -> !found.group(2).matches(".*\\.(css|js|svg|webmanifest)"))
                        .forEach(found -> served.add(found.group(1) + " " + found.group(2)));
            }
        }
        assertThat(DeskDoors.all().map(door -> door.method() + " " + door.path()))
                .containsExactlyInAnyOrderElementsOf(served);
    }

    @ParameterizedTest
    @MethodSource("org.tocsin.app.DeskDoors#all")
    void a_door_opens_to_the_roles_of_the_table_and_to_no_stranger(DeskDoors.Door door) {
        for (Role role : Role.values()) {
            try (Browser browser = again(role)) {
                Page answer = door.knock(browser);
                if (door.open(role)) {
                    assertThat(answer.body()).as("%s as %s", door, role).doesNotContain("Votre rôle ne le permet pas");
                    assertThat(door.answers()).as("%s as %s", door, role).contains(answer.status());
                } else {
                    assertThat(answer.status()).as("%s as %s", door, role).isEqualTo(403);
                    assertThat(answer.body()).contains("Votre rôle ne le permet pas");
                }
            }
        }
        if (!door.least().equals("ANYONE")) {
            try (Browser stranger = new Browser(daemon.port())) {
                Page answer = door.knock(stranger);
                assertThat(answer.status() + " " + answer.path().replaceFirst("\\?next=.*", ""))
                        .as("%s as a stranger", door)
                        .isEqualTo(
                                door.method().equals("GET")
                                        ? "200 /desk/sign-in"
                                        : "401 " + door.path().replace(":id", DeskDoors.NOBODY));
            }
        }
    }

    @Test
    void what_one_may_not_do_is_not_offered() {
        String post = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"à venir\",\"channels\":[\"rehearsal\"],\"at\":\"2031-06-01T10:00\"}")
                .json()
                .path("id")
                .asText();
        try (Browser watcher = as(Role.WATCHER);
                Browser author = as(Role.AUTHOR)) {
            assertThat(watcher.get("/desk/posts/" + post).body())
                    .contains("prévu")
                    .doesNotContain("/cancel")
                    .doesNotContain("/delete")
                    .doesNotContain("/desk/write")
                    .doesNotContain("/desk/team");
            assertThat(author.get("/desk/posts/" + post).body())
                    .contains("/cancel")
                    .contains("Annuler et supprimer")
                    .contains("/desk/write")
                    .doesNotContain("/desk/team");
        }
    }

    @Test
    void a_post_is_written_previewed_published_once_and_shown_with_its_receipt() {
        try (Browser browser = as(Role.AUTHOR)) {
            Page form = browser.get("/desk/write");
            String[] fields = {
                "key",
                form.hidden("key"),
                "text",
                "Réunion <b>jeudi</b> & \"après\"",
                "channel",
                "rehearsal",
                "language",
                "fr",
                "when",
                "now"
            };
            Page preview = browser.post("/desk/write/preview?part=preview", fields);
            assertThat(preview.body())
                    .startsWith("<div id=\"seen\"")
                    .contains("Réunion &lt;b&gt;jeudi&lt;/b&gt; &amp; \"après\"")
                    .contains("class=\"size good\">30 / 500 caractères");
            int before = daemon.posts();
            Page post = browser.post("/desk/write", fields);
            assertThat(post.path()).startsWith("/desk/posts/");
            assertThat(browser.post("/desk/write", fields).path())
                    .as("a double click")
                    .isEqualTo(post.path());
            assertThat(daemon.posts()).isEqualTo(before + 1);
            fields[3] = "autre chose";
            assertThat(browser.post("/desk/write", fields).body())
                    .contains("en fera un message de plus")
                    .doesNotContain(form.hidden("key"));
            assertThat(daemon.posts()).isEqualTo(before + 1);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> browser.get(post.path()).body().contains("publié aujourd’hui"));
            assertThat(browser.get(post.path()).body())
                    .contains("&lt;b&gt;jeudi")
                    .doesNotContain("<b>jeudi")
                    .contains("Publier seulement l’erratum");
            assertThat(browser.get("/desk").body()).contains("&lt;b&gt;jeudi").doesNotContain("<b>jeudi");
        }
    }

    @Test
    void what_is_out_is_edited_at_the_desk_after_a_look_at_what_happens_where() {
        daemon.post("/api/v1/channels", """
                {"id":"desk-x","network":"rehearsal","settings":{"standsFor":"x"},"inDefaultSet":false}""");
        String id = daemon.post(
                        "/api/v1/posts", "{\"text\":\"Réunion à 18 h\",\"channels\":[\"rehearsal\",\"desk-x\"]}")
                .json()
                .path("id")
                .asText();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/posts/" + id)
                        .json()
                        .path("state")
                        .asText()
                        .equals("DONE"));
        try (Browser browser = as(Role.AUTHOR)) {
            String path = "/desk/posts/" + id;
            Page page = browser.get(path);
            assertThat(page.body()).contains("Réunion à 18 h</textarea>");
            String[] fields = {
                "key",
                page.hidden("key"),
                "version",
                page.hidden("version"),
                "edit",
                "Réunion à 19 h",
                "text",
                "",
                "act",
                "edit"
            };
            Page bare = browser.post(path + "/correct", fields);
            assertThat(bare.status()).isEqualTo(422);
            assertThat(bare.body()).contains("desk-x ne peut pas être modifié").contains("Réunion à 19 h</textarea>");
            fields[7] = "Lire 19 h";
            fields[9] = "look";
            int before = daemon.posts();
            assertThat(browser.post(path + "/correct", fields).body())
                    .contains("le message est modifié.")
                    .contains("l’erratum répond au message.");
            assertThat(daemon.posts()).isEqualTo(before);
            fields[9] = "edit";
            String erratum = browser.post(path + "/correct", fields).path();
            assertThat(erratum)
                    .as("where it can be taken back")
                    .startsWith("/desk/posts/")
                    .isNotEqualTo(path);
            assertThat(browser.post(path + "/correct", fields).path())
                    .as("a double click")
                    .isEqualTo(erratum);
            assertThat(daemon.posts()).isEqualTo(before + 1);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> browser.get(path).body().contains("Modifié"));
            assertThat(browser.get(path).body()).contains("Réunion à 19 h").contains("modifié");
        }
    }

    @Test
    void an_edit_that_a_freeze_holds_is_on_the_home_page_and_is_let_go_there() {
        daemon.post("/api/v1/channels", """
                {"id":"desk-frozen","network":"rehearsal","settings":{},"inDefaultSet":false}""");
        String id = daemon.post("/api/v1/posts", "{\"text\":\"Salle A\",\"channels\":[\"desk-frozen\"]}")
                .json()
                .path("id")
                .asText();
        String path = "/api/v1/posts/" + id;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get(path).json().path("state").asText().equals("DONE"));
        daemon.post("/api/v1/freeze", "{\"reason\":\"silence\",\"channels\":[\"desk-frozen\"]}");
        daemon.post(path + "/correct", "{\"mode\":\"edit\",\"version\":1,\"text\":\"Salle B\"}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get(path).json().path("state").asText().equals("ATTENTION"));
        JsonNode delivery = daemon.get(path).json().path("deliveries").path(0);
        String retry = "/desk/deliveries/" + delivery.path("id").asText() + "/retry";
        try (Browser browser = as(Role.MANAGER)) {
            assertThat(browser.get("/desk").body()).contains(retry).contains("name=\"reason\"");
            browser.post(
                    retry, "version", delivery.path("version").asText(), "post", id, "reason", "la salle A est fermée");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> daemon.get(path).json().path("state").asText().equals("DONE"));
            assertThat(browser.get("/desk").body()).doesNotContain(retry);
        }
    }

    @Test
    void a_fault_stands_where_it_was_made_and_the_text_is_kept() {
        try (Browser browser = as(Role.AUTHOR)) {
            Page form = browser.get("/desk/write");
            Page wrong = browser.post(
                    "/desk/write",
                    "key",
                    form.hidden("key"),
                    "text",
                    "Le texte \"gardé\" </textarea><script>",
                    "channel",
                    "rehearsal",
                    "when",
                    "later");
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.body())
                    .contains("Choisissez un jour et une heure")
                    .contains("gardé")
                    .doesNotContain("</textarea><script>")
                    .contains("value=\"rehearsal\" checked");
            Page later = browser.post(
                    "/desk/write/preview",
                    "text",
                    "Plus tard",
                    "channel",
                    "rehearsal",
                    "date",
                    "2031-06-01",
                    "time",
                    "18:30",
                    "zone",
                    "Europe/Paris");
            assertThat(later.body()).contains("Publier dimanche 1er juin 2031 18\u202fh\u202f30");
        }
    }

    @Test
    void an_image_goes_ahead_of_its_post_and_comes_with_what_it_shows() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", out);
        try (Browser browser = as(Role.AUTHOR);
                Browser stranger = new Browser(daemon.port())) {
            String token = browser.get("/desk/write").hidden("csrf");
            String path = "/desk/media?name=%3Cb%3E.png";
            assertThat(browser.upload(path, out.toByteArray(), "wrong").status())
                    .isEqualTo(403);
            assertThat(stranger.upload(path, out.toByteArray(), token).status()).isEqualTo(401);
            assertThat(browser.upload(path, "<svg/>".getBytes(StandardCharsets.UTF_8), token)
                            .body())
                    .contains("role=\"alert\"");
            Page taken = browser.upload(path, out.toByteArray(), token);
            assertThat(taken.status()).as(taken.body()).isEqualTo(201);
            assertThat(taken.body()).doesNotContain("<b>");
            Page shown = browser.get("/desk/media/" + taken.hidden("media"));
            assertThat(shown.header("Content-Type")).isEqualTo("image/png");
            assertThat(shown.header("Content-Security-Policy")).contains("sandbox");
            String key = browser.get("/desk/write").hidden("key");
            String[] fields = {
                "key",
                key,
                "text",
                "Avec image",
                "channel",
                "rehearsal",
                "media",
                taken.hidden("media"),
                "label",
                "a.png",
                "alt",
                "Un carré noir",
                "when",
                "now"
            };
            assertThat(browser.post("/desk/write/preview?part=preview", fields).body())
                    .contains("<img src=\"/desk/media/" + taken.hidden("media") + "\"")
                    .contains("Un carré noir");
            String post = browser.post("/desk/write", fields).path().replace("/desk/posts/", "");
            assertThat(daemon.get("/api/v1/posts/" + post).body()).contains("Un carré noir");
        }
    }

    @Test
    void a_form_counts_only_from_a_page_of_ours_and_a_get_does_nothing() {
        int before = daemon.posts();
        try (Browser browser = as(Role.ADMINISTRATOR)) {
            Page form = browser.get("/desk/write");
            String here = "http://127.0.0.1:" + daemon.port();
            String[] fields = {"key", form.hidden("key"), "text", "x", "channel", "rehearsal", "when", "now"};
            List<List<String>> foreign = List.of(
                    List.of(),
                    List.of("Origin", "null"),
                    List.of("Origin", "https://evil.example"),
                    List.of("Origin", here + ".evil.example"),
                    List.of("Origin", here, "Sec-Fetch-Site", "cross-site"),
                    List.of("Sec-Fetch-Site", "same-site"));
            for (List<String> headers : foreign) {
                Page answer = browser.submit("/desk/write", headers, fields);
                assertThat(answer.status()).as("%s", headers).isEqualTo(403);
                assertThat(answer.body()).contains("ne vient pas d’une page de Tocsin");
            }
            browser.csrf("wrong");
            assertThat(browser.post("/desk/write", fields).body()).contains("n’est plus à jour");
            browser.csrf("");
            assertThat(browser.post("/desk/write", fields).status()).isEqualTo(403);
            assertThat(browser.get("/desk/write?text=x&when=now&channel=rehearsal&key=" + form.hidden("key"))
                            .status())
                    .isEqualTo(200);
            Page json =
                    browser.submit("/desk/write", List.of("Origin", here, "Content-Type", "application/json"), fields);
            assertThat(json.status()).isIn(400, 403);
        }
        assertThat(daemon.posts()).isEqualTo(before);
    }

    @Test
    void the_id_of_a_session_changes_at_sign_in_and_ends_at_sign_out() {
        try (Browser browser = new Browser(daemon.port())) {
            String planted = "tocsin=" + "A".repeat(43);
            browser.cookie(planted);
            browser.get("/desk/sign-in");
            browser.post("/desk/sign-in", "login", "zoe@exemple.fr", "password", GOOD);
            String first = browser.cookie();
            assertThat(first).isNotEqualTo(planted).startsWith("tocsin=");
            browser.get("/desk/account");
            browser.post("/desk/sign-in", "login", "zoe@exemple.fr", "password", GOOD);
            String second = browser.cookie();
            assertThat(second).isNotEqualTo(first);
            browser.get("/desk/account");
            assertThat(browser.post("/desk/sign-out").path()).isEqualTo("/desk/sign-in?done=out");
            assertThat(browser.cookie()).isNull();
            for (String dead : List.of(planted, first, second)) {
                browser.cookie(dead);
                assertThat(browser.get("/desk").path()).isEqualTo("/desk/sign-in");
            }
        }
    }

    @Test
    void a_wrong_password_and_an_unknown_login_are_answered_alike() {
        try (Browser browser = as(Role.ADMINISTRATOR)) {
            browser.get("/desk/team");
            String link = invited(browser, "essai@exemple.fr", Role.WATCHER);
            Page choose = browser.get(link);
            browser.post("/desk/password", "token", choose.hidden("token"), "password", GOOD);
        }
        try (Browser browser = new Browser(daemon.port())) {
            browser.get("/desk/sign-in");
            Page wrong = browser.post("/desk/sign-in", "login", "essai@exemple.fr", "password", "faux faux faux");
            Page unknown = browser.post("/desk/sign-in", "login", "personne@exemple.fr", "password", "faux faux faux");
            assertThat(wrong.status()).isEqualTo(401).isEqualTo(unknown.status());
            String key = "name=\"once\" value=\"[^\"]+\"";
            assertThat(wrong.body().replace("essai@", "personne@").replaceAll(key, ""))
                    .isEqualTo(unknown.body().replaceAll(key, ""));
            assertThat(browser.cookie()).isNull();
        }
    }

    @Test
    void a_page_lets_no_script_of_a_stranger_run_and_is_not_kept() {
        try (Browser browser = as(Role.WATCHER)) {
            Page page = browser.get("/desk");
            assertThat(page.header("Content-Security-Policy"))
                    .contains("default-src 'none'")
                    .contains("script-src 'self'")
                    .contains("form-action 'self'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.header("Cache-Control")).isEqualTo("no-store");
            assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(page.body())
                    .doesNotContain(" style=")
                    .doesNotContain("<script>")
                    .doesNotContain(" onclick");
            Matcher asset = Pattern.compile("\"(/desk/(?:desk|icon)\\.(?:css|js|svg)\\?v=[0-9a-f]+)\"")
                    .matcher(page.body());
            int found = 0;
            while (asset.find()) {
                assertThat(browser.get(asset.group(1)).status()).isEqualTo(200);
                found++;
            }
            assertThat(found).isEqualTo(3);
        }
    }

    @Test
    void a_session_opens_no_api_and_a_token_opens_no_page() {
        try (Browser browser = as(Role.ADMINISTRATOR)) {
            assertThat(browser.get("/api/v1/posts").status()).isEqualTo(401);
        }
        assertThat(daemon.get("/desk").status()).isEqualTo(303);
    }

    @Test
    void the_last_administrator_stays_one() {
        String id = "";
        for (JsonNode user : daemon.get("/api/v1/users").json().path("items")) {
            if (user.path("role").asText().equals("ADMINISTRATOR")) {
                id = user.path("id").asText();
            }
        }
        try (Browser browser = as(Role.ADMINISTRATOR)) {
            browser.get("/desk/team");
            Page refused = browser.post("/desk/team/" + id + "/disable");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body()).contains("dernière personne");
            assertThat(browser.post("/desk/team/" + id + "/role", "role", "WATCHER")
                            .status())
                    .isEqualTo(409);
        }
    }

    @Test
    void by_plain_http_from_elsewhere_no_password_is_asked_for() throws IOException {
        for (String way : List.of(
                "Host: tocsin.example\r\n",
                "Host: 127.0.0.1\r\nX-Forwarded-For: 203.0.113.9\r\n",
                "Host: tocsin.example\r\nX-Forwarded-Proto: https\r\n")) {
            String answer = raw("GET /desk/sign-in HTTP/1.1\r\n" + way + "Connection: close\r\n\r\n");
            assertThat(answer)
                    .as(way)
                    .startsWith("HTTP/1.1 403")
                    .contains("HTTPS nécessaire")
                    .doesNotContain("password\"");
        }
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
