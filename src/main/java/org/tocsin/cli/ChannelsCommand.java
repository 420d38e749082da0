package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connects, checks and removes channels. */
@Command(
        name = "channels",
        mixinStandardHelpOptions = true,
        subcommands = {
            ChannelsCommand.ListAll.class,
            ChannelsCommand.Connect.class,
            ChannelsCommand.Check.class,
            ChannelsCommand.Remove.class
        })
final class ChannelsCommand implements Callable<Integer> {
    private final TocsinCommand root;

    ChannelsCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root);
    }

    private static int list(TocsinCommand root) {
        for (JsonNode channel : root.api().get("/api/v1/channels").path("items")) {
            show(root, channel);
        }
        return 0;
    }

    private static void show(TocsinCommand root, JsonNode channel) {
        JsonNode health = channel.path("health");
        root.terminal()
                .line(channel.path("id").asText() + "  "
                        + channel.path("network").asText() + "  "
                        + root.terminal().word("web.health", health.path("status")) + "  "
                        + root.terminal().word("web.guarantee", channel.path("guarantee")) + "  "
                        + channel.path("name").asText());
        if (!health.path("reason").isNull() && !health.path("reason").isMissingNode()) {
            root.terminal().line("    " + health.path("reason").asText());
        }
        JsonNode spending = channel.path("spending");
        if (spending.isObject()) {
            boolean open = spending.path("ceilingUsd").isNull();
            root.terminal()
                    .line("    "
                            + root.terminal()
                                    .text(
                                            open ? "cli.channels.spending.open" : "cli.channels.spending",
                                            "month",
                                            spending.path("month").asText(),
                                            "spent",
                                            spending.path("spentUsd").asText(),
                                            "ceiling",
                                            spending.path("ceilingUsd").asText()));
        }
    }

    /** Lists channels. */
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

    /** Leads a person through connecting a channel. */
    @Command(name = "connect", mixinStandardHelpOptions = true)
    static final class Connect implements Callable<Integer> {
        @Parameters(arity = "0..1", paramLabel = "NETWORK", descriptionKey = "NETWORK")
        private @Nullable String network;

        @Option(names = "--id", paramLabel = "ID")
        private @Nullable String id;

        @Option(names = "--name", paramLabel = "TEXT")
        private @Nullable String name;

        @Option(names = "--secret-file", paramLabel = "FIELD=FILE")
        private Map<String, Path> secretFiles = new HashMap<>();

        private final Set<String> read = new HashSet<>();
        private final Set<String> asked = new LinkedHashSet<>();
        private final Map<String, String> given = new HashMap<>();
        private String said = "";
        private String address = "";
        private final TocsinCommand root;

        Connect(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            String wanted = network != null
                    ? network
                    : root.terminal().ask(root.terminal().text("cli.connect.network"), false, "mastodon");
            ObjectNode begin = api.object().put("network", wanted);
            if (id != null) {
                begin.put("channelId", id);
            }
            if (name != null) {
                begin.put("name", name);
            }
            JsonNode step = api.postOnce("/api/v1/connect", begin);
            secretFiles.values().forEach(Connect::secret);
            try {
                while (!step.path("done").asBoolean()) {
                    step = api.postOnce("/api/v1/connect/" + step.path("id").asText(), answer(api, step));
                }
            } finally {
                unasked();
            }
            String channel = step.path("channelId").asText();
            root.terminal()
                    .say("cli.connect.done", "account", step.path("account").asText(), "channel", channel);
            return testPost(api, channel);
        }

        private ObjectNode answer(Api api, JsonNode step) {
            Terminal terminal = root.terminal();
            step.path("errors")
                    .forEach(error -> terminal.line("! " + error.path("message").asText()));
            introduce(step);
            ObjectNode answers = api.object();
            for (JsonNode field : step.path("fields")) {
                String fieldName = field.path("name").asText();
                asked.add(fieldName);
                Path file = secretFiles.get(fieldName);
                if (file != null) {
                    // A file says the same each time: what was refused with it is said, and the dialogue ends.
                    if (!step.path("errors").isEmpty() && read.contains(fieldName)) {
                        throw new CommandFault(Message.of("cli.connect.refused", "field", fieldName));
                    }
                    read.add(fieldName);
                    answers.put(fieldName, secret(file));
                } else {
                    answers.put(
                            fieldName,
                            terminal.ask(
                                    terminal.text(
                                            "cli.connect.field",
                                            "label",
                                            field.path("label").asText(),
                                            "field",
                                            fieldName),
                                    field.path("secret").asBoolean(),
                                    offered(step, field)));
                }
                if (!field.path("secret").asBoolean()) {
                    given.put(fieldName, answers.path(fieldName).asText());
                }
            }
            return answers;
        }

        /** Says what to do and where, unless that was just said. */
        private void introduce(JsonNode step) {
            String help = step.path("help").asText();
            String link = step.path("link").asText("");
            if (!help.equals(said)) {
                root.terminal().line(help);
                said = help;
            }
            if (step.path("link").isTextual() && !link.equals(address)) {
                root.terminal().line(link);
                address = link;
            }
        }

        /** @return what an empty line stands for: never what was just refused */
        private String offered(JsonNode step, JsonNode field) {
            String name = field.path("name").asText();
            String offered = field.path("defaultValue").asText("");
            boolean refused = step.path("errors")
                    .valueStream()
                    .map(error -> error.path("pointer").asText())
                    .anyMatch(pointer -> pointer.isEmpty() || pointer.equals("/" + name));
            return refused && offered.equals(given.get(name)) ? "" : offered;
        }

        /** Tells of files for fields that no question had: most often a name that was mistyped. */
        private void unasked() {
            for (String field : new TreeSet<>(secretFiles.keySet())) {
                if (!asked.contains(field)) {
                    root.terminal().hint("cli.connect.unasked", "field", field, "known", String.join(", ", asked));
                }
            }
        }

        private static String secret(Path file) {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new CommandFault(Message.of("cli.file", "file", file));
            }
        }

        private int testPost(Api api, String channel) {
            Terminal terminal = root.terminal();
            String yes = terminal.text("cli.yes");
            if (!terminal.ask(terminal.text("cli.connect.test", "yes", yes), false, "")
                    .equalsIgnoreCase(yes)) {
                return 0;
            }
            ObjectNode body = api.object().put("text", terminal.text("cli.connect.test.text"));
            body.putArray("channels").add(channel);
            JsonNode post = api.post("/api/v1/posts", body);
            terminal.say("cli.connect.test.sent", "id", post.path("id").asText());
            return 0;
        }
    }

    /** Asks a network whether a channel works. */
    @Command(name = "check", mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Check(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            JsonNode channel = api.post(Api.path("channels", id, "check"), api.object());
            show(root, channel);
            return "OK".equals(channel.path("health").path("status").asText()) ? 0 : 1;
        }
    }

    /** Takes a channel out of use. */
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
            int cancelled = root.api()
                    .delete(Api.path("channels", id), null)
                    .path("cancelled")
                    .asInt();
            root.terminal().say("cli.channels.removed", "channel", id);
            if (cancelled > 0) {
                root.terminal().say("cli.channels.removed.cancelled", "count", cancelled);
            }
            return 0;
        }
    }
}
