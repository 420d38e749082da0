package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps the sources of mentions. */
@Command(
        name = "sources",
        mixinStandardHelpOptions = true,
        subcommands = {
            SourcesCommand.ListAll.class,
            SourcesCommand.Add.class,
            SourcesCommand.Pause.class,
            SourcesCommand.Resume.class,
            SourcesCommand.Remove.class,
            SourcesHandedIn.Import.class,
            SourcesHandedIn.Export.class,
            SourcesHandedIn.Enter.class
        })
final class SourcesCommand implements Callable<Integer> {
    private final TocsinCommand root;

    SourcesCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root);
    }

    private static int list(TocsinCommand root) {
        Terminal terminal = root.terminal();
        JsonNode items = root.api().get("/api/v1/sources").path("items");
        if (items.isEmpty()) {
            terminal.say("cli.sources.none");
        }
        for (JsonNode source : items) {
            terminal.line(String.join(
                    "  ",
                    source.path("id").asText(),
                    source.path("name").asText(),
                    source.path("url").asText(terminal.word("heard.type", source.path("type"))),
                    terminal.text(state(source.path("state").asText()))));
            terminal.line("    " + read(terminal, source));
            String reason = source.path("reason").asText("");
            if (!reason.isEmpty() && !source.path("reason").isNull()) {
                terminal.line("    " + reason);
            }
            JsonNode gaps = source.path("gaps");
            if (!gaps.isEmpty()) {
                terminal.line("    "
                        + terminal.text(
                                "cli.sources.gaps",
                                "count",
                                gaps.size(),
                                "from",
                                terminal.time(gaps.path(0).path("from")),
                                "to",
                                terminal.time(gaps.path(0).path("to"))));
            }
            for (JsonNode one : source.path("aside")) {
                terminal.line("    "
                        + terminal.text(
                                "cli.sources.aside",
                                "id",
                                one.path("mentionId").asText(),
                                "reason",
                                one.path("reason").asText()));
            }
        }
        return 0;
    }

    /** When it was read last, and how long ago that is. */
    private static String read(Terminal terminal, JsonNode source) {
        String lag = source.path("lag").asText();
        return source.path("lastSuccessAt").isTextual()
                ? terminal.text("cli.sources.read", "time", terminal.time(source.path("lastSuccessAt")), "lag", lag)
                : terminal.text("cli.sources.unread", "lag", lag);
    }

    private static String state(String state) {
        return switch (state) {
            case "HELD" -> "cli.sources.state.held";
            case "PAUSED" -> "cli.sources.state.paused";
            case "STOPPED" -> "cli.sources.state.stopped";
            default -> "cli.sources.state.listening";
        };
    }

    private static int change(TocsinCommand root, String id, boolean enabled, String said) {
        Api api = root.api();
        long version = api.get(Api.path("sources", id)).path("version").asLong();
        api.patch(Api.path("sources", id), api.object().put("version", version).put("enabled", enabled));
        root.terminal().say(said);
        return 0;
    }

    /** Lists them. */
    @Command(name = "list", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        private final TocsinCommand root;

        ListAll(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return list(root);
        }
    }

    /** Adds one. */
    @Command(name = "add", mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {
        /** Nothing that looks like this is the name of a site. */
        private static final Pattern TYPE = Pattern.compile(
                "feed|webhook|entry|(?:mastodon|bluesky|telegram|x)\\.(?:mentions|tag|search|stream|group)");

        @Parameters(index = "0", paramLabel = "WHAT", descriptionKey = "WHAT")
        private String what = "";

        @Parameters(index = "1", arity = "0..1", paramLabel = "URL", descriptionKey = "URL")
        private @Nullable String url;

        @Option(names = "--channel", paramLabel = "ID", descriptionKey = "channel")
        private @Nullable String channel;

        @Option(names = "--query", paramLabel = "WORDS", descriptionKey = "query")
        private @Nullable String query;

        @Option(names = "--ceiling", paramLabel = "USD", descriptionKey = "ceiling")
        private @Nullable BigDecimal ceiling;

        @Option(names = "--name", paramLabel = "NAME", descriptionKey = "name")
        private @Nullable String name;

        private final TocsinCommand root;

        Add(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            boolean typed = TYPE.matcher(what).matches();
            ObjectNode body = api.object();
            put(body, "type", typed ? what : null);
            put(body, "url", typed ? url : what);
            put(body, "channelId", channel);
            put(body, "name", name);
            if (query != null || ceiling != null) {
                ObjectNode settings = body.putObject("settings");
                put(settings, "query", query);
                if (ceiling != null) {
                    settings.put("ceiling", ceiling);
                }
            }
            JsonNode source = api.post("/api/v1/sources", body);
            root.terminal()
                    .say(
                            source.path("there").asBoolean() ? "cli.sources.there" : "cli.sources.added",
                            "name",
                            source.path("name").asText(),
                            "id",
                            source.path("id").asText());
            if (source.path("hook").isTextual()) {
                root.terminal()
                        .say(
                                "cli.sources.hook",
                                "url",
                                api.address() + source.path("hook").asText());
            }
            return 0;
        }

        private static void put(ObjectNode body, String field, @Nullable String value) {
            if (value != null) {
                body.put(field, value);
            }
        }
    }

    /** Stops reading one for a while. */
    @Command(name = "pause", mixinStandardHelpOptions = true)
    static final class Pause implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Pause(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return change(root, id, false, "cli.sources.paused");
        }
    }

    /** Reads one again. */
    @Command(name = "resume", mixinStandardHelpOptions = true)
    static final class Resume implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Resume(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return change(root, id, true, "cli.sources.resumed");
        }
    }

    /** Takes one away. */
    @Command(name = "remove", mixinStandardHelpOptions = true)
    static final class Remove implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Remove(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.api().delete(Api.path("sources", id), null);
            root.terminal().say("cli.sources.removed");
            return 0;
        }
    }
}
