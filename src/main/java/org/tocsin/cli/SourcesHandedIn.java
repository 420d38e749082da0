package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@link SourcesCommand} by which something is handed in or out. */
final class SourcesHandedIn {
    private SourcesHandedIn() {}

    /** Adds the feeds of a list. */
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
            JsonNode listed;
            try {
                listed = root.api().upload("/api/v1/sources/import", file, Api.freshKey());
            } catch (IOException e) {
                throw new CommandFault(Message.of("cli.file", "file", file));
            }
            root.terminal()
                    .say(
                            "cli.sources.listed",
                            "added",
                            listed.path("added").asText(),
                            "there",
                            listed.path("there").asText());
            listed.path("wrong").forEach(url -> root.terminal().say("cli.sources.wrong", "value", url.asText()));
            return listed.path("wrong").isEmpty() ? 0 : 1;
        }
    }

    /** Prints the feeds as a list. */
    @Command(name = "export", mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        private final TocsinCommand root;

        Export(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.terminal().line(root.api().text("/api/v1/sources/export").strip());
            return 0;
        }
    }

    /** Enters what a person has seen. */
    @Command(name = "enter", mixinStandardHelpOptions = true)
    static final class Enter implements Callable<Integer> {
        @Parameters(paramLabel = "TEXT", descriptionKey = "TEXT")
        private String text = "";

        @Option(names = "--url", paramLabel = "URL", descriptionKey = "url")
        private @Nullable String url;

        @Option(names = "--author", paramLabel = "NAME", descriptionKey = "author")
        private @Nullable String author;

        @Option(names = "--title", paramLabel = "TITLE", descriptionKey = "title")
        private @Nullable String title;

        private final TocsinCommand root;

        Enter(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            ObjectNode body = root.api().object().put("text", text);
            body.put("url", url).put("author", author).put("title", title);
            JsonNode mention = root.api().post("/api/v1/mentions", body);
            root.terminal().say("cli.sources.entered", "id", mention.path("id").asText());
            return 0;
        }
    }
}
