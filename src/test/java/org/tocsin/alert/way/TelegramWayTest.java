package org.tocsin.alert.way;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.recipient.WayKind;

/** Telegram: HTML of the Bot API. */
class TelegramWayTest extends WayContract {
    @Override
    WayKind kind() {
        return WayKind.TELEGRAM;
    }

    @Override
    Map<String, String> given() {
        return Map.of("channel", "c1", "chatId", "42");
    }

    @Override
    String shown(JsonNode body) {
        return body.path("text").asText();
    }

    @Override
    List<String> commands() {
        return List.of("<script", "<!", "<@");
    }

    @Test
    void the_bot_of_the_channel_speaks_and_shows_no_page() {
        JsonNode body = sent(letter("t", "x", "https://ex.fr/"));
        assertThat(http.got().getLast().url()).hasToString("https://tg.example.org/bot1:token-of-bot/sendMessage");
        assertThat(body.path("chat_id").asText()).isEqualTo("42");
        assertThat(body.path("parse_mode").asText()).isEqualTo("HTML");
        assertThat(body.path("link_preview_options").path("is_disabled").asBoolean())
                .isTrue();
    }

    @Test
    void the_wait_in_the_body_counts() {
        http.next(ScriptedHttp.answer(429, "{\"ok\":false,\"parameters\":{\"retry_after\":35}}"));
        assertThat(send("id-1"))
                .isInstanceOfSatisfying(
                        Sent.Later.class, later -> assertThat(later.delay()).isEqualTo(Duration.ofSeconds(35)));
    }

    @Test
    void addresses_count_as_they_are_shown() {
        List<Letter.Line> lines = java.util.stream.IntStream.range(0, 60)
                .mapToObj(i -> new Letter.Line("ligne " + i, "https://ex.fr/" + "é".repeat(200) + i))
                .toList();
        JsonNode body = sent(new Letter("Résumé", lines, "https://desk.ex.fr/", "Ouvrir", "digest", null));
        String text = body.path("text").asText().replaceAll("<[^>]*>", "");
        assertThat(text).contains("ligne 0", "%C3%A9").hasSizeLessThanOrEqualTo(4096);
    }

    @Test
    void a_stranger_calls_nobody_of_a_group() {
        JsonNode body = sent(letter("@tous", "@prefet_42 et @maire", "https://ex.fr/"));
        assertThat(body.path("text").asText())
                .doesNotContainPattern("@[A-Za-z0-9_]")
                .contains("@\u2060prefet_42");
    }
}
