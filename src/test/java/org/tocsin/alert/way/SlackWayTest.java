package org.tocsin.alert.way;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.recipient.WayKind;

/** Slack: mrkdwn, in which only the signs of links are signs. */
class SlackWayTest extends WayContract {
    @Override
    WayKind kind() {
        return WayKind.SLACK;
    }

    @Override
    Map<String, String> given() {
        return Map.of("url", "https://hooks.slack.com/services/T/B/slack-secret");
    }

    @Override
    String shown(JsonNode body) {
        return body.path("text").asText();
    }

    @Override
    List<String> commands() {
        return List.of("<!", "<@", "<script", "<https://evil");
    }

    @Test
    void links_are_not_unfolded() {
        JsonNode body = sent(letter("t", "x", "https://ex.fr/"));
        assertThat(body.path("unfurl_links").asBoolean(true)).isFalse();
        assertThat(body.path("text").asText()).contains("<https://ex.fr/|https://ex.fr/>");
    }
}
