package org.tocsin.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.tocsin.network.Effect;
import org.tocsin.network.FakeServer;
import org.tocsin.network.Json;
import org.tocsin.network.Seen;
import org.tocsin.post.Graphemes;

/** A server of one account, answering as @atproto/pds 0.5.35 does where the adapter looks. */
public final class FakeBluesky extends FakeServer {
    /** As the server knows it. */
    public static final String DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";
    /** As the server knows it. */
    public static final String HANDLE = "assemblee.test";
    /** As the server knows it. */
    public static final String APP_PASSWORD = "abcd-efgh-ijkl-mnop";

    static final int FOLLOWERS = 1905;
    public static final String MAIN_PASSWORD = "correct horse battery staple";
    static final String ALICE = "did:plc:alicealicealicealicealic";

    private static final String POSTS = "/xrpc/app.bsky.feed.getPosts";
    private static final String PROFILE = "/xrpc/app.bsky.actor.getProfile";

    private final AtomicInteger number = new AtomicInteger();
    private final Set<String> access = ConcurrentHashMap.newKeySet();
    private final Set<String> refresh = ConcurrentHashMap.newKeySet();
    private final Map<String, JsonNode> records = new ConcurrentHashMap<>();
    private volatile String password = APP_PASSWORD;
    private volatile boolean active = true;

    /** @param clock the server\'s time */
    public FakeBluesky(Clock clock) throws IOException {
        super(clock);
    }

    /** Every access token has expired. */
    void expireAccess() {
        access.clear();
    }

    /** The app password was deleted, and with it its sessions; there is another. */
    public void password(String fresh) {
        password = fresh;
        access.clear();
        refresh.clear();
    }

    /** Every refresh token has expired or was revoked. */
    void expireRefresh() {
        refresh.clear();
    }

    void deactivate() {
        active = false;
    }

    long count(String method) {
        return requests().stream().filter(seen -> seen.path().endsWith(method)).count();
    }

    @Override
    protected Kind kind(Seen request) {
        return switch (method(request)) {
            case "repo.putRecord" -> Kind.CREATE;
            case "repo.getRecord" -> Kind.READ;
            case PROFILE -> Kind.COUNT;
            case POSTS -> Kind.METRICS;
            default -> Kind.OTHER;
        };
    }

    @Override
    public String key(Seen create) {
        return Json.read(create.body()).path("rkey").asText();
    }

    @Override
    public Effect plant(String text, Instant at) {
        return put("planted" + number.incrementAndGet(), Json.object().put("text", text), Optional.empty());
    }

    @Override
    protected Reply reply(Seen request) {
        String token = request.header("Authorization").orElse("").replace("Bearer ", "");
        return switch (method(request)) {
            case "server.createSession" -> createSession(Json.read(request.body()));
            case "server.refreshSession" ->
                refresh.remove(token)
                        ? session("com.atproto.appPass")
                        : error(400, "ExpiredToken", "Token has expired");
            default -> {
                // The server of the whole network answers reads to anybody.
                if (token.isEmpty() && method(request).equals("identity.resolveHandle")) {
                    yield authorised(request);
                }
                if (token.isEmpty()) {
                    yield error(401, "AuthMissing", "Authentication Required");
                }
                yield access.contains(token) ? authorised(request) : error(400, "ExpiredToken", "Token has expired");
            }
        };
    }

    private Reply authorised(Seen request) {
        return switch (method(request)) {
            case "server.getSession" ->
                Reply.json(200, "{\"did\":\"" + DID + "\",\"handle\":\"" + HANDLE + "\",\"active\":" + active + "}");
            case "repo.putRecord" -> putRecord(request);
            case "repo.getRecord" -> getRecord(request.query("rkey").orElse(""));
            case "repo.deleteRecord" -> {
                String rkey = Json.read(request.body()).path("rkey").asText();
                records.remove(rkey);
                remove(uri(rkey));
                yield Reply.json(200, "{}");
            }
            case "repo.uploadBlob" ->
                Reply.json(
                        200,
                        "{\"blob\":{\"$type\":\"blob\",\"ref\":{\"$link\":\"bafkrei" + number.incrementAndGet()
                                + "abcdef\"},\"mimeType\":\""
                                + request.header("Content-Type").orElse("")
                                + "\",\"size\":" + request.bytes().length + "}}");
            case PROFILE ->
                request.query("actor").equals(Optional.of(DID))
                        ? Reply.json(
                                200,
                                "{\"did\":\"" + DID + "\",\"handle\":\"" + HANDLE + "\",\"followersCount\":" + FOLLOWERS
                                        + "}")
                        : error(400, "InvalidRequest", "Profile not found");
            case POSTS -> posts(request);
            case "identity.resolveHandle" ->
                request.query("handle").equals(Optional.of("alice.test"))
                        ? Reply.json(200, "{\"did\":\"" + ALICE + "\"}")
                        : error(400, "InvalidRequest", "Unable to resolve handle");
            default -> error(501, "MethodNotImplemented", "Method Not Implemented");
        };
    }

