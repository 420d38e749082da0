package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** A delivery on a terminal. */
final class Deliveries {
    private Deliveries() {}

    static void show(Terminal terminal, JsonNode delivery) {
        String state = delivery.path("state").asText();
        StringBuilder line = new StringBuilder(delivery.path("channelId").asText())
                .append("  ")
                .append(terminal.text("web.state." + state.toLowerCase(Locale.ROOT)))
                .append("  ")
                .append(terminal.text(
                        "cli.delivery.attempts",
                        "count",
                        delivery.path("attempts").size()));
        String url = delivery.path("receipt").path("url").asText("");
        if (!url.isEmpty() && !"null".equals(url)) {
            line.append("  ").append(url);
        }
        terminal.line(line.toString());
        terminal.line("    " + delivery.path("id").asText() + "  v"
                + delivery.path("version").asText());
        if (!delivery.path("reason").isNull() && !delivery.path("reason").isMissingNode()) {
            terminal.line("    " + delivery.path("reason").asText());
        }
        if (!delivery.path("nextAt").isNull() && !delivery.path("nextAt").isMissingNode()) {
            terminal.line("    "
                    + terminal.text(
                            "cli.delivery.next", "at", delivery.path("nextAt").asText()));
        }
    }
}
