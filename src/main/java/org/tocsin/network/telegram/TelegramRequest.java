package org.tocsin.network.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.http.HttpBody;
import org.tocsin.network.Json;

/**
 * One call that publishes, as it is committed: parameters and files by their paths. It says everything about the request but the bot's
 * token and the boundary between the parts.
 *
 * @param method of the Bot API
 * @param params by name; where files travel, all but texts as JSON
 * @param files  in order; none means a JSON request
 */
record TelegramRequest(String method, ObjectNode params, List<File> files) {
    TelegramRequest {
        files = List.copyOf(files);
    }

    /**
     * A file of the store's cache.
     *
     * @param part   name of the part of the body
     * @param name   what Telegram sees
     * @param type   of its content
     * @param sha256 of its bytes, for those who look into a committed request
     */
    record File(String part, String name, String type, Path path, String sha256) {}

    /** The form in which it is committed. */
    String write() {
        ObjectNode written = Json.object().put("method", method);
        written.set("params", params);
        ArrayNode list = written.putArray("files");
        for (File file : files) {
            list.addObject()
                    .put("part", file.part())
                    .put("name", file.name())
                    .put("type", file.type())
                    .put("path", file.path().toString())
                    .put("sha256", file.sha256());
        }
        return written.toString();
    }

    /** @throws IllegalArgumentException where it was not written by {@link #write()} */
    static TelegramRequest read(String body) {
        JsonNode written = Json.read(body);
        if (!(written.path("params") instanceof ObjectNode params)
                || !written.path("method").isTextual()) {
            throw new IllegalArgumentException("not a committed request of this network");
        }
        List<File> files = new ArrayList<>();
        for (JsonNode file : written.path("files")) {
            files.add(new File(
                    file.path("part").asText(),
                    file.path("name").asText(),
                    file.path("type").asText(),
                    Path.of(file.path("path").asText()),
                    file.path("sha256").asText()));
        }
        return new TelegramRequest(written.path("method").asText(), params, files);
    }

    /** What goes over the wire. */
    HttpBody body() {
        if (files.isEmpty()) {
            return HttpBody.json(params.toString());
        }
        List<HttpBody.Part> parts = new ArrayList<>();
        params.properties().forEach(param -> {
            JsonNode value = param.getValue();
            parts.add(new HttpBody.Part.Field(param.getKey(), value.isTextual() ? value.asText() : value.toString()));
        });
        for (File file : files) {
            parts.add(new HttpBody.Part.Upload(file.part(), file.name(), file.type(), file.path()));
        }
        return new HttpBody.Multipart(parts);
    }
}
