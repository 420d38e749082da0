package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Orders, lists and ends freezes. */
@Command(
        name = "freeze",
        mixinStandardHelpOptions = true,
        subcommands = {FreezeCommand.ListAll.class, FreezeCommand.End.class})
final class FreezeCommand implements Callable<Integer> {
    @Option(names = "--from", paramLabel = "DATE")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "DATE")
    private @Nullable String until;

    @Option(names = "--zone", paramLabel = "ZONE")
    private @Nullable String zone;

    @Option(names = "--channel", paramLabel = "ID", split = ",")
    private @Nullable List<String> channels;

    @Option(names = "--reason", paramLabel = "TEXT")
    private @Nullable String reason;

    private final TocsinCommand root;

    FreezeCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Api api = root.api();
        ObjectNode body = api.object();
        if (from != null) {
            body.put("from", Typed.time(from));
        }
        if (until != null) {
            body.put("until", Typed.time(until));
        }
        if (zone != null) {
            body.put("zone", zone);
        }
        if (channels != null) {
            ArrayNode wanted = body.putArray("channels");
            channels.forEach(wanted::add);
        }
        body.put("reason", root.terminal().reason(reason));
        JsonNode ordered = api.post("/api/v1/freeze", body);
        show(root, ordered);
        JsonNode holds = ordered.path("holds");
        if (holds.path("deliveries").asInt() == 0) {
            root.terminal().say("cli.freeze.holds.none");
        } else {
            root.terminal()
                    .say(
                            "cli.freeze.holds",
                            "count",
                            holds.path("deliveries").asInt(),
                            "first",
                            root.terminal().time(holds.path("first")));
        }
        return 0;
    }

    private static void show(TocsinCommand root, JsonNode freeze) {
        Terminal terminal = root.terminal();
        List<String> channels = new ArrayList<>();
        freeze.path("channels").forEach(channel -> channels.add(channel.asText()));
        terminal.say(
                freeze.path("until").isTextual() ? "cli.freeze.until" : "cli.freeze.open",
                "id",
                freeze.path("id").asText(),
                "from",
                terminal.time(freeze.path("from")),
                "until",
                terminal.time(freeze.path("until")),
                "channels",
                channels.isEmpty() ? terminal.text("cli.freeze.everywhere") : String.join(", ", channels),
                "reason",
                freeze.path("reason").asText());
    }

    /** Lists freezes. */
    @Command(name = "list", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        private final TocsinCommand root;

        ListAll(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode items = root.api().get("/api/v1/freeze").path("items");
            if (items.isEmpty()) {
                root.terminal().say("cli.freeze.none");
            }
            items.forEach(freeze -> show(root, freeze));
            return 0;
        }
    }

    /** Ends a freeze. */
    @Command(name = "end", mixinStandardHelpOptions = true)
    static final class End implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--reason", paramLabel = "TEXT")
        private @Nullable String reason;

        private final TocsinCommand root;

        End(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            api.delete(
                    Api.path("freeze", id),
                    api.object().put("reason", root.terminal().reason(reason)));
            root.terminal().say("cli.freeze.ended");
            return 0;
        }
    }
}
