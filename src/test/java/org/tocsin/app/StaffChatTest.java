package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;
import org.tocsin.network.Seen;
import org.tocsin.network.telegram.FakeTelegram;

/** Staff are told in a chat with the bot of a channel, and do something about it there. */
class StaffChatTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long ADA = 4711;

    private FakeTelegram telegram;
    private RunningDaemon daemon;
    private Browser browser;
    private String recipient;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        telegram = new FakeTelegram(Clock.systemUTC());
        telegram.talks(ADA);
        daemon = new RunningDaemon(folder, "TOCSIN_HTTP_ALLOW", telegram.peer().toString());
        browser = Browser.ofTheFirst(daemon);
        made(
                "/api/v1/channels",
                "{\"id\":\"tg\",\"network\":\"telegram\",\"check\":false,\"settings\":{\"baseUrl\":\""
                        + telegram.origin() + "\",\"chatId\":\"@agenda_fr\"},\"secrets\":{\"botToken\":\""
                        + FakeTelegram.TOKEN + "\"}}");
        String user = daemon.get("/api/v1/users")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asText();
        recipient = made("/api/v1/recipients", "{\"name\":\"Ada\",\"language\":\"fr\",\"userId\":\"" + user + "\"}")
                .path("id")
                .asText();
    }

    @AfterEach
    void stop() throws IOException {
        browser.close();
        daemon.close();
        telegram.close();
    }

    private JsonNode made(String path, String body) {
        Answer made = daemon.post(path, body);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    private void writes(String text) {
        telegram.update(
                "message",
                "{\"message_id\":1,\"date\":1,\"chat\":{\"id\":" + ADA + ",\"type\":\"private\"},\"text\":\"" + text
                        + "\"}");
    }

    private void presses(long chat, String data) {
        presses(chat, chat, data);
    }

    private void presses(long who, long chat, String data) {
        telegram.update(
                "callback_query",
                "{\"id\":\"c1\",\"from\":{\"id\":" + who + "},\"message\":{\"message_id\":9,\"chat\":{\"id\":" + chat
                        + "}},\"data\":\"" + data + "\"}");
    }

    private List<String> asked(String method) {
        return telegram.requests().stream()
                .filter(seen -> seen.path().toLowerCase(Locale.ROOT).endsWith("/" + method))
                .map(Seen::body)
                .toList();
    }

    private void link() {
        String text = browser.post("/desk/recipients/" + recipient + "/telegram")
                .body()
                .replaceAll("(?s).*value=\"(/start [A-Za-z0-9_-]{22})\".*", "$1");
        assertThat(text).startsWith("/start ");
        writes("/start AAAAAAAAAAAAAAAAAAAAAA");
        writes(text);
        await().atMost(SOON)
                .until(() ->
                        daemon.get("/api/v1/recipients/" + recipient).body().contains("TELEGRAM"));
        await().atMost(SOON).until(() -> asked("sendmessage").stream().anyMatch(one -> one.contains("de Ada")));
        assertThat(asked("sendmessage")).as("who guesses is told nothing").hasSize(1);
    }

    @Test
    void an_alert_arrives_with_buttons_and_a_press_acknowledges_it() {
        link();
        made("/api/v1/watches", "{\"name\":\"Pont\",\"query\":\"pont\",\"recipients\":[\"" + recipient + "\"]}");
        made("/api/v1/mentions", "{\"text\":\"Le pont <b>ferme</b>\"}");
        await().atMost(SOON).until(() -> asked("sendmessage").size() == 2);
        String told = asked("sendmessage").getLast();
        assertThat(told).contains("&lt;b&gt;ferme", "inline_keyboard", "Je m’en occupe");
        String alert = daemon.get("/api/v1/alerts")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asText();
        presses(99, "mine:" + alert);
        presses(99, ADA, "mine:" + alert);
        await().atMost(SOON).until(() -> asked("answercallbackquery").size() == 1);
        assertThat(daemon.get("/api/v1/alerts/" + alert).json().path("assignee").isNull())
                .as("somebody else in the chat is nobody to whom it could be given")
                .isTrue();
        presses(ADA, "mine:" + alert);
        await().atMost(SOON).until(() -> asked("answercallbackquery").size() == 2);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(asked("editmessagereplymarkup"))
                        .as("the buttons have done what they could")
                        .hasSize(2));
        JsonNode after = daemon.get("/api/v1/alerts/" + alert).json();
        assertThat(after.path("state").asText()).isEqualTo("ACKNOWLEDGED");
        assertThat(after.path("assignee").asText()).isNotEmpty();
    }

    @Test
    void everything_is_frozen_only_after_it_was_asked_twice_and_by_who_may() {
        link();
        presses(ADA, "freeze");
        await().atMost(SOON).until(() -> asked("editmessagereplymarkup").size() == 1);
        assertThat(asked("editmessagereplymarkup").getFirst()).contains("frozen", "Oui, tout geler");
        assertThat(daemon.get("/api/v1/freeze").json().path("items")).isEmpty();
        presses(99, ADA, "frozen");
        await().atMost(SOON).until(() -> asked("answercallbackquery").size() == 2);
        assertThat(daemon.get("/api/v1/freeze").json().path("items"))
                .as("somebody else in the chat may not")
                .isEmpty();
        presses(ADA, "frozen");
        await().atMost(SOON)
                .until(() -> daemon.get("/api/v1/freeze").json().path("items").size() == 1);
        presses(ADA, "rm -rf");
        await().atMost(SOON).until(() -> asked("answercallbackquery").size() == 4);
        assertThat(asked("answercallbackquery").getLast()).contains("n’est plus connu");
    }

    @Test
    void a_group_that_becomes_a_supergroup_is_told_on() {
        link();
        telegram.update(
                "message",
                "{\"message_id\":1,\"date\":1,\"chat\":{\"id\":-1005550000000,\"type\":\"supergroup\"},\"migrate_from_chat_id\":"
                        + ADA + "}");
        await().atMost(SOON)
                .until(() ->
                        daemon.get("/api/v1/recipients/" + recipient).body().contains("-1005550000000"));
    }
}
