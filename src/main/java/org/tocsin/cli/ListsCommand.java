package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps the word lists of watches. */
@Command(
        name = "lists",
        mixinStandardHelpOptions = true,
        subcommands = {ListsCommand.ListAll.class, ListsCommand.Save.class, ListsCommand.Remove.class})
final class ListsCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/word-lists";

    private final TocsinCommand root;

    ListsCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root);
    }

    private static int list(TocsinCommand root) {
        JsonNode lists = root.api().get(PATH).path("items");
        if (lists.isEmpty()) {
            root.terminal().say("cli.lists.none");
        }
        lists.forEach(list -> root.terminal()
                .say(
                        "cli.lists.one",
                        "name",
                        "{" + list.path("name").asText() + "}",
                        "count",
                        list.path("entries").size(),
                        "id",
                        list.path("id").asText()));
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

    /** Adds a list, or gives the one of that name other entries. */
    @Command(name = "save", mixinStandardHelpOptions = true)
    static final class Save implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "NAME")
        private String name = "";

        @Parameters(index = "1", paramLabel = "FILE", descriptionKey = "FILE")
        private Path file = Path.of("");

        private final TocsinCommand root;

        Save(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            List<String> entries;
            try {
                entries = Files.readAllLines(file);
            } catch (IOException e) {
                throw new CommandFault(Message.of("cli.file", "file", file));
            }
            Api api = root.api();
            ObjectNode body = api.object();
            ArrayNode lines = body.putArray("entries");
            entries.stream().filter(line -> !line.isBlank()).forEach(lines::add);
            JsonNode known = null;
            for (JsonNode list : api.get(PATH).path("items")) {
                known = list.path("name").asText().equals(name) ? list : known;
            }
            JsonNode saved = known == null
                    ? api.post(PATH, body.put("name", name))
                    : api.patch(
                            Api.path("word-lists", known.path("id").asText()),
                            body.put("version", known.path("version").asLong()));
            root.terminal()
                    .say(
                            "cli.lists.saved",
                            "name",
                            "{" + saved.path("name").asText() + "}",
                            "count",
                            saved.path("entries").size());
            return 0;
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
            root.api().delete(Api.path("word-lists", id), null);
            root.terminal().say("cli.lists.removed");
            return 0;
        }
    }
}
