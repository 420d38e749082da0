package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.people.Scope;
import org.tocsin.watch.keeping.Alert;
import org.tocsin.watch.keeping.AlertRepository;
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
                Endpoint.post("/api/v1/alerts/:id/acknowledge", Scope.POST, this::acknowledge),
                Endpoint.post("/api/v1/alerts/:id/assign", Scope.POST, this::assign),
                Endpoint.post("/api/v1/alerts/:id/answer", Scope.POST, this::answer),
                Endpoint.post("/api/v1/alerts/:id/reopen", Scope.POST, this::reopen));
    }

    private Response list(Request request) {
        Set<Alert.State> states = EnumSet.noneOf(Alert.State.class);
        if (flag(request, "open")) {
            states.add(Alert.State.OPEN);
        }
        request.query("state").ifPresent(name -> states.add(state(name)));
        int limit = Paging.limit(request);
        List<Alert> page = alerts.page(
                request.actor(),
                new AlertRepository.Filter(
                        states,
                        request.query("assignee")
                                .map(who -> who.equals("me") ? request.actor().id() : who)
                                .orElse(null),
                        flag(request, "urgent"),
                        false),
                Paging.after(request),
                limit);
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        page.forEach(alert -> items.add(view(alert)));
        node.put("next", page.size() < limit ? null : page.getLast().id());
        return Response.json(200, json.write(node));
    }

    private static boolean flag(Request request, String name) {
        String value = request.query(name).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw FaultException.invalid("/" + name, Message.of("watching.open", "value", value));
        }
        return value.equals("true");
    }

    private static Alert.State state(String name) {
        try {
            return Alert.State.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw FaultException.invalid("/state", Message.of("alerting.state", "value", name));
        }
    }

    private Response one(Request request) {
        return Response.json(200, json.write(view(alerts.find(request.actor(), request.param("id")))));
    }

    private Response acknowledge(Request request) {
        return once(request, id -> alerts.acknowledge(request.actor(), id));
    }

    /** Who is to see to it, null for nobody; {@code version} as it was seen, where that matters. */
    record AssignBody(@Nullable String assignee, @Nullable Long version) {}

    private Response assign(Request request) {
        AssignBody body = json.read(request, AssignBody.class);
        String assignee = "me".equals(body.assignee()) ? request.actor().id() : body.assignee();
        return once(request, id -> alerts.assign(request.actor(), id, assignee, body.version()));
    }

    /** Where it was answered. */
    record AnswerBody(@Nullable String url, @Nullable Long version) {}

    private Response answer(Request request) {
        AnswerBody body = request.size() == 0 ? new AnswerBody(null, null) : json.read(request, AnswerBody.class);
        return once(request, id -> alerts.answer(request.actor(), id, body.url(), body.version()));
    }

    /** The version that was seen. */
    record ReopenBody(@Nullable Long version) {}

    private Response reopen(Request request) {
        ReopenBody body = request.size() == 0 ? new ReopenBody(null) : json.read(request, ReopenBody.class);
        return once(request, id -> alerts.reopen(request.actor(), id, body.version()));
    }

    private Response once(Request request, Function<String, Alert> act) {
        return keys.once(request, () -> Response.json(200, json.write(view(act.apply(request.param("id"))))));
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
        node.put("state", alert.state().name());
        node.put("urgent", alert.push().urgent());
        Alert.Quiet quiet = alert.push().quiet();
        node.put("quiet", quiet == null ? null : quiet.name());
        Json.put(node, "escalateAt", alert.push().escalateAt());
        node.put("escalatedFrom", alert.push().from());
        node.set("matches", WatchesApi.hits(json, alert.hits()));
        node.put("more", alert.more());
        Json.put(node, "createdAt", alert.createdAt());
        Json.put(node, "acknowledgedAt", alert.handling().acknowledgedAt());
        node.put("acknowledgedBy", alert.handling().acknowledgedBy());
        node.put("assignee", alert.handling().assignee());
        Json.put(node, "answeredAt", alert.handling().answeredAt());
        node.put("answeredBy", alert.handling().answeredBy());
        node.put("answerUrl", alert.handling().answerUrl());
        node.put("version", alert.version());
        return node;
    }
}
