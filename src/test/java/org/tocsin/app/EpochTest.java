package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.Tx;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlMeta;
import org.tocsin.sql.SqlStore;

/** An older database that was put back is known for one, whenever the copy was made and wherever a start was cut off. */
class EpochTest {
    @TempDir
    private Path folder;

    private final AtomicInteger holds = new AtomicInteger();

    @BeforeEach
    void make() throws Exception {
        Files.createDirectories(folder.resolve("data"));
    }

    private interface Step {
        void run(SqlStore store, Epoch epoch) throws Exception;
    }

    private void running(Step step) throws Exception {
        try (DataFolder data = DataFolder.open(folder.resolve("data"));
                SqlStore store = Opened.at(folder.resolve("data"))) {
            step.run(store, new Epoch(data, store, new SqlMeta()));
        }
    }

    private boolean start(Epoch epoch) {
        return epoch.start(tx -> holds.incrementAndGet());
    }

    private static void copy(SqlStore store, Path target) throws Exception {
        Files.deleteIfExists(target);
        try (var connection = java.sql.DriverManager.getConnection(
                        "jdbc:sqlite:" + target.resolveSibling("data").resolve("tocsin.db"));
                var statement = connection.createStatement()) {
            statement.execute("vacuum into '" + target + "'");
        }
        assertThat(store).isNotNull();
    }

    private void restore() throws Exception {
        Path data = folder.resolve("data");
        Files.deleteIfExists(data.resolve("tocsin.db-wal"));
        Files.deleteIfExists(data.resolve("tocsin.db-shm"));
        Files.delete(data.resolve("tocsin.db"));
        Files.copy(folder.resolve("backup.db"), data.resolve("tocsin.db"));
    }

    @Test
    void a_start_after_a_stop_or_a_kill_is_no_restore() throws Exception {
        running((store, epoch) -> {
            assertThat(start(epoch)).isFalse();
            epoch.close();
        });
        running((store, epoch) -> assertThat(start(epoch)).isFalse());
        running((store, epoch) -> assertThat(start(epoch)).isFalse());
        assertThat(holds).hasValue(0);
    }

    @Test
    void a_copy_that_was_made_and_put_back_within_one_run_is_known_after_the_stop() throws Exception {
        running((store, epoch) -> {
            start(epoch);
            copy(store, folder.resolve("backup.db"));
            epoch.close();
        });
        restore();
        running((store, epoch) -> assertThat(start(epoch)).isTrue());
        assertThat(holds).hasValue(1);
    }

    @Test
    void and_after_a_kill_once_the_count_has_gone_on() throws Exception {
        running((store, epoch) -> {
            start(epoch);
            copy(store, folder.resolve("backup.db"));
            epoch.mark();
        });
        restore();
        running((store, epoch) -> assertThat(start(epoch)).isTrue());
    }

    @Test
    void a_database_whose_file_was_deleted_counts_as_restored() throws Exception {
        running((store, epoch) -> start(epoch));
        Files.delete(folder.resolve("data").resolve("epoch"));
        running((store, epoch) -> assertThat(start(epoch)).isTrue());
    }

    @Test
    void the_hold_and_the_count_are_one_transaction() throws Exception {
        running((store, epoch) -> {
            start(epoch);
            copy(store, folder.resolve("backup.db"));
            epoch.close();
        });
        restore();
        running((store, epoch) -> {
            assertThatThrownBy(() -> epoch.start((Tx tx) -> {
                        throw new IllegalStateException("cut off");
                    }))
                    .hasMessage("cut off");
        });
        running((store, epoch) -> assertThat(start(epoch))
                .as("what was cut off is done at the next start")
                .isTrue());
        assertThat(holds).hasValue(1);
    }

    @Test
    void a_kill_between_database_and_file_means_nothing() throws Exception {
        Path file = folder.resolve("data").resolve("epoch");
        running((store, epoch) -> start(epoch));
        String before = Files.readString(file);
        running((store, epoch) -> epoch.mark());
        Files.writeString(file, before);
        running((store, epoch) -> assertThat(start(epoch)).isFalse());
    }
}
