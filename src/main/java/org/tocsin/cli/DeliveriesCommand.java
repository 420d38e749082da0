package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows deliveries, and takes decisions about them. */
@Command(
        name = "deliveries",
        description = "List deliveries; resolve, retry or cancel one.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeliveriesCommand.ListAll.class,
            DeliveriesCommand.Resolve.class,
            DeliveriesCommand.Retry.class,
            DeliveriesCommand.Cancel.class
        })
final class DeliveriesCommand implements Callable<Integer> {
    private final TocsinCommand root;

    DeliveriesCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root, null);
    }

    private static int list(TocsinCommand root, @Nullable String state) {
        String query = state == null ? "" : "?state=" + state;
        for (JsonNode delivery : root.api().get("/api/v1/deliveries" + query).path("items")) {
            Deliveries.show(root.terminal(), delivery);
        }
        return 0;
    }

    /** The version is that of the row as it is now, unless a script names the one it saw. */
    private static int decide(TocsinCommand root, String id, String verb, @Nullable Long version, ObjectNode body) {
        Api api = root.api();
        long seen = version != null
                ? version
                : api.get("/api/v1/deliveries/" + id).path("version").asLong();
        body.put("version", seen);
        Deliveries.show(root.terminal(), api.post("/api/v1/deliveries/" + id + "/" + verb, body));
        return 0;
    }

    /** Lists deliveries. */
    @Command(name = "list", description = "List deliveries.", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        @Option(names = "--state", description = "only of these states, such as UNKNOWN,HELD")
        private @Nullable String state;

        private final TocsinCommand root;

        ListAll(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return list(root, state);
        }
    }

    /** Says what became of an unknown delivery. */
    @Command(name = "resolve", description = "Say what became of a delivery.", mixinStandardHelpOptions = true)
    static final class Resolve implements Callable<Integer> {
        @Parameters(index = "0", description = "the delivery's id")
        private String id = "";

        @Parameters(index = "1", description = "published (it is there) or resend (send it again)")
        private String decision = "";

        @Option(names = "--url", description = "where it is")
        private @Nullable String url;

        @Option(names = "--version", description = "the version that was seen (default: the current one)")
        private @Nullable Long version;

        private final TocsinCommand root;

        Resolve(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            ObjectNode body = root.api().object().put("decision", decision);
            if (url != null) {
                body.put("url", url);
            }
            return decide(root, id, "resolve", version, body);
        }
    }

    /** Lets a held delivery go on. */
    @Command(
            name = "retry",
            description = "Let a held, refused or exhausted delivery go on.",
            mixinStandardHelpOptions = true)
    static final class Retry implements Callable<Integer> {
        @Parameters(description = "the delivery's id")
        private String id = "";

        @Option(names = "--override-freeze", description = "send it in spite of a freeze, for this reason")
        private @Nullable String reason;

        @Option(names = "--version", description = "the version that was seen (default: the current one)")
        private @Nullable Long version;

        private final TocsinCommand root;

        Retry(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            ObjectNode body = root.api().object();
            if (reason != null) {
                body.put("overrideFreeze", true).put("reason", reason);
            }
            return decide(root, id, "retry", version, body);
        }
    }

    /** Takes a delivery back. */
    @Command(name = "cancel", description = "Cancel a delivery before it leaves.", mixinStandardHelpOptions = true)
    static final class Cancel implements Callable<Integer> {
        @Parameters(description = "the delivery's id")
        private String id = "";

        @Option(names = "--version", description = "the version that was seen (default: the current one)")
        private @Nullable Long version;

        private final TocsinCommand root;

        Cancel(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return decide(root, id, "cancel", version, root.api().object());
        }
    }
}
