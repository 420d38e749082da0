package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings in a table of planned posts, and says how far it is. */
@Command(name = "import", mixinStandardHelpOptions = true)
final class PostsImportCommand implements Callable<Integer> {
    private static final String BASE = "/api/v1/posts/import";
    private static final int PAGE = 200;
    private static final long LOOK_AGAIN = 500;
    /** Percent between two words on how far it is. */
    private static final long STEP = 10;

    @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
    private Path file = Path.of("");

    @Option(names = "--dry-run")
    private boolean dryRun;

    private final TocsinCommand root;

    PostsImportCommand(TocsinCommand root) {
        this.root = root;
    }

    /** @return 1 where a row is faulty, or it did not come to its end */
    @Override
    public Integer call() throws Exception {
        if (!Files.isReadable(file)) {
            throw new CommandFault(Message.of("cli.import.file", "file", file));
        }
        Api api = root.api();
        JsonNode seen = api.upload(BASE + (dryRun ? "?dryRun=true" : ""), file, Api.freshKey());
        String one = Api.path("posts", "import", seen.path("id").asText());
        long said = 0;
        boolean waited = seen.path("state").asText().equals("RUNNING");
        while (seen.path("state").asText().equals("RUNNING")) {
            Thread.sleep(LOOK_AGAIN);
            seen = api.get(one + "?limit=" + PAGE);
            long percent = 100
                    * seen.path("done").asLong()
                    / Math.max(1, seen.path("total").asLong());
            if (percent >= said + STEP) {
                said = percent;
                root.terminal().hint("cli.import.far", "percent", percent);
            }
        }
        told(seen);
        for (JsonNode part = seen; waited && part.path("next").isTextual(); ) {
            part = api.get(
                    one + "?limit=" + PAGE + "&after=" + part.path("next").asText());
            told(part);
        }
        return report(seen);
    }

    private void told(JsonNode seen) {
        Terminal terminal = root.terminal();
        for (JsonNode item : seen.path("items")) {
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
    }

    private int report(JsonNode seen) {
        Terminal terminal = root.terminal();
        boolean cut = seen.path("state").asText().equals("FAILED")
                || seen.path("stopped").asBoolean();
        if (cut) {
            terminal.say(
                    "cli.import.cut",
                    "done",
                    seen.path("done").asLong(),
                    "total",
                    seen.path("total").asLong());
        }
        terminal.say(
                dryRun ? "cli.import.looked" : "cli.import.done",
                "good",
                seen.path(dryRun ? "good" : "imported").asInt(),
                "already",
                seen.path("already").asInt(),
                "faulty",
                seen.path("faulty").asInt());
        return cut || seen.path("faulty").asInt() > 0 ? 1 : 0;
    }

    private static String column(String pointer) {
        String[] parts = pointer.split("/");
        return parts.length < 2 ? "–" : parts[1];
    }
}
