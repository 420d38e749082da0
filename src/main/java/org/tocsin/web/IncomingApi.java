package org.tocsin.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.mention.GivenItem;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.hearing.Incoming;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.people.Scope;

/** What is handed in instead of being read: entries by hand, webhooks of others, lists of feeds. */
final class IncomingApi {
    private final Incoming incoming;
    private final Sources sources;
    private final String organisation;
    private final IdempotencyKeys keys;
    private final Json json;

    /** @param organisation whose list of feeds it is */
    IncomingApi(Incoming incoming, Sources sources, String organisation, IdempotencyKeys keys, Json json) {
        this.incoming = incoming;
        this.sources = sources;
        this.organisation = organisation;
        this.keys = keys;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/v1/mentions", Scope.POST, this::enter),
                Endpoint.post("/api/v1/sources/import", Scope.MANAGE, this::bring),
                Endpoint.get("/api/v1/sources/export", Scope.READ, this::list),
                Endpoint.post("/api/v1/sources/:id/hook", Scope.MANAGE, this::reopen),
                // Whoever knows the address may hand in; he is no user, and may do nothing else.
                new Endpoint("POST", "/hooks/:token", null, Endpoint.JSON, this::receive));
    }

    /** What a person enters. */
    record EnterBody(
            @Nullable String title,
            @Nullable String text,
            @Nullable String url,
            @Nullable String author,
            @Nullable String handle,
            @Nullable String language,
            @Nullable String publishedAt,
            @Nullable String kind) {}

    private Response enter(Request request) {
        EnterBody body = json.read(request, EnterBody.class);
        return keys.once(
                request,
                () -> Response.json(
                        201,
                        json.write(MentionsApi.view(
                                json,
                                incoming.enter(
                                        request.actor(),
                                        new GivenItem(
                                                null,
                                                body.title(),
                                                body.text(),
                                                null,
                                                body.url(),
                                                body.author(),
                                                body.handle(),
                                                body.language(),
                                                body.publishedAt(),
                                                body.kind(),
                                                List.of()))))));
    }

    private Response bring(Request request) {
        String text = text(request);
        return keys.once(request, () -> {
            Sources.Listed listed = sources.bring(request.actor(), text);
            ObjectNode node = json.object()
                    .put("added", listed.added())
                    .put("there", listed.there())
                    .put("left", listed.left());
            listed.wrong().forEach(node.putArray("wrong")::add);
            return Response.json(200, json.write(node));
        });
    }

    private static String text(Request request) {
        try (InputStream in = request.body().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response list(Request request) {
        return Response.text(200, "text/x-opml; charset=utf-8", sources.list(request.actor(), organisation))
                .with("Content-Disposition", "attachment; filename=\"tocsin.opml\"");
    }

    /** An address is no answer to be given a second time: it is not kept under the request's key. */
    private Response reopen(Request request) {
        Incoming.Opened opened = incoming.reopen(request.actor(), request.param("id"));
        return Response.json(
                        200,
                        json.write(json.object().put("id", opened.source().id()).put("hook", path(opened))))
                .with("Cache-Control", "no-store");
    }

    /** @return where to hand in, on the public address */
    static String path(Incoming.Opened opened) {
        return "/hooks/" + opened.token();
    }

    private Response receive(Request request) {
        JsonNode body = json.read(request, JsonNode.class);
        JsonNode items = body.isObject() && body.path("items").isArray() ? body.path("items") : body;
        List<GivenItem> given = new ArrayList<>();
        if (items.isArray()) {
            items.forEach(item -> given.add(given(item)));
        } else {
            given.add(given(items));
        }
        MentionRepository.Added added = incoming.receive(request.param("token"), given);
        return Response.json(
                202,
                json.write(json.object()
                        .put("added", added.added())
                        .put("changed", added.changed())
                        .put("same", added.same())));
    }

    /** What others write beside what is known here is theirs. */
    private static GivenItem given(JsonNode item) {
        if (!item.isObject()) {
            throw FaultException.invalid("", Message.of("heard.given.object"));
        }
        JsonNode author = item.path("author");
        List<String> tags = new ArrayList<>();
        item.path("tags").forEach(tag -> tags.add(tag.asText()));
        return new GivenItem(
                word(item, "id"),
                word(item, "title"),
                word(item, "text"),
                word(item, "html"),
                word(item, "url"),
                author.isObject() ? word(author, "name") : word(item, "author"),
                author.isObject() ? word(author, "handle") : word(item, "handle"),
                word(item, "language"),
                word(item, "publishedAt"),
                word(item, "kind"),
                tags);
    }

    private static @Nullable String word(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }
}
