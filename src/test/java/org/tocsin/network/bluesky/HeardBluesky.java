package org.tocsin.network.bluesky;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.tocsin.mention.HeardServer;
import org.tocsin.network.Json;
import org.tocsin.network.Seen;

/** A server that gives notifications and searches: newest first, by a cursor of its own. */
final class HeardBluesky extends HeardServer {
    private static final String ROSE = "did:plc:roseroseroseroseroserose";

    private final Set<Long> hidden = new CopyOnWriteArraySet<>();

    HeardBluesky(Clock clock) throws IOException {
        super(clock);
    }

    @Override
    protected Kind kind(Seen request) {
        return request.path().contains(".server.") ? Kind.OTHER : Kind.READ;
    }

    @Override
    protected Reply reply(Seen request) {
        return switch (request.path().substring("/xrpc/".length())) {
            case "com.atproto.server.createSession", "com.atproto.server.refreshSession" -> session();
            case "app.bsky.notification.listNotifications" ->
                Reply.json(200, page(request, "notifications").toString());
            case "app.bsky.feed.searchPosts" ->
                Reply.json(200, page(request, "posts").toString());
            case "app.bsky.feed.getPosts" -> Reply.json(200, posts(request).toString());
            case "com.atproto.repo.getRecord" ->
                said().stream().anyMatch(one -> request.query("rkey").equals(Optional.of("3l" + one.number())))
                        ? Reply.json(200, "{\"uri\":\"at://x\",\"cid\":\"bafyrei\",\"value\":{}}")
                        : Reply.json(400, "{\"error\":\"RecordNotFound\",\"message\":\"Could not locate record\"}");
            default -> Reply.json(501, "{\"error\":\"MethodNotImplemented\"}");
        };
    }

    /** It is there, and the account that asks is not shown it: its author blocks it. */
    void hide(long number) {
        hidden.add(number);
    }

    private ObjectNode posts(Seen request) {
        ObjectNode found = Json.object();
        ArrayNode posts = found.putArray("posts");
        String asked = URLDecoder.decode(request.target(), StandardCharsets.UTF_8);
        said().stream()
                .filter(one -> !hidden.contains(one.number()))
                .filter(one -> asked.contains("app.bsky.feed.post/3l" + one.number()))
                .forEach(one -> posts.add(view(one)));
        return found;
    }

    private Reply session() {
        ObjectNode session = Json.object()
                .put("did", FakeBluesky.DID)
                .put("handle", FakeBluesky.HANDLE)
                .put("accessJwt", "eyJhbGciOiJub25lIn0.eyJzY29wZSI6ImNvbS5hdHByb3RvLmFwcFBhc3MifQ.c2ln")
                .put("refreshJwt", "eyJhbGciOiJub25lIn0.eyJzY29wZSI6ImNvbS5hdHByb3RvLnJlZnJlc2gifQ.c2ln");
        return Reply.json(200, session.toString());
    }

    private ObjectNode page(Seen request, String field) {
        int limit = request.query("limit").map(Integer::valueOf).orElse(50);
        long below = request.query("cursor").map(Long::valueOf).orElse(Long.MAX_VALUE);
        List<Said> chosen = newest().stream()
                .filter(one -> one.number() < below)
                .limit(limit)
                .toList();
        ObjectNode page = Json.object();
        ArrayNode list = page.putArray(field);
        // Likes come along on servers that know no reasons.
        list.addObject().put("uri", "at://" + ROSE + "/app.bsky.feed.like/1").put("reason", "like");
        chosen.forEach(one -> list.add(view(one)));
        if (chosen.size() == limit) {
            page.put("cursor", String.valueOf(chosen.getLast().number()));
        }
        return page;
    }

    private static ObjectNode view(Said one) {
        ObjectNode view = Json.object()
                .put("uri", "at://" + ROSE + "/app.bsky.feed.post/3l" + one.number())
                .put("cid", "bafyrei" + one.number())
                .put("reason", one.number() % 2 == 0 ? "reply" : "mention")
                .put("indexedAt", one.at().toString())
                .put("likeCount", 3);
        view.putObject("author").put("did", ROSE).put("handle", "rose.test").put("displayName", "Rose");
        view.putObject("record")
                .put("$type", "app.bsky.feed.post")
                .put("text", one.text())
                .put("createdAt", one.at().toString())
                .putArray("langs")
                .add("fr");
        return view;
    }
}
