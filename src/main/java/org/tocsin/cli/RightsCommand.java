package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The rights of people whose messages are heard. */
@Command(
        name = "rights",
        mixinStandardHelpOptions = true,
        subcommands = {
            RightsCommand.Erase.class,
            RightsCommand.OptOut.class,
            RightsObjectionsCommand.class,
            RightsCommand.Hold.class,
            RightsCommand.Holds.class,
            RightsCommand.Export.class
        })
final class RightsCommand implements Callable<Integer> {
    static final String BASE = "/api/v1/rights";

    private final TocsinCommand root;

    RightsCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JsonNode items = root.api().get(BASE + "/erasures").path("items");
        if (items.isEmpty()) {
            root.terminal().say("cli.rights.none");
        }
        items.forEach(one -> root.terminal()
                .line(one.path("id").asText() + "  " + root.terminal().time(one.path("askedAt")) + "  "
                        + root.terminal().word("desk.rights", one.path("state")) + "  "
                        + root.terminal()
                                .text(
                                        "desk.rights.erased",
                                        "count",
                                        one.path("erased").asLong())));
        return 0;
    }

    /** Erases an author. */
    @Command(name = "erase", mixinStandardHelpOptions = true)
    static final class Erase implements Callable<Integer> {
        @Parameters(paramLabel = "AUTHOR", descriptionKey = "AUTHOR")
        private String author = "";

        @Option(names = "--network", paramLabel = "NETWORK", descriptionKey = "network")
        private @Nullable String network;

        @Option(names = "--preview", descriptionKey = "preview")
        private boolean preview;

        @Option(names = "--hear-again", descriptionKey = "hear-again")
        private boolean hearAgain;

        private final TocsinCommand root;

        Erase(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            ObjectNode body = root.api().object().put("author", author).put("network", network);
            if (preview) {
                JsonNode counted = root.api().postOnce(BASE + "/preview", body);
                root.terminal()
                        .say(
                                "cli.rights.counted",
                                "written",
                                counted.path("written").asLong(),
                                "mentioned",
                                counted.path("mentioned").asLong());
                List<String> names = new ArrayList<>();
                counted.path("names").forEach(one -> names.add(one.asText()));
                root.terminal().say("cli.rights.names", "names", String.join(", ", names));
                counted.path("remarks").forEach(one -> root.terminal().line(one.asText()));
                return 0;
            }
            JsonNode erasure = root.api().post(BASE + "/erasures", body.put("optOut", !hearAgain));
            root.terminal().say("cli.rights.erasing", "id", erasure.path("id").asText());
            return 0;
        }
    }

    /** The opt-out list. */
    @Command(name = "opt-out", mixinStandardHelpOptions = true)
    static final class OptOut implements Callable<Integer> {
        /** What is done with it. */
        enum Action {
            list,
            add,
            remove
        }

        @Parameters(index = "0", paramLabel = "ACTION", descriptionKey = "ACTION")
        private Action action = Action.list;

        @Parameters(index = "1", arity = "0..1", paramLabel = "AUTHOR", descriptionKey = "AUTHOR")
        private @Nullable String author;

        @Option(names = "--network", paramLabel = "NETWORK", descriptionKey = "network")
        private @Nullable String network;

        private final TocsinCommand root;

        OptOut(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            ObjectNode body = root.api().object().put("author", author).put("network", network);
            switch (action) {
                case list -> {
                    JsonNode items = root.api().get(BASE + "/opt-outs").path("items");
                    root.terminal().say("cli.rights.list", "count", items.size());
                    items.forEach(one -> root.terminal()
                            .line(root.terminal().time(one.path("since")) + "  "
                                    + one.path("authorKey").asText().substring(0, 16)));
                }
                case add -> {
                    root.api().post(BASE + "/opt-outs", body);
                    root.terminal().say("cli.rights.added");
                }
                case remove -> {
                    root.api().post(BASE + "/opt-outs/remove", body);
                    root.terminal().say("cli.rights.removed");
                }
            }
            return 0;
        }
    }

    /** Puts a mention or a story on hold. */
    @Command(name = "hold", mixinStandardHelpOptions = true)
    static final class Hold implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--story", descriptionKey = "story")
        private boolean story;

        @Option(names = "--reason", paramLabel = "TEXT", required = true, descriptionKey = "reason")
        private String reason = "";

        @Option(names = "--until", paramLabel = "TIME", required = true, descriptionKey = "until")
        private String until = "";

        private final TocsinCommand root;

        Hold(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            ObjectNode body = root.api()
                    .object()
                    .put(story ? "storyId" : "mentionId", id)
                    .put("reason", reason)
                    .put("endsAt", until);
            root.api()
                    .post(BASE + "/holds", body)
                    .path("items")
                    .forEach(one -> root.terminal()
                            .say("cli.rights.held", "id", one.path("id").asText()));
            return 0;
        }
    }

    /** Lists holds. */
    @Command(name = "holds", mixinStandardHelpOptions = true)
    static final class Holds implements Callable<Integer> {
        private final TocsinCommand root;

        Holds(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode items = root.api().get(BASE + "/holds").path("items");
            if (items.isEmpty()) {
                root.terminal().say("cli.rights.holds.none");
            }
            items.forEach(one -> root.terminal()
                    .line((one.path("endedAt").isNull() ? "! " : "  ")
                            + one.path("id").asText() + "  "
                            + root.terminal().time(one.path("endsAt")) + "  "
                            + one.path("reason").asText()));
            return 0;
        }
    }

    /** Writes evidence to a file. */
    @Command(name = "export", mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Parameters(index = "1", paramLabel = "FILE", descriptionKey = "FILE")
        private Path file = Path.of("");

        private final TocsinCommand root;

        Export(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            byte[] zip = root.api().bytes(Api.path("rights", "holds", id) + "/export");
            try {
                // Nothing that is there already is written over.
                Files.write(file, zip, StandardOpenOption.CREATE_NEW);
            } catch (IOException e) {
                throw new CommandFault(Message.of("cli.file.write", "file", file));
            }
            root.terminal().say("cli.rights.exported", "file", file);
            return 0;
        }
    }
}
