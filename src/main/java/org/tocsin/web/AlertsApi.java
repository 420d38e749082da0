package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.people.Scope;
import org.tocsin.watch.keeping.Alert;
import org.tocsin.watch.keeping.Alerts;

/** Alerts of watches over REST. */
final class AlertsApi {
    private final Alerts alerts;
    private final IdempotencyKeys keys;
    private final Json json;

    AlertsApi(Alerts alerts, IdempotencyKeys keys, Json json) {
        this.alerts = alerts;
        this.keys = keys;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/alerts", Scope.READ, this::list),
                Endpoint.get("/api/v1/alerts/:id", Scope.READ, this::one),
                Endpoint.post("/api/v1/alerts/:id/acknowledge", Scope.POST, this::acknowledge));
    }

    private Response list(Request request) {
        String open = request.query("open").orElse("false");
        if (!open.equals("true") && !open.equals("false")) {
            throw FaultException.invalid("/open", Message.of("watching.open", "value", open));
        }
        int limit = Paging.limit(request);
        List<Alert> page = alerts.page(request.actor(), open.equals("true"), Paging.after(request), limit);
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        page.forEach(alert -> items.add(view(alert)));
        node.put("next", page.size() < limit ? null : page.getLast().id());
        return Response.json(200, json.write(node));
    }

    private Response one(Request request) {
        return Response.json(200, json.write(view(alerts.find(request.actor(), request.param("id")))));
    }

    private Response acknowledge(Request request) {
        return keys.once(
                request,
                () -> Response.json(200, json.write(view(alerts.acknowledge(request.actor(), request.param("id"))))));
    }

    private ObjectNode view(Alert alert) {
        ObjectNode node = json.object();
        node.put("id", alert.id());
        node.put("watchId", alert.watchId());
        node.put("watchVersion", alert.watchVersion());
        node.put("mentionId", alert.mentionId());
        node.put("storyId", alert.storyId());
        node.put("recipientId", alert.recipientId());
        node.put("episode", alert.episode());
        node.put("state", alert.acknowledgedAt() == null ? "OPEN" : "ACKNOWLEDGED");
        node.set("matches", WatchesApi.hits(json, alert.hits()));
        node.put("more", alert.more());
        Json.put(node, "createdAt", alert.createdAt());
        Json.put(node, "acknowledgedAt", alert.acknowledgedAt());
        node.put("acknowledgedBy", alert.acknowledgedBy());
        node.put("version", alert.version());
        return node;
    }
}
