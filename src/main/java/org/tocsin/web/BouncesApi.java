package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tocsin.newsletter.Bounce;
import org.tocsin.newsletter.Bounces;
import org.tocsin.people.Scope;

/** Letters that came back, over REST. */
final class BouncesApi {
    private final Bounces bounces;
    private final Views views;
    private final Json json;

    BouncesApi(Bounces bounces, Views views, Json json) {
        this.bounces = bounces;
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/bounces", Scope.MANAGE, this::list));
    }

    private Response list(Request request) {
        int limit = Paging.limit(request);
        List<Bounces.Seen> page = bounces.page(
                request.actor(), request.query("newsletter").orElse(null), Paging.after(request), limit + 1);
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        page.stream().limit(limit).forEach(seen -> items.add(view(request, seen)));
        node.put("next", page.size() > limit ? page.get(limit - 1).bounce().id() : null);
        return Response.json(200, json.write(node)).with("Cache-Control", "no-store");
    }

    private ObjectNode view(Request request, Bounces.Seen seen) {
        Bounce one = seen.bounce();
        ObjectNode node = json.object();
        node.put("id", one.id());
        Json.put(node, "at", one.at());
        node.put("newsletterId", one.newsletterId());
        node.put("subscriberId", one.subscriberId());
        node.put("who", seen.who().isEmpty() ? null : seen.who());
        node.put("reach", one.reach().name());
        node.put("kind", one.kind().name());
        node.put("status", one.status().isEmpty() ? null : one.status());
        node.put("message", views.text(BounceWords.why(one), request.locale()));
        node.put("done", one.done().name());
        return node;
    }
}
