package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/** A delivery on a terminal. */
final class Deliveries {
    /** Where what the network said is what a person needs. */
    private static final Set<String> SAID = Set.of("REFUSED", "HELD", "EXHAUSTED", "UNKNOWN");

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
        JsonNode last = delivery.path("attempts").path(delivery.path("attempts").size() - 1);
        String excerpt = last.path("excerpt").asText("");
        if (SAID.contains(state) && !excerpt.isBlank()) {
            terminal.line("    " + terminal.text("cli.delivery.said", "excerpt", excerpt));
        }
        if (!delivery.path("nextAt").isNull() && !delivery.path("nextAt").isMissingNode()) {
            terminal.line("    "
                    + terminal.text(
                            "cli.delivery.next", "at", delivery.path("nextAt").asText()));
        }
    }
}
