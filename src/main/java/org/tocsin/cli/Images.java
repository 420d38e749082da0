package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tocsin.base.Message;

/** Image files that go with a post. */
final class Images {
    private Images() {}

    /**
     * Puts other descriptions on the images that a post has, in their order; what is not described again keeps its description.
     *
     * @param media of the post, as the API shows it
     */
    static void describe(ObjectNode body, JsonNode media, List<String> alts) {
        if (alts.size() > media.size()) {
            throw new CommandFault(Message.of("cli.edit.alts", "alts", alts.size(), "images", media.size()));
        }
        ArrayNode described = body.putArray("media");
        for (int i = 0; i < media.size(); i++) {
            String kept = media.path(i).path("alt").asText("");
            described
                    .addObject()
                    .put("id", media.path(i).path("id").asText())
                    .put("alt", i < alts.size() ? alts.get(i) : kept);
        }
    }

    /**
     * Uploads them, and puts them with their descriptions into the body.
     *
     * @param key of the request that they go with: repeated under it, it names the same images
     */
    static void upload(TocsinCommand root, ObjectNode body, List<Path> images, List<String> alts, String key) {
        Api api = root.api();
        if (alts.size() > images.size()) {
            throw new CommandFault(Message.of("cli.post.alts", "alts", alts.size(), "images", images.size()));
        }
        for (Path image : images) {
            if (!Files.exists(image)) {
                throw new CommandFault(Message.of("cli.file.missing", "file", image));
            }
            if (Files.isDirectory(image)) {
                throw new CommandFault(Message.of("cli.file.folder", "file", image));
            }
            if (!Files.isRegularFile(image) || !Files.isReadable(image)) {
                throw new CommandFault(Message.of("cli.file", "file", image));
            }
        }
        ArrayNode media = body.putArray("media");
        for (int i = 0; i < images.size(); i++) {
            Path image = images.get(i);
            String name = URLEncoder.encode(String.valueOf(image.getFileName()), StandardCharsets.UTF_8);
            try {
                JsonNode uploaded = api.upload("/api/v1/media?name=" + name, image, key + "-" + i);
                media.addObject()
                        .put("id", uploaded.path("id").asText())
                        .put("alt", i < alts.size() ? alts.get(i) : "");
            } catch (Api.Refusal refusal) {
                root.terminal().hint("cli.post.image", "file", image);
                throw refusal;
            } catch (IOException e) {
                throw new CommandFault(Message.of("cli.file", "file", image));
            }
        }
    }
}
