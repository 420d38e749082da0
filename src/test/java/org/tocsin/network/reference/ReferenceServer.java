package org.tocsin.network.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.Effect;
import org.tocsin.network.FakeServer;
import org.tocsin.network.Seen;

/**
 * The server of {@link ReferenceNetwork}: {@code POST /posts}, {@code GET /posts}, {@code DELETE /posts/{id}}, {@code POST /images},
 * {@code GET /me}. With {@code keyed}, a known key is answered with the post that it made.
 */
public final class ReferenceServer extends FakeServer {
    /** The only token it accepts. */
    public static final String TOKEN = "reference-token-7f3a";

    private static final JsonMapper JSON = new JsonMapper();

    private final boolean keyed;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<String, String> alts = new ConcurrentHashMap<>();

    public ReferenceServer(Clock clock, boolean keyed) throws IOException {
        super(clock);
        this.keyed = keyed;
    }

    @Override
    protected Kind kind(Seen request) {
        if (!request.path().equals("/posts")) {
            return Kind.OTHER;
        }
        return request.method().equals("POST") ? Kind.CREATE : Kind.READ;
    }

    @Override
    public String key(Seen create) {
        return read(create).path("key").asText();
    }

    @Override
    public Effect plant(String text, Instant at) {
        return accept(new Effect("", next(), text, null, List.of(), at, Optional.empty()));
    }

    @Override
    protected Reply reply(Seen request) {
        if (!request.header("Authorization").equals(Optional.of("Bearer " + TOKEN))) {
            return Reply.json(401, "{\"error\":\"who are you\"}");
        }
        return switch (request.method() + " " + request.path().replaceAll("/p[0-9]+$", "/")) {
            case "GET /me" -> Reply.json(200, "{\"name\":\"reference\"}");
            case "POST /images" -> {
                String id = next();
                alts.put(id, read(request).path("alt").asText());
                yield Reply.json(200, "{\"id\":\"" + id + "\"}");
            }
            case "POST /posts" -> create(request);
            case "GET /posts" -> {
                ArrayNode list = JSON.createArrayNode();
                listed().forEach(effect -> list.add(post(effect)));
                yield Reply.json(200, list.toString());
            }
            case "DELETE /posts/" ->
                remove(request.path().substring("/posts/".length()))
                        ? Reply.json(200, "{}")
                        : Reply.json(404, "{\"error\":\"gone\"}");
            default -> Reply.json(404, "{\"error\":\"no such place\"}");
        };
    }

    private synchronized Reply create(Seen request) {
        JsonNode body = read(request);
        String key = body.path("key").asText();
        Optional<Effect> known = keyed
                ? effects().stream().filter(effect -> effect.key().equals(key)).findFirst()
                : Optional.empty();
        List<String> shown = new ArrayList<>();
        body.path("images").forEach(id -> shown.add(alts.getOrDefault(id.asText(), "?")));
        Effect effect = known.orElseGet(() -> accept(new Effect(
                key, next(), body.path("text").asText(), text(body, "parent"), shown, now(), Optional.of(request))));
        return Reply.json(200, post(effect).toString());
    }

    private static ObjectNode post(Effect effect) {
        return JSON.createObjectNode()
                .put("id", effect.remoteId())
                .put("text", effect.text())
                .put("at", effect.at().toString());
    }

    private static @Nullable String text(JsonNode body, String name) {
        return body.hasNonNull(name) ? body.path(name).asText() : null;
    }

    private static JsonNode read(Seen request) {
        try {
            return JSON.readTree(request.bytes());
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private String next() {
        return "p" + number.incrementAndGet();
    }
}
