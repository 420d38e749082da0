package org.tocsin.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Effect;
import org.tocsin.network.mastodon.FakeMastodon;

/** The promise: whenever the daemon dies, the post says the last words that were accepted, and there is one of it. */
class CrashEditTest {
    private static final List<String> PLACES =
            List.of("revision.after-commit:1", "revision.before-record:1", "", "drop");

    @TempDir
    private Path folder;

    private FakeMastodon network;
    private CrashHarness daemon;

    @BeforeEach
    void open() throws Exception {
        network = new FakeMastodon(Clock.systemUTC());
        Map<String, String> settings = new HashMap<>();
        settings.put("TOCSIN_HTTP_ALLOW", network.peer().toString());
        settings.put("TOCSIN_DELIVERY_QUIET", "300ms");
        Files.createDirectories(folder);
        daemon = new CrashHarness(folder.resolve("data"), List.of(), settings, "");
        start("");
        made(
                "/api/v1/channels",
                "{\"id\":\"mast\",\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\"" + network.origin()
                        + "\"},\"secrets\":{\"accessToken\":\"" + FakeMastodon.TOKEN + "\"}}",
                201);
    }

    @AfterEach
    void close() throws IOException {
        daemon.close();
        network.close();
    }

    private boolean start(String place) throws IOException {
        return daemon.start(place.equals("drop") ? "" : place);
    }

    private JsonNode made(String path, String body, int status) throws Exception {
        HttpResponse<String> answer = daemon.post(path, body, UUID.randomUUID().toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }

    private void await(String path) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> daemon.get(path).path("state").asText().equals("DONE"));
    }

    /** @return whether the edit was accepted; a daemon that has died meanwhile accepts none */
    private boolean edit(String path, String text) throws InterruptedException {
        try {
            long version = daemon.get(path).path("version").asLong();
            HttpResponse<String> answer = daemon.post(
                    path + "/correct",
                    "{\"mode\":\"edit\",\"version\":" + version + ",\"text\":\"" + text + "\"}",
                    UUID.randomUUID().toString());
            return answer.statusCode() == 202;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception died) {
            return false;
        }
    }

    @Test
    void the_last_accepted_words_are_there_however_the_daemon_is_killed() throws Exception {
        String path = "/api/v1/posts/"
                + made("/api/v1/posts", "{\"text\":\"Rendez-vous à 0 h\",\"channels\":[\"mast\"]}", 201)
                        .path("id")
                        .asText();
        await(path);
        daemon.kill();
        int kills = 0;
        for (int i = 1; i <= 12; i++) {
            String place = PLACES.get(i % PLACES.size());
            if (start(place)) {
                if (place.equals("drop")) {
                    network.nextEdits(Behaviour.dropAfterEffect());
                }
                edit(path, "Rendez-vous à " + i + " h");
                kills += daemon.died(place.startsWith("revision") ? 4000 : 20L * i) ? 1 : 0;
            }
            daemon.kill();
        }
        start("");
        await(path);
        String last = daemon.get(path).path("text").asText();
        assertThat(network.effects()).extracting(Effect::text).containsExactly(last);
        assertThat(last).isNotEqualTo("Rendez-vous à 0 h");
        assertThat(daemon.get(path)
                        .path("deliveries")
                        .path(0)
                        .path("segments")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo(last);
        assertThat(daemon.get("/api/v1/ledger").path("balanced").asBoolean()).isTrue();
        assertThat(kills).as("killed in the midst of an edit").isGreaterThanOrEqualTo(4);
        System.out.println("edits: " + network.edits().size() + " requests, " + kills + " kills in the midst of one");
    }
}
