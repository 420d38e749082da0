package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.people.Scope;
import org.tocsin.watch.keeping.ListKeeping;
import org.tocsin.watch.keeping.NamedList;
import org.tocsin.watch.keeping.Watch;

/** The word lists of watches over REST. */
final class WordListsApi {
    /** In bytes: as many entries as a list takes, each of 300. */
    private static final long MOST = 16L * 1024 * 1024;

    private final ListKeeping lists;
    private final IdempotencyKeys keys;
    private final Json json;

    WordListsApi(ListKeeping lists, IdempotencyKeys keys, Json json) {
        this.lists = lists;
        this.keys = keys;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/word-lists", Scope.READ, this::list),
                new Endpoint("POST", "/api/v1/word-lists", Scope.MANAGE, MOST, this::add),
                Endpoint.get("/api/v1/word-lists/:id", Scope.READ, this::one),
                new Endpoint("PATCH", "/api/v1/word-lists/:id", Scope.MANAGE, MOST, this::change),
                Endpoint.delete("/api/v1/word-lists/:id", Scope.MANAGE, this::remove));
    }

    private Response list(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        lists.all(request.actor()).forEach(one -> items.add(view(one)));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private Response one(Request request) {
        return Response.json(200, json.write(view(lists.find(request.actor(), request.param("id")))));
    }

    /** A new list. */
    record AddBody(@Nullable String name, @Nullable List<String> entries) {}

    private Response add(Request request) {
        AddBody body = json.read(request, AddBody.class);
        return keys.once(
                request,
                () -> Response.json(
                        201, json.write(view(lists.add(request.actor(), body.name(), some(body.entries()))))));
    }

    /** Other entries. */
    record ChangeBody(@Nullable Long version, @Nullable List<String> entries) {}

    private Response change(Request request) {
        ChangeBody body = json.read(request, ChangeBody.class);
        return Response.json(
                200,
                json.write(view(
                        lists.change(request.actor(), request.param("id"), body.version(), some(body.entries())))));
    }

    private static List<String> some(@Nullable List<String> entries) {
        return entries == null ? List.of() : entries;
    }

    private Response remove(Request request) {
        lists.remove(request.actor(), request.param("id"));
        return Response.empty(204);
    }

    private ObjectNode view(NamedList list) {
        ObjectNode node = json.object();
        node.put("id", list.id());
        node.put("name", list.name());
        list.entries().forEach(node.putArray("entries")::add);
        lists.naming(list).stream().map(Watch::id).forEach(node.putArray("watches")::add);
        Json.put(node, "changedAt", list.changedAt());
        node.put("version", list.version());
        return node;
    }
}
