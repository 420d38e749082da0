package org.tocsin.network.x;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.twitter.twittertext.TwitterTextParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.tocsin.network.Effect;
import org.tocsin.network.FakeServer;
import org.tocsin.network.Seen;
import org.tocsin.network.SeenParts;

/** API v2 of X with one app and one user: signatures checked, equal texts refused, links rewritten, media with alt texts. */
public final class FakeX extends FakeServer {
    static final String USER = "2244994945";
    static final String NAME = "agenda_fr";
    static final int FOLLOWERS = 8122;
    public static final String KEY = "xvz1evFS4wEEPTGEFPHBog";
    public static final String SECRET = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw";
    static final String TOKEN = "2244994945-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb";
    static final String TOKEN_SECRET = "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE";
    public static final String PIN = "8675309";
    private static final long EPOCH = 1_288_834_974_657L;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AtomicLong last = new AtomicLong();
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();
    private final Set<String> media = ConcurrentHashMap.newKeySet();
    private final Map<String, String> alts = new ConcurrentHashMap<>();
    private volatile String token = TOKEN;
    private volatile String user = USER;
    private volatile boolean broke;
    private volatile boolean newNames;
    private volatile int pageSize = 100;
    private final Map<String, Pieces> pieces = new ConcurrentHashMap<>();
    private final List<byte[]> animations = new CopyOnWriteArrayList<>();
    private volatile String processing = "";

    public FakeX(Clock clock) throws IOException {
        super(clock);
    }

    /** The app's owner has spent all credits. */
    void broke(boolean now) {
        broke = now;
    }

    /** Answers with the names of the OpenAPI description instead of those of the documents. */
    void newNames() {
        newNames = true;
    }

    /** Lists at most so many posts on a page. */
    void pageSize(int size) {
        pageSize = size;
    }

    /** The person has taken the app's access back; whoever allows it again is given another. */
    public void token(String fresh) {
        token = fresh;
    }

    /** The token belongs to another user from now on. */
    void user(String id) {
        user = id;
    }

    /** Images are {@code pending}, {@code failed} or ready (empty). */
    void processing(String state) {
        processing = state;
    }

    @Override
    protected Kind kind(Seen request) {
        if (request.method().equals("POST") && request.path().equals("/2/tweets")) {
            return Kind.CREATE;
        }
        if (request.path().equals("/2/users/me")) {
            return Kind.COUNT;
        }
        if (request.path().equals("/2/tweets")) {
            return Kind.METRICS;
        }
        return request.path().endsWith("/tweets") ? Kind.READ : Kind.OTHER;
    }

    @Override
    public String key(Seen create) {
        return "";
    }

    @Override
    public Effect plant(String text, Instant at) {
        return accept(new Effect("", id(at), text, null, List.of(), at, Optional.empty()));
    }

    private String id(Instant at) {
        return Long.toString(((at.toEpochMilli() - EPOCH) << 22) + (last.incrementAndGet() & 0x3FFFFF));
    }

