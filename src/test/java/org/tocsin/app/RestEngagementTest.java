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
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.cli.CommandLineStreams;
import org.tocsin.cli.TocsinCommand;
import org.tocsin.network.mastodon.FakeMastodon;

/** From a post that went out to what people see of how it was answered. */
class RestEngagementTest {
    @TempDir
    private Path folder;

    private FakeMastodon mastodon;

    @BeforeEach
    void open() throws IOException {
        mastodon = new FakeMastodon(Clock.systemUTC());
        // Its receipts are of a quarter of an hour ago: the first reading is due at once.
        mastodon.skew(Duration.ofMinutes(-15));
    }

    @AfterEach
    void close() throws IOException {
        mastodon.close();
    }

    private RunningDaemon start(String... more) throws IOException {
        return new RunningDaemon(
                folder.resolve("data"),
                Stream.concat(
                                Stream.of("TOCSIN_HTTP_ALLOW", mastodon.peer().toString(), "TOCSIN_ZONE", "UTC"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private String publish(RunningDaemon daemon) {
        Answer made = daemon.post(
                "/api/v1/channels",
                "{\"id\":\"mast\",\"network\":\"mastodon\",\"check\":false,\"settings\":{\"baseUrl\":\""
                        + mastodon.origin() + "\"},\"secrets\":{\"accessToken\":\"" + FakeMastodon.TOKEN + "\"}}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        Answer post =
                daemon.post("/api/v1/posts", "{\"text\":\"Assemblée samedi\",\"channels\":[\"mast\",\"rehearsal\"]}");
        assertThat(post.status()).as(post.body()).isEqualTo(201);
        String id = post.json().path("id").asText();
        await().atMost(Duration.ofSeconds(30)).until(() -> mastodon.effects().size() == 1);
        return id;
    }

    private String tocsin(RunningDaemon daemon, Locale locale, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        TocsinCommand.run(
                args,
                new CommandLineStreams(stream, stream, new BufferedReader(new StringReader("")), null, locale),
                Map.of(
                        "TOCSIN_DATA",
                        folder.resolve("data").toString(),
                        "TOCSIN_HTTP_PORT",
                        String.valueOf(daemon.port())),
                () -> 0);
        return out.toString(StandardCharsets.UTF_8).replace("\r", "");
    }

    private static JsonNode of(RunningDaemon daemon, String post) {
        return daemon.get("/api/v1/posts/" + post + "/engagement").json();
    }

    @Test
    void what_went_out_is_read_and_told_with_the_time_of_the_reading() throws IOException {
        try (RunningDaemon daemon = start()) {
            String post = publish(daemon);
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> of(daemon, post).path("told").asInt() == 1);
            JsonNode whole = of(daemon, post);
            assertThat(whole.path("counts").path("likes").asInt()).isEqualTo(FakeMastodon.LIKES);
            assertThat(whole.path("counts").path("engagement").asInt()).isEqualTo(FakeMastodon.LIKES + 5);
            assertThat(whole.path("counts").path("views").isNull())
                    .as("not told is not zero")
                    .isTrue();
            JsonNode mast = whole.path("items").path(0);
            assertThat(mast.path("channelId").asText()).isEqualTo("mast");
            assertThat(mast.path("takenAt").isTextual()).isTrue();
            assertThat(mast.path("nextAt").isTextual()).isTrue();
            assertThat(mast.path("readings")).hasSize(1);
            assertThat(whole.path("items").path(1).path("telling").asBoolean()).isFalse();

            JsonNode list =
                    daemon.get("/api/v1/engagement?channelId=mast&limit=1").json();
            assertThat(list.path("items")).hasSize(1);
            assertThat(list.path("items").path(0).path("postId").asText()).isEqualTo(post);
            assertThat(list.path("next").isNull()).isTrue();
            assertThat(daemon.get("/api/v1/engagement?channelId=nobody").status())
                    .isEqualTo(404);
            assertThat(daemon.get("/api/v1/engagement?from=2026-12-02&to=2026-12-01")
                            .status())
                    .isEqualTo(422);

            Answer table = daemon.get("/api/v1/engagement.csv");
            assertThat(table.header("Content-Type")).startsWith("text/csv");
            assertThat(table.body().lines().findFirst())
                    .contains(
                            "published,channel,post,delivery,read,likes,reposts,replies,quotes,views,engagement,gone");
            assertThat(table.body().lines().toList().get(1)).contains(",7,3,2,,,12,");

            assertThat(tocsin(daemon, Locale.ENGLISH, "engagement", "--channel", "mast"))
                    .contains(post, "likes 7, reposts 3, replies 2, quotes –, views –");
            assertThat(tocsin(daemon, Locale.FRENCH, "engagement", "--from", "2020-01-01", "--to", "2020-01-01"))
                    .contains("Rien de ce qui est paru");
            assertThat(tocsin(daemon, Locale.ENGLISH, "engagement", "--csv"))
                    .isEqualTo(table.body().replace("\r", ""));

            Browser browser = Browser.ofTheFirst(daemon);
            assertThat(browser.get("/desk/posts/" + post).body())
                    .contains("Réactions", "<td>7</td><td>3</td><td>2</td><td>–</td><td>–</td>", "personne n’y dit");
            browser.close();
        }
    }

    @Test
    void without_its_route_nothing_is_read_and_with_it_later() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Files.delete(routes.resolve("engagement.camel.yaml"));
        String post;
        try (RunningDaemon daemon = start("TOCSIN_ROUTES", routes.toString())) {
            post = publish(daemon);
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> mastodon.metrics().isEmpty());
        }
        try (RunningDaemon daemon = start()) {
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> of(daemon, post).path("told").asInt() == 1);
        }
        assertThat(mastodon.metrics()).hasSize(1);
    }
}
