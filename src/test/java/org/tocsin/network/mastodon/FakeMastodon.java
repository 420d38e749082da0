package org.tocsin.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.network.Effect;
import org.tocsin.network.FakeServer;
import org.tocsin.network.Json;
import org.tocsin.network.Seen;

/** A server of one account with Mastodon's client API, as far as the adapter uses it. */
public final class FakeMastodon extends FakeServer {
    /** As the server knows it. */
    public static final String TOKEN = "ZA-Yj3aBD8U8Cm7lKUp-lm9O9BmDgdhHzDeqsY8tlL0";
    /** As the server knows it. */
    public static final String ACCOUNT = "23634";
    /** Of the account. */
    public static final int FOLLOWERS = 2418;
    /** On every status. */
    public static final int LIKES = 7;
    /** As the server knows it. */
    public static final String CODE = "qDFUEaYrRK5c-HNmTCJbAzazwLRInJ7VHFat0wcMgCU";

    private static final Pattern PART =
            Pattern.compile("name=\"description\"\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--", Pattern.DOTALL);

    private final AtomicLong ids = new AtomicLong(103_254_962_155_278_888L);
    private final Map<String, String> alts = new ConcurrentHashMap<>();
    private final Map<String, Integer> processing = new ConcurrentHashMap<>();
    private volatile String version = "4.5.2";
    private volatile Duration skew = Duration.ZERO;
    private volatile Hanging hanging = new Hanging(0);
    private volatile int expiresIn;
    private volatile boolean oldApi;
    private volatile int noEditing;
    private volatile int slowMedia;
    private volatile String scopes = "[\"read\",\"write:statuses\",\"write:media\"]";

    private volatile String token = TOKEN;

    /** @param clock the server\'s time */
    public FakeMastodon(Clock clock) throws IOException {
        super(clock);
    }

    /** What the server says it is. */
    FakeMastodon version(String text) {
        version = text;
        return this;
    }

    /** How far its clock is ahead. */
    public void skew(Duration ahead) {
        skew = ahead;
    }

    /** Knows no {@code /api/v2/instance}. */
    void oldApi() {
        oldApi = true;
    }

    /** Answers so to every edit, as a server that has none. */
    void noEditing(int status) {
        noEditing = status;
    }

    /** How often an attachment is asked for before it is ready; -1 for one that fails. */
    void slowMedia(int times) {
        slowMedia = times;
    }

    /** Whoever asks what the server is waits until {@link #releaseInstance}. */
    void hangInstance() {
        hanging = new Hanging(1);
    }

    /** Waits until somebody has asked what the server is. */
    void awaitInstance() throws InterruptedException {
        assertThat(hanging.asked.await(20, TimeUnit.SECONDS)).isTrue();
    }

    void releaseInstance() {
        hanging.released.countDown();
    }

    /** Seconds for which new tokens last, as Pleroma says it; 0 for ever. */
    void expiresIn(int seconds) {
        expiresIn = seconds;
    }

    private record Hanging(CountDownLatch asked, CountDownLatch released) {
        Hanging(int count) {
            this(new CountDownLatch(count), new CountDownLatch(count));
        }

