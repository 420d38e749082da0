package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows alerts, and says what was done with them. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        subcommands = {
            AlertsCommand.ListAll.class,
            AlertsCommand.Ack.class,
            AlertsCommand.Assign.class,
            AlertsCommand.Answer.class,
            AlertsCommand.Reopen.class
        })
final class AlertsCommand implements Callable<Integer> {
    private final TocsinCommand root;

    AlertsCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root);
    }

    private static int list(TocsinCommand root) {
        return list(root, "/api/v1/alerts?open=true", USUAL);
    }

    private static final int USUAL = 50;

    private static int list(TocsinCommand root, String path, int max) {
        Terminal terminal = root.terminal();
        Api.Listed listed = root.api().list(path, max);
        if (listed.items().isEmpty()) {
            terminal.say("cli.alerts.none");
        }
        for (JsonNode alert : listed.items()) {
            String urgent = alert.path("urgent").asBoolean() ? terminal.text("cli.alerts.urgent") : "";
            terminal.line(String.join(
                            "  ",
                            alert.path("id").asText(),
                            terminal.time(alert.path("createdAt")),
                            terminal.text(state(alert.path("state").asText())),
                            urgent)
                    .strip());
            JsonNode mention =
                    root.api().get(Api.path("mentions", alert.path("mentionId").asText()));
            terminal.line("    "
                    + Terminal.excerpt(mention.path("title").asText("") + " "
                            + mention.path("text").asText("")));
        }
        return 0;
    }

    private static String state(String state) {
        return switch (state) {
            case "ACKNOWLEDGED" -> "cli.alerts.state.acknowledged";
            case "ANSWERED" -> "cli.alerts.state.answered";
            default -> "cli.alerts.state.open";
        };
    }

    private static int act(TocsinCommand root, String id, String act, ObjectNode body) {
        JsonNode alert = root.api().post(Api.path("alerts", id) + "/" + act, body);
        root.terminal()
                .line(alert.path("id").asText() + "  "
                        + root.terminal().text(state(alert.path("state").asText())));
        return 0;
    }

    /** Lists them. */
    @Command(name = "list", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        @Option(names = "--all", arity = "0..1", fallbackValue = "true", paramLabel = "YES", descriptionKey = "all")
        private @Nullable Boolean all;

        @Option(names = "--state", paramLabel = "STATE", descriptionKey = "state")
        private @Nullable String state;

        @Option(
                names = "--urgent",
                arity = "0..1",
                fallbackValue = "true",
                paramLabel = "YES",
                descriptionKey = "urgent")
        private @Nullable Boolean urgent;

        @Option(names = "--mine", arity = "0..1", fallbackValue = "true", paramLabel = "YES", descriptionKey = "mine")
        private @Nullable Boolean mine;

        private final TocsinCommand root;

        ListAll(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            String path = "/api/v1/alerts?open=" + (all == null && state == null)
                    + (state == null ? "" : "&state=" + Api.encoded(state))
                    + (urgent == null ? "" : "&urgent=true")
                    + (mine == null ? "" : "&assignee=me");
            return list(root, path, USUAL);
        }
    }

    /** Says that one was seen. */
    @Command(name = "ack", mixinStandardHelpOptions = true)
    static final class Ack implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Ack(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return act(root, id, "acknowledge", root.api().object());
        }
    }

    /** Says who sees to one. */
    @Command(name = "assign", mixinStandardHelpOptions = true)
    static final class Assign implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Parameters(index = "1", paramLabel = "PERSON", descriptionKey = "PERSON")
        private String person = "";

        private final TocsinCommand root;

        Assign(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return act(root, id, "assign", root.api().object().put("assignee", person));
        }
    }

    /** Says that one was answered. */
    @Command(name = "answer", mixinStandardHelpOptions = true)
    static final class Answer implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--url", paramLabel = "URL", descriptionKey = "url")
        private @Nullable String url;

        private final TocsinCommand root;

        Answer(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return act(
                    root,
                    id,
                    "answer",
                    url == null ? root.api().object() : root.api().object().put("url", url));
        }
    }

    /** Opens one again. */
    @Command(name = "reopen", mixinStandardHelpOptions = true)
    static final class Reopen implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Reopen(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return act(root, id, "reopen", root.api().object());
        }
    }
}
