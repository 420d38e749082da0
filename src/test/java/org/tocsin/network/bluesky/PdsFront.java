package org.tocsin.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.network.Effect;
import org.tocsin.network.FakeServer;
import org.tocsin.network.Json;
import org.tocsin.network.Seen;

/** Stands before a real server and passes everything on, save what a test scripts: what is public is what the server lists. */
final class PdsFront extends FakeServer {
    private final LocalPds pds;
    private final LocalPds.Account account;
    private final Tids tids;
    private final Instant from;

    PdsFront(Clock clock, LocalPds pds, LocalPds.Account account) throws IOException {
        super(clock);
        this.pds = pds;
        this.account = account;
        this.tids = new Tids(clock);
        this.from = clock.instant();
    }

    @Override
    protected Kind kind(Seen request) {
        if (request.path().endsWith(".putRecord")) {
            return Kind.CREATE;
        }
        return request.path().endsWith(".getRecord") ? Kind.READ : Kind.OTHER;
    }

    @Override
    public String key(Seen create) {
        return Json.read(create.body()).path("rkey").asText();
    }

    @Override
    public Effect plant(String text, Instant at) {
        String token = pds.call(
                        "com.atproto.server.createSession",
                        "",
                        Json.object().put("identifier", account.handle()).put("password", account.password()))
                .path("accessJwt")
                .asText();
        String rkey = tids.next();
        var request = Json.object()
                .put("repo", account.did())
                .put("collection", PostRef.COLLECTION)
                .put("rkey", rkey);
        request.putObject("record")
                .put("$type", PostRef.COLLECTION)
                .put("text", text)
                .put("createdAt", at.toString());
        JsonNode made = pds.call("com.atproto.repo.createRecord", token, request);
        return new Effect(rkey, made.path("uri").asText(), text, null, List.of(), at, Optional.empty());
    }

    @Override
    protected Reply reply(Seen request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : List.of("Authorization", "Content-Type")) {
            request.header(name).ifPresent(value -> headers.put(name, value));
        }
        HttpResponse<byte[]> response = pds.send(request.method(), request.target(), headers, request.bytes());
        String type = response.headers().firstValue("Content-Type").orElse("application/json");
        // The server names itself in the documents of its accounts; a request that followed it would go past the
        // script.
        String body = new String(response.body(), StandardCharsets.UTF_8).replace(pds.origin(), origin());
        return new Reply(response.statusCode(), Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
    }

    /** What was posted in this test: earlier ones had an earlier clock. */
    @Override
    public List<Effect> effects() {
        String query = "?repo=" + account.did() + "&collection=" + PostRef.COLLECTION + "&limit=100";
        HttpResponse<byte[]> response =
                pds.send("GET", "/xrpc/com.atproto.repo.listRecords" + query, Map.of(), new byte[0]);
        List<Effect> effects = new ArrayList<>();
        for (JsonNode record :
                Json.read(new String(response.body(), StandardCharsets.UTF_8)).path("records")) {
            JsonNode value = record.path("value");
            String uri = record.path("uri").asText();
            List<String> alts = new ArrayList<>();
            value.path("embed")
                    .path("images")
                    .forEach(image -> alts.add(image.path("alt").asText()));
            Instant at = Instant.parse(value.path("createdAt").asText());
            if (at.isBefore(from)) {
                break;
            }
            effects.addFirst(new Effect(
                    uri.substring(uri.lastIndexOf('/') + 1),
                    uri,
                    value.path("text").asText(),
                    Json.text(value.path("reply").path("parent"), "uri").orElse(null),
                    alts,
                    at,
                    Optional.empty()));
        }
        return effects;
    }
}
