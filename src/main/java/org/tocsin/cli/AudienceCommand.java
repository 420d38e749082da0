package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.LocalNumbers;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how many follow each channel, and by how much that grew. */
@Command(
        name = "audience",
        mixinStandardHelpOptions = true,
        subcommands = {AudienceCommand.Import.class, AudienceCommand.Export.class})
final class AudienceCommand implements Callable<Integer> {
    /** What is said of a channel stands below it. */
    private static final String INDENT = "   ";

    @Option(names = "--from", paramLabel = "DAY")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY")
    private @Nullable String to;

    @Option(names = "--channel", paramLabel = "ID")
    private @Nullable String channel;

    @Option(names = "--compare", paramLabel = "before|year")
    private @Nullable String compare;

    private final TocsinCommand root;

    AudienceCommand(TocsinCommand root) {
        this.root = root;
    }

    private static String query(@Nullable String from, @Nullable String to, @Nullable String channel) {
        StringBuilder query = new StringBuilder();
        add(query, "from", from);
        add(query, "to", to);
        add(query, "channelId", channel);
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
        StringBuilder query = new StringBuilder(query(from, to, channel));
        add(query, "compare", compare);
        JsonNode audience = root.api().get("/api/v1/audience" + query);
        if (audience.path("items").isEmpty()) {
            root.terminal().say("cli.audience.none");
        }
        audience.path("items").forEach(this::show);
        return 0;
    }

    private void show(JsonNode one) {
        Terminal terminal = root.terminal();
        String name = one.path("channelId").asText();
        JsonNode latest = one.path("latest");
        if (latest.isObject()) {
            terminal.say(
                    latest.path("origin").asText().equals("IMPORTED") ? "cli.audience.imported" : "cli.audience.latest",
                    "channel",
                    name,
                    "followers",
                    LocalNumbers.text(latest.path("followers").asLong(), terminal.locale()),
                    "day",
                    latest.path("day").asText());
        } else {
            terminal.say("cli.audience.unknown", "channel", name);
        }
        JsonNode growth = one.path("growth");
        if (growth.isObject()) {
            terminal.line(INDENT
                    + terminal.text(
                            "cli.audience.growth",
                            "net",
                            net(growth),
                            "from",
                            growth.path("from").asText(),
                            "to",
                            growth.path("to").asText()));
        }
        JsonNode before = one.path("before");
        if (before.isObject()) {
            terminal.line(INDENT
                    + terminal.text(
                            compare == null || compare.equals("before")
                                    ? "cli.audience.before"
                                    : "cli.audience.compared",
                            "net",
                            net(before),
                            "from",
                            before.path("from").asText(),
                            "to",
                            before.path("to").asText()));
        }
        if (one.path("reason").isTextual()) {
            terminal.line(INDENT
                    + terminal.text(
                            "cli.audience.reason", "reason", one.path("reason").asText()));
        }
    }

    private String net(JsonNode growth) {
        return LocalNumbers.signed(growth.path("net").asLong(), root.terminal().locale());
    }

    /** Brings in earlier figures. */
    @Command(name = "import", mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
        private Path file = Path.of("");

        private final TocsinCommand root;

        Import(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new CommandFault(Message.of("cli.file", "file", file));
            }
            JsonNode report;
            try {
                report = root.api().upload("/api/v1/audience/import", file, Api.freshKey());
            } catch (IOException e) {
                throw new CommandFault(Message.of("cli.file", "file", file));
            }
            Terminal terminal = root.terminal();
            terminal.say(
                    "cli.audience.report",
                    "rows",
                    report.path("rows").asText(),
                    "added",
                    report.path("added").asText(),
                    "replaced",
                    report.path("replaced").asText(),
                    "unchanged",
                    report.path("unchanged").asText(),
                    "measured",
                    report.path("measured").asText(),
                    "refused",
                    report.path("refused").asText());
            if (report.path("order").isTextual()) {
                terminal.line(report.path("order").asText());
            }
            report.path("problems")
                    .forEach(problem -> terminal.say(
                            "cli.audience.line",
                            "line",
                            problem.path("line").asText(),
                            "text",
                            problem.path("message").asText()));
            return report.path("refused").asInt() == 0 ? 0 : 1;
        }
    }

    /** Prints all figures. */
    @Command(name = "export", mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @Option(names = "--from", paramLabel = "DAY")
        private @Nullable String from;

        @Option(names = "--to", paramLabel = "DAY")
        private @Nullable String to;

        @Option(names = "--channel", paramLabel = "ID")
        private @Nullable String channel;

        private final TocsinCommand root;

        Export(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.terminal()
                    .line(root.api()
                            .text("/api/v1/audience.csv" + query(from, to, channel))
                            .strip());
            return 0;
        }
    }
}