    @Override
    protected Reply reply(Seen request) {
        FakeSignature signature = new FakeSignature(request, origin());
        if (!signature.value("oauth_consumer_key").equals(KEY) || !nonces.add(signature.value("oauth_nonce"))) {
            return problem(401, "Unauthorized", "Unauthorized");
        }
        if (request.path().startsWith("/oauth/")) {
            return oauth(request, signature);
        }
        if (!signature.value("oauth_token").equals(token) || !signature.isBy(SECRET, TOKEN_SECRET)) {
            return problem(401, "Unauthorized", "Unauthorized");
        }
        if (broke) {
            return Reply.json(
                    402,
                    "{\"title\":\"CreditsDepleted\",\"detail\":\"Your enrolled account does not have any credits to fulfill this request.\",\"type\":\"https://api.x.com/2/problems/credits\"}");
        }
        return switch (request.method() + " " + request.path()) {
            case "POST /2/tweets" -> create(request);
            case "GET /2/tweets" -> lookup(request);
            case "GET /2/users/me" ->
                Reply.json(
                        200,
                        "{\"data\":{\"id\":\"" + user + "\",\"name\":\"L’agenda\",\"username\":\"" + NAME + "\""
                                + (request.query("user.fields").equals(Optional.of("public_metrics"))
                                        ? ",\"public_metrics\":{\"followers_count\":" + FOLLOWERS + "}"
                                        : "")
                                + "}}");
            case "GET /2/users/" + USER + "/tweets" ->
                Reply.json(
                        200,
                        FakeTimeline.page(
                                listed(),
                                request.query("start_time").map(Instant::parse).orElse(Instant.EPOCH),
                                Math.min(
                                        pageSize,
                                        Integer.parseInt(
                                                request.query("max_results").orElse("10"))),
                                Integer.parseInt(
                                        request.query("pagination_token").orElse("0")),
                                newNames));
            case "POST /2/media/upload" -> upload(SeenParts.of(request).orElseThrow());
            case "GET /2/media/upload" -> media(request.query("media_id").orElseThrow());
            case "POST /2/media/metadata" -> describe(read(request.body()));
            case "POST /2/media/upload/initialize" -> begin(read(request.body()));
            default ->
                request.path().startsWith("/2/media/upload/")
                        ? piece(request)
                        : request.method().equals("DELETE")
                                ? delete(request.path().replaceFirst(".*/", ""))
                                : problem(404, "Not Found Error", "no such path");
        };
    }

    private Reply lookup(Seen request) {
        ArrayNode data = JSON.createArrayNode();
        ArrayNode errors = JSON.createArrayNode();
        for (String id : request.query("ids").orElse("").split(",")) {
            if (effects().stream().anyMatch(effect -> effect.remoteId().equals(id))) {
                data.addObject()
                        .put("id", id)
                        .putObject("public_metrics")
                        .put(newNames ? "repost_count" : "retweet_count", 3)
                        .put("reply_count", 2)
                        .put("like_count", 7)
                        .put("quote_count", 1)
                        .put("bookmark_count", 4)
                        .put("impression_count", 900);
            } else {
                errors.addObject()
                        .put("resource_id", id)
                        .put("title", "Not Found Error")
                        .put("type", "https://api.twitter.com/2/problems/resource-not-found");
            }
        }
        return Reply.json(
                200,
                "{" + (data.isEmpty() ? "" : "\"data\":" + data)
                        + (data.isEmpty() || errors.isEmpty() ? "" : ",")
                        + (errors.isEmpty() ? "" : "\"errors\":" + errors) + "}");
    }

    private Reply oauth(Seen request, FakeSignature signature) {
        if (request.path().equals("/oauth/request_token")
                && signature.isBy(SECRET, "")
                && request.form("oauth_callback").equals(Optional.of("oob"))) {
            return form(
                    "oauth_token=NPcudxy0yU5T3tBzho7iCotZ3cnetKwcTIRlX0iwRl0&oauth_token_secret=veNRnAWe6inFuo8o2u8SLLZLjolYDmDP7SzL0YfYI&oauth_callback_confirmed=true");
        }
        boolean right = request.path().equals("/oauth/access_token")
                && signature.isBy(SECRET, "veNRnAWe6inFuo8o2u8SLLZLjolYDmDP7SzL0YfYI")
                && request.form("oauth_verifier").equals(Optional.of(PIN));
        return right
                ? form("oauth_token=" + token + "&oauth_token_secret=" + TOKEN_SECRET + "&user_id=" + USER
                        + "&screen_name=" + NAME)
                : Reply.json(401, "{\"errors\":[{\"code\":32,\"message\":\"Could not authenticate you.\"}]}");
    }

