package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes a text. */
@Command(name = "post", description = "Publish a text on the channels.", mixinStandardHelpOptions = true)
final class PostCommand implements Callable<Integer> {
    private static final int WAIT_SECONDS = 15;

    @Parameters(arity = "1", description = "the text; - reads it from the standard input")
    private String text = "";

    @Option(names = "--channels", split = ",", description = "ids of channels, or all (default: the default set)")
    private @Nullable List<String> channels;

    @Option(names = "--at", description = "local date and time, such as \"2026-12-01 18:30\" (default: now)")
    private @Nullable String at;

    @Option(names = "--zone", description = "time zone of --at, such as Europe/Paris")
    private @Nullable String zone;

    @Option(names = "--language", description = "language of the text, such as fr")
    private @Nullable String language;

    @Option(names = "--thread", description = "split a text that is too long into a thread")
    private boolean thread;

    @Option(names = "--number", description = "number the parts of a thread")
    private boolean number;

    @Option(names = "--undo", description = "seconds in which it can still be cancelled")
    private @Nullable Integer undo;

    @Option(names = "--image", description = "an image file; may be repeated")
    private List<Path> images = new ArrayList<>();

    @Option(names = "--alt", description = "what the image shows; one for each --image, in order")
    private List<String> alts = new ArrayList<>();

    @Option(names = "--reply-to", description = "address of a post to answer")
    private @Nullable String replyTo;

    @Option(names = "--campaign", description = "id of a campaign")
    private @Nullable String campaign;

    @Option(names = "--dry-run", description = "show what would be sent, and send nothing")
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
            throw new CommandFault(Message.of("cli.post.encoding"));
        }
        Api api = root.api();
        ObjectNode body = api.object();
        body.put("text", said);
        if (channels != null) {
            ArrayNode wanted = body.putArray("channels");
            channels.forEach(id -> wanted.add("all".equals(id) ? "*" : id));
        }
        putIfSet(body, "at", at == null ? null : at.strip().replace(' ', 'T'));
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
        images(api, body);
        JsonNode answer = api.post("/api/v1/posts", body);
        for (JsonNode warning : answer.path("warnings")) {
            root.terminal()
                    .say("cli.post.warning", "text", warning.path("message").asText());
        }
        if (dryRun) {
            showDryRun(answer);
            return 0;
        }
        root.terminal().say("cli.post.accepted", "id", answer.path("id").asText());
        return show(api, answer);
    }

    private static void putIfSet(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static String standardInput() throws IOException {
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private void images(Api api, ObjectNode body) throws IOException {
        if (alts.size() > images.size()) {
            throw new CommandFault(Message.of("cli.post.alts", "alts", alts.size(), "images", images.size()));
        }
        ArrayNode media = body.putArray("media");
        for (int i = 0; i < images.size(); i++) {
            Path image = images.get(i);
            if (!Files.isRegularFile(image)) {
                throw new CommandFault(Message.of("cli.post.image", "file", image));
            }
            String name = URLEncoder.encode(String.valueOf(image.getFileName()), StandardCharsets.UTF_8);
            JsonNode uploaded = api.upload("/api/v1/media?name=" + name, image);
            media.addObject().put("id", uploaded.path("id").asText()).put("alt", i < alts.size() ? alts.get(i) : "");
        }
    }

    private void showDryRun(JsonNode answer) {
        for (JsonNode channel : answer.path("channels")) {
            root.terminal().line("== " + channel.path("channelId").asText());
            for (JsonNode segment : channel.path("segments")) {
                root.terminal()
                        .line("-- " + segment.path("actual").asText() + "/"
                                + segment.path("limit").asText() + " "
                                + segment.path("unit").asText());
                root.terminal().line(segment.path("text").asText());
            }
        }
        root.terminal().say("cli.post.dry-run");
    }

    /** Shows how each delivery goes on until all have come to rest, or for a while. */
    private int show(Api api, JsonNode accepted) throws InterruptedException {
        JsonNode post = accepted;
        String path = "/api/v1/posts/" + accepted.path("id").asText();
        for (int i = 0; i < WAIT_SECONDS * 4 && moving(post); i++) {
            Thread.sleep(250);
            post = api.get(path);
        }
        boolean attention = false;
        for (JsonNode delivery : post.path("deliveries")) {
            Deliveries.show(root.terminal(), delivery);
            String state = delivery.path("state").asText();
            attention |= List.of("UNKNOWN", "HELD", "REFUSED", "EXHAUSTED").contains(state);
        }
        return attention ? 1 : 0;
    }

    private static boolean moving(JsonNode post) {
        for (JsonNode delivery : post.path("deliveries")) {
            if (List.of("DUE", "PREPARING", "SENDING")
                    .contains(delivery.path("state").asText())) {
                return true;
            }
        }
        return false;
    }
}
