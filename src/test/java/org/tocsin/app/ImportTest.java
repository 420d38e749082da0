package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.cli.CommandLineStreams;
import org.tocsin.cli.TocsinCommand;
import org.tocsin.network.mastodon.FakeMastodon;

/** Tables of planned posts, as spreadsheets write them and as nobody should. */
class ImportTest {
    private static final String PATH = "/api/v1/posts/import";
    private static final String DESK = "/desk/calendar/import";

    @TempDir
    private Path folder;

    private RunningDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(folder);
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private Answer send(String query, byte[] csv) {
        return daemon.send(daemon.token(), "POST", PATH + query, csv, "Content-Type", "text/csv");
    }

    private JsonNode bring(String csv) {
        Answer answer = send("", csv.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode text(JsonNode report, int item) {
        return daemon.get("/api/v1/posts/"
                        + report.path("items").path(item).path("postId").asText())
                .json();
    }

    @Test
    void channels_and_campaigns_go_by_their_names_as_well() {
        daemon.post(
                "/api/v1/channels",
                "{\"id\":\"qo\",\"name\":\"Quai Ouvert été\",\"network\":\"rehearsal\",\"inDefaultSet\":false}");
        daemon.post("/api/v1/campaigns", "{\"id\":\"marche\",\"name\":\"La grande marche\"}");
        JsonNode report = bring("""
                text,at,channels,campaign
                Par son nom,2031-06-12 18:30,"quai ouvert ete; rehearsal",La Grande Marche
                Par des blancs,2031-06-13 18:30,qo rehearsal,marche
                Inconnu,2031-06-14 18:30,quai fermé,
                """);
        assertThat(report.path("imported").asInt()).as(report.toString()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            JsonNode post = text(report, i);
            assertThat(post.path("campaign").asText()).isEqualTo("marche");
            assertThat(post.path("deliveries").findValuesAsText("channelId"))
                    .containsExactlyInAnyOrder("qo", "rehearsal");
        }
        assertThat(report.path("items").path(2).toString()).contains("quai");
    }

    @Test
    void each_row_is_told_of_and_the_good_ones_are_brought_in_once() {
        String csv = """
                text,at,channels,campaign
                "Réunion, jeudi",2031-06-12 18:30,"rehearsal, feed",
                Sans canal,2031-06-13 10:00,nulle-part,
                Trop tard,2020-01-01 10:00,rehearsal,
                Sautée,2031-03-30 02:30,rehearsal,
                ,2031-06-13 10:00,rehearsal,
                Sans heure,,rehearsal,
                """;
        int before = daemon.posts();
        JsonNode looked =
                send("?dryRun=true", csv.getBytes(StandardCharsets.UTF_8)).json();
        assertThat(looked.path("good").asInt()).isEqualTo(1);
        assertThat(looked.path("faulty").asInt()).isEqualTo(5);
        assertThat(looked.path("items").path(0).path("dueAt").asText()).isEqualTo("2031-06-12T16:30:00Z");
        assertThat(looked.path("items").path(1).path("row").asInt()).isEqualTo(3);
        assertThat(IntStream.range(1, 6)
                        .mapToObj(
                                i -> looked.path("items").path(i).path("errors").path(0))
                        .map(error -> error.path("pointer").asText() + " "
                                + error.path("code").asText()))
                .containsExactly(
                        "/channels/0 publishing.channel.unknown",
                        "/at publishing.time.past",
                        "/at publishing.time.skipped",
                        "/text post.text.empty",
                        "/at publishing.table.time");
        assertThat(daemon.posts()).isEqualTo(before);

        assertThat(bring(csv).path("imported").asInt()).isEqualTo(1);
        JsonNode again = bring(csv);
        assertThat(again.path("imported").asInt()).isZero();
        assertThat(again.path("already").asInt()).isEqualTo(1);
        JsonNode mended = bring(csv.replace("nulle-part", "rehearsal"));
        assertThat(mended.path("imported").asInt()).isEqualTo(1);
        assertThat(mended.path("already").asInt()).isEqualTo(1);
        assertThat(daemon.posts()).isEqualTo(before + 2);

        String id = again.path("items").path(0).path("postId").asText();
        daemon.send(daemon.token(), "DELETE", "/api/v1/posts/" + id, null);
        assertThat(bring(csv).path("imported").asInt())
                .as("what was taken back may come again")
                .isEqualTo(1);
    }

    @Test
    void a_row_that_stands_twice_in_a_table_is_brought_in_once() {
        String csv = """
                text,at,channels
                Deux fois,2031-07-12 18:30,rehearsal
                Une autre,2031-07-12 18:30,rehearsal
                Deux fois,2031-07-12 18:30,rehearsal
                """;
        int before = daemon.posts();
        JsonNode report = bring(csv);
        assertThat(report.path("imported").asInt()).isEqualTo(2);
        JsonNode second = report.path("items").path(2);
        assertThat(second.path("errors").path(0).path("code").asText()).isEqualTo("publishing.table.again");
        assertThat(second.path("errors").path(0).path("message").asText()).contains("2");
        assertThat(daemon.posts()).isEqualTo(before + 2);
        assertThat(bring(csv).path("already").asInt()).isEqualTo(2);
        assertThat(daemon.posts()).isEqualTo(before + 2);
    }

    @Test
    void what_spreadsheets_write_is_read() {
        String csv =
                "\uFEFFTexte;Date;Canaux\r\n\"Une ligne\r\npuis l’autre ; \"\"ici\"\"\";12/06/2031 18:30;rehearsal feed\r\n"
                        + ";;\r\n=SOMME(A1:A9);13/06/2031 9h05;rehearsal\r\n";
        JsonNode report = bring(csv);
        assertThat(report.path("imported").asInt()).as(report.toString()).isEqualTo(2);
        JsonNode first = text(report, 0);
        assertThat(first.path("text").asText()).isEqualTo("Une ligne\npuis l’autre ; \"ici\"");
        assertThat(first.path("at").asText()).isEqualTo("2031-06-12T18:30");
        assertThat(first.path("deliveries")).hasSize(2);
        assertThat(report.path("items").path(1).path("row").asInt()).isEqualTo(4);
        assertThat(text(report, 1).path("text").asText()).isEqualTo("=SOMME(A1:A9)");
        assertThat(text(report, 1).path("at").asText()).isEqualTo("2031-06-13T09:05");

        Answer windows = send(
                "", "text;at;channels\ndéjà là;2031-06-12 18:30;rehearsal\n".getBytes(Charset.forName("windows-1252")));
        assertThat(text(windows.json(), 0).path("text").asText()).isEqualTo("déjà là");
    }

    @Test
    void what_is_no_such_table_is_refused_as_a_whole() {
        assertThat(send("", "text\nbonjour\n".getBytes(StandardCharsets.UTF_8)).error())
                .isEqualTo("/csv publishing.table.missing");
        assertThat(send("", "text,at,image\na,b,c\n".getBytes(StandardCharsets.UTF_8))
                        .error())
                .isEqualTo("/csv publishing.table.unknown");
        assertThat(send("", "text,at\n".getBytes(StandardCharsets.UTF_8)).error())
                .isEqualTo("/csv publishing.table.empty");
        assertThat(send("", "text,at\n\"jamais fermé,2031-06-12 10:00\n".getBytes(StandardCharsets.UTF_8))
                        .error())
                .isEqualTo("/csv publishing.table.broken");
        assertThat(send("", new byte[0]).error()).startsWith("/csv publishing.table.");
        JsonNode wide = bring("text,at,channels\nDemain, on marche,2031-06-12 10:00,rehearsal\n");
        assertThat(wide.path("items")
                        .path(0)
                        .path("errors")
                        .path(0)
                        .path("code")
                        .asText())
                .isEqualTo("publishing.table.wide");
        String many = "text,at\n" + "a,b\n".repeat(10_001);
        Answer over = send("?dryRun=true", many.getBytes(StandardCharsets.UTF_8));
        assertThat(over.status()).isEqualTo(413);
        assertThat(over.error()).isEqualTo("/csv publishing.table.rows");
    }

    @Test
    void at_the_desk_a_table_is_looked_at_and_then_brought_in() {
        try (Browser browser = Browser.ofTheFirst(daemon)) {
            browser.get("/desk/calendar/import");
            String csv = "text,at,channels\nRéunion <b>,2031-06-12 18:30,rehearsal\nQuand ?,,rehearsal\n";
            int before = daemon.posts();
            browser.post(DESK, "csv", csv, "act", "look");
            Browser.Page looked = browser.settled(DESK);
            assertThat(looked.body())
                    .contains("1 bonne ligne. Rien n’est encore importé.", "Importer 1 bonne ligne")
                    .containsSubsequence(
                            "Ligne 3", "à corriger", "Colonne at\u00a0: Il faut une date", "Ligne 2", "bonne")
                    .contains("Réunion &lt;b&gt;", "Un tableau a 5\u00a0Mo au plus.")
                    .doesNotContain("Réunion <b>");
            assertThat(daemon.posts()).isEqualTo(before);
            String id = imported(looked);
            browser.post(DESK, "id", id, "act", "import");
            assertThat(browser.settled(DESK).body()).contains("1 message importé.");
            browser.post(DESK, "id", id, "act", "import");
            assertThat(browser.settled(DESK).body())
                    .as("the same form sent twice spoils no report")
                    .contains("1 message importé.");
            browser.post(DESK, "csv", csv, "act", "import");
            assertThat(browser.settled(DESK).body()).contains("0 message", "Déjà importées\u00a0: 1.");
            assertThat(daemon.posts()).isEqualTo(before + 1);
            assertThat(browser.post("/desk/calendar/import", "csv", "rien", "act", "look")
                            .status())
                    .isEqualTo(422);
        }
    }

    private static String imported(Browser.Page looked) {
        Matcher form = Pattern.compile(
                        "name=\"id\" value=\"([^\"]+)\">\\s*<div class=\"actions\"><button class=\"main\"")
                .matcher(looked.body());
        assertThat(form.find()).as(looked.body()).isTrue();
        return form.group(1);
    }

    private static String table(int rows, String text) {
        return IntStream.range(0, rows)
                .mapToObj(i -> "%s %d,2031-06-%02dT%02d:%02d,rehearsal"
                        .formatted(text, i, 1 + i % 30, i / 30 % 24, i / 720 % 60))
                .collect(Collectors.joining("\n", "text,at,channels\n", "\n"));
    }

    @Test
    void over_rest_a_long_table_is_answered_at_once_asked_about_and_stopped() {
        int before = posts(daemon::get);
        byte[] csv = table(4_000, "Assemblée").getBytes(StandardCharsets.UTF_8);
        Answer begun = daemon.send(
                daemon.token(), "POST", PATH, csv, "Content-Type", "text/csv", "Idempotency-Key", "long-table");
        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        assertThat(begun.json().path("state").asText()).isEqualTo("RUNNING");
        assertThat(begun.json().path("total").asInt()).isEqualTo(4_000);
        String one = PATH + "/" + begun.json().path("id").asText();
        assertThat(begun.header("Location")).isEqualTo(one);
        Answer again = daemon.send(
                daemon.token(), "POST", PATH, csv, "Content-Type", "text/csv", "Idempotency-Key", "long-table");
        assertThat(again.status()).as("a repeat begins no second one").isEqualTo(202);
        assertThat(again.json().path("id")).isEqualTo(begun.json().path("id"));
        assertThat(send("", "text,at\na,2031-06-12 10:00\n".getBytes(StandardCharsets.UTF_8))
                        .error())
                .endsWith("publishing.table.busy");
        Answer stopped = daemon.post(one + "/stop", "{}");
        assertThat(stopped.status()).as(stopped.body()).isEqualTo(200);
        JsonNode far = over(one);
        assertThat(far.path("stopped").asBoolean()).isTrue();
        assertThat(far.path("imported").asInt())
                .isEqualTo(far.path("done").asInt())
                .isBetween(1, 3_999);
        assertThat(posts(daemon::get) - before).isEqualTo(far.path("imported").asInt());

        String rest = PATH + "/" + send("", csv).json().path("id").asText();
        JsonNode whole = over(rest);
        assertThat(whole.path("imported").asInt() + whole.path("already").asInt())
                .isEqualTo(4_000);
        assertThat(whole.path("stopped").asBoolean()).isFalse();
        assertThat(posts(daemon::get) - before).isEqualTo(4_000);
        assertThat(whole.path("items")).hasSize(50);
        JsonNode last = daemon.get(rest + "?limit=200&after=3900").json();
        assertThat(last.path("items")).hasSize(101);
        assertThat(last.path("items").path(0).path("row").asInt()).isEqualTo(3_901);
        assertThat(last.path("next").isNull()).isTrue();
        assertThat(daemon.get(one).error()).as("another has come since").isEqualTo(" base.not-found");
        assertThat(daemon.get(rest + "?after=x").error()).isEqualTo("/after web.cursor");
        String other = daemon.post("/api/v1/tokens", "{\"name\":\"autre\",\"scopes\":[\"POST\"]}")
                .json()
                .path("token")
                .asText();
        assertThat(daemon.send(other, "GET", rest, null).status())
                .as("a table is its sender’s")
                .isEqualTo(404);
    }

    private JsonNode over(String one) {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> daemon.get(one).json(),
                        seen -> !seen.path("state").asText().equals("RUNNING"));
    }

    @Test
    void at_a_terminal_a_long_table_is_waited_for_and_told_of_to_its_last_row(@TempDir Path other) throws IOException {
        Path table = Files.writeString(
                other.resolve("long.csv"), table(3_000, "Marche") + "Ailleurs,2031-06-13 10:00,nowhere\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = TocsinCommand.run(
                new String[] {"posts", "import", table.toString()},
                new CommandLineStreams(stream, stream, new BufferedReader(new StringReader("")), null, Locale.ENGLISH),
                Map.of("TOCSIN_DATA", folder.toString(), "TOCSIN_HTTP_PORT", String.valueOf(daemon.port())),
                () -> 0);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("% of the rows are done.", "Row 3002, channels", "Imported: 3,000.");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void at_the_desk_a_long_table_is_stopped_and_goes_on_where_it_was() {
        try (Browser browser = Browser.ofTheFirst(daemon)) {
            int before = posts(daemon::get);
            browser.get(DESK);
            String csv = table(4_000, "Réunion");
            Browser.Page under = browser.post(DESK, "csv", csv, "act", "import");
            assertThat(under.body()).contains("<progress", "lignes sur 4", "Cela continue si vous quittez");
            assertThat(browser.post(DESK, "csv", "text,at\na,2031-06-12 10:00\n", "act", "look")
                            .status())
                    .as("one at a time")
                    .isEqualTo(409);
            browser.post(DESK + "/stop", "id", under.hidden("id"));
            assertThat(browser.settled(DESK).body()).contains("Arrêté après");
            int stopped = posts(daemon::get) - before;
            assertThat(stopped).isBetween(1, 3_999);

            browser.post(DESK, "csv", csv, "act", "import");
            String report = browser.settled(DESK).body();
            assertThat(report).contains("1 à 100 sur 4", "?from=100#report");
            assertThat(posts(daemon::get) - before).isEqualTo(4_000);
            Browser.Page last = browser.get(DESK + "?from=3900");
            assertThat(last.body()).contains("Ligne 4001").doesNotContain("Ligne 3901<", "?from=4000");
        }
    }

    /** What was committed stands, and what comes once more is known by its rows. */
    @Test
    void what_a_kill_cut_off_comes_once_when_the_same_table_is_sent_again(@TempDir Path data) throws Exception {
        String csv = table(3_000, "Marche");
        int then;
        try (FakeMastodon network = new FakeMastodon(Clock.systemUTC())) {
            try (DaemonProcess process = new DaemonProcess(data, network, Map.of());
                    Browser browser = desk(process)) {
                assertThat(browser.post(DESK, "csv", csv, "act", "import").body())
                        .contains("<progress");
            }
            try (DaemonProcess process = new DaemonProcess(data, network, Map.of());
                    Browser browser = signedIn(process)) {
                then = posts(process::get);
                assertThat(then).as("it was in the middle").isBetween(1, 2_999);
                browser.get(DESK);
                browser.post(DESK, "csv", csv, "act", "import");
                assertThat(browser.settled(DESK).body()).contains("importés", "Déjà importées");
                assertThat(posts(process::get)).isEqualTo(3_000);
            }
        }
    }

    private static Browser desk(DaemonProcess process) {
        Browser browser = Browser.ofTheFirst(
                process.port(),
                process.post("/api/v1/setup-link", "{}").json().path("path").asText());
        browser.get(DESK);
        return browser;
    }

    private static Browser signedIn(DaemonProcess process) {
        Browser browser = new Browser(process.port());
        browser.get("/desk/sign-in");
        browser.post("/desk/sign-in", "login", "zoe@exemple.fr", "password", Browser.GOOD);
        return browser;
    }

    private static int posts(Function<String, Answer> get) {
        int posts = 0;
        String after = "";
        while (true) {
            JsonNode page = get.apply("/api/v1/posts?limit=200" + after).json();
            posts += page.path("items").size();
            if (page.path("next").isNull()) {
                return posts;
            }
            after = "&after=" + page.path("next").asText();
        }
    }

    @Test
    void a_table_of_some_megabytes_is_taken_and_a_larger_one_is_refused_on_a_page() {
        try (Browser browser = Browser.ofTheFirst(daemon)) {
            browser.get(DESK);
            String large = table(400, "é".repeat(2_000));
            assertThat(large.length()).isGreaterThan(800_000);
            assertThat(browser.post(DESK, "csv", large, "act", "look").status()).isEqualTo(200);
            assertThat(browser.settled(DESK).body()).contains("1 à 100 sur 400");
            for (int size : new int[] {5_100_000, 17_000_000}) {
                Browser.Page over = browser.post(DESK, "csv", "a".repeat(size), "act", "look");
                assertThat(over.status()).isEqualTo(413);
                assertThat(over.header("Content-Type")).startsWith("text/html");
                assertThat(over.body())
                        .contains("Le tableau dépasse 5\u00a0Mo", "role=\"alert\"", "Vérifier ligne par ligne");
                assertThat(over.body().length()).isLessThan(150_000);
            }
            for (String path : new String[] {"/desk/audience/import", "/desk/subscribers/import"}) {
                assertThat(browser.post(path, "csv", "a".repeat(5_100_000)).body())
                        .as(path)
                        .contains("Le tableau dépasse 5\u00a0Mo");
            }
            Browser.Page other = browser.post("/desk/campaigns", "name", "a".repeat(1_000_001));
            assertThat(other.status()).isEqualTo(413);
            assertThat(other.header("Content-Type")).startsWith("text/html");
            try (Browser stranger = new Browser(daemon.port())) {
                assertThat(stranger.submit(DESK, List.of(), "csv", "a".repeat(2_000_000))
                                .status())
                        .as("nobody's table is read")
                        .isEqualTo(401);
            }
        }
    }

    /** The desk promises pages of at most 150 KB, with 5,000 posts. */
    @Test
    void a_calendar_of_five_thousand_posts_is_a_light_page() {
        String csv = IntStream.range(0, 5_000)
                .mapToObj(i ->
                        "Message numéro %d sur le plan de circulation et ses suites,2031-06-%02dT%02d:%02d,rehearsal feed"
                                .formatted(i, 1 + i % 30, i / 30 % 24, i / 720))
                .collect(Collectors.joining("\n", "text,at,channels\n", "\n"));
        try (Browser browser = Browser.ofTheFirst(daemon)) {
            browser.get(DESK);
            browser.post(DESK, "csv", csv, "act", "import");
            assertThat(browser.settled(DESK).body()).contains("messages importés.", "1 à 100 sur 5");
            for (String query :
                    new String[] {"?date=2031-06-01", "?view=week&date=2031-06-11", "?view=list&date=2031-06-01"}) {
                Browser.Page page = browser.get("/desk/calendar" + query);
                assertThat(page.status()).isEqualTo(200);
                assertThat(page.body().getBytes(StandardCharsets.UTF_8).length)
                        .as(query)
                        .isLessThan(120_000);
            }
            assertThat(browser.get("/desk/calendar?date=2031-06-01").body()).contains("et 163 autres");
        }
    }
}
