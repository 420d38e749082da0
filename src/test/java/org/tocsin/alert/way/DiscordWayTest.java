package org.tocsin.alert.way;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.recipient.WayKind;

/** Discord: nobody is called, and no Markdown of a stranger is read. */
class DiscordWayTest extends WayContract {
    @Override
    WayKind kind() {
        return WayKind.DISCORD;
    }

    @Override
    Map<String, String> given() {
        return Map.of("url", "https://discord.com/api/webhooks/1/discord-secret");
    }

    @Override
    String shown(JsonNode body) {
        return body.path("content").asText();
    }

    @Override
    List<String> commands() {
        return List.of(" @everyone", "<@U", " **b**", "](https");
    }

    @Test
    void nobody_is_called_whatever_is_said() {
        JsonNode body = sent(letter("@everyone", "@here <@&1>", "https://ex.fr/"));
        assertThat(body.path("allowed_mentions").path("parse").isArray()).isTrue();
        assertThat(body.path("allowed_mentions").path("parse")).isEmpty();
        assertThat(http.got().getLast().url().getQuery()).isEqualTo("wait=true");
    }

    @Test
    void a_long_text_is_cut_and_the_way_to_the_desk_stays() {
        String content = shown(sent(letter("t", "é😀".repeat(2000), "https://ex.fr/")));
        assertThat(content.length()).isLessThanOrEqualTo(2000);
        assertThat(content).endsWith("<https://desk.example.org/desk/alerts/1>");
    }

    @Test
    void the_wait_in_the_body_counts() {
        http.next(ScriptedHttp.answer(429, "{\"retry_after\":64.57,\"global\":false}"));
        assertThat(send("id-1"))
                .isInstanceOfSatisfying(
                        Sent.Later.class, later -> assertThat(later.delay()).isEqualTo(Duration.ofMillis(64_570)));
    }
}
