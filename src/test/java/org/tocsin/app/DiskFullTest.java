package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.network.Behaviour;
import org.tocsin.network.mastodon.FakeMastodon;

/** The disk fills, or another program holds the database, while a delivery is under way. */
class DiskFullTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long RESERVE = 32_000_000;

    @TempDir
    private Path folder;

    private FakeMastodon network;

    @BeforeEach
    void network() throws Exception {
        network = new FakeMastodon(Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    private RunningDaemon start(Path data) throws Exception {
        RunningDaemon daemon = new RunningDaemon(
                data,
                "TOCSIN_HTTP_ALLOW",
                network.peer().host() + ":" + network.peer().port());
        Answer added = daemon.post(
                "/api/v1/channels",
                "{\"id\":\"m\",\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\"" + network.origin()
                        + "\"},\"secrets\":{\"accessToken\":\"" + FakeMastodon.TOKEN + "\"}}");
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        return daemon;
    }

    private static Answer submit(RunningDaemon daemon, String text) {
        return daemon.post("/api/v1/posts", "{\"text\":\"" + text + "\",\"channels\":[\"m\"]}");
    }

    private static String states(RunningDaemon daemon) {
        StringBuilder states = new StringBuilder();
        for (JsonNode delivery : daemon.get("/api/v1/deliveries").json().path("items")) {
            states.append(delivery.path("state").asText()).append(' ');
        }
        return states.toString().strip();
    }

    /** A delivery whose request has arrived and is not answered yet. */
    private void underWay(RunningDaemon daemon, CountDownLatch answer) {
        network.nextCreates(new Behaviour.Wait(answer));
        Answer accepted = submit(daemon, "Réunion publique");
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(201);
        await().atMost(SOON).until(() -> network.creates().size() == 1);
    }

    private static long size(Path file) throws Exception {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    @Test
    void a_full_disk_refuses_what_is_new_records_what_is_under_way_and_goes_on_when_there_is_room() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "64m");
                RunningDaemon daemon = start(disk.data())) {
            Path reserve = disk.data().resolve("reserve");
            await().atMost(SOON).until(() -> size(reserve) == RESERVE);
            underWay(daemon, answer);
            disk.fill();

            Answer freeze = daemon.post("/api/v1/freeze", "{\"reason\":\"silence\",\"channels\":[\"rehearsal\"]}");
            assertThat(freeze.status()).as("the first time: " + freeze.body()).isEqualTo(201);
            Answer refused = submit(daemon, "Trop tard");
            assertThat(refused.status()).isEqualTo(507);
            assertThat(refused.error()).isEqualTo(" app.disk.low");
            Answer upload = daemon.post("/api/v1/media?name=a.png", "x".repeat(200_000));
            assertThat(upload.status()).as(upload.body()).isEqualTo(507);
            assertThat(daemon.posts()).isEqualTo(1);
            try (Stream<Path> left = Files.walk(disk.data().resolve("media"))) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
            await().atMost(SOON).until(() -> daemon.get("/health/ready").status() == 503);

            answer.countDown();
            await().atMost(SOON).until(() -> states(daemon).equals("PUBLISHED"));
            assertThat(network.creates()).hasSize(1);

            disk.free();
            await().atMost(SOON)
                    .until(() -> submit(daemon, "Il y a de la place").status() == 201);
            await().atMost(SOON).until(() -> states(daemon).equals("PUBLISHED PUBLISHED"));
            await().atMost(SOON).until(() -> size(reserve) == RESERVE);
            await().atMost(SOON).until(() -> daemon.get("/health/ready").status() == 200);
            assertThat(daemon.get("/api/v1/ledger").json().path("balanced").asBoolean())
                    .isTrue();
        } finally {
            answer.countDown();
        }
    }

    @Test
    void a_disk_that_is_full_at_the_start_is_told_and_no_stack_is_shown() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "64m")) {
            disk.fill();
            Files.createDirectories(disk.data());
            org.assertj.core.api.Assertions.assertThatExceptionOfType(org.tocsin.base.FaultException.class)
                    .isThrownBy(() -> start(disk.data()).close());
        }
    }

    @Test
    void another_program_that_holds_the_database_for_long_loses_no_outcome() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (RunningDaemon daemon = start(folder)) {
            underWay(daemon, answer);
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                    Statement statement = other.createStatement()) {
                statement.execute("begin immediate");
                answer.countDown();
                Answer refused = submit(daemon, "Pas maintenant");
                assertThat(refused.status()).isEqualTo(507);
                assertThat(refused.error()).isEqualTo(" sql.busy");
                assertThat(states(daemon)).isEqualTo("SENDING");
                statement.execute("rollback");
            }
            await().atMost(SOON).until(() -> states(daemon).equals("PUBLISHED"));
            assertThat(network.creates()).hasSize(1);
        } finally {
            answer.countDown();
        }
    }
}
