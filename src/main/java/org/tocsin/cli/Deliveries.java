package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A delivery on a terminal. */
final class Deliveries {
    /** Where what the network said is what a person needs. */
    private static final Set<String> SAID = Set.of("REFUSED", "HELD", "EXHAUSTED", "UNKNOWN");

    private static final Set<String> WELL = Set.of("published", "edited");

    private Deliveries() {}

    static void show(Terminal terminal, JsonNode delivery) {
        String state = delivery.path("state").asText();
        StringBuilder line = new StringBuilder(delivery.path("channelId").asText())
                .append("  ")
                .append(state(terminal, delivery));
        if (tried(delivery)) {
            line.append("  ")
                    .append(terminal.text(
                            "cli.delivery.attempts",
                            "count",
                            delivery.path("attempts").size()));
        }
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
        last(delivery).forEach(revision -> told(terminal, "cli.revision.", revision));
        delivery.path("deletions").forEach(removal -> told(terminal, "cli.removal.", removal));
        if (!delivery.path("nextAt").isNull() && !delivery.path("nextAt").isMissingNode()) {
            terminal.line("    "
                    + terminal.text(
                            "cli.delivery.next",
                            "what",
                            delivery.path("nextAction").asText(),
                            "at",
                            terminal.time(delivery.path("nextAt"))));
        }
    }

    /** Its state, and since when; of what is planned for when, for that is what was asked. */
    private static String state(Terminal terminal, JsonNode delivery) {
        String state = delivery.path("state").asText();
        if (state.equals("SCHEDULED") && delivery.path("nextAt").isTextual()) {
            return terminal.text("cli.delivery.scheduled", "at", terminal.time(delivery.path("nextAt")));
        }
        boolean looking =
                state.equals("UNKNOWN") && !delivery.path("nextAction").asText().equals("PERSON");
        return (looking ? terminal.text("cli.delivery.checking") : terminal.word("web.state", delivery.path("state")))
                + "  " + terminal.time(delivery.path("since"));
    }

    /** Whether something went otherwise than at the first attempt: the parts of a thread are one each. */
    private static boolean tried(JsonNode delivery) {
        return delivery.path("attempts")
                .valueStream()
                .anyMatch(attempt -> !WELL.contains(attempt.path("outcome").asText()));
    }

    /** One of many: with what it says, and of which post it is. */
    static void listed(Terminal terminal, JsonNode delivery) {
        show(terminal, delivery);
        terminal.line("    "
                + terminal.text(
                        "cli.delivery.post",
                        "post",
                        delivery.path("postId").asText(),
                        "excerpt",
                        Terminal.excerpt(
                                delivery.path("segments").path(0).path("text").asText())));
    }

    /** Something that is done to what is out, an edit or its deletion: of which part, where it stands, and why. */
    private static void told(Terminal terminal, String words, JsonNode done) {
        String state = terminal.text(
                words + done.path("state").asText().toLowerCase(Locale.ROOT),
                "segment",
                done.path("segment").asInt() + 1);
        String reason = done.path("reason").asText("");
        terminal.line("    " + state + (done.path("reason").isTextual() ? " " + reason : ""));
    }

    /** @return of each segment the edit that counts now */
    static Collection<JsonNode> last(JsonNode delivery) {
        Map<Integer, JsonNode> last = new LinkedHashMap<>();
        delivery.path("revisions")
                .forEach(revision -> last.put(revision.path("segment").asInt(), revision));
        return last.values();
    }
}
