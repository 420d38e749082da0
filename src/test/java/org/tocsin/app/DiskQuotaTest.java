package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.network.mastodon.FakeMastodon;

/**
 * Nothing can be added while the disk has room, as under a user's quota. The limit on a file's size stands for it: SQLite answers both
 * alike, and it can be changed from outside while the daemon runs.
 */
class DiskQuotaTest {
    /** The reserve is tried again each 30 seconds. */
    private static final Duration RESERVED = Duration.ofSeconds(60);

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

    private DaemonProcess start() throws Exception {
        DaemonProcess daemon = new DaemonProcess(folder, network, Map.of("TOCSIN_DISK_RESERVE", "1"));
        daemon.addChannel();
        await().atMost(DaemonProcess.SOON)
                .until(() -> folder.resolve("reserve").toFile().length() == 1_000_000);
        return daemon;
    }

    private static void limit(DaemonProcess daemon, String bytes) {
        String said = SmallDisk.run("prlimit", "--pid", Long.toString(daemon.pid()), "--fsize=" + bytes + ":");
        assumeTrue(said.isEmpty(), "the limit of another process cannot be changed here: " + said);
    }

    /** @param bytes the largest file from now on */
    private void holdsAndRecovers(String bytes, String verdict) throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (DaemonProcess daemon = start()) {
            daemon.underWay(answer);
            limit(daemon, bytes);

            Answer refused = daemon.submit("Trop tard");
            assertThat(refused.status()).as(refused.body()).isEqualTo(507);
            assertThat(refused.error()).isEqualTo(" sql.disk.quota");
            assertThat(daemon.log()).contains(verdict);
            await().atMost(DaemonProcess.SOON)
                    .untilAsserted(
                            () -> assertThat(daemon.submit("Toujours trop tard").error())
                                    .as("the disk has room, and gives none")
                                    .isEqualTo(" app.disk.low"));
            assertThat(folder.resolve("reserve")).doesNotExist();
            await().atMost(DaemonProcess.SOON)
                    .until(() -> daemon.get("/health/ready").status() == 503);

            answer.countDown();
            await().atMost(DaemonProcess.SOON).until(() -> stored(daemon) > 1);
            assertThat(daemon.states()).isEqualTo("SENDING");
            assertThat(daemon.alive()).isTrue();

            limit(daemon, "unlimited");
            await().atMost(DaemonProcess.SOON).until(() -> daemon.states().equals("PUBLISHED"));
            await().atMost(RESERVED)
                    .until(() -> daemon.submit("Il y a de la place").status() == 201);
            await().atMost(DaemonProcess.SOON).until(() -> daemon.states().equals("PUBLISHED PUBLISHED"));
            assertThat(folder.resolve("reserve")).hasSize(1_000_000);
            assertThat(network.creates()).hasSize(2);
            await().atMost(DaemonProcess.SOON)
                    .until(() -> daemon.get("/health/ready").status() == 200);
            assertThat(daemon.get("/api/v1/ledger").json().path("balanced").asBoolean())
                    .isTrue();
        } finally {
            answer.countDown();
        }
    }

    /** How often the outcome of the answer was tried to be stored. */
    private static long stored(DaemonProcess daemon) {
        return daemon.log()
                .lines()
                .filter(line -> line.contains("an outcome cannot be stored"))
                .count();
    }

    @Test
    void where_nothing_can_be_added_and_what_has_its_place_can_be_written_it_holds_and_goes_on() throws Exception {
        holdsAndRecovers("4096", "REFUSED");
    }

    @Test
    void where_only_the_log_cannot_grow_it_holds_and_goes_on() throws Exception {
        holdsAndRecovers("100000", "GROWS");
    }

    @Test
    void where_nothing_at_all_can_be_written_it_ends_with_75() throws Exception {
        try (DaemonProcess daemon = start()) {
            limit(daemon, "0");
            // Asks for a write; whether it is answered before the end is all the same.
            var _ = CompletableFuture.runAsync(() -> daemon.get("/health/ready"));
            assertThat(daemon.exitValue()).isEqualTo(75);
            assertThat(daemon.log()).contains("the store has failed").contains("FAILS");
        }
    }
}
