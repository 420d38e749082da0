package org.tocsin.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is done for subscribers who ask for it. */
final class SubscribersDeeds {
    private SubscribersDeeds() {}

    /** Keeps the data of somebody and uses it for nothing. */
    @Command(name = "restrict", mixinStandardHelpOptions = true)
    static final class Restrict implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "reason")
        private @Nullable String reason;

        private final TocsinCommand root;

        Restrict(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.api()
                    .post(
                            Api.path("subscribers", id, "restrict"),
                            root.api().object().put("reason", reason));
            root.terminal().say("cli.subscribers.restricted");
            return 0;
        }
    }

    /** Allows its use again. */
    @Command(name = "release", mixinStandardHelpOptions = true)
    static final class Release implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "reason")
        private @Nullable String reason;

        private final TocsinCommand root;

        Release(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.api()
                    .post(
                            Api.path("subscribers", id, "release"),
                            root.api().object().put("reason", reason));
            root.terminal().say("cli.subscribers.released");
            return 0;
        }
    }

    /** Sends a mail to another address of somebody, who confirms it there. */
    @Command(name = "correct", mixinStandardHelpOptions = true)
    static final class Correct implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Parameters(index = "1", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private String address = "";

        private final TocsinCommand root;

        Correct(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.api()
                    .postOnce(
                            Api.path("subscribers", id, "correct"),
                            root.api().object().put("address", address));
            root.terminal().say("cli.subscribers.corrected");
            return 0;
        }
    }

    /** Lets an address be written to again. */
    @Command(name = "lift", mixinStandardHelpOptions = true)
    static final class Lift implements Callable<Integer> {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private String address = "";

        @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "reason", required = true)
        private String reason = "";

        private final TocsinCommand root;

        Lift(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.api()
                    .postOnce(
                            "/api/v1/suppressions/remove",
                            root.api().object().put("address", address).put("reason", reason));
            root.terminal().say("cli.subscribers.lifted");
            return 0;
        }
    }
}
