package org.tocsin.alert.way;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.recipient.WayKind;

/** A webhook of one’s own, by Standard Webhooks. */
class WebhookWayTest extends WayContract {
    @Override
    WayKind kind() {
        return WayKind.WEBHOOK;
    }

    @Override
    Map<String, String> given() {
        return Map.of("url", "https://hook.example.org/in", "secret", "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=");
    }

    @Override
    String shown(JsonNode body) {
        return body.path("data").path("lines").path(0).path("url").asText("")
                + body.path("type").asText();
    }

    @Override
    List<String> commands() {
        return List.of("<script");
    }

    @Test
    void the_body_is_signed_with_its_id_and_time() throws GeneralSecurityException {
        send("id-9");
        Map<String, String> headers = http.got().getLast().headers();
        assertThat(headers).containsEntry("webhook-id", "id-9").containsEntry("webhook-timestamp", "1795694400");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret-secret-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signature = mac.doFinal(("id-9.1795694400." + http.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(headers)
                .containsEntry("webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature));
    }

    /** A machine reads it: the text is handed on as JSON, an address that is none is not. */
    @Override
    @Test
    void words_from_right_to_left_turn_nothing_beside_them() {
        JsonNode body = sent(letter("t", "\u0645\u0631", "https://ex.fr/"));
        assertThat(body.path("data").path("lines").path(0).path("text").asText())
                .isEqualTo("\u0645\u0631");
    }

    @Override
    @ParameterizedTest
    @ValueSource(ints = 410)
    void what_is_refused_is_refused_for_good(int status) {
        super.what_is_refused_is_refused_for_good(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 422})
    void what_is_not_taken_is_tried_again_as_standard_webhooks_says(int status) {
        http.next(ScriptedHttp.answer(status, "<html>"));
        assertThat(send("id-1")).isInstanceOf(Sent.Declined.class);
    }
}
