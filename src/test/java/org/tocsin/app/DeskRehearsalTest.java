package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.app.Browser.Page;

/** A rehearsal for each network is made, written for and looked at without leaving the desk. */
class DeskRehearsalTest {
    private RunningDaemon daemon;
    private Browser browser;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        daemon = new RunningDaemon(folder);
        browser = Browser.ofTheFirst(daemon);
    }

    @AfterEach
    void stop() {
        browser.close();
        daemon.close();
    }

    @ParameterizedTest
    @CsvSource({"mastodon, 500", "bluesky, 300", "telegram, 4096", "x, 280"})
    void each_network_is_rehearsed_by_its_own_rules_and_shown_by_itself(String network, int limit) {
        assertThat(browser.get("/desk/rehearsal").body()).contains("value=\"" + network + "\"");
        Page made = browser.post("/desk/rehearsal", "network", network);
        String id = "rehearsal-" + network;
        assertThat(made.path()).startsWith("/desk/rehearsal?channel=" + id);
        assertThat(made.body())
                .contains("/desk/write?channel=" + id, "Rien n’a encore été répété")
                .doesNotContain("value=\"" + network + "\"");

        Page form = browser.get("/desk/write?channel=" + id);
        assertThat(form.body().split("<input type=\"checkbox\" name=\"channel\""))
                .filteredOn(one -> one.contains(" checked"))
                .singleElement()
                .asString()
                .startsWith(" value=\"" + id + "\"");
        assertThat(browser.post("/desk/write/preview?part=preview", "text", "a".repeat(limit + 1), "channel", id)
                        .body())
                .contains("class=\"note wrong\"");
        browser.post("/desk/write", "key", form.hidden("key"), "text", "Pour voir", "channel", id, "when", "now");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk/rehearsal?channel=" + id).body().contains("Pour voir"));
        assertThat(browser.get("/desk/rehearsal").body()).contains("Pour voir");
        String post = daemon.get("/api/v1/posts?limit=1")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asText();
        assertThat(browser.get("/desk/posts/" + post).body())
                .as("what was rehearsed can be sent for good")
                .contains("/desk/write?post=" + post);
        assertThat(browser.get("/desk/write?post=" + post).body())
                .contains("Pour voir</textarea>")
                .doesNotContain("value=\"" + id + "\" checked");
        assertThat(browser.get("/desk/rehearsal?channel=rehearsal").body()).doesNotContain("Pour voir");
        assertThat(daemon.get("/api/v1/channels").body()).contains("\"standsFor\":\"" + network + "\"");
    }

    @Test
    void there_is_no_rehearsal_of_what_is_no_network() {
        browser.get("/desk/rehearsal");
        assertThat(browser.post("/desk/rehearsal", "network", "feed").status()).isEqualTo(400);
    }
}
