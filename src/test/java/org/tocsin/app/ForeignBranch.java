package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.tocsin.app.RunningDaemon.Answer;

/**
 * A second branch in the same daemon, with a row of everything that a route can name. Whoever has a token of that branch made most of it, as
 * a program of that branch would; what only the desk makes was made in the first branch and then given to it.
 */
final class ForeignBranch {
    static final String CHANNEL = "zzz-of-another-branch";

    private static final String LINK = "zzz-leaflet-elsewhere";
    private static final Duration SOON = Duration.ofSeconds(30);

    /** Rows by the beginning of the paths that lead to them. */
    private final Map<String, String> rows = new TreeMap<>(Comparator.reverseOrder());

    private final RunningDaemon daemon;
    private final String token;
    private final String way;
    private final int silent;
    private final String feed;

    /**
     * @param silent the port of a server that never answers
     * @param feed   the address of a feed
     */
    ForeignBranch(RunningDaemon daemon, Browser browser, Path folder, int silent, String feed)
            throws IOException, SQLException {
        this.daemon = daemon;
        this.silent = silent;
        this.feed = feed;
        JsonNode made = daemon.post(
                        "/api/v1/tokens",
                        "{\"name\":\"geheim\",\"scopes\":[\"READ\",\"POST\",\"APPROVE\",\"MANAGE\",\"ADMIN\"]}")
                .json();
        this.token = made.path("token").asText();
        rows.put("/api/v1/tokens/", made.path("id").asText());
        objected();
        drafted(browser);
        browser.get("/desk/team");
        browser.post(
                "/desk/team/invite", "login", "autre@exemple.fr", "name", "geheim", "role", "AUTHOR", "language", "fr");
        moved(folder);
        published();
        listening();
        this.way = answering();
        rights();
        subscribers();
        working();
        desk();
    }

