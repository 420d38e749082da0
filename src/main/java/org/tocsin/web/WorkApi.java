package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tocsin.base.FaultException;
import org.tocsin.base.LongWork;
import org.tocsin.people.Scope;

/** Work that takes long, over REST: how far it is, and how it is stopped. */
final class WorkApi {
    private final LongWork work;
    private final IdempotencyKeys keys;
    private final Json json;

    WorkApi(LongWork work, IdempotencyKeys keys, Json json) {
        this.work = work;
        this.keys = keys;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/work", Scope.READ, this::list),
                Endpoint.post("/api/v1/work/:id/stop", Scope.READ, request -> turn(request, true)),
                Endpoint.post("/api/v1/work/:id/resume", Scope.READ, request -> turn(request, false)));
    }

    private Response list(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        work.all(request.actor().branch()).forEach(one -> items.add(view(one)));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(LongWork.Seen one) {
        ObjectNode node = json.object();
        node.put("id", one.id());
        node.put("kind", one.kind().name());
        node.put("what", one.what());
        node.put("askedBy", one.askedBy());
        Json.put(node, "begunAt", one.begunAt());
        node.put("done", one.done());
        node.put("total", one.total() == 0 ? null : one.total());
        node.put("stopped", one.stopped());
        node.put("resumable", one.resumable());
        return node;
    }

    /** Who began it may stop it, and who manages. */
    private Response turn(Request request, boolean stop) {
        String id = request.param("id");
        return keys.once(request, () -> {
            LongWork.Seen one =
                    work.find(request.actor().branch(), id).orElseThrow(() -> FaultException.notFound("work", id));
            if (!one.askedBy().equals(request.actor().id())) {
                request.actor().require(Scope.MANAGE);
            }
            work.turn(id, stop);
            return Response.json(
                    200, json.write(view(work.find(request.actor().branch(), id).orElse(one))));
        });
    }
}
