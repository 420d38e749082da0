package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps watches: the words that ring. */
@Command(
        name = "watches",
        aliases = "watch",
        mixinStandardHelpOptions = true,
        subcommands = {
            WatchesCommand.ListAll.class,
            WatchesCommand.Add.class,
            WatchesCommand.Show.class,
            WatchesCommand.Change.class,
            WatchesCommand.Test.class,
            WatchesCommand.Explain.class,
            WatchesCommand.Remove.class,
            WatchesCommand.Snooze.class
        })
final class WatchesCommand implements Callable<Integer> {
    private static final int A_WEEK = 7 * 24;

    private final TocsinCommand root;

    WatchesCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root);
    }

    private static int list(TocsinCommand root) {
        Terminal terminal = root.terminal();
        List<JsonNode> items =
                root.api().list("/api/v1/watches", Integer.MAX_VALUE).items();
        if (items.isEmpty()) {
            terminal.say("cli.watches.none");
        }
        items.forEach(watch -> show(terminal, watch));
        return 0;
    }

    private static void show(Terminal terminal, JsonNode watch) {
        terminal.line(String.join(
                        "  ",
                        watch.path("id").asText(),
                        watch.path("name").asText(),
                        terminal.text(
                                "cli.watches.mode",
                                "mode",
                                watch.path("mode").asText(),
                                "count",
                                watch.path("count").asLong()),
                        watch.path("enabled").asBoolean() ? "" : terminal.text("cli.watches.off"),
                        watch.path("urgent").asBoolean() ? terminal.text("cli.alerts.urgent") : "",
                        watch.path("muted").asBoolean() ? terminal.text("cli.watches.muted") : "",
                        watch.path("snoozedUntil").isTextual()
                                ? terminal.text(
                                        "cli.watches.snoozed", "time", terminal.time(watch.path("snoozedUntil")))
                                : "")
                .strip());
        terminal.line("    " + watch.path("query").asText());
        watch.path("remarks")
                .forEach(remark -> terminal.line("    " + remark.path("message").asText()));
    }

    /** What can be said of a watch. */
    static final class Said {
        @Option(names = "--name", paramLabel = "NAME", descriptionKey = "name")
        private @Nullable String name;

        @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "reason")
        private @Nullable String reason;

        @Option(names = "--enabled", arity = "1", paramLabel = "YES", descriptionKey = "enabled")
        private @Nullable Boolean enabled;

        @Option(names = "--recipient", paramLabel = "ID", descriptionKey = "recipient")
        private @Nullable List<String> recipients;

        @Option(names = "--mode", paramLabel = "MODE", descriptionKey = "mode")
        private @Nullable String mode;

        @Option(names = "--count", paramLabel = "N", descriptionKey = "count")
        private @Nullable Integer count;

        @Option(names = "--urgent", arity = "1", paramLabel = "YES", descriptionKey = "urgent")
        private @Nullable Boolean urgent;

        @Option(names = "--escalate", paramLabel = "MINUTES", descriptionKey = "escalate")
        private @Nullable Integer escalate;

        @Option(names = "--muted", arity = "1", paramLabel = "YES", descriptionKey = "muted")
        private @Nullable Boolean muted;

        @Option(names = "--sure", descriptionKey = "sure")
        private boolean sure;

        ObjectNode put(ObjectNode body) {
            if (sure) {
                body.put("sure", true);
            }
            if (recipients != null) {
                ArrayNode ids = body.putArray("recipients");
                recipients.stream().filter(id -> !id.isEmpty()).forEach(ids::add);
            }
            body.put("name", name).put("reason", reason).put("enabled", enabled).put("mode", mode);
            body.put("count", count)
                    .put("urgent", urgent)
                    .put("escalateMinutes", escalate)
                    .put("muted", muted);
            return body;
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
        @Parameters(paramLabel = "QUERY", descriptionKey = "QUERY")
        private String query = "";

        @Mixin
        private final Said said = new Said();

        private final TocsinCommand root;

        Add(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode watch = root.api()
                    .post("/api/v1/watches", said.put(root.api().object().put("query", query)));
            show(root.terminal(), watch);
            return 0;
        }
    }

    /** Shows one. */
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
            show(root.terminal(), root.api().get(Api.path("watches", id)));
            return 0;
        }
    }

    /** Changes one. */
    @Command(name = "change", mixinStandardHelpOptions = true)
    static final class Change implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--query", paramLabel = "QUERY", descriptionKey = "query")
        private @Nullable String query;

        @Mixin
        private final Said said = new Said();

        private final TocsinCommand root;

        Change(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            long version =
                    root.api().get(Api.path("watches", id)).path("version").asLong();
            ObjectNode body =
                    said.put(root.api().object().put("version", version).put("query", query));
            show(root.terminal(), root.api().patch(Api.path("watches", id), body));
            return 0;
        }
    }

    /** Tries words on what was heard. */
    @Command(name = "test", mixinStandardHelpOptions = true)
    static final class Test implements Callable<Integer> {
        @Parameters(paramLabel = "QUERY", descriptionKey = "QUERY")
        private String query = "";

        @Option(names = "--from", paramLabel = "TIME", descriptionKey = "from")
        private @Nullable String from;

        @Option(names = "--to", paramLabel = "TIME", descriptionKey = "to")
        private @Nullable String to;

        private final TocsinCommand root;

        Test(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode seen = root.api()
                    .postOnce(
                            "/api/v1/watches/test",
                            root.api()
                                    .object()
                                    .put("query", query)
                                    .put("from", from)
                                    .put("to", to));
            root.terminal()
                    .say(
                            "cli.watches.tried",
                            "hits",
                            seen.path("hits").asLong(),
                            "read",
                            seen.path("read").asLong(),
                            "alerts",
                            seen.path("alertsPerWeek").asText());
            if (seen.path("coveredHours").asLong() < A_WEEK) {
                root.terminal()
                        .say(
                                "cli.watches.tried.short",
                                "hours",
                                seen.path("coveredHours").asLong());
            }
            if (seen.path("stopped").asBoolean()) {
                root.terminal().say("cli.watches.tried.stopped");
            }
            seen.path("coverage").forEach(one -> {
                if (!one.path("complete").asBoolean()) {
                    root.terminal()
                            .say(
                                    "cli.watches.tried.part",
                                    "source",
                                    one.path("sourceId").asText(),
                                    "from",
                                    root.terminal().time(one.path("from")),
                                    "to",
                                    root.terminal().time(one.path("to")),
                                    "count",
                                    one.path("gaps").size());
                }
            });
            seen.path("samples")
                    .forEach(one -> root.terminal()
                            .line("    " + Terminal.excerpt(one.path("text").asText())));
            return 0;
        }
    }

    /** Says why a mention matches or not. */
    @Command(name = "explain", mixinStandardHelpOptions = true)
    static final class Explain implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "WATCH", descriptionKey = "WATCH")
        private String watch = "";

        @Parameters(index = "1", paramLabel = "MENTION", descriptionKey = "MENTION")
        private String mention = "";

        private final TocsinCommand root;

        Explain(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode why = root.api()
                    .postOnce(
                            "/api/v1/watches/explain",
                            root.api().object().put("watchId", watch).put("mentionId", mention));
            tell(why, "");
            why.path("told")
                    .forEach(one -> root.terminal().line(one.path("message").asText()));
            return 0;
        }

        private void tell(JsonNode node, String indent) {
            root.terminal()
                    .line(indent + node.path("clause").asText() + ": "
                            + node.path("why").asText());
            node.path("parts").forEach(part -> tell(part, indent + "  "));
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
            root.api().delete(Api.path("watches", id), null);
            root.terminal().say("cli.watches.removed");
            return 0;
        }
    }

    /** Silences one for a while. */
    @Command(name = "snooze", mixinStandardHelpOptions = true)
    static final class Snooze implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--until", paramLabel = "TIME", descriptionKey = "until")
        private @Nullable String until;

        private final TocsinCommand root;

        Snooze(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode watch = root.api()
                    .post(
                            Api.path("watches", id) + "/snooze",
                            root.api().object().put("until", until));
            show(root.terminal(), watch);
            return 0;
        }
    }
}
