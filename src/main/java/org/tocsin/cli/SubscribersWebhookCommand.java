package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program that is told what happens to subscribers. */
@Command(
        name = "webhook",
        mixinStandardHelpOptions = true,
        subcommands = {
            SubscribersWebhookCommand.Set.class,
            SubscribersWebhookCommand.Test.class,
            SubscribersWebhookCommand.Remove.class
        })
final class SubscribersWebhookCommand implements Callable<Integer> {
    private static final String BASE = "/api/v1/sign-up/webhook";

    private final TocsinCommand root;

    SubscribersWebhookCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JsonNode hook = root.api().get(BASE);
        if (hook.path("set").asBoolean()) {
            show(root.terminal(), hook);
        } else {
            root.terminal().say("cli.subscribers.webhook.none");
        }
        return 0;
    }

    private static void show(Terminal terminal, JsonNode hook) {
        terminal.line(hook.path("url").asText());
        terminal.say(
                hook.path("withAddress").asBoolean()
                        ? "cli.subscribers.webhook.address"
                        : "cli.subscribers.webhook.no-address");
        terminal.say(
                "cli.subscribers.webhook.waiting", "count", hook.path("waiting").asLong());
        if (hook.path("failure").isTextual()) {
            terminal.line(hook.path("failure").asText());
        }
        if (hook.path("secret").isTextual()) {
            terminal.say(
                    "cli.subscribers.webhook.secret",
                    "secret",
                    hook.path("secret").asText());
        }
    }

    /** Sets it up, or changes it. */
    @Command(name = "set", mixinStandardHelpOptions = true)
    static final class Set implements Callable<Integer> {
        @Parameters(paramLabel = "URL", descriptionKey = "URL")
        private String url = "";

        @Option(names = "--secret-file", paramLabel = "FILE", descriptionKey = "secret-file")
        private @Nullable Path secret;

        @Option(names = "--address", negatable = true)
        private @Nullable Boolean address;

        private final TocsinCommand root;

        Set(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() throws IOException {
            if (secret != null && !Files.isReadable(secret)) {
                throw new CommandFault(Message.of("cli.import.file", "file", secret));
            }
            ObjectNode body = root.api()
                    .object()
                    .put("url", url)
                    .put("withAddress", address)
                    .put("version", root.api().get(BASE).path("version").asLong());
            if (secret != null) {
                body.put("secret", Files.readString(secret).strip());
            }
            show(root.terminal(), root.api().put(BASE, body));
            return 0;
        }
    }

    /** Sends an event that says nothing of anybody. */
    @Command(name = "test", mixinStandardHelpOptions = true)
    static final class Test implements Callable<Integer> {
        private final TocsinCommand root;

        Test(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            JsonNode said = root.api().post(BASE + "/test", root.api().object());
            if (said.path("taken").asBoolean()) {
                root.terminal().say("cli.subscribers.webhook.taken");
                return 0;
            }
            root.terminal().line(said.path("failure").asText());
            return 1;
        }
    }

    /** Ends it. */
    @Command(name = "remove", mixinStandardHelpOptions = true)
    static final class Remove implements Callable<Integer> {
        private final TocsinCommand root;

        Remove(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            root.api().delete(BASE, null);
            root.terminal().say("cli.subscribers.webhook.removed");
            return 0;
        }
    }
}
