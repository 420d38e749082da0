package org.tocsin.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.sql.RoomProbe.Verdict;

class RoomProbeTest {
    @TempDir
    private Path folder;

    @Test
    void a_disk_that_is_well_grows_and_keeps_one_page() {
        try (RoomProbe disk = new RoomProbe(folder)) {
            disk.prepare();
            assertThat(folder.resolve("probe")).hasSize(4096);
            assertThat(disk.ask()).isEqualTo(Verdict.GROWS);
            assertThat(folder.resolve("probe")).hasSize(4096);
        }
    }

    @Test
    void an_interrupted_thread_is_told_the_same() {
        try (RoomProbe disk = new RoomProbe(folder)) {
            disk.prepare();
            Thread.currentThread().interrupt();
            assertThat(disk.ask()).isEqualTo(Verdict.GROWS);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void where_nothing_can_be_tried_the_disk_has_failed() throws Exception {
        Files.createDirectory(folder.resolve("probe"));
        try (RoomProbe disk = new RoomProbe(folder)) {
            disk.prepare();
            assertThat(disk.ask()).isEqualTo(Verdict.FAILS);
        }
    }
}