    private Answer post(String path, String body) {
        return daemon.send(token, "POST", path, body.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode get(String path) {
        return daemon.send(token, "GET", path, null).json();
    }

    private JsonNode made(String path, String body) {
        Answer answer = post(path, body);
        assertThat(answer.status()).as("%s %s", path, answer.body()).isIn(200, 201, 202);
        String id = answer.json().path("id").asText();
        if (!id.isEmpty()) {
            rows.put(path + "/", id);
        }
        return answer.json();
    }

    /** Anybody objects, without a token: it is said to the first branch. */
    private void objected() {
        daemon.send(
                null,
                "POST",
                "/privacy?lang=fr",
                "author=%40geheim&contact=r%40ex.fr".getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
        rows.put(
                "/api/v1/rights/objections/",
                daemon.get("/api/v1/rights/objections")
                        .json()
                        .path("items")
                        .path(0)
                        .path("id")
                        .asText());
        rows.put(
                "/api/v1/notices/",
                daemon.get("/api/v1/notices")
                        .json()
                        .path("items")
                        .path(0)
                        .path("id")
                        .asText());
    }

    private void drafted(Browser browser) throws IOException {
        Browser.Page form = browser.get("/desk/write");
        browser.post(
                "/desk/drafts",
                "key",
                form.hidden("key"),
                "draft",
                form.hidden("draft"),
                "version",
                "0",
                "text",
                "geheim");
        rows.put("/desk/drafts/", form.hidden("draft"));
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", image);
        rows.put(
                "/desk/media/",
                browser.upload("/desk/media?name=geheim.png", image.toByteArray(), form.hidden("csrf"))
                        .hidden("media"));
    }

    private void moved(Path folder) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                Statement statement = other.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            for (String table : List.of("draft", "media", "objection", "notice", "audit")) {
                statement.executeUpdate("update " + table + " set branch = 'ailleurs'");
            }
            for (String table : List.of("api_token", "app_user")) {
                statement.executeUpdate("update " + table + " set branch = 'ailleurs' where name = 'geheim'");
            }
            try (ResultSet user = statement.executeQuery("select id from app_user where name = 'geheim'")) {
                rows.put("/api/v1/users/", user.getString(1));
            }
        }
    }

    private void published() {
        made("/api/v1/channels", "{\"id\":\"" + CHANNEL + "\",\"network\":\"rehearsal\",\"inDefaultSet\":false}");
        rows.put("/api/v1/channels/", CHANNEL);
        JsonNode post = made(
                "/api/v1/posts",
                "{\"text\":\"geheim\",\"channels\":[\"" + CHANNEL + "\"],\"at\":\"2031-06-01T10:00\"}");
        rows.put(
                "/api/v1/deliveries/",
                post.path("deliveries").path(0).path("id").asText());
        made("/api/v1/freeze", "{\"from\":\"2031-07-01T00:00\",\"reason\":\"geheim\"}");
        made("/api/v1/campaigns", "{\"id\":\"geheim\",\"name\":\"geheim\"}");
        rows.put("/api/v1/campaigns/", "geheim");
        made("/api/v1/mentions-book", "{\"name\":\"geheim\",\"handles\":{\"mastodon\":\"@a@b.example\"}}");
        rows.put("/api/v1/mentions-book/", "geheim");
        made("/api/v1/slots", "{\"channelId\":\"" + CHANNEL + "\",\"weekday\":\"MONDAY\",\"time\":\"18:00\"}");
        made("/api/v1/audience/annotations", "{\"day\":\"2021-05-01\",\"kind\":\"meeting\",\"text\":\"geheim\"}");
        made("/api/v1/connect", "{\"network\":\"bluesky\"}");
    }

    private void listening() {
        made("/api/v1/word-lists", "{\"name\":\"geheim\",\"entries\":[\"geheim\"]}");
        made("/api/v1/watches", "{\"name\":\"geheim\",\"query\":\"geheim\"}");
        made("/api/v1/sources", "{\"url\":\"" + feed + "\"}");
        made("/api/v1/mentions", "{\"text\":\"geheim\",\"author\":\"geheim\"}");
        await().atMost(SOON).until(() -> !get("/api/v1/alerts").path("items").isEmpty());
        rows.put(
                "/api/v1/alerts/",
                get("/api/v1/alerts").path("items").path(0).path("id").asText());
    }

    private String answering() {
        String recipient = made("/api/v1/recipients", "{\"name\":\"geheim\",\"language\":\"fr\"}")
                .path("id")
                .asText();
        Answer answer = post(
                "/api/v1/recipients/" + recipient + "/ways",
                "{\"kind\":\"WEBHOOK\",\"url\":\"http://127.0.0.1:" + silent
                        + "/x\",\"secret\":\"a secret that is long enough\"}");
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
        return answer.json()
                .path("ways")
                .path(0)
                .path("id")
                .asText(answer.json().path("id").asText());
    }

    private void rights() {
        Answer held = post(
                "/api/v1/rights/holds",
                "{\"mentionId\":\"" + rows.get("/api/v1/mentions/") + "\",\"reason\":\"geheim\",\"endsAt\":\""
                        + Instant.now().plus(Duration.ofDays(30)) + "\"}");
        assertThat(held.status()).as(held.body()).isEqualTo(201);
        rows.put(
                "/api/v1/rights/holds/",
                held.json().path("items").path(0).path("id").asText());
        made("/api/v1/rights/erasures", "{\"author\":\"geheim-too\"}");
    }

    private void subscribers() {
        Answer saved = daemon.send(
                token,
                "PUT",
                "/api/v1/sign-up/settings",
                ("{\"controller\":\"geheim\",\"contact\":\"contact@amis.example\",\"purposeFr\":\"geheim\","
                                + "\"purposeEn\":\"geheim\",\"version\":0}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        made("/api/v1/person-requests", "{\"kind\":\"ACCESS\",\"note\":\"geheim\"}");
        rows.put(
                "/api/v1/person-requests/",
                get("/api/v1/person-requests").path("items").path(0).path("id").asText());
        made("/api/v1/sign-up/topics", "{\"nameFr\":\"geheim\",\"nameEn\":\"geheim\"}");
        made("/api/v1/sign-up/links", "{\"code\":\"" + LINK + "\",\"name\":\"geheim\"}");
        String text = "";
        for (JsonNode one : get("/api/v1/sign-up/texts").path("items")) {
            text = one.path("language").asText().equals("fr") ? one.path("id").asText() : text;
        }
        Answer asked = post("/api/v1/subscribers", "{\"address\":\"geheim@exemple.fr\",\"textId\":\"" + text + "\"}");
        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        await().atMost(SOON)
                .until(() -> !get("/api/v1/subscribers").path("items").isEmpty());
        rows.put(
                "/api/v1/subscribers/",
                get("/api/v1/subscribers").path("items").path(0).path("id").asText());
        made(
                "/api/v1/newsletters",
                "{\"mainLanguage\":\"fr\",\"texts\":{\"fr\":{\"subject\":\"geheim\",\"body\":\"geheim\"}}}");
    }

    private void working() {
        String feeds = IntStream.range(0, 400)
                .mapToObj(i -> "<outline type=\"rss\" xmlUrl=\"http://127.0.0.1:" + silent + "/f" + i + "\"/>")
                .collect(Collectors.joining("", "<opml version=\"2.0\"><body>", "</body></opml>"));
        Thread.ofVirtual().start(() -> post("/api/v1/sources/import", feeds));
        await().atMost(SOON).until(() -> !get("/api/v1/work").path("items").isEmpty());
        rows.put(
                "/api/v1/work/",
                get("/api/v1/work").path("items").path(0).path("id").asText());
    }

    /** The same rows under the paths of pages. */
    private void desk() {
        Map.ofEntries(
                        Map.entry("posts", "posts"),
                        Map.entry("deliveries", "deliveries"),
                        Map.entry("channels", "channels"),
                        Map.entry("channels/connect", "connect"),
                        Map.entry("audience/chart", "channels"),
                        Map.entry("campaigns", "campaigns"),
                        Map.entry("calendar/slots", "slots"),
                        Map.entry("audience/notes", "audience/annotations"),
                        Map.entry("listen/watches", "watches"),
                        Map.entry("listen/mentions", "mentions"),
                        Map.entry("listen/alerts", "alerts"),
                        Map.entry("listen/work", "work"),
                        Map.entry("listen/sources", "sources"),
                        Map.entry("alerts", "alerts"),
                        Map.entry("notices", "notices"),
                        Map.entry("recipients", "recipients"),
                        Map.entry("lists", "word-lists"),
                        Map.entry("freeze", "freeze"),
                        Map.entry("tokens", "tokens"),
                        Map.entry("team", "users"),
                        Map.entry("newsletters", "newsletters"),
                        Map.entry("rights/erasures", "rights/erasures"),
                        Map.entry("rights/objections", "rights/objections"),
                        Map.entry("rights/holds", "rights/holds"),
                        Map.entry("subscribers/person", "subscribers"))
                .forEach((page, rest) ->
                        rows.put("/desk/" + page + "/", rows.getOrDefault("/api/v1/" + rest + "/", "")));
        rows.put("/desk/requests/", rows.getOrDefault("/api/v1/person-requests/", ""));
        rows.put("/desk/sign-up/qr/", LINK);
        rows.put("/api/v1/sign-up/links/", LINK);
        rows.put("/desk/sign-up/links/", LINK);
    }

    /** @return of what that path leads to; empty where there is no such row */
    String id(String path) {
        return rows.entrySet().stream()
                .filter(entry -> path.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    String way() {
        return way;
    }

    Collection<String> ids() {
        return rows.values();
    }

    /** What is typed into the form of that path, so that nothing but the id can be wrong. */
    String[] form(String path) {
        String act = switch (path) {
            case "/desk/listen/work/:id", "/desk/rights/erasures/:id", "/desk/newsletters/:id/turn" -> "stop";
            case "/desk/rights/objections/:id" -> "accept";
            case "/desk/posts/:id/approve" -> "approve";
            case "/desk/posts/:id/correct" -> "erratum";
            case "/desk/sign-up/links/:code" -> "retire";
            case "/desk/alerts/:id", "/desk/listen/alerts/:id" -> "seen";
            default -> "remove";
        };
        return new String[] {
            "version",
            "1",
            "sure",
            "on",
            "reason",
            "x",
            "role",
            "AUTHOR",
            "decision",
            "resend",
            "act",
            act,
            "do",
            act,
            "text",
            "x",
            "name",
            "x",
            "query",
            "x",
            "kind",
            "WEBHOOK",
            "url",
            "http://127.0.0.1:9/x",
            "secret",
            "a secret that is long enough"
        };
    }

    /** @return whether its rows still stand as they stood: nobody else has changed them */
    boolean unharmed() {
        return get("/api/v1/posts/" + rows.get("/api/v1/posts/"))
                        .path("text")
                        .asText()
                        .equals("geheim")
                && get("/api/v1/newsletters/" + rows.get("/api/v1/newsletters/"))
                                .path("version")
                                .asLong()
                        == 1
                && get("/api/v1/watches/" + rows.get("/api/v1/watches/"))
                        .path("name")
                        .asText()
                        .equals("geheim");
    }
}
