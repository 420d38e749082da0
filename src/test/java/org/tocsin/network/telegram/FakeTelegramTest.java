package org.tocsin.network.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.base.Ticker;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.http.OutboundHttp;

/** The fake does what the Bot API's documents say, where other tests lean on it. */
class FakeTelegramTest {
    private FakeTelegram server;
    private OutboundHttp http;

    @BeforeEach
    void open() throws Exception {
        server = new FakeTelegram(Clock.systemUTC());
        http = new OutboundHttp(new AddressGuard(Set.of(server.peer())), "Tocsin/test", null, Ticker.system());
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        server.close();
    }

    private String call(String method, String json) {
        HttpResult result = http.send(
                HttpRequest.post(server.url("/bot" + FakeTelegram.TOKEN + "/" + method), HttpBody.json(json)));
        return ((HttpResult.Answer) result).text();
    }

    @Test
    void an_update_is_kept_until_a_higher_offset_confirms_it() {
        server.posted("un");
        server.posted("deux");
        assertThat(call("getUpdates", "{}"))
                .contains("870001", "870002")
                .isEqualTo(call("getupdates", "{\"offset\":0}"));
        assertThat(call("getUpdates", "{\"limit\":1}")).contains("870001").doesNotContain("870002");
        assertThat(call("getUpdates", "{\"offset\":870002}"))
                .doesNotContain("870001")
                .contains("870002");
        assertThat(call("getUpdates", "{\"offset\":870003}")).isEqualTo("{\"ok\":true,\"result\":[]}");
    }

    @Test
    void a_long_poll_ends_when_something_happens() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> poll = threads.submit(() -> call("getUpdates", "{\"timeout\":50}"));
            server.posted("enfin");
            assertThat(poll.get(20, TimeUnit.SECONDS)).contains("enfin");
        }
    }

    @Test
    void what_the_bot_api_refuses_is_refused() {
        String chat = "{\"chat_id\":" + FakeTelegram.CHAT + ",";
        Map<String, String> refused = Map.of(
                chat + "\"text\":\"" + "é".repeat(4097) + "\"}",
                "message is too long",
                chat + "\"text\":\"\"}",
                "message text is empty",
                chat + "\"text\":\"ab\",\"entities\":[{\"type\":\"url\",\"offset\":1,\"length\":2}]}",
                "ENTITY_BOUNDS_INVALID",
                chat + "\"text\":\"a\",\"reply_parameters\":{\"message_id\":3}}",
                "message to be replied not found",
                "{\"chat_id\":-1009,\"text\":\"a\"}",
                "chat not found");
        refused.forEach((json, words) -> assertThat(call("sendMessage", json)).contains(words, "\"ok\":false"));
        assertThat(server.effects()).isEmpty();
        assertThat(call("sendVideo", chat + "\"text\":\"a\"}")).contains("\"error_code\":404");
        server.role("administrator", false);
        assertThat(call("sendMessage", chat + "\"text\":\"a\"}")).contains("need administrator rights");
    }

    @Test
    void a_message_can_be_edited_and_members_counted() {
        String chat = "{\"chat_id\":\"" + FakeTelegram.NAME + "\"";
        call("sendMessage", chat + ",\"text\":\"a\"}");
        assertThat(call("editMessageText", chat + ",\"message_id\":101,\"text\":\"b\"}"))
                .contains("\"text\":\"b\"");
        assertThat(call("editMessageText", chat + ",\"message_id\":7,\"text\":\"b\"}"))
                .contains("message to edit not found");
        assertThat(call("getChatMemberCount", chat + "}")).contains("4217");
    }
}