        void askedAndReleased() {
            asked.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void scopes(String json) {
        scopes = json;
    }

    /** The account has taken the app's access back; whoever allows it again is given another. */
    public void token(String fresh) {
        token = fresh;
    }

    @Override
    protected Kind kind(Seen request) {
        if (request.path().equals("/api/v1/statuses")) {
            return Kind.CREATE;
        }
        if (request.method().equals("PUT") && request.path().startsWith("/api/v1/statuses/")) {
            return Kind.EDIT;
        }
        if (request.method().equals("GET") && request.path().matches("/api/v1/statuses/[0-9]+")) {
            return Kind.METRICS;
        }
        if (request.path().equals("/api/v1/accounts/verify_credentials")) {
            return Kind.COUNT;
        }
        return request.path().startsWith("/api/v1/accounts/" + ACCOUNT + "/") ? Kind.READ : Kind.OTHER;
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
        return route(request)
                .with(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME
                                .withLocale(Locale.ENGLISH)
                                .format(now().plus(skew).atOffset(ZoneOffset.UTC)));
    }

    private Reply route(Seen request) {
        String route = request.method() + " " + request.path().replaceAll("/[0-9]+(?=/|$)", "/*");
        return switch (route) {
            case "GET /api/v2/instance" -> {
                hanging.askedAndReleased();
                yield oldApi ? error(404) : Reply.json(200, instance());
            }
            case "GET /api/v1/instance" ->
                Reply.json(200, "{\"version\":\"" + version + "\",\"max_toot_chars\":5000,\"uri\":\"x\"}");
            case "POST /api/v1/apps" ->
                Reply.json(200, "{\"id\":\"1\",\"client_id\":\"the-client\",\"client_secret\":\"the-secret\"}");
            case "POST /oauth/token" ->
                request.form("code").equals(Optional.of(CODE))
                                && request.form("client_secret").equals(Optional.of("the-secret"))
                        ? Reply.json(
                                200,
                                "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\""
                                        + (expiresIn > 0 ? ",\"expires_in\":" + expiresIn : "") + "}")
                        : Reply.json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"The code is wrong\"}");
            default ->
                request.header("Authorization").equals(Optional.of("Bearer " + token))
                        ? authorised(route, request)
                        : Reply.json(401, "{\"error\":\"The access token is invalid\"}");
        };
    }

    private Reply authorised(String route, Seen request) {
        String last = request.path().substring(request.path().lastIndexOf('/') + 1);
        return switch (route) {
            case "GET /api/v1/accounts/verify_credentials" ->
                Reply.json(
                        200,
                        "{\"id\":\"" + ACCOUNT
                                + "\",\"username\":\"assemblee\",\"acct\":\"assemblee\",\"followers_count\":"
                                + FOLLOWERS + "}");
            case "GET /api/v1/apps/verify_credentials" -> Reply.json(200, "{\"scopes\":" + scopes + "}");
            case "POST /api/v1/statuses" -> create(request);
            case "PUT /api/v1/statuses/*" -> noEditing > 0 ? error(noEditing) : edit(request, last);
            case "GET /api/v1/statuses/*" ->
                effects().stream()
                        .filter(effect -> effect.remoteId().equals(last))
                        .findFirst()
                        .map(effect -> Reply.json(200, status(effect).toString()))
                        .orElseGet(() -> error(404));
            case "DELETE /api/v1/statuses/*" ->
                remove(last) ? Reply.json(200, "{\"id\":\"" + last + "\"}") : error(404);
            case "GET /api/v1/accounts/*/statuses" -> list(request);
            case "POST /api/v2/media" -> upload(request);
            case "GET /api/v1/media/*" -> media(last);
            case "GET /api/v2/search" -> {
                String wanted = request.query("q").orElse("");
                ArrayNode found = Json.array();
                effects().stream()
                        .filter(effect -> wanted.endsWith("/" + effect.remoteId()))
                        .forEach(effect -> found.add(status(effect)));
                yield Reply.json(200, "{\"statuses\":" + found + "}");
            }
            default -> error(404);
        };
    }

    private synchronized Reply create(Seen request) {
        JsonNode body = Json.read(request.body());
        String key = key(request);
        boolean keeps = !version.contains("(") && !version.startsWith("0.");
        Optional<Effect> known = effects().stream()
                .filter(effect -> keeps && !key.isEmpty() && effect.key().equals(key))
                .findFirst();
        if (known.isPresent()) {
            return Reply.json(200, status(known.get()).toString());
        }
        List<String> shown = new ArrayList<>();
        body.path("media_ids").forEach(id -> shown.add(alts.getOrDefault(id.asText(), "?")));
        if (shown.contains("?") || body.path("status").asText().isEmpty()) {
            return Reply.json(422, "{\"error\":\"Validation failed\"}");
        }
        Effect effect = new Effect(
                key,
                next(),
                body.path("status").asText(),
                Json.text(body, "in_reply_to_id").orElse(null),
                shown,
                now().plus(skew),
                Optional.of(request));
        return Reply.json(200, status(accept(effect)).toString());
    }

