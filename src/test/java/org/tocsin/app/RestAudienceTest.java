package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.cli.CommandLineStreams;
import org.tocsin.cli.TocsinCommand;
import org.tocsin.network.mastodon.FakeMastodon;

/** Followers over REST and on the command line. */
class RestAudienceTest {
    private static FakeMastodon mastodon;
    private static RunningDaemon daemon;
    private static Path data;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        data = folder;
        mastodon = new FakeMastodon(Clock.systemUTC());
        daemon = new RunningDaemon(folder, "TOCSIN_HTTP_ALLOW", mastodon.peer().toString(), "TOCSIN_ZONE", "UTC");
        Answer made = daemon.post(
                "/api/v1/channels",
                "{\"id\":\"mast\",\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\"" + mastodon.origin()
                        + "\"},\"secrets\":{\"accessToken\":\"" + FakeMastodon.TOKEN + "\"}}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        await().atMost(Duration.ofSeconds(20)).until(() -> !latest("mast").isMissingNode());
    }

    @AfterAll
    static void stop() throws IOException {
        daemon.close();
        mastodon.close();
    }

    private static JsonNode latest(String channel) {
        return daemon.get("/api/v1/audience?channelId=" + channel)
                .json()
                .path("items")
                .path(0)
                .path("latest")
                .path("followers");
    }

    private static Answer bring(String table, String... headers) {
        return daemon.send(
                daemon.token(), "POST", "/api/v1/audience/import", table.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
    }

    @Test
    void a_channel_that_was_connected_is_counted_the_same_day() {
        JsonNode one = daemon.get("/api/v1/audience?channelId=mast")
                .json()
                .path("items")
                .path(0);
        assertThat(one.path("channelId").asText()).isEqualTo("mast");
        assertThat(one.path("latest").path("followers").asInt()).isEqualTo(FakeMastodon.FOLLOWERS);
        assertThat(one.path("latest").path("origin").asText()).isEqualTo("MEASURED");
        assertThat(one.path("nextAt").isTextual()).isTrue();
        assertThat(one.path("reason").isNull()).isTrue();
    }

    @Test
    void the_readers_of_a_day_that_was_not_watched_whole_are_no_figure() {
        Answer read = daemon.get(
                "/feeds/posts.rss", "User-Agent", "Inoreader/1.0 (+https://www.inoreader.com/; 7 subscribers)");
        assertThat(read.status()).isEqualTo(200);
        Answer made = daemon.post("/api/v1/channels", "{\"id\":\"fil\",\"network\":\"feed\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/audience").body().contains("feed.audience.day"));
        assertThat(latest("fil").isNumber()).isFalse();
    }

    @Test
    void earlier_figures_are_brought_in_once_and_growth_is_counted_from_them() {
        String table =
                "channel,date,followers\nrehearsal,2020-01-10,100\nrehearsal,2020-01-20,130\nrehearsal,2020-02-08,125\n"
                        + "mast," + today() + ",1\nnobody,2020-01-10,5\nrehearsal,2999-01-01,5\n";
        Answer first = bring(table, "Idempotency-Key", "bring-1");
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        JsonNode report = first.json();
        assertThat(report.path("rows").asInt()).isEqualTo(6);
        assertThat(report.path("added").asInt()).isEqualTo(3);
        assertThat(report.path("measured").asInt()).isEqualTo(1);
        assertThat(report.path("refused").asInt()).isEqualTo(2);
        assertThat(report.path("problems").path(0).path("line").asInt()).isEqualTo(6);
        assertThat(report.path("problems").path(0).path("code").asText()).isEqualTo("audience.csv.unknown");
        assertThat(report.path("problems").path(1).path("code").asText()).isEqualTo("audience.csv.future");
        assertThat(bring(table, "Idempotency-Key", "bring-1").header("Idempotent-Replay"))
                .isEqualTo("true");
        assertThat(bring(table).json().path("unchanged").asInt()).isEqualTo(3);
        assertThat(latest("mast").asInt()).as("what was measured stays").isEqualTo(FakeMastodon.FOLLOWERS);

        JsonNode grown = daemon.get("/api/v1/audience?channelId=rehearsal&from=2020-01-20&to=2020-02-10")
                .json()
                .path("items")
                .path(0);
        assertThat(grown.path("growth").path("net").asInt()).isEqualTo(-5);
        assertThat(grown.path("growth").path("percent").asDouble()).isEqualTo(-3.85);
        assertThat(grown.path("growth").path("to").asText()).isEqualTo("2020-02-08");
        assertThat(grown.path("before").path("net").asInt()).isEqualTo(30);
        assertThat(grown.path("days")).hasSize(2);
        assertThat(grown.path("days").path(0).path("origin").asText()).isEqualTo("IMPORTED");

        Answer table2 = daemon.get("/api/v1/audience.csv?channelId=rehearsal&from=2020-01-01&to=2020-02-01");
        assertThat(table2.header("Content-Type")).startsWith("text/csv");
        assertThat(table2.body())
                .isEqualTo(String.join(
                        "\r\n",
                        "channel,date,followers,origin,net",
                        "rehearsal,2020-01-10,100,IMPORTED,",
                        "rehearsal,2020-01-20,130,IMPORTED,",
                        ""));
        assertThat(daemon.get("/api/v1/audience.csv").body())
                .contains("mast," + today() + ",2418,MEASURED,", "rehearsal,2020-02-08,125,IMPORTED,");
    }

