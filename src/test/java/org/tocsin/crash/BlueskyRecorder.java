package org.tocsin.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A Bluesky server: records lie under keys that the client chose, so that none is there twice. */
final class BlueskyRecorder extends Recorder {
    private static final String DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";

    private final Map<String, JsonNode> records = new ConcurrentHashMap<>();
    private final AtomicInteger tokens = new AtomicInteger();

    BlueskyRecorder(Trigger trigger, long seed) throws IOException {
        super(trigger, seed);
    }

    @Override
    String channel() {
        return "keyed";
    }

    @Override
    String channelBody() {
        return "{\"id\":\"keyed\",\"network\":\"bluesky\",\"settings\":{\"baseUrl\":\"" + origin()
                + "\",\"identifier\":\"asso.test\"},\"secrets\":{\"appPassword\":\"abcd-efgh-ijkl-mnop\"}}";
    }

    @Override
    String answer(HttpExchange exchange, String path, byte[] body) throws IOException {
        return switch (path.replace("/xrpc/com.atproto.", "")) {
            case "server.createSession", "server.refreshSession" -> session();
            case "server.getSession" -> "{\"did\":\"" + DID + "\",\"handle\":\"asso.test\",\"active\":true}";
            case "repo.uploadBlob" -> {
                uploading();
                yield "{\"blob\":{\"$type\":\"blob\",\"ref\":{\"$link\":\"bafkreiabcdef\"},\"mimeType\":\"image/png\",\"size\":"
                        + body.length + "}}";
            }
            case "repo.putRecord" -> put(exchange, read(body));
            case "repo.getRecord" -> get(exchange);
            default -> {
                Recorder.reply(exchange, 501, "{\"error\":\"MethodNotImplemented\",\"message\":\"\"}");
                yield null;
            }
        };
    }

    private String put(HttpExchange exchange, JsonNode body) throws IOException {
        String rkey = body.path("rkey").asText();
        if (body.has("swapRecord") && body.path("swapRecord").isNull() && records.containsKey(rkey)) {
            Recorder.reply(
                    exchange, 400, "{\"error\":\"InvalidSwap\",\"message\":\"Record was at " + cid(rkey) + "\"}");
            return null;
        }
        JsonNode record = body.path("record");
        Accepted made = create(
                rkey,
                record.path("text").asText(),
                record.path("reply").path("parent").path("uri").asText(""));
        records.put(rkey, record);
        return made == null ? null : "{\"uri\":\"" + uri(rkey) + "\",\"cid\":\"" + cid(rkey) + "\"}";
    }

    private String get(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String rkey = query.replaceAll(".*rkey=([^&]*).*", "$1");
        JsonNode record = records.get(rkey);
        if (record == null) {
            Recorder.reply(exchange, 400, "{\"error\":\"RecordNotFound\",\"message\":\"Could not locate record\"}");
            return null;
        }
        ObjectNode found = json.createObjectNode().put("uri", uri(rkey)).put("cid", cid(rkey));
        found.set("value", record);
        return found.toString();
    }

    private String session() {
        ObjectNode session = json.createObjectNode()
                .put("did", DID)
                .put("handle", "asso.test")
                .put("accessJwt", token("com.atproto.appPass"))
                .put("refreshJwt", token("com.atproto.refresh"));
        session.putObject("didDoc")
                .putArray("service")
                .addObject()
                .put("id", "#atproto_pds")
                .put("type", "AtprotoPersonalDataServer")
                .put("serviceEndpoint", origin());
        return session.toString();
    }

    private String token(String scope) {
        return base64("{\"typ\":\"at+jwt\"}") + "."
                + base64("{\"scope\":\"" + scope + "\",\"jti\":" + tokens.incrementAndGet() + "}") + ".c2ln";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String uri(String rkey) {
        return "at://" + DID + "/app.bsky.feed.post/" + rkey;
    }

    private static String cid(String rkey) {
        return "bafyrei" + rkey;
    }
}
