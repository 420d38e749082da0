package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps those whom alerts and notices reach, and their ways. */
@Command(
        name = "recipients",
        mixinStandardHelpOptions = true,
        subcommands = {
            RecipientsCommand.ListAll.class,
            RecipientsCommand.Add.class,
            RecipientsCommand.Change.class,
            RecipientsCommand.Remove.class,
            RecipientsCommand.Way.class,
            RecipientsCommand.Test.class
        })
final class RecipientsCommand implements Callable<Integer> {
    private final TocsinCommand root;

    RecipientsCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root);
    }

    private static int list(TocsinCommand root) {
        Terminal terminal = root.terminal();
        JsonNode items = root.api().get("/api/v1/recipients").path("items");
        if (items.isEmpty()) {
            terminal.say("cli.recipients.none");
        }
        items.forEach(recipient -> show(terminal, recipient));
        return 0;
    }

    private static void show(Terminal terminal, JsonNode recipient) {
        terminal.line(String.join(
                        "  ",
                        recipient.path("id").asText(),
                        recipient.path("name").asText(),
                        recipient.path("zone").asText(),
                        recipient.path("quiet").asText(""))
                .strip());
        for (JsonNode way : recipient.path("ways")) {
            String failure =
                    way.path("failure").isTextual() ? way.path("failure").asText() : "";
            terminal.line("    "
                    + String.join(
                                    "  ",
                                    way.path("id").asText(),
                                    terminal.word("alerting.kind", way.path("kind")),
                                    String.join(" ", settings(way)),
                                    failure)
                            .strip());
        }
    }

    private static List<String> settings(JsonNode way) {
        return way.path("settings").valueStream().map(JsonNode::asText).toList();
    }

    /** What can be said of a recipient. */
    static final class Said {
        @Option(names = "--user", paramLabel = "ID", descriptionKey = "user")
        private @Nullable String user;

        @Option(names = "--language", paramLabel = "fr|en", descriptionKey = "language")
        private @Nullable String language;

        @Option(names = "--zone", paramLabel = "ZONE", descriptionKey = "zone")
        private @Nullable String zone;

        @Option(names = "--quiet", paramLabel = "HOURS", descriptionKey = "quiet")
        private @Nullable String quiet;

        @Option(names = "--budget", paramLabel = "N", descriptionKey = "budget")
        private @Nullable Integer budget;

        @Option(names = "--notices", paramLabel = "KIND", split = ",", descriptionKey = "notices")
        private @Nullable List<String> notices;

        @Option(names = "--next", paramLabel = "ID", descriptionKey = "next")
        private @Nullable String next;

        ObjectNode put(ObjectNode body) {
            if (notices != null) {
                ArrayNode kinds = body.putArray("notices");
                notices.stream().filter(kind -> !kind.isEmpty()).forEach(kinds::add);
            }
            body.put("userId", user).put("language", language).put("zone", zone).put("quiet", quiet);
            return body.put("budget", budget).put("nextId", next);
        }
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

    /** Adds one. */
    @Command(name = "add", mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", descriptionKey = "NAME")
        private String name = "";

        @Mixin
        private final Said said = new Said();

        private final TocsinCommand root;

        Add(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            show(
                    root.terminal(),
                    root.api()
                            .post(
                                    "/api/v1/recipients",
                                    said.put(root.api().object().put("name", name))));
            return 0;
        }
    }

    /** Changes one. */
    @Command(name = "change", mixinStandardHelpOptions = true)
    static final class Change implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--name", paramLabel = "NAME", descriptionKey = "name")
        private @Nullable String name;

        @Mixin
        private final Said said = new Said();

        private final TocsinCommand root;

        Change(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            long version =
                    root.api().get(Api.path("recipients", id)).path("version").asLong();
            ObjectNode body =
                    said.put(root.api().object().put("version", version).put("name", name));
            show(root.terminal(), root.api().patch(Api.path("recipients", id), body));
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
            root.api().delete(Api.path("recipients", id), null);
            root.terminal().say("cli.recipients.removed");
            return 0;
        }
    }

    /** Adds a way to one. */
    @Command(name = "way", mixinStandardHelpOptions = true)
    static final class Way implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Parameters(index = "1", paramLabel = "KIND", descriptionKey = "KIND")
        private String kind = "";

        @Option(names = "--address", paramLabel = "ADDRESS", descriptionKey = "address")
        private @Nullable String address;

        @Option(names = "--url", paramLabel = "URL", descriptionKey = "url")
        private @Nullable String url;

        @Option(names = "--homeserver", paramLabel = "URL", descriptionKey = "homeserver")
        private @Nullable String homeserver;

        @Option(names = "--room", paramLabel = "ROOM", descriptionKey = "room")
        private @Nullable String room;

        @Option(names = "--channel", paramLabel = "ID", descriptionKey = "channel")
        private @Nullable String channel;

        @Option(names = "--chat", paramLabel = "NUMBER", descriptionKey = "chat")
        private @Nullable String chat;

        private final TocsinCommand root;

        Way(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Terminal terminal = root.terminal();
            ObjectNode body = root.api().object().put("kind", kind.toUpperCase(Locale.ROOT));
            body.put("address", address).put("homeserver", homeserver).put("room", room);
            body.put("channel", channel).put("chatId", chat);
            // Secrets are asked for, so that they stand in no history of a shell.
            switch (kind.toUpperCase(Locale.ROOT)) {
                case "SLACK", "DISCORD" -> body.put("url", terminal.ask(terminal.text("cli.recipients.url"), true, ""));
                case "MATRIX" -> body.put("token", terminal.ask(terminal.text("cli.recipients.token"), true, ""));
                case "WEBHOOK" ->
                    body.put("url", url).put("secret", terminal.ask(terminal.text("cli.recipients.secret"), true, ""));
                default -> body.put("url", url);
            }
            JsonNode way = root.api().post(Api.path("recipients", id) + "/ways", body);
            terminal.say("cli.recipients.way", "id", way.path("id").asText());
            return 0;
        }
    }

    /** Tries a way of one. */
    @Command(name = "test", mixinStandardHelpOptions = true)
    static final class Test implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Parameters(index = "1", paramLabel = "WAY", descriptionKey = "WAY")
        private String way = "";

        private final TocsinCommand root;

        Test(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode answer = root.api()
                    .post(
                            Api.path("recipients", id, "ways", way, "test"),
                            root.api().object());
            if (answer.path("sent").asBoolean()) {
                root.terminal().say("cli.recipients.sent");
                return 0;
            }
            root.terminal().line(answer.path("reason").asText());
            return 1;
        }
    }
}