    private synchronized Reply create(Seen request) {
        JsonNode body = read(request.body());
        String text = body.path("text").asText();
        List<String> unknown = new ArrayList<>();
        body.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(List.of("text", "reply", "media"));
        if (!unknown.isEmpty() || TwitterTextParser.parseTweet(text).weightedLength > 280) {
            return problem(400, "Invalid Request", "One or more parameters to your request was invalid.");
        }
        if (effects().stream().anyMatch(effect -> effect.text().equals(text))) {
            return problem(403, "Forbidden", "You are not allowed to create a Tweet with duplicate content.");
        }
        String parent = body.path("reply").path("in_reply_to_tweet_id").asText(null);
        if (parent != null
                && effects().stream().noneMatch(effect -> effect.remoteId().equals(parent))) {
            return problem(
                    403,
                    "Forbidden",
                    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.");
        }
        List<String> described = new ArrayList<>();
        for (JsonNode id : body.path("media").path("media_ids")) {
            if (!media.contains(id.asText())) {
                return problem(400, "Invalid Request", "Your media IDs are invalid.");
            }
            described.add(alts.getOrDefault(id.asText(), ""));
        }
        String id = id(now());
        accept(new Effect("", id, text, parent, described, now(), Optional.of(request)));
        return Reply.json(
                201,
                JSON.createObjectNode()
                        .set("data", JSON.createObjectNode().put("id", id).put("text", text))
                        .toString());
    }

    private Reply upload(SeenParts parts) {
        SeenParts.File file = parts.files().get("media");
        if (file == null
                || file.bytes().length > 5_000_000
                || !"tweet_image".equals(parts.fields().get("media_category"))) {
            return problem(400, "Invalid Request", "media type unrecognized");
        }
        String id = id(now());
        media.add(id);
        return media(id);
    }

    private Reply begin(JsonNode body) {
        if (!"tweet_gif".equals(body.path("media_category").asText())
                || !"image/gif".equals(body.path("media_type").asText())
                || body.path("total_bytes").asLong() > 15_000_000) {
            return problem(400, "Invalid Request", "media type unrecognized");
        }
        String id = id(now());
        pieces.put(id, new Pieces(body.path("total_bytes").asLong(), new ByteArrayOutputStream()));
        return Reply.json(200, "{\"data\":{\"id\":\"" + id + "\",\"expires_after_secs\":86400}}");
    }

    private Reply piece(Seen request) {
        String[] path = request.path().split("/");
        Pieces begun = pieces.get(path[4]);
        if (begun == null) {
            return problem(404, "Not Found Error", "no such media");
        }
        if (path[5].equals("append")) {
            SeenParts parts = SeenParts.of(request).orElseThrow();
            byte[] bytes = parts.files().get("media").bytes();
            if (bytes.length > 5_000_000) {
                return problem(413, "Payload Too Large", "a segment is too large");
            }
            begun.received.writeBytes(bytes);
            return new Reply(204, Map.of(), new byte[0]);
        }
        if (begun.received.size() != begun.total) {
            return problem(400, "Invalid Request", "Segments do not add up to provided total file size.");
        }
        animations.add(begun.received.toByteArray());
        media.add(path[4]);
        return media(path[4]);
    }

    /** The animated GIFs that arrived whole. */
    List<byte[]> animations() {
        return animations;
    }

    private record Pieces(long total, ByteArrayOutputStream received) {}

    private Reply media(String id) {
        String state = processing.isEmpty()
                ? ""
                : ",\"processing_info\":{\"state\":\"" + processing + "\",\"check_after_secs\":3}";
        return media.contains(id)
                ? Reply.json(
                        200,
                        "{\"data\":{\"id\":\"" + id + "\",\"media_key\":\"3_" + id + "\",\"expires_after_secs\":86400"
                                + state + "}}")
                : problem(404, "Not Found Error", "no such media");
    }

    private Reply describe(JsonNode body) {
        String alt = body.path("metadata").path("alt_text").path("text").asText();
        if (!media.contains(body.path("id").asText()) || alt.isEmpty() || alt.length() > 1000) {
            return problem(400, "Invalid Request", "alt text");
        }
        alts.put(body.path("id").asText(), alt);
        return Reply.json(200, "{\"data\":{\"id\":\"" + body.path("id").asText() + "\"}}");
    }

    private Reply delete(String id) {
        return remove(id)
                ? Reply.json(200, "{\"data\":{\"deleted\":true}}")
                : problem(404, "Not Found Error", "Could not find tweet");
    }

    private static Reply form(String body) {
        return new Reply(200, Map.of("Content-Type", "text/html"), body.getBytes(StandardCharsets.UTF_8));
    }

    static Reply problem(int status, String title, String detail) {
        return Reply.json(
                status,
                "{\"detail\":\"" + detail + "\",\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":"
                        + status + "}");
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
