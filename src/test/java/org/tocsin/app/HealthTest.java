package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ready means that what is due goes out. */
class HealthTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long HOUR_AGO = (System.currentTimeMillis() - 3_600_000) * 1000;
    private static final long IN_AN_HOUR = HOUR_AGO + 7_200_000_000L;

    @TempDir
    private Path folder;

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                Statement run = connection.createStatement()) {
            run.executeUpdate(statement);
        }
    }

    private String lastWrite() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                Statement run = connection.createStatement();
                ResultSet row = run.executeQuery("select value from meta where name = 'health'")) {
            return row.getString(1);
        }
    }

    @Test
    void each_measure_says_what_it_is_and_which_channel_is_out_of_use() throws Exception {
        try (RunningDaemon daemon = new RunningDaemon(folder)) {
            sql("update channel set health_status = 'UNAUTHORIZED' where id = 'rehearsal'");
            assertThat(daemon.metrics())
                    .doesNotContainPattern("(?m)^# HELP \\S+ *$")
                    .contains("tocsin_channel_usable{channel=\"rehearsal\"} 0.0")
                    .contains("tocsin_channel_usable{channel=\"feed\"} 1.0")
                    .contains("tocsin_deliveries_overdue_seconds 0.0")
                    .contains("tocsin_notices_open 0.0");
        }
    }

    @Test
    void a_dead_channel_is_shown_and_the_daemon_stays_ready() throws Exception {
        try (RunningDaemon daemon = new RunningDaemon(folder)) {
            sql("update channel set health_status = 'UNAUTHORIZED' where id = 'rehearsal'");
            await().atMost(SOON).untilAsserted(() -> {
                RunningDaemon.Answer answer = daemon.get("/health/ready");
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).doesNotContain("channel:");
                JsonNode checks = daemon.get("/api/v1/health").json().path("checks");
                assertThat(checks.path("channel:rehearsal").asText()).isEqualTo("DOWN");
                assertThat(checks.path("channel:feed").asText()).isEqualTo("UP");
                assertThat(checks.path("store").asText()).isEqualTo("UP");
                assertThat(checks.path("disk").asText()).isEqualTo("UP");
            });
        }
    }

    @Test
    void many_who_ask_cost_one_write() throws Exception {
        try (RunningDaemon daemon = new RunningDaemon(folder)) {
            await().atMost(SOON).until(() -> daemon.get("/health/ready").body().contains("store"));
            // A moment that is as far as possible from the end of what is kept.
            String before = lastWrite();
            await().atMost(SOON).until(() -> {
                daemon.get("/health/ready");
                return !lastWrite().equals(before);
            });
            String now = lastWrite();
            for (int i = 0; i < 20; i++) {
                daemon.get("/health/ready");
            }
            assertThat(lastWrite()).isEqualTo(now);
        }
    }

    /** Without the route that publishes, so that nothing moves by itself. */
    @ParameterizedTest
    @CsvSource({"DUE,expected_at", "PREPARING,since", "SENDING,since", "SCHEDULED,next_at", "WAITING,next_at"})
    void what_has_stood_still_for_long_makes_it_unready(String state, String since, @TempDir Path routes)
            throws Exception {
        Files.copy(Path.of("routes", "errors.camel.yaml"), routes.resolve("errors.camel.yaml"));
        try (RunningDaemon daemon = new RunningDaemon(folder, "TOCSIN_ROUTES", routes.toString())) {
            daemon.post("/api/v1/posts", "{\"text\":\"Bonjour\",\"channels\":[\"rehearsal\"]}");
            assertThat(daemon.get("/health/ready").status()).isEqualTo(200);
            sql("update delivery set state = '" + state + "', in_line = 1, " + since + " = " + HOUR_AGO
                    + ", expected_at = " + HOUR_AGO);
            await().atMost(SOON).untilAsserted(() -> {
                RunningDaemon.Answer answer = daemon.get("/health/ready");
                assertThat(answer.status()).as(answer.body()).isEqualTo(503);
                assertThat(answer.json().path("checks").path("overdue").asText())
                        .isEqualTo("DOWN");
            });
        }
    }

    @Test
    void what_waits_for_its_accounts_rates_does_not_stand_still(@TempDir Path routes) throws Exception {
        Files.copy(Path.of("routes", "errors.camel.yaml"), routes.resolve("errors.camel.yaml"));
        try (RunningDaemon daemon = new RunningDaemon(folder, "TOCSIN_ROUTES", routes.toString())) {
            daemon.post("/api/v1/posts", "{\"text\":\"Bonjour\",\"channels\":[\"rehearsal\"]}");
            sql("update delivery set expected_at = " + HOUR_AGO);
            sql("insert into account (channel_id, throttled_until) values ('rehearsal', " + IN_AN_HOUR + ")");
            assertThat(daemon.get("/health/ready").status()).isEqualTo(200);
        }
    }
}
