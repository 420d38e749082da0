package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.people.Scope;
import org.tocsin.publishing.Slot;
import org.tocsin.publishing.Slots;

/** The slots of the channels over REST. */
final class SlotsApi {
    private final Slots slots;
    private final IdempotencyKeys keys;
    private final Json json;

    SlotsApi(Slots slots, IdempotencyKeys keys, Json json) {
        this.slots = slots;
        this.keys = keys;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/slots", Scope.READ, this::list),
                Endpoint.post("/api/v1/slots", Scope.MANAGE, this::add),
                Endpoint.delete("/api/v1/slots/:id", Scope.MANAGE, this::remove));
    }

    private Response list(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        slots.all(request.actor()).forEach(slot -> items.add(view(slot)));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    /** The body of a slot. */
    record SlotBody(
            @Nullable String channelId,
            @Nullable String weekday,
            @Nullable String time) {}

    private Response add(Request request) {
        SlotBody body = json.read(request, SlotBody.class);
        return keys.once(
                request,
                () -> Response.json(
                        201,
                        json.write(view(slots.add(
                                request.actor(), or(body.channelId()), or(body.weekday()), or(body.time()))))));
    }

    private static String or(@Nullable String value) {
        return value == null ? "" : value;
    }

    private Response remove(Request request) {
        slots.remove(request.actor(), request.param("id"));
        return Response.empty(204);
    }

    private ObjectNode view(Slot slot) {
        ObjectNode node = json.object();
        node.put("id", slot.id());
        node.put("channelId", slot.channelId());
        node.put("weekday", slot.weekday().name().toLowerCase(Locale.ROOT));
        node.put("time", slot.time().toString());
        return node;
    }
}
