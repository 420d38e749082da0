package org.tocsin.alert.way;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.recipient.WayKind;

/** Matrix: the id is the transaction, so that a repeat is the same event. */
class MatrixWayTest extends WayContract {
    @Override
    WayKind kind() {
        return WayKind.MATRIX;
    }

    @Override
    Map<String, String> given() {
        return Map.of(
                "homeserver", "https://matrix.example.org/", "room", "!r/1:example.org", "token", "matrix-secret");
    }

    @Override
    String shown(JsonNode body) {
        return body.path("formatted_body").asText();
    }

    @Override
    List<String> commands() {
        return List.of("<script", "<!", "<@");
    }

    @Test
    void the_id_is_the_transaction_and_the_room_is_in_the_path() {
        send("id-7");
        assertThat(http.got().getLast().method()).isEqualTo("PUT");
        assertThat(http.got().getLast().url())
                .hasToString(
                        "https://matrix.example.org/_matrix/client/v3/rooms/%21r%2F1%3Aexample.org/send/m.room.message/id-7");
        assertThat(http.got().getLast().headers()).containsEntry("Authorization", "Bearer matrix-secret");
    }

    @Test
    void nobody_is_called() {
        JsonNode body = sent(letter("@room", "@ada:example.org", "https://ex.fr/"));
        assertThat(body.path("m.mentions").isObject()).isTrue();
        assertThat(body.path("m.mentions")).isEmpty();
        assertThat(body.path("msgtype").asText()).isEqualTo("m.notice");
    }

    @Test
    void the_wait_in_the_body_counts() {
        http.next(ScriptedHttp.answer(429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":4200}"));
        assertThat(send("id-1"))
                .isInstanceOfSatisfying(
                        Sent.Later.class, later -> assertThat(later.delay()).isEqualTo(Duration.ofMillis(4200)));
    }
}