    @Test
    void what_is_no_period_is_refused_with_the_remedy() {
        assertThat(daemon.get("/api/v1/audience?from=yesterday").error()).isEqualTo("/from audience.day");
        assertThat(daemon.get("/api/v1/audience?from=2026-12-02&to=2026-12-01").error())
                .isEqualTo("/to audience.order");
        assertThat(daemon.get("/api/v1/audience?from=1970-01-01&to=2099-01-01").error())
                .isEqualTo("/from audience.long");
        assertThat(daemon.get("/api/v1/audience?to=%2B999999999-12-31").error()).isEqualTo("/to audience.day");
        assertThat(daemon.get("/api/v1/audience?channelId=nobody").status()).isEqualTo(404);
        assertThat(bring("{}").error()).isEqualTo(" audience.csv.header");
    }

    @Test
    void annotations_are_kept_by_version_and_struck() {
        Answer made = daemon.post(
                "/api/v1/audience/annotations", "{\"day\":\"2021-05-01\",\"kind\":\"meeting\",\"text\":\" Réunion \"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String id = made.json().path("id").asText();
        String changed = "{\"id\":\"" + id + "\",\"day\":\"2021-05-02\",\"kind\":\"TV\",\"text\":\"JT\",\"version\":1}";
        assertThat(daemon.post("/api/v1/audience/annotations", changed)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(daemon.post("/api/v1/audience/annotations", changed).status())
                .isEqualTo(409);
        JsonNode items = daemon.get("/api/v1/audience/annotations?from=2021-05-01&to=2021-05-03")
                .json()
                .path("items");
        assertThat(items).hasSize(1);
        assertThat(items.path(0).path("text").asText()).isEqualTo("JT");
        String path = "/api/v1/audience/annotations/" + id;
        assertThat(daemon.send(daemon.token(), "DELETE", path + "?version=1", null)
                        .status())
                .isEqualTo(409);
        assertThat(daemon.send(daemon.token(), "DELETE", path + "?version=2", null)
                        .status())
                .isEqualTo(204);
        assertThat(daemon.send(daemon.token(), "DELETE", path, null).status()).isEqualTo(404);
        Answer faulty = daemon.post("/api/v1/audience/annotations", "{\"day\":\"x\",\"kind\":\"y\",\"text\":\"  \"}");
        assertThat(faulty.json().path("errors"))
                .extracting(error -> error.path("pointer").asText())
                .containsExactly("/day", "/kind", "/text");
    }

    @Test
    void a_token_that_counting_finds_dead_is_told_by_the_channels_health() {
        daemon.post(
                "/api/v1/channels",
                "{\"id\":\"dead\",\"network\":\"mastodon\",\"check\":false,\"inDefaultSet\":false,\"settings\":{\"baseUrl\":\""
                        + mastodon.origin() + "\"},\"secrets\":{\"accessToken\":\"revoked\"}}");
        // The first check by the clock comes after a minute.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/channels/dead")
                        .json()
                        .path("health")
                        .path("status")
                        .asText()
                        .equals("UNAUTHORIZED"));
        JsonNode one = daemon.get("/api/v1/audience?channelId=dead")
                .json()
                .path("items")
                .path(0);
        assertThat(one.path("latest").isNull()).isTrue();
        assertThat(one.path("reasonCode").asText()).isEqualTo("network.unauthorized");
    }

    @Test
    void the_command_line_shows_brings_in_and_prints() throws IOException {
        assertThat(tocsin(Locale.FRENCH, "audience")).contains("mast  2\u202f418 le ");
        Path file = Files.writeString(
                data.resolve("earlier.csv"), "channel;date;followers\nrehearsal;2022-03-01;7\nrehearsal;hier;8\n");
        assertThat(tocsin(Locale.ENGLISH, "audience", "import", file.toString()))
                .contains("2 rows: 1 added", "1 refused", "line 3: “hier” is no date");
        assertThat(tocsin(Locale.ENGLISH, "audience", "export", "--from", "2022-02-01", "--to", "2022-04-01"))
                .isEqualTo("channel,date,followers,origin,net\nrehearsal,2022-03-01,7,IMPORTED,\n");
        daemon.send(
                daemon.token(),
                "POST",
                "/api/v1/audience/import",
                "channel,date,followers\nrehearsal,2022-03-09,1207\n".getBytes(StandardCharsets.UTF_8));
        assertThat(tocsin(
                        Locale.ENGLISH,
                        "audience",
                        "--channel",
                        "rehearsal",
                        "--from",
                        "2022-03-01",
                        "--to",
                        "2022-03-10"))
                .startsWith(
                        "rehearsal  1,207 on 9 March 2022 (imported)\n   +1,200 from 1 March 2022 to 9 March 2022\n");
        assertThat(tocsin(Locale.ENGLISH, "audience", "--from", "hier")).contains("audience.day");
    }

    private static String tocsin(Locale locale, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        TocsinCommand.run(
                args,
                new CommandLineStreams(stream, stream, new BufferedReader(new StringReader("")), null, locale),
                Map.of("TOCSIN_DATA", data.toString(), "TOCSIN_HTTP_PORT", String.valueOf(daemon.port())),
                () -> 0);
        return out.toString(StandardCharsets.UTF_8).replace("\r", "");
    }
}
