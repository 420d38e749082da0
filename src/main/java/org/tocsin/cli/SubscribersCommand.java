package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who signed up. */
@Command(
        name = "subscribers",
        mixinStandardHelpOptions = true,
        subcommands = {
            SubscribersListCommand.class,
            SubscribersCommand.Find.class,
            SubscribersCommand.Show.class,
            SubscribersCommand.Leave.class,
            SubscribersDeeds.Restrict.class,
            SubscribersDeeds.Release.class,
            SubscribersDeeds.Correct.class,
            SubscribersDeeds.Lift.class,
            SubscribersCommand.Erase.class,
            SubscribersCommand.Links.class,
            SubscribersCommand.Link.class,
            SubscribersCommand.Qr.class,
            SubscribersCommand.Retire.class,
            SubscribersImportCommand.class,
            SubscribersWebhookCommand.class,
            SubscribersCommand.Export.class,
            SubscribersCommand.Verify.class
        })
final class SubscribersCommand implements Callable<Integer> {
    private static final String BASE = "/api/v1/subscribers";

    private final TocsinCommand root;

    SubscribersCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        root.api()
                .get(BASE + "/counts")
                .properties()
                .forEach(one -> root.terminal()
                        .line(String.format(
                                "%8d  %s", one.getValue().asLong(), one.getKey().toLowerCase(Locale.ROOT))));
        return 0;
    }

    /** Finds somebody. */
    @Command(name = "find", mixinStandardHelpOptions = true)
    static final class Find implements Callable<Integer> {
        @Parameters(paramLabel = "WHO", descriptionKey = "WHO")
        private String who = "";

        private final TocsinCommand root;

        Find(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode ids = root.api()
                    .postOnce(BASE + "/find", root.api().object().put("who", who))
                    .path("ids");
            if (ids.isEmpty()) {
                root.terminal().say("cli.subscribers.unknown");
            }
            ids.forEach(id -> root.terminal().line(id.asText()));
            return 0;
        }
    }

    /** Prints everything that is kept of somebody. */
    @Command(name = "show", mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Show(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.terminal().line(root.api().get(Api.path("subscribers", id)).toPrettyString());
            return 0;
        }
    }

    /** Takes somebody off the list. */
    @Command(name = "leave", mixinStandardHelpOptions = true)
    static final class Leave implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "reason")
        private @Nullable String reason;

        private final TocsinCommand root;

        Leave(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.api()
                    .post(
                            Api.path("subscribers", id, "leave"),
                            root.api().object().put("reason", reason));
            root.terminal().say("cli.subscribers.left");
            return 0;
        }
    }

    /** Erases somebody. */
    @Command(name = "erase", mixinStandardHelpOptions = true)
    static final class Erase implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "reason")
        private @Nullable String reason;

        private final TocsinCommand root;

        Erase(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.api().delete(Api.path("subscribers", id), root.api().object().put("reason", reason));
            root.terminal().say("cli.subscribers.erased");
            return 0;
        }
    }

    /** What brings people. */
    @Command(name = "links", mixinStandardHelpOptions = true)
    static final class Links implements Callable<Integer> {
        private final TocsinCommand root;

        Links(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode items = root.api().get("/api/v1/sign-up/links").path("items");
            if (items.isEmpty()) {
                root.terminal().say("cli.subscribers.links.none");
            }
            items.forEach(one -> root.terminal()
                    .line(String.format(
                            "%6d  %s  %s",
                            one.path("confirmed").asLong(),
                            one.path("url").asText(),
                            one.path("name").asText())));
            return 0;
        }
    }

    /** Makes a link. */
    @Command(name = "link", mixinStandardHelpOptions = true)
    static final class Link implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", descriptionKey = "NAME")
        private String name = "";

        @Option(names = "--code", paramLabel = "CODE", descriptionKey = "code")
        private @Nullable String code;

        @Option(names = "--post", paramLabel = "ID", descriptionKey = "post")
        private @Nullable String post;

        @Option(names = "--campaign", paramLabel = "ID", descriptionKey = "campaign")
        private @Nullable String campaign;

        private final TocsinCommand root;

        Link(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            ObjectNode body = root.api()
                    .object()
                    .put("name", name)
                    .put("code", code)
                    .put("postId", post)
                    .put("campaign", campaign);
            JsonNode link = root.api().post("/api/v1/sign-up/links", body);
            root.terminal().line(link.path("url").asText());
            if (!link.path("telegramUrl").isNull()) {
                root.terminal().line(link.path("telegramUrl").asText());
            }
            return 0;
        }
    }

    /** Writes the code of a link to a file, for a leaflet. */
    @Command(name = "qr", mixinStandardHelpOptions = true)
    static final class Qr implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "CODE", descriptionKey = "CODE")
        private String code = "";

        @Parameters(index = "1", paramLabel = "FILE", descriptionKey = "FILE")
        private Path file = Path.of("");

        private final TocsinCommand root;

        Qr(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() throws IOException {
            String name = file.toString().toLowerCase(Locale.ROOT);
            if (!name.endsWith(".png") && !name.endsWith(".svg")) {
                throw new CommandFault(Message.of("cli.subscribers.qr.ending", "file", file));
            }
            if (Files.exists(file)) {
                throw new CommandFault(Message.of("cli.subscribers.file", "file", file));
            }
            String path = Api.path("sign-up", "links", code, "qr");
            Files.write(
                    file,
                    root.api().bytes(path + "?format=" + name.substring(name.length() - 3)),
                    StandardOpenOption.CREATE_NEW);
            root.terminal().say("cli.subscribers.qr.written", "file", file);
            return 0;
        }
    }

    /** Takes a link out of what is offered. */
    @Command(name = "retire", mixinStandardHelpOptions = true)
    static final class Retire implements Callable<Integer> {
        @Parameters(paramLabel = "CODE", descriptionKey = "CODE")
        private String code = "";

        @Option(names = "--undo")
        private boolean undo;

        private final TocsinCommand root;

        Retire(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.api()
                    .patch(
                            Api.path("sign-up", "links", code),
                            root.api().object().put("retired", !undo));
            root.terminal().say(undo ? "cli.subscribers.link.restored" : "cli.subscribers.link.retired");
            return 0;
        }
    }

    /** Writes everybody to a file. */
    @Command(name = "export", mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
        private Path file = Path.of("");

        @Option(names = "--raw", descriptionKey = "raw")
        private boolean raw;

        @Mixin
        private SubscribersFilter filter = new SubscribersFilter();

        private final TocsinCommand root;

        Export(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() throws IOException {
            if (Files.exists(file)) {
                throw new CommandFault(Message.of("cli.subscribers.file", "file", file));
            }
            if (raw && !file.toString().endsWith(".raw.csv")) {
                // Whoever finds it sees by its name that no spreadsheet may open it.
                throw new CommandFault(Message.of("cli.subscribers.raw", "file", file));
            }
            String query = raw ? "?raw=true" + filter.query("&") : filter.query("?");
            Files.write(file, root.api().bytes(BASE + ".csv" + query), StandardOpenOption.CREATE_NEW);
            root.terminal().say("cli.subscribers.exported", "file", file);
            return 0;
        }
    }

    /** Verifies the register. */
    @Command(name = "verify", mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        private final TocsinCommand root;

        Verify(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode said = root.api().get(BASE + "/register");
            boolean whole = said.path("whole").asBoolean();
            if (whole) {
                root.terminal()
                        .say(
                                "cli.subscribers.whole",
                                "rows",
                                said.path("rows").asLong(),
                                "erased",
                                said.path("erased").asLong());
            } else {
                root.terminal()
                        .say(
                                "cli.subscribers.broken",
                                "row",
                                said.path("firstBroken").asLong(),
                                "why",
                                said.path("reason").asText());
            }
            return whole ? 0 : 1;
        }
    }
}
