package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells how much each watch heard beside the others. */
@Command(name = "voice", mixinStandardHelpOptions = true)
final class VoiceCommand implements Callable<Integer> {
    @Option(names = "--from", paramLabel = "DAY", descriptionKey = "from")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", descriptionKey = "to")
    private @Nullable String to;

    @Option(names = "--watch", paramLabel = "ID", descriptionKey = "watch")
    private @Nullable List<String> watches;

    @Option(names = "--days", descriptionKey = "days")
    private boolean days;

    @Option(names = "--csv", descriptionKey = "csv")
    private boolean csv;

    private final TocsinCommand root;

    VoiceCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (csv) {
            root.terminal().line(root.api().text("/api/v1/watches/voice.csv" + query()));
            return 0;
        }
        JsonNode look = root.api().get("/api/v1/watches/voice" + query());
        Terminal terminal = root.terminal();
        terminal.say(
                "cli.voice.period",
                "from",
                look.path("from").asText(),
                "to",
                look.path("to").asText());
        long all = 0;
        for (JsonNode one : look.path("items")) {
            all += one.path("mentions").asLong();
        }
        for (JsonNode one : look.path("items")) {
            long heard = one.path("mentions").asLong();
            terminal.say(
                    "cli.voice.watch",
                    "name",
                    one.path("name").asText(),
                    "count",
                    heard,
                    "percent",
                    all == 0 ? 0 : Math.round(100.0 * heard / all));
            one.path("edits")
                    .forEach(edit -> terminal.say(
                            "cli.voice.edit",
                            "time",
                            terminal.time(edit.path("savedAt")),
                            "query",
                            edit.path("query").asText()));
            if (days) {
                one.path("days")
                        .forEach(day -> terminal.line("    " + terminal.time(day.path("day")) + "  "
                                + day.path("mentions").asLong()));
            }
        }
        return 0;
    }

    private String query() {
        List<String> parts = new ArrayList<>();
        if (from != null) {
            parts.add("from=" + encoded(from));
        }
        if (to != null) {
            parts.add("to=" + encoded(to));
        }
        if (watches != null) {
            parts.add("watches=" + encoded(String.join(",", watches)));
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
