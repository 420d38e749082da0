package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes a text. */
@Command(name = "post", mixinStandardHelpOptions = true)
final class PostCommand implements Callable<Integer> {
    @Parameters(arity = "1", paramLabel = "TEXT", descriptionKey = "TEXT")
    private String text = "";

    @Option(names = "--channels", paramLabel = "ID", split = ",")
    private @Nullable List<String> channels;

    @Option(names = "--at", paramLabel = "DATE")
    private @Nullable String at;

    @Option(names = "--zone", paramLabel = "ZONE")
    private @Nullable String zone;

    @Option(names = "--language", paramLabel = "CODE")
    private @Nullable String language;

    @Option(names = "--thread")
    private boolean thread;

    @Option(names = "--number")
    private boolean number;

    @Option(names = "--undo", paramLabel = "N")
    private @Nullable Integer undo;

    @Option(names = "--image", paramLabel = "FILE")
    private List<Path> images = new ArrayList<>();

    @Option(names = "--alt", paramLabel = "TEXT")
    private List<String> alts = new ArrayList<>();

    @Option(names = "--reply-to", paramLabel = "URL")
    private @Nullable String replyTo;

    @Option(names = "--campaign", paramLabel = "ID")
    private @Nullable String campaign;

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

    PostCommand(TocsinCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        String said = "-".equals(text) ? standardInput() : text;
        if (said.indexOf('\uFFFD') >= 0) {
            // Arguments come in the encoding of the locale; where that is not UTF-8, accents are lost before we see
            // them.
            throw new CommandFault(root.encoding());
        }
        Api api = root.api();
        ObjectNode body = api.object();
        body.put("text", said);
        if (channels != null) {
            ArrayNode wanted = body.putArray("channels");
            channels.forEach(id -> wanted.add("all".equals(id) ? "*" : id));
        }
        putIfSet(body, "at", at == null ? null : Typed.time(at));
        putIfSet(body, "zone", zone);
        putIfSet(body, "language", language);
        putIfSet(body, "replyTo", replyTo);
        putIfSet(body, "campaign", campaign);
        if (undo != null) {
            body.put("undoSeconds", undo);
        }
        body.put("allowThread", thread);
        body.put("numbering", number);
        body.put("dryRun", dryRun);
        if (zone != null && at == null) {
            root.terminal().hint("cli.post.zone");
        }
        String used = key == null ? Api.freshKey() : key;
        Images.upload(root, body, images, alts, used);
        long described = alts.stream().filter(alt -> !alt.isBlank()).count();
        if (described < images.size()) {
            root.terminal().hint("cli.post.undescribed", "count", images.size() - described);
        }
        putIfSet(body, "contentWarning", warning);
        putIfSet(body, "visibility", visibility);
        if (!variants.isEmpty()) {
            body.set("variants", Variants.read(api.object(), variants));
        }
        JsonNode answer = api.post("/api/v1/posts", body, used);
        for (JsonNode warning : answer.path("warnings")) {
            root.terminal()
                    .say("cli.post.warning", "text", warning.path("message").asText());
        }
        if (dryRun) {
            DryRun.show(root.terminal(), answer);
            root.terminal().say(images.isEmpty() ? "cli.post.dry-run" : "cli.post.dry-run.images");
            return 0;
        }
        root.terminal().say("cli.post.accepted", "id", answer.path("id").asText());
        return new Watching(root).show(answer);
    }

    static void putIfSet(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static String standardInput() throws IOException {
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
