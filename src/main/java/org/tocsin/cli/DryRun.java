package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** What would be sent, on a terminal. */
final class DryRun {
    private DryRun() {}

    static void show(Terminal terminal, JsonNode answer) {
        if (answer.path("dueAt").isTextual()) {
            terminal.say("cli.dry-run.at", "at", terminal.time(answer.path("dueAt")));
            terminal.say("cli.zone", "zone", terminal.zone());
        }
        for (JsonNode channel : answer.path("channels")) {
            terminal.line("== " + channel.path("channelId").asText());
            channel.path("segments").forEach(segment -> segment(terminal, segment));
        }
    }

    private static void segment(Terminal terminal, JsonNode segment) {
        terminal.line("-- " + segment.path("actual").asText() + "/"
                + segment.path("limit").asText() + " " + terminal.word("post.unit", segment.path("unit")) + "  "
                + segment.path("language").asText());
        if (segment.path("contentWarning").isTextual()) {
            indented(
                    terminal,
                    "cli.dry-run.warning",
                    "text",
                    segment.path("contentWarning").asText());
        }
        if (segment.path("visibility").isTextual()) {
            indented(
                    terminal,
                    "cli.dry-run.visibility",
                    "value",
                    segment.path("visibility").asText());
        }
        terminal.line(segment.path("shown").asText(segment.path("text").asText()));
        images(terminal, segment.path("media"));
        JsonNode card = segment.path("linkCard");
        if (card.isObject()) {
            indented(
                    terminal,
                    "cli.dry-run.card",
                    "url",
                    card.path("url").asText(),
                    "title",
                    card.path("title").asText());
        }
    }

    /** @param media as the API shows them */
    static void images(Terminal terminal, JsonNode media) {
        for (JsonNode image : media) {
            String alt = image.path("alt").asText();
            if (alt.isBlank()) {
                indented(
                        terminal,
                        "cli.dry-run.image.bare",
                        "id",
                        image.path("id").asText());
            } else {
                indented(terminal, "cli.dry-run.image", "id", image.path("id").asText(), "alt", alt);
            }
        }
    }

    static void indented(Terminal terminal, String code, Object... pairs) {
        terminal.line("   " + terminal.text(code, pairs));
    }
}
