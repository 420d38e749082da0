package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.app.Browser.Page;
import org.tocsin.app.RunningDaemon.Answer;

/** What belongs to another branch is answered as what there is not: on every route that names an object, by every method. */
class OtherBranchTest {
    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";
    private static final String ELSEWHERE = "zzz-of-another-branch";

    /** The rows that are made and then given to another branch, by the beginning of the paths that lead to them. */
    private static final Map<String, String> FOREIGN = new java.util.TreeMap<>(java.util.Comparator.reverseOrder());

    private static RunningDaemon daemon;
    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        daemon = new RunningDaemon(folder);
        browser = Browser.ofTheFirst(daemon);
        daemon.post(
                "/api/v1/channels", "{\"id\":\"" + ELSEWHERE + "\",\"network\":\"rehearsal\",\"inDefaultSet\":false}");
        JsonNode post = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"geheim\",\"channels\":[\"" + ELSEWHERE + "\"],\"at\":\"2027-06-01T10:00\"}")
                .json();
        FOREIGN.put("/api/v1/posts/", post.path("id").asText());
        FOREIGN.put(
                "/api/v1/deliveries/",
                post.path("deliveries").path(0).path("id").asText());
        FOREIGN.put("/api/v1/channels/", ELSEWHERE);
        FOREIGN.put(
                "/api/v1/freeze/",
                daemon.post("/api/v1/freeze", "{\"from\":\"2027-07-01T00:00\",\"reason\":\"geheim\"}")
                        .json()
                        .path("id")
                        .asText());
        FOREIGN.put(
                "/api/v1/tokens/",
                daemon.post("/api/v1/tokens", "{\"name\":\"geheim\",\"scopes\":[\"READ\"]}")
                        .json()
                        .path("id")
                        .asText());
        daemon.post("/api/v1/campaigns", "{\"id\":\"geheim\",\"name\":\"geheim\"}");
        FOREIGN.put("/api/v1/campaigns/", "geheim");
        daemon.post("/api/v1/mentions-book", "{\"name\":\"geheim\",\"handles\":{\"mastodon\":\"@a@b.example\"}}");
        FOREIGN.put("/api/v1/mentions-book/", "geheim");
        more();
        browser.get("/desk/team");
        browser.post(
                "/desk/team/invite", "login", "autre@exemple.fr", "name", "geheim", "role", "AUTHOR", "language", "fr");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                Statement statement = other.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            for (String table : List.of(
                    "post",
                    "delivery",
                    "freeze",
                    "slot",
                    "audience_annotation",
                    "watch",
                    "recipient",
                    "word_list",
                    "draft",
                    "media")) {
                statement.executeUpdate("update " + table + " set branch = 'ailleurs'");
            }
            statement.executeUpdate("update channel set branch = 'ailleurs' where id = '" + ELSEWHERE + "'");
            for (String table : List.of("api_token", "campaign", "mention_entry", "app_user")) {
                String column = table.equals("app_user") || table.equals("api_token")
                        ? "name"
                        : table.equals("campaign") ? "id" : "name";
                statement.executeUpdate("update " + table + " set branch = 'ailleurs' where " + column + " = 'geheim'");
            }
            var user = statement.executeQuery("select id from app_user where name = 'geheim'");
            FOREIGN.put("/api/v1/users/", user.getString(1));
        }
        FOREIGN.put("/desk/posts/", FOREIGN.get("/api/v1/posts/"));
        FOREIGN.put("/desk/deliveries/", FOREIGN.get("/api/v1/deliveries/"));
        FOREIGN.put("/desk/channels/", ELSEWHERE);
        FOREIGN.put("/desk/campaigns/", "geheim");
        FOREIGN.put("/desk/calendar/slots/", FOREIGN.get("/api/v1/slots/"));
        FOREIGN.put("/desk/audience/notes/", FOREIGN.get("/api/v1/audience/annotations/"));
        FOREIGN.put("/desk/listen/watches/", FOREIGN.get("/api/v1/watches/"));
        FOREIGN.put("/desk/recipients/", FOREIGN.get("/api/v1/recipients/"));
        FOREIGN.put("/desk/lists/", FOREIGN.get("/api/v1/word-lists/"));
        FOREIGN.put("/desk/freeze/", FOREIGN.get("/api/v1/freeze/"));
        FOREIGN.put("/desk/tokens/", FOREIGN.get("/api/v1/tokens/"));
        FOREIGN.put("/desk/team/", FOREIGN.get("/api/v1/users/"));
    }

    /** What the desk alone keeps, and what listens. */
    private static void more() throws IOException {
        made("/api/v1/slots/", "{\"channelId\":\"" + ELSEWHERE + "\",\"weekday\":\"MONDAY\",\"time\":\"18:00\"}");
        made("/api/v1/audience/annotations/", "{\"day\":\"2021-05-01\",\"kind\":\"meeting\",\"text\":\"geheim\"}");
        made("/api/v1/watches/", "{\"name\":\"geheim\",\"query\":\"geheim\"}");
        made("/api/v1/recipients/", "{\"name\":\"geheim\",\"language\":\"fr\"}");
        made("/api/v1/word-lists/", "{\"name\":\"geheim\",\"entries\":[\"geheim\"]}");
        Page form = browser.get("/desk/write");
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
        FOREIGN.put("/desk/drafts/", form.hidden("draft"));
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", image);
        FOREIGN.put(
                "/desk/media/",
                browser.upload("/desk/media?name=geheim.png", image.toByteArray(), form.hidden("csrf"))
                        .hidden("media"));
    }

    private static void made(String path, String body) {
        Answer answer = daemon.post(path.replaceAll("/$", ""), body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        FOREIGN.put(path, answer.json().path("id").asText());
    }

    @AfterAll
    static void stop() {
        browser.close();
        daemon.close();
    }

    record Way(String method, String path) {
        static Way of(String line) {
            String[] parts = line.split(" +");
            return new Way(parts[0], parts[1].replaceAll("\\{[a-z]+}", ":id"));
        }

        String to(String id) {
            return path.replace(":id", id).replace(":name", id);
        }

        private String foreign() {
            return FOREIGN.entrySet().stream()
                    .filter(entry -> path.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
        }
    }

    private static Stream<Way> rest() {
        return RestAccessTest.TABLE
                .lines()
                .map(Way::of)
                .filter(way -> way.path().contains(":id"));
    }

    private static Stream<Way> pages() {
        return DeskTest.TABLE.lines().map(Way::of).filter(way -> way.path().contains(":id"));
    }

    @ParameterizedTest
    @MethodSource("rest")
    void over_the_api(Way way) {
        String foreign = way.foreign();
        String missing = foreign.length() == 36 ? NOBODY : "nobody-at-all";
        for (String body : List.of(
                "{}",
                "{\"version\":1}",
                "{\"version\":1,\"text\":\"x\",\"decision\":\"resend\"," + "\"hash\":\"x\",\"reason\":\"x\"}")) {
            byte[] sent = way.method().equals("GET") ? null : body.getBytes(StandardCharsets.UTF_8);
            Answer there =
                    daemon.send(daemon.token(), way.method(), way.to(foreign.isEmpty() ? NOBODY : foreign), sent);
            Answer none = daemon.send(daemon.token(), way.method(), way.to(missing), sent);
            assertThat(there.status())
                    .as("%s %s", way, body)
                    .isEqualTo(none.status())
                    .isGreaterThanOrEqualTo(400);
            assertThat(there.body().replace(foreign.isEmpty() ? NOBODY : foreign, missing))
                    .as("%s %s", way, body)
                    .isEqualTo(none.body())
                    .doesNotContain("geheim");
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void at_the_desk(Way way) {
        String foreign = way.foreign();
        String missing = foreign.length() == 36 ? NOBODY : "nobody-at-all";
        String id = foreign.isEmpty() ? NOBODY : foreign;
        Page there = knock(way, id);
        Page none = knock(way, missing);
        assertThat(there.status()).as("%s", way).isEqualTo(none.status());
        assertThat(there.body().replace(id, missing)).as("%s", way).doesNotContain("geheim");
    }

    private static Page knock(Way way, String id) {
        browser.get("/desk/account");
        return way.method().equals("GET")
                ? browser.get(way.to(id))
                : browser.post(
                        way.to(id),
                        "version",
                        "1",
                        "sure",
                        "on",
                        "reason",
                        "x",
                        "role",
                        "AUTHOR",
                        "decision",
                        "resend");
    }
}
