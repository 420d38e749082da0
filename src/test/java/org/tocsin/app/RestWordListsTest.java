package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;

/** Words that several watches share. */
class RestWordListsTest {
    private static final String LISTS = "/api/v1/word-lists";

    @TempDir
    private Path folder;

    private RunningDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(folder);
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private int alerts() {
        return daemon.get("/api/v1/alerts").json().path("items").size();
    }

    private void said(String text) {
        assertThat(daemon.post("/api/v1/mentions", "{\"text\":\"" + text + "\"}")
                        .status())
                .isEqualTo(201);
    }

    private Answer change(JsonNode list, String entries) {
        return daemon.send(
                daemon.token(),
                "PATCH",
                LISTS + "/" + list.path("id").asText(),
                ("{\"version\":" + list.path("version") + ",\"entries\":" + entries + "}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_watch_follows_its_list_at_once_and_over_a_restart() throws IOException {
        assertThat(daemon.post("/api/v1/watches", "{\"query\":\"{rues} travaux\"}")
                        .error())
                .contains("watch.list.unknown");
        JsonNode list = daemon.post(LISTS, "{\"name\":\"rues\",\"entries\":[\"rue du Port\",\" \",\"quai\",\"quai\"]}")
                .json();
        assertThat(list.path("entries")).hasSize(2);
        assertThat(daemon.post("/api/v1/watches", "{\"query\":\"{rues} travaux\"}")
                        .status())
                .isEqualTo(201);
        said("Travaux rue du port dès lundi");
        said("Travaux place du marché");
        await().atMost(Duration.ofSeconds(20)).until(() -> alerts() == 1);
        Answer changed = change(list, "[\"place du Marché\"]");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().path("watches")).hasSize(1);
        // What was heard before with the new words is found and does not ring, as for a watch that is saved with other
        // words.
        String watch = changed.json().path("watches").path(0).asText();
        assertThat(daemon.get("/api/v1/watches/" + watch).json().path("version").asInt())
                .isEqualTo(2);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/mentions/search?watch=" + watch)
                        .body()
                        .contains("Travaux place du marché"));
        assertThat(alerts()).isEqualTo(1);
        said("Encore des travaux, place du marché cette fois");
        await().atMost(Duration.ofSeconds(20)).until(() -> alerts() == 2);
        daemon.close();
        daemon = new RunningDaemon(folder);
        said("La place du marché ferme pour travaux de nuit");
        said("Travaux sur le quai");
        await().atMost(Duration.ofSeconds(20)).until(() -> alerts() == 3);
    }

    @Test
    void what_is_wrong_is_named_and_a_list_in_use_stays() {
        assertThat(daemon.post(LISTS, "{\"name\":\"deux mots\",\"entries\":[\"x\"]}")
                        .error())
                .isEqualTo("/name watching.list.name");
        assertThat(daemon.post(LISTS, "{\"name\":\"rues\",\"entries\":[]}").error())
                .isEqualTo("/entries watching.list.size");
        assertThat(daemon.post(LISTS, "{\"name\":\"rues\",\"entries\":[\"rue\",\"a OR b\"]}")
                        .error())
                .isEqualTo("/entries/1 watching.list.entry");
        JsonNode list =
                daemon.post(LISTS, "{\"name\":\"rues\",\"entries\":[\"quai\"]}").json();
        assertThat(daemon.post(LISTS, "{\"name\":\"rues\",\"entries\":[\"quai\"]}")
                        .status())
                .isEqualTo(409);
        String id = daemon.post("/api/v1/watches", "{\"query\":\"{rues}\"}")
                .json()
                .path("id")
                .asText();
        String path = LISTS + "/" + list.path("id").asText();
        assertThat(daemon.send(daemon.token(), "DELETE", path, null).body()).contains("watching.list.used");
        assertThat(change(list, "[\"port\"]").status()).isEqualTo(200);
        assertThat(change(list, "[\"gare\"]").status()).as("an old version").isEqualTo(409);
        daemon.send(daemon.token(), "DELETE", "/api/v1/watches/" + id, null);
        assertThat(daemon.send(daemon.token(), "DELETE", path, null).status()).isEqualTo(204);
        assertThat(daemon.get(path).status()).isEqualTo(404);
    }
}
