package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.mention.rights.Erasure;
import org.tocsin.mention.rights.ErasureRepository.OptOut;
import org.tocsin.mention.rights.Erasures;
import org.tocsin.mention.rights.Hold;
import org.tocsin.mention.rights.Holds;
import org.tocsin.mention.rights.Objection;
import org.tocsin.mention.rights.Objections;
import org.tocsin.mention.rights.PeoplesRights;
import org.tocsin.mention.rights.Subject;
import org.tocsin.people.Scope;

/** The rights of people over REST. Who it is about stands in bodies only: addresses end in the logs of proxies. */
final class RightsApi {
    private final Erasures erasures;
    private final Objections objections;
    private final Holds holds;
    private final IdempotencyKeys keys;
    private final Views views;
    private final Json json;

    RightsApi(PeoplesRights rights, IdempotencyKeys keys, Views views, Json json) {
        this.erasures = rights.erasures();
        this.objections = rights.objections();
        this.holds = rights.holds();
        this.keys = keys;
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/v1/rights/preview", Scope.MANAGE, this::preview),
                Endpoint.get("/api/v1/rights/erasures", Scope.MANAGE, this::erasures),
                Endpoint.post("/api/v1/rights/erasures", Scope.MANAGE, this::erase),
                Endpoint.get("/api/v1/rights/erasures/:id", Scope.MANAGE, this::erasure),
                Endpoint.post("/api/v1/rights/erasures/:id/stop", Scope.MANAGE, this::stop),
                Endpoint.post("/api/v1/rights/erasures/:id/resume", Scope.MANAGE, this::resume),
                Endpoint.get("/api/v1/rights/opt-outs", Scope.MANAGE, this::optOuts),
                Endpoint.post("/api/v1/rights/opt-outs", Scope.MANAGE, this::optOut),
                Endpoint.post("/api/v1/rights/opt-outs/remove", Scope.MANAGE, this::optIn),
                Endpoint.get("/api/v1/rights/objections", Scope.MANAGE, this::objections),
                Endpoint.post("/api/v1/rights/objections/:id/accept", Scope.MANAGE, this::accept),
                Endpoint.post("/api/v1/rights/objections/:id/decline", Scope.MANAGE, this::decline),
                Endpoint.get("/api/v1/rights/holds", Scope.MANAGE, this::holds),
                Endpoint.post("/api/v1/rights/holds", Scope.ADMIN, this::hold),
                Endpoint.post("/api/v1/rights/holds/:id/end", Scope.ADMIN, this::end),
                Endpoint.get("/api/v1/rights/holds/:id/export", Scope.ADMIN, this::export));
    }

    /** Who it is about. */
    record SubjectBody(
            @Nullable String author,
            @Nullable String network,
            @Nullable String sourceId,
            @Nullable Boolean optOut) {
        Subject subject() {
            return Subject.of(author, network, sourceId);
        }
    }

    private Response preview(Request request) {
        Erasures.Preview preview = erasures.preview(
                request.actor(), json.read(request, SubjectBody.class).subject());
        ObjectNode node = json.object();
        node.put("written", preview.written()).put("mentioned", preview.mentioned());
        preview.names().forEach(node.putArray("names")::add);
        preview.remarks().forEach(one -> node.withArray("remarks").add(views.text(one, request.locale())));
        node.withArray("remarks");
        return Response.json(200, json.write(node));
    }

    private Response erase(Request request) {
        SubjectBody body = json.read(request, SubjectBody.class);
        return keys.once(
                request,
                () -> Response.json(
                        202,
                        json.write(view(
                                erasures.ask(request.actor(), body.subject(), !Boolean.FALSE.equals(body.optOut()))))));
    }

    private Response erasures(Request request) {
        int limit = Paging.limit(request);
        return page(erasures.page(request.actor(), Paging.after(request), limit), limit, this::view, Erasure::id);
    }

    private Response erasure(Request request) {
        return Response.json(200, json.write(view(erasures.find(request.actor(), request.param("id")))));
    }

    private Response stop(Request request) {
        return keys.once(
                request,
                () -> Response.json(200, json.write(view(erasures.stop(request.actor(), request.param("id"))))));
    }

    private Response resume(Request request) {
        return keys.once(
                request,
                () -> Response.json(200, json.write(view(erasures.resume(request.actor(), request.param("id"))))));
    }

    private Response optOuts(Request request) {
        ObjectNode node = json.object();
        erasures.optOuts(request.actor()).forEach(one -> node.withArray("items").add(view(one)));
        node.withArray("items");
        return Response.json(200, json.write(node.putNull("next")));
    }

    private Response optOut(Request request) {
        SubjectBody body = json.read(request, SubjectBody.class);
        return keys.once(
                request, () -> Response.json(201, json.write(view(erasures.optOut(request.actor(), body.subject())))));
    }

    private Response optIn(Request request) {
        SubjectBody body = json.read(request, SubjectBody.class);
        return keys.once(request, () -> {
            erasures.optIn(request.actor(), body.subject());
            return Response.json(200, "{}");
        });
    }

    private Response objections(Request request) {
        int limit = Paging.limit(request);
        boolean open = request.query("open").filter("true"::equals).isPresent();
        return page(
                objections.page(request.actor(), open, Paging.after(request), limit), limit, this::view, Objection::id);
    }

    /** What was decided. */
    record DecisionBody(long version, @Nullable String reason) {}

    /** Whom an objection that is accepted is about. */
    record AcceptBody(
            long version,
            @Nullable String network,
            @Nullable String sourceId,
            @Nullable Boolean sure) {
        Objections.Where where() {
            return new Objections.Where(network, sourceId, Boolean.TRUE.equals(sure));
        }
    }

    private Response accept(Request request) {
        AcceptBody body = json.read(request, AcceptBody.class);
        return keys.once(
                request,
                () -> Response.json(
                        202,
                        json.write(view(objections.accept(
                                request.actor(), request.param("id"), body.version(), body.where())))));
    }

    private Response decline(Request request) {
        DecisionBody body = json.read(request, DecisionBody.class);
        return keys.once(request, () -> {
            objections.decline(request.actor(), request.param("id"), body.version(), body.reason());
            return Response.json(200, "{}");
        });
    }

    private Response holds(Request request) {
        int limit = Paging.limit(request);
        return page(holds.page(request.actor(), Paging.after(request), limit), limit, this::view, Hold::id);
    }

    /** What is to be kept. */
    record HoldBody(
            @Nullable String mentionId,
            @Nullable String storyId,
            @Nullable String reason,
            @Nullable String endsAt) {}

    private Response hold(Request request) {
        HoldBody body = json.read(request, HoldBody.class);
        return keys.once(request, () -> {
            List<Hold> placed = holds.place(
                    request.actor(), body.mentionId(), body.storyId(), body.reason(), instant(body.endsAt()));
            ObjectNode node = json.object();
            placed.forEach(hold -> node.withArray("items").add(view(hold)));
            return Response.json(201, json.write(node.putNull("next")));
        });
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw FaultException.invalid("/endsAt", Message.of("heard.given.time", "value", text));
        }
    }

    private Response end(Request request) {
        return keys.once(request, () -> {
            holds.end(request.actor(), request.param("id"));
            return Response.json(200, "{}");
        });
    }

    private Response export(Request request) {
        String id = request.param("id");
        return new Response(200, "application/zip", java.util.Map.of(), holds.export(request.actor(), id))
                .with("Content-Disposition", "attachment; filename=\"evidence-" + id + ".zip\"")
                .with("Cache-Control", "no-store");
    }

    private <T> Response page(List<T> rows, int limit, Function<T, ObjectNode> view, Function<T, String> id) {
        ObjectNode node = json.object();
        node.putArray("items").addAll(rows.stream().map(view).toList());
        node.put("next", rows.size() < limit ? null : id.apply(rows.getLast()));
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(Erasure erasure) {
        ObjectNode node = json.object();
        node.put("id", erasure.id());
        node.put("authorKey", erasure.authorKey());
        node.put("state", erasure.state().name());
        node.put("erased", erasure.erased());
        node.put("askedBy", erasure.askedBy());
        Json.put(node, "askedAt", erasure.until());
        Json.put(node, "doneAt", erasure.doneAt());
        node.put("version", erasure.version());
        return node;
    }

    private ObjectNode view(OptOut optOut) {
        ObjectNode node = json.object();
        node.put("authorKey", optOut.authorKey());
        Json.put(node, "since", optOut.since());
        node.put("addedBy", optOut.addedBy());
        return node;
    }

    private ObjectNode view(Objection objection) {
        ObjectNode node = json.object();
        node.put("id", objection.id());
        node.put("state", objection.state().name());
        Json.put(node, "createdAt", objection.createdAt());
        Json.put(node, "decidedAt", objection.decidedAt());
        node.put("decidedBy", objection.decidedBy());
        node.put("version", objection.version());
        Objection.Said said = objection.said();
        if (said != null) {
            node.put("author", said.author());
            node.put("network", said.network());
            node.put("reason", said.reason());
            node.put("contact", said.contact());
            node.put("answer", said.answer());
        }
        return node;
    }

    private ObjectNode view(Hold hold) {
        ObjectNode node = json.object();
        node.put("id", hold.id());
        node.put("mentionId", hold.mentionId());
        node.put("storyId", hold.storyId());
        node.put("reason", hold.reason());
        node.put("placedBy", hold.placedBy());
        Json.put(node, "placedAt", hold.placedAt());
        Json.put(node, "endsAt", hold.endsAt());
        Json.put(node, "endedAt", hold.endedAt());
        node.put("version", hold.version());
        return node;
    }
}