    /** As Mastodon does: what is not named of the images goes, and attributes change only what is named. */
    private Reply edit(Seen request, String id) {
        JsonNode body = Json.read(request.body());
        Map<String, String> described = new HashMap<>();
        body.path("media_attributes")
                .forEach(one -> described.put(
                        one.path("id").asText(), one.path("description").asText()));
        List<String> shown = new ArrayList<>();
        for (JsonNode media : body.path("media_ids")) {
            String known = alts.get(media.asText());
            if (known == null) {
                return Reply.json(422, "{\"error\":\"Validation failed\"}");
            }
            shown.add(described.getOrDefault(media.asText(), known));
        }
        if (body.path("status").asText().isEmpty()) {
            return Reply.json(422, "{\"error\":\"Validation failed\"}");
        }
        return reword(id, body.path("status").asText(), shown)
                ? Reply.json(
                        200,
                        effects().stream()
                                .filter(effect -> effect.remoteId().equals(id))
                                .findFirst()
                                .map(effect -> status(effect).toString())
                                .orElse("{}"))
                : error(404);
    }

    private Reply list(Seen request) {
        long below = request.query("max_id").map(Long::valueOf).orElse(Long.MAX_VALUE);
        ArrayNode page = Json.array();
        listed().stream()
                .filter(effect -> Long.parseLong(effect.remoteId()) < below)
                .sorted((one, other) -> other.remoteId().compareTo(one.remoteId()))
                .limit(40)
                .forEach(effect -> page.add(status(effect)));
        return Reply.json(200, page.toString());
    }

    private ObjectNode status(Effect effect) {
        ObjectNode status = Json.object()
                .put("id", effect.remoteId())
                .put("created_at", effect.at().toString())
                .put("in_reply_to_id", effect.parentId())
                .put("content", html(effect.text()))
                .put(
                        "spoiler_text",
                        effect.request()
                                .map(seen -> Json.read(seen.body())
                                        .path("spoiler_text")
                                        .asText())
                                .orElse(""))
                .put("url", origin() + "/@assemblee/" + effect.remoteId());
        status.put("favourites_count", LIKES).put("reblogs_count", 3).put("replies_count", 2);
        status.putObject("account").put("id", ACCOUNT);
        return status;
    }

    /** As Mastodon's TextFormatter and PlainTextFormatter do. */
    private static String html(String text) {
        String safe = text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
        String links = Pattern.compile("(https?://(?:www\\.)?)([^\\s<]{1,30})([^\\s<]*)")
                .matcher(safe)
                .replaceAll(match -> Matcher.quoteReplacement("<a href=\"" + match.group()
                        + "\" target=\"_blank\" rel=\"nofollow noopener\"><span class=\"invisible\">" + match.group(1)
                        + "</span><span class=\"ellipsis\">" + match.group(2) + "</span><span class=\"invisible\">"
                        + match.group(3) + "</span></a>"));
        String people = links.replaceAll(
                "@([a-z]+)@[a-z.]+",
                "<span class=\"h-card\"><a href=\"https://x/@$1\" class=\"u-url mention\">@<span>$1</span></a></span>");
        return "<p>" + people.replaceAll("\n{2,}", "</p><p>").replace("\n", "<br />") + "</p>";
    }

    private Reply upload(Seen request) {
        Matcher description = PART.matcher(request.body());
        String id = next();
        alts.put(id, description.find() ? description.group(1) : "");
        processing.put(id, slowMedia);
        return Reply.json(slowMedia == 0 ? 200 : 202, "{\"id\":\"" + id + "\",\"url\":null}");
    }

    private Reply media(String id) {
        int left = processing.merge(id, -1, Integer::sum);
        if (left < -1) {
            return Reply.json(422, "{\"error\":\"Error processing thumbnail\"}");
        }
        return Reply.json(left > 0 ? 206 : 200, "{\"id\":\"" + id + "\"}");
    }

    private String instance() {
        return """
                {"domain":"x","version":"%s","source_url":"https://github.com/mastodon/mastodon","configuration":{
                "statuses":{"max_characters":500,"max_media_attachments":4,"characters_reserved_per_url":23},
                "media_attachments":{"description_limit":1500,"image_size_limit":16777216,"image_matrix_limit":33177600,
                "supported_mime_types":["image/jpeg","image/png","image/gif","image/heic","image/webp","video/mp4"]}}}""".formatted(version);
    }

    private static Reply error(int status) {
        return Reply.json(status, "{\"error\":\"Record not found\"}");
    }

    private String next() {
        return String.valueOf(ids.incrementAndGet());
    }
}
