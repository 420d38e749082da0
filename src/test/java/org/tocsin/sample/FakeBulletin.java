package org.tocsin.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.tocsin.network.Effect;
import org.tocsin.network.FakeServer;
import org.tocsin.network.Json;
import org.tocsin.network.Seen;

/** The board of {@link BulletinNetwork}, as faithful as its handbook: a key that it knows is answered with the note that it made. */
final class FakeBulletin extends FakeServer {
    static final String TOKEN = "bulletin-token-51c9";

    private final AtomicInteger number = new AtomicInteger();

    FakeBulletin(Clock clock) throws IOException {
        super(clock);
    }

    @Override
    protected Kind kind(Seen request) {
        if (request.method().equals("POST") && request.path().equals("/notes")) {
            return Kind.CREATE;
        }
        return request.path().startsWith("/keys/") ? Kind.READ : Kind.OTHER;
    }

    @Override
    public String key(Seen create) {
        return create.header("Idempotency-Key").orElse("");
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
        String last = request.path().substring(request.path().lastIndexOf('/') + 1);
        return switch (request.method() + " " + request.path().replaceAll("(?<=.)/[^/]+$", "/*")) {
            case "GET /me" -> Reply.json(200, "{\"name\":\"The board\"}");
            case "POST /notes" -> create(request);
            case "GET /keys/*" -> known(last).map(this::note).orElseGet(FakeBulletin::nothing);
            case "DELETE /notes/*" -> remove(last) ? Reply.json(200, "{}") : nothing();
            default -> nothing();
        };
    }

    private synchronized Reply create(Seen request) {
        return note(known(key(request)).orElseGet(() -> {
            JsonNode body = Json.read(request.body());
            return accept(new Effect(
                    key(request),
                    next(),
                    body.path("text").asText(),
                    Json.text(body, "replyTo").orElse(null),
                    List.of(),
                    now(),
                    Optional.of(request)));
        }));
    }

    private Optional<Effect> known(String key) {
        return effects().stream().filter(effect -> effect.key().equals(key)).findFirst();
    }

    private Reply note(Effect effect) {
        ObjectNode note =
                Json.object().put("id", effect.remoteId()).put("at", effect.at().toString());
        return Reply.json(200, note.toString());
    }

    private static Reply nothing() {
        return Reply.json(404, "{\"error\":\"no such note\"}");
    }

    private String next() {
        return "n" + number.incrementAndGet();
    }
}
