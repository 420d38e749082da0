package org.tocsin.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows deliveries, and takes decisions about them. */
@Command(
        name = "deliveries",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeliveriesCommand.ListAll.class,
            DeliveriesCommand.Resolve.class,
            DeliveriesCommand.Retry.class,
            DeliveriesCommand.Cancel.class
        })
final class DeliveriesCommand implements Callable<Integer> {
    @Option(names = "--state", paramLabel = "A,B")
    private @Nullable String state;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "200")
    private int limit;

    private final TocsinCommand root;

    DeliveriesCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return list(root, state, limit);
    }

    private static int list(TocsinCommand root, @Nullable String state, int limit) {
        String query = state == null
                ? ""
                : "?state=" + URLEncoder.encode(States.typed(state, root.terminal()), StandardCharsets.UTF_8);
        Api.Listed listed = root.api().list("/api/v1/deliveries" + query, limit);
        listed.items().forEach(delivery -> Deliveries.listed(root.terminal(), delivery));
        if (listed.items().isEmpty()) {
            root.terminal().say("cli.none");
        }
        if (listed.more()) {
            root.terminal().say("cli.more", "count", listed.items().size());
        }
        return 0;
    }

    /** The version is that of the row as it is now, unless a script names the one it saw. */
    private static int decide(TocsinCommand root, String id, String verb, @Nullable Long version, ObjectNode body) {
        Api api = root.api();
        long seen = version != null
                ? version
                : api.get(Api.path("deliveries", id)).path("version").asLong();
        body.put("version", seen);
        Deliveries.show(root.terminal(), api.post(Api.path("deliveries", id, verb), body));
        return 0;
    }

    /** Lists deliveries. */
    @Command(name = "list", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        @Option(names = "--state", paramLabel = "A,B")
        private @Nullable String state;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "200")
        private int limit;

        private final TocsinCommand root;

        ListAll(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return list(root, state, limit);
        }
    }

    /** Says what became of an unknown delivery. */
    @Command(name = "resolve")
    static final class Resolve implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Parameters(index = "1", paramLabel = "DECISION", descriptionKey = "DECISION")
        private String decision = "";

        @Option(names = "--url", paramLabel = "URL")
        private @Nullable String url;

        @Option(names = "--version", paramLabel = "N")
        private @Nullable Long version;

        /** By itself: the usual set of options has a {@code --version} of its own. */
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                descriptionKey = "mixinStandardHelpOptions.help")
        @SuppressWarnings("UnusedVariable")
        private boolean help;

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
    @Command(name = "retry")
    static final class Retry implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--override-freeze", paramLabel = "TEXT")
        private @Nullable String reason;

        @Option(names = "--version", paramLabel = "N")
        private @Nullable Long version;

        /** By itself: the usual set of options has a {@code --version} of its own. */
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                descriptionKey = "mixinStandardHelpOptions.help")
        @SuppressWarnings("UnusedVariable")
        private boolean help;

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
    @Command(name = "cancel")
    static final class Cancel implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--version", paramLabel = "N")
        private @Nullable Long version;

        /** By itself: the usual set of options has a {@code --version} of its own. */
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                descriptionKey = "mixinStandardHelpOptions.help")
        @SuppressWarnings("UnusedVariable")
        private boolean help;

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
