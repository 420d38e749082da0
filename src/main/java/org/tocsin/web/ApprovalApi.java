package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;
import org.tocsin.publishing.ApprovePost;

/** What waits for approval, and the decision, over REST. */
final class ApprovalApi {
    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final ApprovePost approve;
    private final IdempotencyKeys keys;
    private final PostViews shown;
    private final Json json;

    ApprovalApi(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            ApprovePost approve,
            IdempotencyKeys keys,
            PostViews shown,
            Json json) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.approve = approve;
        this.keys = keys;
        this.shown = shown;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/posts/:id/approval", Scope.READ, this::awaiting),
                Endpoint.post("/api/v1/posts/:id/approve", Scope.APPROVE, this::approve),
                Endpoint.post("/api/v1/posts/:id/decline", Scope.APPROVE, this::decline));
    }

    /** What was read, and why it is sent back. */
    record Body(@Nullable String hash, @Nullable String reason) {
        String seen() {
            if (hash == null) {
                throw FaultException.invalid("/hash", Message.of("publishing.approval.hash"));
            }
            return hash;
        }
    }

    private Response awaiting(Request request) {
        return unitOfWork.read(tx -> {
            ApprovePost.Awaiting awaiting =
                    approve.awaiting(tx, request.actor(), request.param("id")).orElse(null);
            ObjectNode node = json.object();
            node.put("hash", awaiting == null ? null : awaiting.hash());
            node.put("askedBy", awaiting == null ? null : awaiting.askedBy());
            Json.put(node, "askedAt", awaiting == null ? null : awaiting.askedAt());
            node.put("late", awaiting != null && awaiting.late());
            ArrayNode waiting = node.putArray("deliveries");
            if (awaiting != null) {
                awaiting.waiting().forEach(delivery -> waiting.add(delivery.id()));
            }
            return Response.json(200, json.write(node));
        });
    }

    private Response approve(Request request) {
        Body body = json.read(request, Body.class);
        return keys.once(
                request, () -> view(request, approve.approve(request.actor(), request.param("id"), body.seen())));
    }

    private Response decline(Request request) {
        Body body = json.read(request, Body.class);
        return keys.once(
                request,
                () -> view(
                        request,
                        approve.decline(
                                request.actor(),
                                request.param("id"),
                                body.seen(),
                                body.reason() == null ? "" : body.reason())));
    }

    private Response view(Request request, Post post) {
        return unitOfWork.read(tx -> Response.json(
                200, json.write(shown.post(tx, post, deliveries.ofPost(tx, post.id()), request.locale()))));
    }
}
