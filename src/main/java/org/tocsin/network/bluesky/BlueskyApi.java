package org.tocsin.network.bluesky;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpRequest;
import org.tocsin.media.FittedImage;
import org.tocsin.network.Json;

/** The requests that are needed, of docs.bsky.app/docs/category/http-reference. */
final class BlueskyApi {
    private BlueskyApi() {}

    static HttpRequest createSession(String server, String identifier, String password) {
        String body = Json.object()
                .put("identifier", identifier)
                .put("password", password)
                .toString();
        return post(server, "com.atproto.server.createSession", body);
    }

    static HttpRequest refreshSession(BlueskySession session) {
        return new HttpRequest(
                        "POST",
                        url(session.pds(), "com.atproto.server.refreshSession", Map.of()),
                        Map.of(),
                        null,
                        HttpRequest.CALL)
                .bearer(session.refresh());
    }

    static HttpRequest getSession(BlueskySession session) {
        return get(session, "com.atproto.server.getSession", Map.of());
    }

    static HttpRequest putRecord(BlueskySession session, String body) {
        return post(session.pds(), "com.atproto.repo.putRecord", body).bearer(session.access());
    }

    static HttpRequest getRecord(BlueskySession session, PostRef post) {
        return get(
                session,
                "com.atproto.repo.getRecord",
                Map.of("repo", post.did(), "collection", PostRef.COLLECTION, "rkey", post.rkey()));
    }

    static HttpRequest deleteRecord(BlueskySession session, PostRef post) {
        String body = Json.object()
                .put("repo", post.did())
                .put("collection", PostRef.COLLECTION)
                .put("rkey", post.rkey())
                .toString();
        return post(session.pds(), "com.atproto.repo.deleteRecord", body).bearer(session.access());
    }

    static HttpRequest uploadBlob(BlueskySession session, FittedImage image) {
        URI url = url(session.pds(), "com.atproto.repo.uploadBlob", Map.of());
        HttpBody file = new HttpBody.File(image.type().mimeType(), image.file());
        return HttpRequest.post(url, file).bearer(session.access()).within(HttpRequest.UPLOAD);
    }

    static HttpRequest resolveHandle(BlueskySession session, String handle) {
        return get(session, "com.atproto.identity.resolveHandle", Map.of("handle", handle));
    }

    /** The account's own server passes it on to where followers are known. */
    static HttpRequest getProfile(BlueskySession session) {
        return get(session, "app.bsky.actor.getProfile", Map.of("actor", session.did()));
    }

    /** The account's own server passes it on to where answers are counted. */
    static HttpRequest getPosts(BlueskySession session, List<PostRef> posts) {
        String uris = posts.stream()
                .map(post -> "uris=" + URLEncoder.encode(post.uri(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.get(URI.create(session.pds() + "/xrpc/app.bsky.feed.getPosts?" + uris))
                .bearer(session.access());
    }

    /** Who mentions, answers or quotes the account, newest first. */
    static HttpRequest listNotifications(BlueskySession session, List<String> reasons, int limit, String cursor) {
        String wanted = reasons.stream().map(reason -> "&reasons=" + reason).collect(Collectors.joining());
        return HttpRequest.get(URI.create(session.pds() + "/xrpc/app.bsky.notification.listNotifications?limit=" + limit
                        + wanted + next(cursor)))
                .bearer(session.access());
    }

    /** Posts with these words, newest first; one tag alone is asked for as such. */
    static HttpRequest searchPosts(BlueskySession session, String words, int limit, String cursor) {
        boolean tag = words.matches("#[^\\s#]+");
        String query = "q=" + encoded(words) + (tag ? "&tag=" + encoded(words.substring(1)) : "");
        return HttpRequest.get(URI.create(session.pds() + "/xrpc/app.bsky.feed.searchPosts?sort=latest&limit=" + limit
                        + "&" + query + next(cursor)))
                .bearer(session.access());
    }

    private static String next(String cursor) {
        return cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static HttpRequest get(BlueskySession session, String method, Map<String, String> query) {
        return HttpRequest.get(url(session.pds(), method, query)).bearer(session.access());
    }

    private static HttpRequest post(String server, String method, String body) {
        return HttpRequest.post(url(server, method, Map.of()), HttpBody.json(body));
    }

    private static URI url(String server, String method, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(server + "/xrpc/" + method + (parameters.isEmpty() ? "" : "?" + parameters));
    }
}
