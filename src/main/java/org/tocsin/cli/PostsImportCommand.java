package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings in a table of planned posts. */
@Command(name = "import", mixinStandardHelpOptions = true)
final class PostsImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
    private Path file = Path.of("");

    @Option(names = "--dry-run")
    private boolean dryRun;

    private final TocsinCommand root;

    PostsImportCommand(TocsinCommand root) {
        this.root = root;
    }

    /** @return 1 where a row is faulty */
    @Override
    public Integer call() throws Exception {
        if (!Files.isReadable(file)) {
            throw new CommandFault(Message.of("cli.import.file", "file", file));
        }
        Api api = root.api();
        JsonNode answer = api.upload("/api/v1/posts/import" + (dryRun ? "?dryRun=true" : ""), file, Api.freshKey());
        Terminal terminal = root.terminal();
        for (JsonNode item : answer.path("items")) {
            item.path("errors")
                    .forEach(error -> terminal.say(
                            "cli.import.fault",
                            "row",
                            item.path("row").asInt(),
                            "column",
                            column(error.path("pointer").asText()),
                            "text",
                            error.path("message").asText()));
            item.path("warnings")
                    .forEach(warning -> terminal.say(
                            "cli.import.warning",
                            "row",
                            item.path("row").asInt(),
                            "text",
                            warning.path("message").asText()));
        }
        terminal.say(
                dryRun ? "cli.import.looked" : "cli.import.done",
                "good",
                answer.path(dryRun ? "good" : "imported").asInt(),
                "already",
                answer.path("already").asInt(),
                "faulty",
                answer.path("faulty").asInt());
        return answer.path("faulty").asInt() == 0 ? 0 : 1;
    }

    private static String column(String pointer) {
        String[] parts = pointer.split("/");
        return parts.length < 2 ? "–" : parts[1];
    }
}
