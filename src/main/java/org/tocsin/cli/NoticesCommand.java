package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what needs a person, and takes note of it. */
@Command(
        name = "notices",
        mixinStandardHelpOptions = true,
        subcommands = {NoticesCommand.Acknowledge.class})
final class NoticesCommand implements Callable<Integer> {
    @Option(names = "--all")
    private boolean all;

    private final TocsinCommand root;

    NoticesCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Api api = root.api();
        String path = "/api/v1/notices?limit=100&open=" + !all;
        JsonNode page = api.get(path);
        if (page.path("items").isEmpty()) {
            root.terminal().say("cli.notices.none");
        }
        while (true) {
            page.path("items").forEach(notice -> show(root, notice));
            String next = page.path("next").asText("");
            if (page.path("next").isNull() || next.isEmpty()) {
                return 0;
            }
            page = api.get(path + "&after=" + next);
        }
    }

    private static void show(TocsinCommand root, JsonNode notice) {
        boolean open = notice.path("acknowledgedAt").isNull();
        root.terminal()
                .line((open ? "! " : "  ") + notice.path("id").asText() + "  "
                        + root.terminal().time(notice.path("createdAt")) + "  "
                        + root.terminal().word("web.notice", notice.path("kind")) + "  "
                        + notice.path("subject").asText());
        root.terminal().line("    " + notice.path("message").asText());
    }

    /** Says that a person has seen to it. */
    @Command(name = "acknowledge", mixinStandardHelpOptions = true)
    static final class Acknowledge implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        private final TocsinCommand root;

        Acknowledge(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            api.post(Api.path("notices", id) + "/acknowledge", api.object());
            root.terminal().say("cli.notices.acknowledged");
            return 0;
        }
    }
}
