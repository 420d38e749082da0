package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows how far work is that takes long, and stops it. */
@Command(
        name = "work",
        mixinStandardHelpOptions = true,
        subcommands = {WorkCommand.ListAll.class, WorkCommand.Stop.class, WorkCommand.Resume.class})
final class WorkCommand implements Callable<Integer> {
    private final TocsinCommand root;

    WorkCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root);
    }

    private static int list(TocsinCommand root) {
        JsonNode items = root.api().get("/api/v1/work").path("items");
        if (items.isEmpty()) {
            root.terminal().say("cli.work.none");
        }
        items.forEach(one -> show(root.terminal(), one));
        return 0;
    }

    private static void show(Terminal terminal, JsonNode one) {
        String kind = switch (one.path("kind").asText()) {
            case "TRIAL" -> "cli.work.trial";
            case "FEEDS" -> "cli.work.feeds";
            case "SUBSCRIBERS" -> "cli.work.subscribers";
            case "POSTS" -> "cli.work.posts";
            case "FIGURES" -> "cli.work.figures";
            default -> "cli.work.index";
        };
        long total = one.path("total").asLong(0);
        String far = one.path("stopped").asBoolean()
                ? terminal.text("cli.work.stopped")
                : total == 0 ? "" : 100 * one.path("done").asLong() / total + " %";
        terminal.line(String.join(
                        "  ",
                        one.path("id").asText(),
                        terminal.text(kind),
                        one.path("what").asText(),
                        far)
                .strip());
    }

    private static int turn(TocsinCommand root, String id, String act) {
        show(
                root.terminal(),
                root.api().post(Api.path("work", id) + act, root.api().object()));
        return 0;
    }

    /** Lists it. */
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

    /** Stops a piece of it. */
    @Command(name = "stop", mixinStandardHelpOptions = true)
    static final class Stop implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Stop(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return turn(root, id, "/stop");
        }
    }

    /** Lets one go on that waits. */
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
            return turn(root, id, "/resume");
        }
    }
}
