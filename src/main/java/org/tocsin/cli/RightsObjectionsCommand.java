package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists and answers objections. */
@Command(
        name = "objections",
        mixinStandardHelpOptions = true,
        subcommands = {RightsObjectionsCommand.Accept.class, RightsObjectionsCommand.Decline.class})
final class RightsObjectionsCommand implements Callable<Integer> {
    private static final String BASE = RightsCommand.BASE + "/objections";
    /** More are not filed within weeks: the form takes a few an hour from each address. */
    private static final int MOST = 10_000;

    @Option(names = "--all", descriptionKey = "all")
    private boolean all;

    private final TocsinCommand root;

    RightsObjectionsCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JsonNode items = root.api().get(BASE + "?open=" + !all).path("items");
        if (items.isEmpty()) {
            root.terminal().say("cli.rights.objections.none");
        }
        items.forEach(one -> {
            root.terminal()
                    .line(one.path("id").asText() + "  "
                            + root.terminal().time(one.path("createdAt")) + "  "
                            + one.path("author").asText() + "  "
                            + one.path("network").asText(""));
            root.terminal()
                    .line("    " + one.path("reason").asText("") + "  "
                            + one.path("contact").asText(""));
        });
        return 0;
    }

    /** @return a body with the version of the objection that is open */
    private static ObjectNode body(TocsinCommand root, String id) {
        long version = root.api().list(BASE + "?open=true", MOST).items().stream()
                .filter(one -> one.path("id").asText().equals(id))
                .map(one -> one.path("version").asLong())
                .findFirst()
                .orElseThrow(() -> new CommandFault(Message.of("base.not-found.objection", "id", id)));
        return root.api().object().put("version", version);
    }

    private static String path(String id, String what) {
        return Api.path("rights", "objections", id) + "/" + what;
    }

    /** Erases who objects, and puts him on the list. */
    @Command(name = "accept", mixinStandardHelpOptions = true)
    static final class Accept implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--network", paramLabel = "NETWORK", descriptionKey = "network")
        private @Nullable String network;

        @Option(names = "--source", paramLabel = "ID", descriptionKey = "source")
        private @Nullable String source;

        @Option(names = "--sure", descriptionKey = "sure")
        private boolean sure;

        private final TocsinCommand root;

        Accept(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            ObjectNode body = body(root, id)
                    .put("network", network)
                    .put("sourceId", source)
                    .put("sure", sure);
            JsonNode erasure = root.api().post(path(id, "accept"), body);
            root.terminal().say("cli.rights.erasing", "id", erasure.path("id").asText());
            return 0;
        }
    }

    /** Declines, with a reason that the person is told. */
    @Command(name = "decline", mixinStandardHelpOptions = true)
    static final class Decline implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--reason", paramLabel = "TEXT", required = true, descriptionKey = "reason")
        private String reason = "";

        private final TocsinCommand root;

        Decline(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.api().post(path(id, "decline"), body(root, id).put("reason", reason));
            root.terminal().say("cli.rights.declined");
            return 0;
        }
    }
}
