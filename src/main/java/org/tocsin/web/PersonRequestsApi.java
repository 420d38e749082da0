package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.PersonRequest;
import org.tocsin.subscriber.PersonRequests;

/** What people ask for by right, over REST. */
final class PersonRequestsApi {
    private final PersonRequests requests;
    private final IdempotencyKeys keys;
    private final Json json;

    PersonRequestsApi(PersonRequests requests, IdempotencyKeys keys, Json json) {
        this.requests = requests;
        this.keys = keys;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/person-requests", Scope.MANAGE, this::list),
                Endpoint.post("/api/v1/person-requests", Scope.MANAGE, this::add),
                Endpoint.post("/api/v1/person-requests/:id/answer", Scope.MANAGE, this::answer));
    }

    private Response list(Request request) {
        int limit = Paging.limit(request);
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        if (request.query("open").map(one -> one.equals("true")).orElse(false)) {
            requests.open(request.actor(), limit).forEach(one -> items.add(view(one)));
            node.putNull("next");
        } else {
            List<PersonRequest> page = requests.page(request.actor(), Paging.after(request), limit + 1);
            page.stream().limit(limit).forEach(one -> items.add(view(one)));
            node.put("next", page.size() > limit ? page.get(limit - 1).id() : null);
        }
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(PersonRequest one) {
        ObjectNode node = json.object();
        node.put("id", one.id());
        node.put("kind", one.kind().name());
        node.put("door", one.door().name());
        node.put("subscriberId", one.subscriberId());
        Json.put(node, "at", one.at());
        Json.put(node, "dueAt", one.dueAt());
        Json.put(node, "doneAt", one.doneAt());
        node.put("doneBy", one.doneBy().isEmpty() ? null : one.doneBy());
        node.put("note", one.note());
        return node;
    }

    record AddBody(
            @Nullable String kind,
            @Nullable String subscriberId,
            @Nullable String at,
            @Nullable String note) {}

    private Response add(Request request) {
        AddBody body = json.read(request, AddBody.class);
        return keys.once(
                request,
                () -> Response.json(
                        201,
                        json.write(view(requests.add(
                                request.actor(),
                                kind(body.kind() == null ? "" : body.kind()),
                                body.subscriberId(),
                                time(body.at()),
                                body.note() == null ? "" : body.note())))));
    }

    /** @throws FaultException INVALID */
    static PersonRequest.Kind kind(String given) {
        return Arrays.stream(PersonRequest.Kind.values())
                .filter(one -> one.name().equals(given.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> FaultException.invalid(
                        "/kind",
                        Message.of(
                                "signup.value.unknown",
                                "value",
                                given,
                                "known",
                                Arrays.stream(PersonRequest.Kind.values())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", ")))));
    }

    private static @Nullable Instant time(@Nullable String at) {
        try {
            return at == null ? null : Instant.parse(at);
        } catch (DateTimeParseException e) {
            throw FaultException.invalid("/at", Message.of("signup.request.time"));
        }
    }

    record AnswerBody(@Nullable String note) {}

    private Response answer(Request request) {
        AnswerBody body = json.read(request, AnswerBody.class);
        return keys.once(request, () -> {
            requests.answer(request.actor(), request.param("id"), body.note() == null ? "" : body.note());
            return Response.json(200, "{}");
        });
    }
}
