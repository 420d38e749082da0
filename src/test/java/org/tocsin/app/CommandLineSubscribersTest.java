package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nayuki.qrcodegen.QrCode;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.cli.CommandLineStreams;
import org.tocsin.cli.TocsinCommand;

/** Subscribers at the terminal: they are brought in, followed by a program, shown and erased. */
class CommandLineSubscribersTest {
    private static final String HOW = "Paper form at the market of 3 May 2026, kept by the secretary.";

    private Path data;
    private RunningDaemon daemon;
    private HookSite hook;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        data = folder;
        hook = new HookSite();
        daemon = new RunningDaemon(folder, "TOCSIN_HTTP_ALLOW", hook.peer());
        assertThat(daemon.send(
                                daemon.token(),
                                "PUT",
                                "/api/v1/sign-up/settings",
                                ("{\"controller\":\"Les Amis\",\"contact\":\"contact@amis.example\",\"purposeFr\":\"nos"
                                                + " nouvelles\",\"purposeEn\":\"our news\",\"version\":0}")
                                        .getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
    }

    @AfterEach
    void stop() {
        daemon.close();
        hook.close();
    }

    private record Said(int code, String out, String err) {}

    private Said typing(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = TocsinCommand.run(
                args,
                new CommandLineStreams(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        new BufferedReader(new StringReader("")),
                        null,
                        Locale.ENGLISH),
                Map.of("TOCSIN_DATA", data.toString(), "TOCSIN_HTTP_PORT", String.valueOf(daemon.port())),
                () -> 0);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private String tocsin(String... args) {
        Said said = typing(args);
        assertThat(said.code()).as(said.err() + said.out()).isZero();
        return said.out();
    }

    @Test
    void what_people_ask_for_is_done_at_the_terminal_as_over_rest() throws IOException {
        Path table = Files.writeString(data.resolve("people.csv"), "address\nana@example.org\n");
        tocsin("subscribers", "import", table.toString(), "--statement", HOW, "--none-left");
        String id = tocsin("subscribers", "find", "ana@example.org").strip();
        tocsin("subscribers", "restrict", id, "--reason", "call of 3 May");
        assertThat(tocsin("subscribers", "list", "--state", "restricted")).contains(id);
        tocsin("subscribers", "release", id);
        assertThat(tocsin("subscribers", "list", "--state", "confirmed")).contains(id);
        assertThat(typing("subscribers", "correct", id, "new@example.org").err())
                .as("there is no mail server here")
                .contains("mail");
        tocsin("subscribers", "erase", id);
        assertThat(typing("subscribers", "lift", "ana@example.org").code())
                .as("without a reason")
                .isNotZero();
        tocsin("subscribers", "lift", "ana@example.org", "--reason", "she rang up");
        assertThat(typing("subscribers", "lift", "ana@example.org", "--reason", "again")
                        .code())
                .isNotZero();
        assertThat(daemon.get("/api/v1/person-requests").json().path("items"))
                .extracting(one ->
                        one.path("kind").asText() + " " + one.path("door").asText())
                .containsExactly("ERASURE TEAM", "RESTRICTION TEAM");
        assertThat(daemon.get("/api/v1/audit").json().path("items"))
                .extracting(one -> one.path("action").asText())
                .contains("subscriber.restrict", "subscriber.release", "subscriber.lift");
    }

    @Test
    void newsletters_are_drafted_and_decided_on() throws IOException {
        Path text = Files.writeString(data.resolve("letter.md"), "# Samedi\n\nRendez-vous au marché.\n");
        String made = tocsin("newsletters", "create", text.toString(), "--subject", "Samedi", "--reach", "mail");
        assertThat(made).contains("Samedi");
        String id = daemon.get("/api/v1/newsletters")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asText();
        assertThat(daemon.get("/api/v1/newsletters/" + id)
                        .json()
                        .path("texts")
                        .path("fr")
                        .path("body")
                        .asText())
                .contains("Rendez-vous au marché");
        assertThat(daemon.get("/api/v1/newsletters/" + id)
                        .json()
                        .path("segment")
                        .path("reaches")
                        .path(0)
                        .asText())
                .isEqualTo("MAIL");
        assertThat(typing("newsletters", "unschedule", id).code())
                .as("it is a draft")
                .isNotZero();
        assertThat(typing("newsletters", "decide", id, "perhaps").err()).contains("again", "leave");
        assertThat(typing("newsletters", "of-posts", "--since", "2099-01-01", "--subject", "Rien")
                        .code())
                .as("nothing was published since")
                .isNotZero();
        assertThat(typing("newsletters", "create", data.resolve("none.md").toString(), "--subject", "x")
                        .err())
                .contains("none.md");
    }

    @Test
    void a_link_stands_for_a_post_and_a_campaign() {
        tocsin("campaigns", "save", "mairie", "--name", "Mairie");
        String post = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"Rendez-vous samedi\",\"channels\":[\"rehearsal\"],\"campaign\":\"mairie\"}")
                .json()
                .path("id")
                .asText();
        tocsin("subscribers", "link", "Samedi", "--code", "samedi", "--post", post);
        var link = daemon.get("/api/v1/sign-up/links").json().path("items").path(0);
        assertThat(link.path("postId").asText()).isEqualTo(post);
        assertThat(link.path("campaign").asText()).isEqualTo("mairie");
        assertThat(typing("subscribers", "link", "Rien", "--campaign", "nowhere")
                        .err())
                .contains("no campaign nowhere");
        assertThat(tocsin("posts", "show", post)).doesNotContain("brought");
        assertThat(daemon.get("/api/v1/posts/" + post)
                        .json()
                        .path("confirmedSubscribers")
                        .isInt())
                .isTrue();
        tocsin("campaigns", "save", "mairie", "--name", "Mairie 2032");
        assertThat(tocsin("campaigns")).contains("Mairie 2032");
    }

    @Test
    void some_of_the_subscribers_are_listed_and_written_to_a_file() throws IOException {
        Path table = Files.writeString(
                data.resolve("people.csv"),
                "address,language\nana@example.org,fr\nbob@example.org,en\ncleo@example.org,en\n");
        tocsin("subscribers", "import", table.toString(), "--statement", HOW, "--none-left");
        assertThat(tocsin("subscribers", "list", "--language", "en").lines())
                .hasSize(2)
                .allMatch(line -> line.contains("confirmed") && line.contains("@example.org"))
                .noneMatch(line -> line.contains("ana@"));
        assertThat(tocsin("subscribers", "list", "--limit", "2")).contains("2 shown");
        assertThat(tocsin("subscribers", "list", "--state", "left")).contains("There is nobody");
        assertThat(typing("subscribers", "list", "--state", "gone").err()).contains("GONE", "PENDING, CONFIRMED");
        Path out = data.resolve("english.csv");
        tocsin("subscribers", "export", out.toString(), "--language", "en", "--state", "confirmed");
        assertThat(Files.readAllLines(out)).hasSize(3).noneMatch(line -> line.contains("ana@"));
    }

    @Test
    void the_code_of_a_leaflet_is_written_as_svg_and_as_png() throws Exception {
        tocsin("subscribers", "link", "Tract", "--code", "tract");
        assertThat(typing(
                                "subscribers",
                                "qr",
                                "tract",
                                data.resolve("early.svg").toString())
                        .err())
                .as("it would lead nowhere")
                .contains("public address");
        assertThat(data.resolve("early.svg")).doesNotExist();
        daemon.close();
        daemon = new RunningDaemon(data, "TOCSIN_PUBLIC_URL", "https://amis.example");
        String url = daemon.get("/api/v1/sign-up/links")
                .json()
                .path("items")
                .path(0)
                .path("url")
                .asText();
        Path png = data.resolve("tract.png");
        assertThat(tocsin("subscribers", "qr", "tract", png.toString())).contains("Try it with a phone");
        BufferedImage image = ImageIO.read(png.toFile());
        QrCode code = QrCode.encodeText(url, QrCode.Ecc.MEDIUM);
        int module = image.getWidth() / (code.size + 8);
        for (int y = -4; y < code.size + 4; y++) {
            for (int x = -4; x < code.size + 4; x++) {
                boolean dark =
                        (image.getRGB((x + 4) * module + module / 2, (y + 4) * module + module / 2) & 0xFF) < 128;
                assertThat(dark).as("%d, %d", x, y).isEqualTo(code.getModule(x, y));
            }
        }
        Path svg = data.resolve("tract.svg");
        tocsin("subscribers", "qr", "tract", svg.toString());
        assertThat(Files.readString(svg)).startsWith("<svg").contains("viewBox=\"0 0 " + (code.size + 8));
        assertThat(typing("subscribers", "qr", "tract", svg.toString()).err()).contains("tract.svg");
        assertThat(typing("subscribers", "qr", "tract", "tract.gif").err()).contains(".svg or .png");
        assertThat(typing("subscribers", "qr", "nobody", data.resolve("n.svg").toString())
                        .err())
                .contains("no such link");
        assertThat(daemon.get("/api/v1/sign-up/links/tract/qr?format=gif").body())
                .contains("gif", "svg and png");
    }

    @Test
    void people_come_are_followed_and_are_forgotten_everywhere() throws Exception {
        assertThat(tocsin("subscribers", "webhook")).contains("No program follows");
        assertThat(tocsin("subscribers", "webhook", "set", hook.url("/crm")))
                .contains("told no addresses")
                .contains("whsec_");
        assertThat(tocsin("subscribers", "webhook", "test")).contains("was taken");
        assertThat(hook.got().getLast().body()).contains("subscriber.test");
        hook.next(500);
        assertThat(typing("subscribers", "webhook", "test").out()).contains("500");
        assertThat(typing("subscribers", "webhook", "set", hook.url("/crm"), "--address")
                        .err())
                .as("nobody agreed to that")
                .contains("does not name 127.0.0.1");
        for (String language : new String[] {"fr", "en"}) {
            assertThat(daemon.post(
                                    "/api/v1/sign-up/texts",
                                    "{\"language\":\"" + language
                                            + "\",\"text\":\"La lettre. My address is handed to 127.0.0.1.\"}")
                            .status())
                    .isEqualTo(201);
        }
        assertThat(tocsin("subscribers", "webhook", "set", hook.url("/crm"), "--address"))
                .contains("It is told addresses")
                .doesNotContain("whsec_");

        Path table = Files.writeString(data.resolve("people.csv"), "email\nana@example.org\nno address\n");
        Said early = typing("subscribers", "import", table.toString(), "--statement", HOW);
        assertThat(early.code()).isNotZero();
        assertThat(early.err()).contains("left the other tool");
        Path gone = Files.writeString(data.resolve("gone.csv"), "email\ngone@example.org\n");
        assertThat(tocsin("subscribers", "import", gone.toString(), "--left")).contains("Not written to any more: 1");
        Said look = typing("subscribers", "import", table.toString(), "--statement", HOW, "--dry-run");
        assertThat(look.code()).isEqualTo(1);
        assertThat(look.out()).contains("Line 3").contains("New: 1").contains("Nothing was written");
        assertThat(typing("subscribers", "import", table.toString(), "--statement", HOW)
                        .out())
                .contains("New: 1")
                .doesNotContain("Nothing was written");

        String id = tocsin("subscribers", "find", "ana@example.org").strip();
        assertThat(tocsin("subscribers", "show", id))
                .contains("ana@example.org")
                .contains(HOW);
        assertThat(typing("subscribers", "erase", id, "--reason", "ana@example.org wrote")
                        .err())
                .contains("without an address");
        assertThat(tocsin("subscribers", "erase", id, "--reason", "call of 4 May"))
                .contains("Erased");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(hook.got())
                        .anySatisfy(one -> assertThat(one.body())
                                .contains("subscriber.erased")
                                .contains(id)
                                .doesNotContain("ana@example.org")));
        assertThat(hook.got().getLast().header("Webhook-signature")).startsWith("v1,");

        assertThat(tocsin("privacy", "register", "--language", "fr"))
                .contains("Registre")
                .contains("Les Amis")
                .contains("127.0.0.1");
        assertThat(tocsin("subscribers", "link", "Leaflet", "--code", "tract")).contains("/n/tract");
        assertThat(tocsin("subscribers", "retire", "tract")).contains("not offered any more");
        assertThat(tocsin("subscribers", "retire", "tract", "--undo")).contains("offered again");
        assertThat(tocsin("subscribers", "webhook", "remove")).contains("No program follows any more");
    }
}
