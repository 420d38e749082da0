package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings people in from another tool, and says how far it is. */
@Command(name = "import", mixinStandardHelpOptions = true)
final class SubscribersImportCommand implements Callable<Integer> {
    private static final String BASE = "/api/v1/subscribers/import";
    private static final long LOOK_AGAIN = 500;
    /** Percent between two words on how far it is. */
    private static final long STEP = 10;

    @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
    private Path file = Path.of("");

    @Option(names = "--left")
    private boolean left;

    @Option(names = "--statement", paramLabel = "TEXT", descriptionKey = "statement")
    private @Nullable String statement;

    @Option(names = "--none-left")
    private boolean none;

    @Option(names = "--dry-run")
    private boolean dry;

    private final TocsinCommand root;

    SubscribersImportCommand(TocsinCommand root) {
        this.root = root;
    }

    /** @return 1 where a line is faulty, or it did not come to its end */
    @Override
    public Integer call() throws Exception {
        if (!Files.isReadable(file)) {
            throw new CommandFault(Message.of("cli.import.file", "file", file));
        }
        String query = "?wait=false" + (left ? "&list=left" : "")
                + (statement == null ? "" : "&statement=" + Api.encoded(statement)) + (none ? "&none=true" : "")
                + (dry ? "&dryRun=true" : "");
        JsonNode seen = root.api().upload(BASE + query, file, Api.freshKey());
        String one = Api.path("subscribers", "import", seen.path("id").asText());
        long said = 0;
        while (seen.path("state").asText().equals("RUNNING")) {
            Thread.sleep(LOOK_AGAIN);
            seen = root.api().get(one);
            long percent = 100
                    * seen.path("done").asLong()
                    / Math.max(1, seen.path("total").asLong());
            if (percent >= said + STEP) {
                said = percent;
                root.terminal().hint("cli.subscribers.import.far", "percent", percent);
            }
        }
        return report(seen);
    }

    private int report(JsonNode seen) {
        Terminal terminal = root.terminal();
        for (JsonNode line : seen.path("lines")) {
            terminal.say(
                    "cli.subscribers.import.line",
                    "line",
                    line.path("line").asLong(),
                    "text",
                    line.path("message").asText());
        }
        if (seen.path("state").asText().equals("FAILED") || seen.path("stopped").asBoolean()) {
            terminal.say(
                    "cli.subscribers.import.cut",
                    "done",
                    seen.path("done").asLong(),
                    "total",
                    seen.path("total").asLong());
            return 1;
        }
        terminal.say(
                dry ? "cli.subscribers.import.would" : "cli.subscribers.import.done",
                "added",
                seen.path("added").asLong(),
                "there",
                seen.path("there").asLong(),
                "kept",
                seen.path("kept").asLong(),
                "refused",
                seen.path("refused").size());
        if (seen.path("noneLeft").asBoolean()) {
            terminal.say(dry ? "cli.subscribers.import.none.would" : "cli.subscribers.import.none");
        }
        return seen.path("refused").isEmpty() ? 0 : 1;
    }
}
