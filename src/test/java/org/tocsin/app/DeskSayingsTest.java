package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/** What the desk says of what was done, and in whose words: names for ids, buttons for commands, warnings after the form. */
class DeskSayingsTest {
    private static final String WORDS = "Le stand ferme";

    private final AtomicBoolean removes = new AtomicBoolean();
    private final AtomicBoolean away = new AtomicBoolean();

    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Browser zoe;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(new Seams(CrashPoints.NONE, this::removing), folder);
        zoe = Browser.ofTheFirst(daemon);
        zoe.get("/desk/channels");
        zoe.post("/desk/channels/feed/settings", "name", "Flux du site", "usual", "on");
        daemon.post(
                "/api/v1/channels",
                "{\"id\":\"gone\",\"name\":\"Éphémère\",\"network\":\"rehearsal\",\"settings\":{},\"inDefaultSet\":false}");
    }

    @AfterEach
    void stop() {
        zoe.close();
        daemon.close();
    }

    /** A network at which a channel is removed while something else is being planned, and that cannot be reached for a while. */
    private Network removing(Network real) {
        return (Network) Proxy.newProxyInstance(
                Network.class.getClassLoader(), new Class<?>[] {Network.class}, (self, method, arguments) -> {
                    if (real.id().equals("feed") && removes.getAndSet(false)) {
                        daemon.send(daemon.token(), "DELETE", "/api/v1/channels/gone", null);
                    }
                    if (real.id().equals("feed") && method.getName().equals("publish") && away.get()) {
                        return new PublishResult.Unreachable(Reason.of("network.no-answer", "detail", "non"));
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private String post(String more) {
        JsonNode post = daemon.post("/api/v1/posts", "{\"text\":\"" + WORDS + "\"," + more + "}")
                .json();
        return "/desk/posts/" + post.path("id").asText();
    }

    /** @return a post of somebody who may not approve */
    private JsonNode asked(String more) {
        String author = daemon.post("/api/v1/tokens", "{\"name\":\"a\",\"scopes\":[\"READ\",\"POST\"]}")
                .json()
                .path("token")
                .asText();
        byte[] post = ("{\"text\":\"" + WORDS + "\"," + more + "}").getBytes(StandardCharsets.UTF_8);
        return daemon.send(author, "POST", "/api/v1/posts", post).json();
    }

    private void freeze(String more) {
        assertThat(daemon.post("/api/v1/freeze", "{\"reason\":\"Trêve\"" + more + "}")
                        .status())
                .isLessThan(300);
    }

    @Test
    void a_warning_of_an_edit_is_told_once_on_the_page_that_it_leads_to() {
        freeze(",\"from\":\"2031-06-07T00:00\",\"until\":\"2031-06-08T20:00\"");
        String path = post("\"channels\":[\"feed\"],\"at\":\"2031-06-01T18:30\"");
        Page form = zoe.get(path);
        Page answer = zoe.submit(
                path + "/edit",
                java.util.List.of("Origin", "http://127.0.0.1:" + daemon.port(), "Sec-Fetch-Site", "same-origin"),
                "version",
                form.hidden("version"),
                "text",
                WORDS,
                "date",
                "2031-06-07",
                "time",
                "18:30",
                "zone",
                "Europe/Paris",
                "language",
                "fr");
        assertThat(answer.status()).as("a reload does not send it again").isEqualTo(303);
        Page told = zoe.get(answer.header("Location"));
        assertThat(told.body()).contains("Le message est modifié.", "est gelé à ce moment-là (Trêve)");
        assertThat(zoe.get(path).body()).doesNotContain("est gelé à ce moment-là");
    }

    @Test
    void what_a_correction_warns_of_is_told_when_it_is_made() {
        away.set(true);
        String path = post("\"channels\":[\"feed\",\"rehearsal\"]");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/deliveries?state=PUBLISHED")
                                        .json()
                                        .path("items")
                                        .size()
                                == 1
                        && daemon.get("/api/v1/deliveries?state=WAITING")
                                        .json()
                                        .path("items")
                                        .size()
                                == 1);
        Page form = zoe.get(path);
        Page told = zoe.post(
                path + "/correct",
                "version",
                daemon.get("/api/v1" + path.substring(5)).json().path("version").asText(),
                "key",
                form.hidden("key"),
                "edit",
                WORDS + " plus tôt",
                "text",
                "",
                "act",
                "edit");
        assertThat(told.path()).startsWith(path).contains("told=");
        assertThat(told.body()).contains("il n’y est pas corrigé");
        try (Browser other = new Browser(daemon.port())) {
            other.cookie(zoe.cookie());
            assertThat(other.get(told.path()).body()).contains("il n’y est pas corrigé");
            assertThat(other.get(path + "?told=autre").body()).doesNotContain("il n’y est pas corrigé");
        }
    }

    @Test
    void a_freeze_and_an_approval_name_their_channels_as_people_do() {
        freeze(",\"from\":\"2031-06-07T00:00\",\"until\":\"2031-06-08T20:00\",\"channels\":[\"feed\",\"gone\"]");
        assertThat(zoe.get("/desk/freeze").body())
                .contains("Éphémère, Flux du site", "> Flux du site</label>")
                .contains("value=\"feed\"");
        zoe.post("/desk/channels/feed/settings", "name", "Flux du site", "usual", "on", "approval", "on");
        String post = asked("\"channels\":[\"feed\"]").path("id").asText();
        String page = zoe.get("/desk/posts/" + post).body();
        assertThat(page.split("Sur\u00a0: Flux du site", -1))
                .as("beside both buttons")
                .hasSize(3);
    }

    @Test
    void what_can_be_clicked_is_the_remedy() {
        assertThat(zoe.get("/desk/posts/nothing").body())
                .contains("Regardez dans le Calendrier")
                .doesNotContain("tocsin posts");
        assertThat(daemon.get("/api/v1/posts/nothing", "Accept-Language", "fr").body())
                .contains("tocsin posts");
        assertThat(zoe.get("/desk/audit").body()).doesNotContain("tocsin doctor");
    }

    @Test
    void a_channel_that_is_removed_while_a_table_is_read_costs_its_rows_alone() {
        String csv = """
                text,at,channels
                Un,2031-06-12 18:30,rehearsal
                Deux,2031-06-12 18:30,gone
                Trois,2031-06-12 18:30,feed
                """;
        removes.set(true);
        RunningDaemon.Answer answer = daemon.send(
                daemon.token(),
                "POST",
                "/api/v1/posts/import",
                csv.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "text/csv");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode report = answer.json();
        assertThat(report.path("items").findValuesAsText("status")).containsExactly("imported", "faulty", "imported");
        assertThat(report.path("items")
                        .path(1)
                        .path("errors")
                        .path(0)
                        .path("code")
                        .asText())
                .isEqualTo("base.not-found");
    }
}
