package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a post that has not begun to leave. */
@Command(name = "edit")
final class PostsEditCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "ID")
    private String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", descriptionKey = "TEXT")
    private @Nullable String text;

    @Option(names = "--at", paramLabel = "DATE")
    private @Nullable String at;

    @Option(names = "--zone", paramLabel = "ZONE")
    private @Nullable String zone;

    @Option(names = "--language", paramLabel = "CODE")
    private @Nullable String language;

    @Option(names = "--thread", negatable = true)
    private @Nullable Boolean thread;

    @Option(names = "--variant", paramLabel = "ID=TEXT")
    private List<String> variants = new ArrayList<>();

    @Option(names = "--warning", paramLabel = "TEXT")
    private @Nullable String warning;

    @Option(names = "--visibility", paramLabel = "MODE")
    private @Nullable String visibility;

    @Option(names = "--image", paramLabel = "FILE")
    private List<Path> images = new ArrayList<>();

    @Option(names = "--alt", paramLabel = "TEXT")
    private List<String> alts = new ArrayList<>();

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

    PostsEditCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Api api = root.api();
        ObjectNode body = api.object();
        JsonNode post = api.get(Api.path("posts", id));
        body.put("version", version != null ? version : post.path("version").asLong());
        PostCommand.putIfSet(body, "text", text);
        PostCommand.putIfSet(body, "at", at == null ? null : Typed.time(at));
        PostCommand.putIfSet(body, "zone", zone);
        PostCommand.putIfSet(body, "language", language);
        PostCommand.putIfSet(body, "contentWarning", warning);
        PostCommand.putIfSet(body, "visibility", visibility);
        if (thread != null) {
            body.put("allowThread", thread);
        }
        if (!variants.isEmpty()) {
            body.set("variants", Variants.read(api.object(), variants));
        }
        if (!images.isEmpty()) {
            Images.upload(root, body, images, alts, Api.freshKey());
        } else if (!alts.isEmpty()) {
            Images.describe(body, post.path("media"), alts);
        }
        JsonNode answer = api.patch(Api.path("posts", id), body);
        for (JsonNode told : answer.path("warnings")) {
            root.terminal().say("cli.post.warning", "text", told.path("message").asText());
        }
        PostsCommand.show(root, answer);
        return 0;
    }
}
