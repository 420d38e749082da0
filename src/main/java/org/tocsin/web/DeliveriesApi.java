package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.Ledger;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.delivery.RevisionRepository;
import org.tocsin.people.Scope;
import org.tocsin.publishing.DeliveryDecisions;
import org.tocsin.publishing.DeliveryDecisions.Decision;
import org.tocsin.publishing.RemovalDecisions;

/** Deliveries and the ledger over REST. */
final class DeliveriesApi {
    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final RevisionRepository revisions;
    private final RemovalRepository removals;
    private final DeliveryDecisions decisions;
    private final RemovalDecisions taking;
    private final IdempotencyKeys keys;
    private final Views views;
    private final Json json;

    DeliveriesApi(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            RevisionRepository revisions,
            RemovalRepository removals,
            DeliveryDecisions decisions,
            RemovalDecisions taking,
            IdempotencyKeys keys,
            Views views,
            Json json) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.revisions = revisions;
        this.removals = removals;
        this.decisions = decisions;
        this.taking = taking;
        this.keys = keys;
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/deliveries", Scope.READ, this::list),
                Endpoint.get("/api/v1/deliveries/:id", Scope.READ, this::one),
                Endpoint.post("/api/v1/deliveries/:id/resolve", Scope.MANAGE, this::resolve),
                Endpoint.post("/api/v1/deliveries/:id/retry", Scope.MANAGE, this::retry),
                Endpoint.post("/api/v1/deliveries/:id/cancel", Scope.POST, this::cancel),
                Endpoint.get("/api/v1/ledger", Scope.READ, this::ledger));
    }

    private Response list(Request request) {
        Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
        request.query("state").ifPresent(text -> {
            for (String name : text.split(",")) {
                states.add(state(name));
            }
        });
        int limit = Paging.limit(request);
        return unitOfWork.read(tx -> {
            List<Delivery> page =
                    deliveries.page(tx, request.actor().branch(), states, Paging.after(request), limit + 1);
            ObjectNode node = json.object();
            ArrayNode items = node.putArray("items");
            page.stream()
                    .limit(limit)
                    .forEach(delivery -> items.add(views.delivery(
                            delivery,
                            deliveries.segments(tx, delivery.id()),
                            deliveries.attempts(tx, delivery.id()),
                            revisions.of(tx, delivery.id()),
                            removals.of(tx, delivery.id()),
                            request.locale())));
            node.put("next", page.size() > limit ? page.get(limit - 1).id() : null);
            return Response.json(200, json.write(node));
        });
    }

    private static String known() {
        return Stream.of(DeliveryState.values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    private static DeliveryState state(String name) {
        try {
            return DeliveryState.valueOf(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw FaultException.invalid("/state", Message.of("web.state", "value", name, "known", known()));
        }
    }

    private Response one(Request request) {
        return view(request, request.param("id"));
    }

    private Response view(Request request, String id) {
        return unitOfWork.read(tx -> {
            Delivery delivery = deliveries
                    .find(tx, id)
                    .filter(found -> found.branch().equals(request.actor().branch()))
                    .orElseThrow(() -> FaultException.notFound("delivery", id));
            return Response.json(
                    200,
                    json.write(views.delivery(
                            delivery,
                            deliveries.segments(tx, id),
                            deliveries.attempts(tx, id),
                            revisions.of(tx, id),
                            removals.of(tx, id),
                            request.locale())));
        });
    }

    /** The body of a decision. */
    record Body(
            @Nullable Long version,
            @Nullable String decision,
            @Nullable String url,
            @Nullable Boolean overrideFreeze,
            @Nullable String reason) {
        long seen() {
            if (version == null) {
                throw FaultException.invalid("/version", Message.of("web.version.missing"));
            }
            return version;
        }
    }

    private Response resolve(Request request) {
        Body body = json.read(request, Body.class);
        return keys.once(request, () -> {
            String id = request.param("id");
            switch (body.decision() == null ? "" : body.decision()) {
                case "published" -> decisions.resolve(request.actor(), id, body.seen(), Decision.PUBLISHED, body.url());
                case "resend" -> decisions.resolve(request.actor(), id, body.seen(), Decision.RESEND, body.url());
                case "gone" -> taking.gone(request.actor(), id, body.seen());
                case "delete" -> taking.again(request.actor(), id, body.seen());
                default ->
                    throw FaultException.invalid(
                            "/decision", Message.of("web.decision", "value", String.valueOf(body.decision())));
            }
            return view(request, id);
        });
    }

    private Response retry(Request request) {
        Body body = json.read(request, Body.class);
        return keys.once(request, () -> {
            boolean override = Boolean.TRUE.equals(body.overrideFreeze());
            if (override && (body.reason() == null || body.reason().isBlank())) {
                throw FaultException.invalid("/reason", Message.of("publishing.reason.needed"));
            }
            decisions.retry(request.actor(), request.param("id"), body.seen(), override ? body.reason() : null);
            return view(request, request.param("id"));
        });
    }

    private Response cancel(Request request) {
        Body body = json.read(request, Body.class);
        return keys.once(request, () -> {
            decisions.cancel(request.actor(), request.param("id"), body.seen());
            return view(request, request.param("id"));
        });
    }

    private Response ledger(Request request) {
        Ledger ledger =
                unitOfWork.read(tx -> deliveries.ledger(tx, request.actor().branch()));
        ObjectNode node = json.object();
        node.put("requested", ledger.requested());
        ObjectNode states = node.putObject("states");
        ledger.states().forEach((state, count) -> states.put(state.name(), count));
        node.put("balanced", ledger.balanced());
        ArrayNode channels = node.putArray("channels");
        for (Ledger.OfChannel channel : ledger.channels()) {
            ObjectNode item = channels.addObject();
            item.put("channelId", channel.channelId());
            item.put("requested", channel.requested());
            ObjectNode own = item.putObject("states");
            channel.states().forEach((state, count) -> own.put(state.name(), count));
        }
        return Response.json(200, json.write(node));
    }
}
