package org.tocsin.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Mastodon's API; as Mastodon itself, which knows keys for an hour, or as a server that ignores them. */
final class MastodonRecorder extends Recorder {
    private static final String ACCOUNT =
            "{\"id\":\"77\",\"username\":\"asso\",\"acct\":\"asso\",\"url\":\"https://m.test/@asso\"}";

    private final boolean keyed;

    MastodonRecorder(Trigger trigger, long seed, boolean keyed) throws IOException {
        super(trigger, seed);
        this.keyed = keyed;
    }

    @Override
    String channel() {
        return keyed ? "windowed" : "probed";
    }

    @Override
    String channelBody() {
        return "{\"id\":\"" + channel() + "\",\"network\":\"mastodon\",\"settings\":{\"baseUrl\":\"" + origin()
                + "\",\"rate.posts-3h\":\"off\"},\"secrets\":{\"accessToken\":\"crash-token\"}}";
    }

    @Override
    String answer(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (path.equals("/api/v2/instance")) {
            String version = keyed ? "4.4.1" : "2.7.2 (compatible; Pleroma 2.9.1)";
            return "{\"domain\":\"m.test\",\"title\":\"m\",\"version\":\"" + version
                    + "\",\"configuration\":{\"statuses\":{\"max_characters\":240,\"max_media_attachments\":4,"
                    + "\"characters_reserved_per_url\":23},\"media_attachments\":{\"supported_mime_types\":[\"image/png\","
                    + "\"image/jpeg\"],\"image_size_limit\":16777216,\"description_limit\":1500}}}";
        }
        if (path.endsWith("/verify_credentials")) {
            return ACCOUNT;
        }
        if (path.equals("/api/v2/media")) {
            uploading();
            return "{\"id\":\"" + (900_000 + body.length) + "\",\"type\":\"image\",\"url\":\"https://m.test/i.png\"}";
        }
        if (path.equals("/api/v1/statuses") && exchange.getRequestMethod().equals("POST")) {
            JsonNode status = read(body);
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            Accepted made = create(
                    keyed && key != null ? key : "",
                    status.path("status").asText(),
                    status.path("in_reply_to_id").asText(""));
            if (made == null) {
                return null;
            }
            return status(made).toString();
        }
        if (path.equals("/api/v1/accounts/77/statuses")) {
            String query = exchange.getRequestURI().getQuery();
            ArrayNode list = json.createArrayNode();
            listed().stream()
                    .filter(effect -> inPage(query, effect))
                    .limit(40)
                    .forEach(effect -> list.add(status(effect)));
            return list.toString();
        }
        Recorder.reply(exchange, 404, "{\"error\":\"Record not found\"}");
        return null;
    }

    private static boolean inPage(String query, Accepted effect) {
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            if (pair.startsWith("max_id=") && Long.parseLong(effect.id()) >= Long.parseLong(pair.substring(7))) {
                return false;
            }
        }
        return true;
    }

    private ObjectNode status(Accepted effect) {
        ObjectNode node = json.createObjectNode();
        node.put("id", effect.id());
        node.put("created_at", DateTimeFormatter.ISO_INSTANT.format(effect.at().atOffset(ZoneOffset.UTC)));
        node.put("in_reply_to_id", effect.parent().isEmpty() ? null : effect.parent());
        node.put("url", "https://m.test/@asso/" + effect.id());
        node.put("uri", "https://m.test/users/asso/statuses/" + effect.id());
        node.put("content", "<p>" + effect.text().replace("&", "&amp;").replace("<", "&lt;") + "</p>");
        node.set("account", json.createObjectNode().put("id", "77").put("acct", "asso"));
        return node;
    }
}
