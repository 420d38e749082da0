package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
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
            SourcesCommand.Remove.class
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
                    source.path("url").asText(),
                    terminal.text(state(source.path("state").asText()))));
            String reason = source.path("reason").asText("");
            if (!reason.isEmpty() && !source.path("reason").isNull()) {
                terminal.line("    " + reason);
            }
            if (!source.path("gaps").isEmpty()) {
                terminal.line("    "
                        + terminal.text(
                                "cli.sources.gaps", "count", source.path("gaps").size()));
            }
        }
        return 0;
    }

    private static String state(String state) {
        return switch (state) {
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
        @Parameters(paramLabel = "URL", descriptionKey = "URL")
        private String url = "";

        @Option(names = "--name", paramLabel = "NAME", descriptionKey = "name")
        private @Nullable String name;

        private final TocsinCommand root;

        Add(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            ObjectNode body = api.object().put("url", url);
            if (name != null) {
                body.put("name", name);
            }
            JsonNode source = api.post("/api/v1/sources", body);
            root.terminal()
                    .say(
                            "cli.sources.added",
                            "name",
                            source.path("name").asText(),
                            "id",
                            source.path("id").asText());
            return 0;
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
