package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what waits for approval, and lets it go out. */
@Command(name = "approve", mixinStandardHelpOptions = true)
final class PostsApproveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", descriptionKey = "ID")
    private String id = "";

    @Option(names = "--yes")
    private boolean yes;

    private final TocsinCommand root;

    PostsApproveCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Api api = root.api();
        Terminal terminal = root.terminal();
        JsonNode awaiting = awaiting(api, id);
        PostsCommand.show(root, api.get(Api.path("posts", id)));
        if (awaiting.path("late").asBoolean()) {
            terminal.say("cli.posts.approve.late");
        }
        String word = terminal.text("cli.yes");
        if (!yes
                && !terminal.ask(terminal.text("cli.posts.approve", "yes", word), false, "")
                        .toLowerCase(Locale.ROOT)
                        .equals(word)) {
            terminal.say("cli.posts.approve.not");
            return 1;
        }
        ObjectNode body = api.object();
        body.put("hash", awaiting.path("hash").asText());
        PostsCommand.show(root, api.post(Api.path("posts", id, "approve"), body));
        return 0;
    }

    /** @return what waits, named before it is shown: what changes in between is refused */
    static JsonNode awaiting(Api api, String id) {
        JsonNode awaiting = api.get(Api.path("posts", id, "approval"));
        if (!awaiting.path("hash").isTextual()) {
            throw new CommandFault(Message.of("publishing.approval.nothing"));
        }
        return awaiting;
    }

    /** Sends back what waits for approval. */
    @Command(name = "decline", mixinStandardHelpOptions = true)
    static final class Decline implements Callable<Integer> {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private String id = "";

        @Option(names = "--reason", paramLabel = "TEXT", required = true)
        private String reason = "";

        private final TocsinCommand root;

        Decline(TocsinCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Api api = root.api();
            ObjectNode body = api.object();
            body.put("hash", awaiting(api, id).path("hash").asText());
            body.put("reason", reason);
            PostsCommand.show(root, api.post(Api.path("posts", id, "decline"), body));
            return 0;
        }
    }
}
