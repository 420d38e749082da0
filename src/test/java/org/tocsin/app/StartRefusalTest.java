package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.FaultException;
import org.tocsin.config.SettingsReader;

/** What does not let the daemon start, each with a message of its own, and what was there stays as it was. */
class StartRefusalTest {
    @TempDir
    private Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private void start(Map<String, String> more) throws IOException {
        try (RunningDaemon daemon = new RunningDaemon(
                data(),
                more.entrySet().stream()
                        .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                        .toArray(String[]::new))) {
            assertThat(daemon.get("/health/live").status()).isEqualTo(200);
        }
    }

    private void refused(String code, Map<String, String> more) {
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> start(more))
                .satisfies(
                        e -> assertThat(e.faults().getFirst().message().code()).isEqualTo(code));
    }

    private void refused(String code) {
        refused(code, Map.of());
    }

    @Test
    void another_key_than_that_of_the_first_start() throws IOException {
        String other = Base64.getEncoder()
                .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        start(Map.of());
        refused("app.key.wrong", Map.of("TOCSIN_KEY", other));
        Path file = data().resolve("secret.key");
        String right = Files.readString(file);
        Files.writeString(file, other);
        refused("app.key.wrong");
        Files.writeString(file, right);
        start(Map.of());
    }

    @Test
    void a_missing_key_and_one_that_others_can_read() throws IOException {
        start(Map.of());
        Path file = data().resolve("secret.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        refused("app.key.mode");
        Files.delete(file);
        refused("app.key.missing");
        assertThat(file).doesNotExist();
    }

    @Test
    void a_database_that_is_gone_or_empty_is_not_made_anew() throws IOException {
        start(Map.of());
        Path database = data().resolve("tocsin.db");
        Files.write(database, new byte[0]);
        refused("app.database.missing");
        assertThat(database).isEmptyFile();
        Files.delete(database);
        refused("app.database.missing");
        assertThat(database).doesNotExist();
    }

    @Test
    void a_database_that_has_lost_everything_with_its_log() throws Exception {
        start(Map.of());
        Path database = data().resolve("tocsin.db");
        Files.delete(database);
        // As it is when all was in the log, and the log was not copied with it.
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode=wal");
        }
        assertThat(Files.size(database)).isPositive();
        refused("sql.open.damaged");
    }

    @Test
    void a_truncated_database_is_left_as_it_is() throws IOException {
        start(Map.of());
        Path database = data().resolve("tocsin.db");
        byte[] bytes = Files.readAllBytes(database);
        byte[] half = java.util.Arrays.copyOf(bytes, bytes.length / 2);
        Files.write(database, half);
        refused("sql.open.damaged");
        assertThat(Files.readAllBytes(database)).isEqualTo(half);
    }

    @Test
    void a_database_of_a_newer_version() throws Exception {
        start(Map.of());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data().resolve("tocsin.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "insert into flyway_schema_history select 99, '99', description, type, script, checksum,"
                            + " installed_by, installed_on, execution_time, success from flyway_schema_history limit 1");
        }
        refused("sql.schema.newer");
    }

    @Test
    void a_folder_that_everyone_can_write() throws IOException {
        Files.createDirectories(data());
        Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwxrwxrwx"));
        refused("app.data.open");
    }

    @Test
    void a_file_where_the_folder_should_be() throws IOException {
        Files.writeString(data(), "a file", StandardOpenOption.CREATE_NEW);
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> Daemon.start(
                        SettingsReader.read(
                                folder.resolve("none"),
                                Map.of("TOCSIN_DATA", data().toString(), "TOCSIN_HTTP_PORT", "0")),
                        Clock.systemUTC(),
                        Seams.NONE))
                .satisfies(
                        e -> assertThat(e.faults().getFirst().message().code()).isEqualTo("app.data.unwritable"));
    }

    @Test
    void a_second_process_on_the_same_folder_ends_with_78_and_says_why() throws Exception {
        try (RunningDaemon first = new RunningDaemon(data())) {
            ProcessBuilder second = new ProcessBuilder(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "serve");
            second.environment().put("TOCSIN_DATA", data().toString());
            second.environment().put("TOCSIN_HTTP_PORT", "0");
            second.environment().put("LC_ALL", "en");
            second.redirectErrorStream(true);
            long started = System.nanoTime();
            Process process = second.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isEqualTo(78);
            assertThat(said)
                    .contains("Another Tocsin already uses the data folder")
                    .doesNotContain("Exception");
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .as("two seconds on a machine of its own; this one may be busy")
                    .isLessThan(Duration.ofSeconds(15));
            assertThat(first.get("/health/live").status()).isEqualTo(200);
        }
    }

    @Test
    void a_first_start_that_was_cut_off_before_the_tokens_file_leaves_one_administrator() throws Exception {
        start(Map.of());
        // as it is between the row and the file
        Files.delete(data().resolve("api.token"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data().resolve("tocsin.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from meta where name = 'first-start'");
        }
        try (RunningDaemon daemon = new RunningDaemon(data())) {
            assertThat(daemon.get("/api/v1/ledger").status()).isEqualTo(200);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data().resolve("tocsin.db"));
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from api_token where revoked_at is null")) {
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }
}
