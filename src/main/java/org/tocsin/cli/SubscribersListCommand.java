package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists subscribers, the newest first. */
@Command(name = "list", mixinStandardHelpOptions = true)
final class SubscribersListCommand implements Callable<Integer> {
    @Mixin
    private SubscribersFilter filter = new SubscribersFilter();

    @Option(names = "--limit", paramLabel = "N")
    private int limit = 50;

    private final TocsinCommand root;

    SubscribersListCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Api.Listed listed = root.api().list("/api/v1/subscribers" + filter.query("?"), limit);
        if (listed.items().isEmpty()) {
            root.terminal().say("cli.subscribers.none");
        }
        listed.items().forEach(this::line);
        if (listed.more()) {
            root.terminal().say("cli.more", "count", listed.items().size());
        }
        return 0;
    }

    private void line(JsonNode one) {
        String who = one.path("address").isTextual()
                ? one.path("address").asText()
                : one.path("telegramId").isTextual()
                        ? "telegram:" + one.path("telegramId").asText()
                        : "";
        root.terminal()
                .line(String.join(
                        "  ",
                        one.path("id").asText(),
                        root.terminal().word("signup.states", one.path("state")),
                        one.path("language").asText().toLowerCase(Locale.ROOT),
                        one.path("link").asText(""),
                        who));
    }
}
