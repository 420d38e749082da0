package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database from before knows neither what was heard since nor what was told: nothing rings a second time. */
class RestoredAlertsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @TempDir
    private Path backup;

    private FeedSite site;
    private RunningDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        site = new FeedSite();
        site.put("/feed", FeedSite.rss("Gazette", FeedSite.item("a", "Rien de neuf")));
        daemon = running();
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
        site.close();
    }

    private RunningDaemon running() throws IOException {
        return new RunningDaemon(folder, "TOCSIN_HTTP_ALLOW", site.peer());
    }

    private static void copyTo(Path from, Path to) throws IOException {
        for (String name : List.of("tocsin.db", "tocsin.db-wal", "tocsin.db-shm")) {
            Files.deleteIfExists(to.resolve(name));
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Its source is due at the next start: nobody waits for its turn here. */
    private void due() throws SQLException {
        try (Connection writing = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                Statement statement = writing.createStatement()) {
            statement.execute("update source set next_at = 0");
        }
    }

    private int heard(String word) {
        return daemon.get("/api/v1/mentions/search?q=" + word)
                .json()
                .path("items")
                .size();
    }

    private int alerts() {
        return daemon.get("/api/v1/alerts").json().path("items").size();
    }

    @Test
    void what_was_heard_and_told_since_the_backup_rings_no_second_time() throws Exception {
        daemon.post("/api/v1/sources", "{\"url\":\"" + site.url("/feed") + "\"}");
        await().atMost(SOON).until(() -> heard("neuf") == 1);
        daemon.post("/api/v1/watches", "{\"name\":\"Fanfare\",\"query\":\"fanfare\"}");
        daemon.close();
        copyTo(folder, backup);
        site.put(
                "/feed",
                FeedSite.rss("Gazette", FeedSite.item("b", "La fanfare joue"), FeedSite.item("a", "Rien de neuf")));

        due();
        daemon = running();
        await().atMost(SOON).until(() -> alerts() == 1);
        daemon.close();

        copyTo(backup, folder);
        due();
        daemon = running();
        await().atMost(SOON).until(() -> heard("fanfare") == 1);
        assertThat(daemon.get("/api/v1/notices").body()).contains("rings for nobody");
        assertThat(alerts()).as("it was told before").isZero();
        String before = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).minusHours(2));
        site.put(
                "/feed",
                FeedSite.rss(
                        "Gazette",
                        FeedSite.item("d", "La fanfare a joué")
                                .replace("</item>", "<pubDate>" + before + "</pubDate></item>"),
                        FeedSite.item("c", "La fanfare rejoue"),
                        FeedSite.item("b", "La fanfare joue"),
                        FeedSite.item("a", "Rien de neuf")));
        daemon.close();

        due();
        daemon = running();
        await().atMost(SOON).until(() -> heard("fanfare") == 3);
        await().atMost(SOON).until(() -> alerts() == 1);
        String rang = daemon.get("/api/v1/alerts")
                .json()
                .path("items")
                .path(0)
                .path("mentionId")
                .asText();
        assertThat(daemon.get("/api/v1/mentions/" + rang).body())
                .as("what was published before the restore may have been told then")
                .contains("rejoue");
    }
}
