package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Corrects what is out: by an erratum, or by an edit where the network can and an erratum elsewhere. */
@Command(name = "correct", mixinStandardHelpOptions = true)
final class PostsCorrectCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "ID")
    private String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", descriptionKey = "TEXT")
    private @Nullable String text;

    @Option(names = "--edit", paramLabel = "TEXT")
    private @Nullable String edit;

    @Option(names = "--erratum", paramLabel = "TEXT")
    private @Nullable String erratum;

    @Option(names = "--variant", paramLabel = "ID=TEXT")
    private List<String> variants = new ArrayList<>();

    @Option(names = "--warning", paramLabel = "TEXT")
    private @Nullable String warning;

    @Option(names = "--visibility", paramLabel = "MODE")
    private @Nullable String visibility;

    @Option(names = "--key", paramLabel = "ID")
    private @Nullable String key;

    @Option(names = "--dry-run")
    private boolean dryRun;

    private final TocsinCommand root;

    PostsCorrectCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        if ((edit == null) == (text == null)) {
            throw new CommandFault(Message.of("cli.correct.one"));
        }
        Api api = root.api();
        ObjectNode body = api.object().put("text", edit == null ? text : edit).put("dryRun", dryRun);
        if (edit != null) {
            body.put("mode", "edit");
            body.put("version", api.get(Api.path("posts", id)).path("version").asLong());
        }
        PostCommand.putIfSet(body, "erratum", erratum);
        PostCommand.putIfSet(body, "contentWarning", warning);
        PostCommand.putIfSet(body, "visibility", visibility);
        if (!variants.isEmpty()) {
            body.set("variants", Variants.read(api.object(), variants));
        }
        JsonNode answer = api.post(Api.path("posts", id, "correct"), body, key == null ? Api.freshKey() : key);
        for (JsonNode told : answer.path("warnings")) {
            root.terminal().say("cli.post.warning", "text", told.path("message").asText());
        }
        if (dryRun) {
            answer.path("channels").forEach(this::step);
            DryRun.show(root.terminal(), answer);
            root.terminal().say("cli.post.dry-run");
            return 0;
        }
        answer.path("corrections").forEach(this::step);
        int code = new Watching(root).show(answer);
        return answer.path("erratum").isObject()
                ? Math.max(code, new Watching(root).show(answer.path("erratum")))
                : code;
    }

    private void step(JsonNode step) {
        if (!step.path("action").isTextual()) {
            return;
        }
        root.terminal()
                .say(
                        "cli.correct." + step.path("action").asText(),
                        "channel",
                        step.path("channelId").asText(),
                        "reason",
                        step.path("reason").asText(""));
    }
}
