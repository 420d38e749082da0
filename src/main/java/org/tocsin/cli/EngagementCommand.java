package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.LocalNumbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how posts were answered, as far as the networks tell. */
@Command(name = "engagement", mixinStandardHelpOptions = true)
final class EngagementCommand implements Callable<Integer> {

    @Option(names = "--from", paramLabel = "DAY")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY")
    private @Nullable String to;

    @Option(names = "--channel", paramLabel = "ID")
    private @Nullable String channel;

    @Option(names = "--csv")
    private boolean csv;

    private final TocsinCommand root;

    EngagementCommand(TocsinCommand root) {
        this.root = root;
    }

    private String query(String after) {
        StringBuilder query = new StringBuilder();
        add(query, "from", from);
        add(query, "to", to);
        add(query, "channelId", channel);
        add(query, "after", after.isEmpty() ? null : after);
        return query.toString();
    }

    private static void add(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    @Override
    public Integer call() {
        if (csv) {
            root.terminal()
                    .line(root.api().text("/api/v1/engagement.csv" + query("")).strip());
            return 0;
        }
        JsonNode page = root.api().get("/api/v1/engagement" + query(""));
        if (page.path("items").isEmpty()) {
            root.terminal().say("cli.engagement.none");
        }
        page.path("items").forEach(this::show);
        while (page.path("next").isTextual()) {
            page = root.api().get("/api/v1/engagement" + query(page.path("next").asText()));
            page.path("items").forEach(this::show);
        }
        return 0;
    }

    private void show(JsonNode one) {
        Terminal terminal = root.terminal();
        terminal.say(
                "cli.engagement.post",
                "time",
                one.path("publishedAt").asText(),
                "channel",
                one.path("channelId").asText(),
                "post",
                one.path("postId").asText());
        String indent = "   ";
        if (one.path("takenAt").isTextual()) {
            terminal.line(indent
                    + terminal.text(
                            "cli.engagement.counts",
                            "likes",
                            count(one, "likes"),
                            "reposts",
                            count(one, "reposts"),
                            "replies",
                            count(one, "replies"),
                            "quotes",
                            count(one, "quotes"),
                            "views",
                            count(one, "views"),
                            "time",
                            one.path("takenAt").asText()));
        } else {
            terminal.line(indent + terminal.text("cli.engagement.unread"));
        }
        if (one.path("goneAt").isTextual()) {
            terminal.line(indent
                    + terminal.text(
                            "cli.engagement.gone", "time", one.path("goneAt").asText()));
        }
        if (one.path("reason").isTextual()) {
            terminal.line(indent
                    + terminal.text(
                            "cli.engagement.reason",
                            "reason",
                            one.path("reason").asText()));
        }
    }

    /** What is not told is a dash: it is not zero. */
    private String count(JsonNode one, String name) {
        JsonNode count = one.path("counts").path(name);
        return count.isIntegralNumber()
                ? LocalNumbers.text(count.asLong(), root.terminal().locale())
                : "–";
    }
}
