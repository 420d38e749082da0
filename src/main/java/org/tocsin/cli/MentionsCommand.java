package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps the mention book: one name, a handle for each network. */
@Command(
        name = "mentions",
        mixinStandardHelpOptions = true,
        subcommands = {MentionsCommand.ListAll.class, MentionsCommand.Save.class, MentionsCommand.Remove.class})
final class MentionsCommand implements Callable<Integer> {
    private final TocsinCommand root;

    MentionsCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root);
    }

    private static int list(TocsinCommand root) {
        JsonNode book = root.api().get("/api/v1/mentions-book").path("items");
        if (book.isEmpty()) {
            root.terminal().say("cli.mentions.none");
        }
        book.forEach(entry -> show(root, entry));
        return 0;
    }

    private static void show(TocsinCommand root, JsonNode entry) {
        StringBuilder line = new StringBuilder("@{" + entry.path("name").asText() + "}  "
                + entry.path("displayName").asText());
        entry.path("handles")
                .properties()
                .forEach(handle -> line.append("  ")
                        .append(handle.getKey())
                        .append('=')
                        .append(handle.getValue().asText()));
        root.terminal().line(line.toString());
    }

    /** Lists the book. */
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

    /** Adds an entry, or replaces the one of that name. */
    @Command(name = "save", mixinStandardHelpOptions = true)
    static final class Save implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "NAME")
        private String name = "";

        @Parameters(index = "1..*", paramLabel = "HANDLES", descriptionKey = "HANDLES")
        private Map<String, String> handles = new TreeMap<>();

        @Option(names = "--display", paramLabel = "TEXT")
        private @Nullable String display;

        private final TocsinCommand root;

        Save(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            ObjectNode body = api.object().put("name", name);
            PostCommand.putIfSet(body, "displayName", display);
            ObjectNode known = body.putObject("handles");
            handles.forEach(known::put);
            show(root, api.post("/api/v1/mentions-book", body));
            return 0;
        }
    }

    /** Strikes an entry. */
    @Command(name = "remove", mixinStandardHelpOptions = true)
    static final class Remove implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", descriptionKey = "NAME")
        private String name = "";

        private final TocsinCommand root;

        Remove(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.api().delete(Api.path("mentions-book", name), null);
            root.terminal().say("cli.removed", "what", name);
            return 0;
        }
    }
}