    private Reply createSession(JsonNode body) {
        if (!body.path("identifier").asText().equals(HANDLE)) {
            return error(401, "AuthenticationRequired", "Invalid identifier or password");
        }
        String given = body.path("password").asText();
        if (given.equals(password)) {
            return session("com.atproto.appPass");
        }
        return given.equals(MAIN_PASSWORD)
                ? session("com.atproto.access")
                : error(401, "AuthenticationRequired", "Invalid identifier or password");
    }

    private Reply session(String scope) {
        String one = token(scope);
        String other = token("com.atproto.refresh");
        access.add(one);
        refresh.add(other);
        ObjectNode session = Json.object()
                .put("did", DID)
                .put("handle", HANDLE)
                .put("accessJwt", one)
                .put("refreshJwt", other);
        session.putObject("didDoc")
                .putArray("service")
                .addObject()
                .put("id", "#atproto_pds")
                .put("type", "AtprotoPersonalDataServer")
                .put("serviceEndpoint", origin());
        return Reply.json(200, session.toString());
    }

    private String token(String scope) {
        return base64("{\"typ\":\"at+jwt\"}") + "."
                + base64("{\"scope\":\"" + scope + "\",\"jti\":" + number.incrementAndGet() + "}") + ".c2ln";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private synchronized Reply putRecord(Seen request) {
        JsonNode body = Json.read(request.body());
        String rkey = body.path("rkey").asText();
        JsonNode record = body.path("record");
        String text = record.path("text").asText();
        if (!Tids.isTid(rkey) || !body.path("repo").asText().equals(DID)) {
            return error(400, "InvalidRequest", "Invalid record key");
        }
        if (Graphemes.count(text) > 300 || text.getBytes(StandardCharsets.UTF_8).length > 3000) {
            return error(400, "InvalidRequest", "Invalid app.bsky.feed.post record: grapheme too big");
        }
        if (body.path("swapRecord").isNull() && records.containsKey(rkey)) {
            return error(400, "InvalidSwap", "Record was at " + cid(rkey));
        }
        put(rkey, record, Optional.of(request));
        return Reply.json(
                200, "{\"uri\":\"" + uri(rkey) + "\",\"cid\":\"" + cid(rkey) + "\",\"validationStatus\":\"valid\"}");
    }

    private Effect put(String rkey, JsonNode record, Optional<Seen> request) {
        records.put(rkey, record);
        List<String> alts = new ArrayList<>();
        record.path("embed")
                .path("images")
                .forEach(image -> alts.add(image.path("alt").asText()));
        return accept(new Effect(
                rkey,
                uri(rkey),
                record.path("text").asText(),
                Json.text(record.path("reply").path("parent"), "uri").orElse(null),
                alts,
                now(),
                request));
    }

    /** As the AppView does: what it does not know is left out. */
    private Reply posts(Seen request) {
        ArrayNode posts = Json.array();
        String query = URLDecoder.decode(request.target(), StandardCharsets.UTF_8);
        for (String uri : query.substring(query.indexOf('?') + 1).split("&")) {
            listed().stream()
                    .filter(effect -> uri.equals("uris=" + effect.remoteId()))
                    .forEach(effect -> posts.add(Json.object()
                            .put("uri", effect.remoteId())
                            .put("likeCount", 7)
                            .put("repostCount", 3)
                            .put("replyCount", 2)
                            .put("quoteCount", 1)));
        }
        return Reply.json(200, "{\"posts\":" + posts + "}");
    }

    @Override
    public void deletedThere(String remoteId) {
        records.remove(remoteId.substring(remoteId.lastIndexOf('/') + 1));
        super.deletedThere(remoteId);
    }

    private Reply getRecord(String rkey) {
        JsonNode record = records.get(rkey);
        if (record == null) {
            return error(400, "RecordNotFound", "Could not locate record: " + uri(rkey));
        }
        ObjectNode found = Json.object().put("uri", uri(rkey)).put("cid", cid(rkey));
        found.set("value", record);
        return Reply.json(200, found.toString());
    }

    private static String method(Seen request) {
        return request.path().replace("/xrpc/com.atproto.", "");
    }

    private static String uri(String rkey) {
        return "at://" + DID + "/app.bsky.feed.post/" + rkey;
    }

    private static String cid(String rkey) {
        return "bafyrei" + rkey;
    }

    private static Reply error(int status, String name, String message) {
        return Reply.json(status, "{\"error\":\"" + name + "\",\"message\":\"" + message + "\"}");
    }
}
