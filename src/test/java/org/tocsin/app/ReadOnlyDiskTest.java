package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.network.mastodon.FakeMastodon;

/**
 * The kernel stops a file system in which it has found a fault, under a running daemon. A person cannot make it read-only then: while a
 * file is open for writing, the system refuses that (EBUSY).
 */
class ReadOnlyDiskTest {
    private static final Duration SOON = DaemonProcess.SOON;

    /** The network is asked a minute after the start that found the delivery under way. */
    private static final Duration ASKED = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private FakeMastodon network;

    @BeforeEach
    void network() throws Exception {
        network = new FakeMastodon(Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    private DaemonProcess start(LoopDisk disk) throws Exception {
        return new DaemonProcess(disk.data(), network, Map.of("TOCSIN_DISK_RESERVE", "1"));
    }

    @Test
    void nothing_is_sent_that_could_not_be_recorded_and_the_outcome_is_found_after_the_repair() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (LoopDisk disk = LoopDisk.mount(folder)) {
            try (DaemonProcess daemon = start(disk)) {
                daemon.addChannel();
                daemon.underWay(answer);
                OffsetDateTime due =
                        OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(6).truncatedTo(ChronoUnit.SECONDS);
                Answer planned = daemon.post(
                        "/api/v1/posts", "{\"text\":\"Plus tard\",\"channels\":[\"m\"],\"at\":\"" + due + "\"}");
                assertThat(planned.status()).as(planned.body()).isEqualTo(201);
                disk.fault();

                Answer refused = daemon.submit("Trop tard");
                assertThat(refused.status()).as(refused.body()).isEqualTo(507);
                assertThat(refused.error()).isEqualTo(" sql.disk.read-only");
                await().atMost(SOON).until(() -> daemon.get("/health/ready").status() == 503);
                assertThat(daemon.get("/health/live").status()).isEqualTo(200);
                answer.countDown();
                await().atMost(SOON).until(() -> daemon.log().contains("an outcome cannot be stored"));
                await().atMost(SOON)
                        .until(() -> OffsetDateTime.now(ZoneOffset.UTC).isAfter(due));
                await().during(Duration.ofSeconds(3))
                        .atMost(SOON)
                        .until(() -> network.creates().size() == 1 && daemon.alive());
                assertThat(daemon.states()).isEqualTo("SCHEDULED SENDING");
            }
            disk.repair();
            try (DaemonProcess daemon = start(disk)) {
                await().atMost(ASKED).until(() -> daemon.states().equals("PUBLISHED PUBLISHED"));
                // The one under way is asked for again under its key, and the network tells what that made.
                assertThat(network.effects()).as("each post once").hasSize(2);
                await().atMost(SOON).until(() -> daemon.get("/health/ready").status() == 200);
                assertThat(daemon.get("/api/v1/ledger").json().path("balanced").asBoolean())
                        .isTrue();
            }
        } finally {
            answer.countDown();
        }
    }
}
