package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tocsin.people.Scope;

/** What was rehearsed, over REST. */
final class RehearsalApi {
    private final Rehearsals rehearsals;
    private final Json json;

    RehearsalApi(Rehearsals rehearsals, Json json) {
        this.rehearsals = rehearsals;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/rehearsal", Scope.READ, this::list));
    }

    private Response list(Request request) {
        int limit = Paging.limit(request);
        List<Rehearsals.Shown> page = rehearsals.newest(
                request.actor().branch(), request.query("channelId").orElse(""), Paging.after(request), limit + 1);
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        page.stream().limit(limit).forEach(shown -> items.add(view(shown)));
        node.put("next", page.size() > limit ? page.get(limit - 1).id() : null);
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(Rehearsals.Shown shown) {
        ObjectNode node = json.object();
        node.put("id", shown.id());
        node.put("channelId", shown.channelId());
        node.put("standsFor", shown.standsFor());
        node.put("text", shown.text());
        node.put("language", shown.language());
        node.put("contentWarning", shown.contentWarning());
        node.put("visibility", shown.visibility());
        ArrayNode media = node.putArray("media");
        shown.alts().forEach(alt -> media.addObject().put("alt", alt));
        if (shown.card() != null) {
            node.putObject("linkCard")
                    .put("url", shown.card().url())
                    .put("title", shown.card().title())
                    .put("description", shown.card().description());
        }
        node.put("parentId", shown.parentId());
        Json.put(node, "publishedAt", shown.publishedAt());
        Json.put(node, "withdrawnAt", shown.withdrawnAt());
        return node;
    }
}
