package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.AcknowledgeNotice;
import org.tocsin.alert.Notice;
import org.tocsin.alert.NoticeRepository;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Freeze;
import org.tocsin.media.Media;
import org.tocsin.people.ApiToken;
import org.tocsin.people.AuditRow;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.people.Tokens;
import org.tocsin.publishing.Freezes;
import org.tocsin.publishing.MediaUpload;

/** Freezes, images, notices and tokens over REST. */
final class OperationsApi {
    private final UnitOfWork unitOfWork;
    private final Freezes freezes;
    private final MediaUpload uploads;
    private final NoticeRepository notices;
    private final AcknowledgeNotice acknowledge;
    private final Tokens tokens;
    private final AuditTrail audit;
    private final IdempotencyKeys keys;
    private final Views views;
    private final Json json;

    OperationsApi(
            UnitOfWork unitOfWork,
            Freezes freezes,
            MediaUpload uploads,
            NoticeRepository notices,
            AcknowledgeNotice acknowledge,
            Tokens tokens,
            AuditTrail audit,
            IdempotencyKeys keys,
            Views views,
            Json json) {
        this.unitOfWork = unitOfWork;
        this.freezes = freezes;
        this.uploads = uploads;
        this.notices = notices;
        this.acknowledge = acknowledge;
        this.tokens = tokens;
        this.audit = audit;
        this.keys = keys;
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/freeze", Scope.READ, this::standing),
                Endpoint.post("/api/v1/freeze", Scope.MANAGE, this::freeze),
                Endpoint.delete("/api/v1/freeze/:id", Scope.MANAGE, this::unfreeze),
                new Endpoint("POST", "/api/v1/media", Scope.POST, Endpoint.IMAGE, this::upload),
                Endpoint.get("/api/v1/notices", Scope.READ, this::notices),
                Endpoint.post("/api/v1/notices/:id/acknowledge", Scope.MANAGE, this::acknowledge),
                Endpoint.get("/api/v1/audit", Scope.ADMIN, this::audit),
                Endpoint.get("/api/v1/tokens", Scope.ADMIN, this::tokens),
                Endpoint.post("/api/v1/tokens", Scope.ADMIN, this::token),
                Endpoint.delete("/api/v1/tokens/:id", Scope.ADMIN, this::revoke));
    }

    /** The body of a freeze. */
    record FreezeBody(
            @Nullable String from,
            @Nullable String until,
            @Nullable String zone,
            @Nullable List<String> channels,
            @Nullable String reason) {}

    private Response freeze(Request request) {
        FreezeBody body = json.read(request, FreezeBody.class);
        return keys.once(request, () -> {
            if (body.channels() != null && body.channels().isEmpty()) {
                throw FaultException.invalid("/channels", Message.of("publishing.freeze.channels"));
            }
            Freeze freeze = freezes.order(
                    request.actor(),
                    body.from(),
                    body.until(),
                    body.zone(),
                    body.channels() == null ? Set.of() : new HashSet<>(body.channels()),
                    body.reason() == null ? "" : body.reason());
            Freezes.Holds holds = freezes.holds(freeze);
            ObjectNode node = view(freeze);
            ObjectNode held = node.putObject("holds");
            held.put("deliveries", holds.deliveries());
            Json.put(held, "first", holds.first());
            return Response.json(201, json.write(node));
        });
    }

    private Response unfreeze(Request request) {
        FreezeBody body = request.size() == 0
                ? new FreezeBody(null, null, null, null, request.query("reason").orElse(""))
                : json.read(request, FreezeBody.class);
        Freeze ended = freezes.end(request.actor(), request.param("id"), body.reason() == null ? "" : body.reason());
        return Response.json(200, json.write(view(ended)));
    }

    private Response standing(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        freezes.standing(request.actor().branch()).forEach(freeze -> items.add(view(freeze)));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(Freeze freeze) {
        ObjectNode node = json.object();
        node.put("id", freeze.id());
        Json.put(node, "from", freeze.from());
        Json.put(node, "until", freeze.until());
        node.put("zone", freeze.zone());
        ArrayNode channels = node.putArray("channels");
        freeze.channels().stream().sorted().forEach(channels::add);
        node.put("reason", freeze.reason());
        Json.put(node, "endedAt", freeze.endedAt());
        node.put("endReason", freeze.endReason());
        node.put("version", freeze.version());
        return node;
    }

    private Response upload(Request request) {
        return keys.once(request, () -> {
            try (InputStream in = request.body().open()) {
                Media media =
                        uploads.upload(request.actor(), request.query("name").orElse(""), in);
                ObjectNode node = json.object();
                node.put("id", media.id());
                node.put("type", media.type().mimeType());
                node.put("name", media.label());
                node.put("width", media.width());
                node.put("height", media.height());
                node.put("bytes", media.bytes());
                node.put("sha256", media.sha256());
                node.put("animated", media.animated());
                return Response.json(201, json.write(node));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Response notices(Request request) {
        int limit = Paging.limit(request);
        boolean open = request.query("open").map(Boolean::parseBoolean).orElse(false);
        return unitOfWork.read(tx -> {
            List<Notice> page = notices.page(tx, request.actor().branch(), open, Paging.after(request), limit + 1);
            ObjectNode node = json.object();
            ArrayNode items = node.putArray("items");
            page.stream().limit(limit).forEach(notice -> {
                ObjectNode item = items.addObject();
                item.put("id", notice.id());
                item.put("kind", notice.kind().name());
                item.put("subject", notice.subject());
                item.put("code", notice.message().code());
                item.put("message", views.text(notice.message(), request.locale()));
                Json.put(item, "createdAt", notice.createdAt());
                Json.put(item, "acknowledgedAt", notice.acknowledgedAt());
                item.put("delivery", notice.state());
            });
            node.put("next", page.size() > limit ? page.get(limit - 1).id() : null);
            return Response.json(200, json.write(node));
        });
    }

    private Response audit(Request request) {
        int limit = Paging.limit(request);
        String after = Paging.after(request);
        if (!after.matches("\\d{0,18}")) {
            throw FaultException.invalid("/after", Message.of("web.cursor"));
        }
        long before = after.isEmpty() ? 0 : Long.parseLong(after);
        return unitOfWork.read(tx -> {
            List<AuditRow> page = audit.page(tx, request.actor().branch(), before, limit + 1);
            ObjectNode node = json.object();
            ArrayNode items = node.putArray("items");
            page.stream().limit(limit).forEach(row -> {
                ObjectNode item = items.addObject();
                item.put("number", row.number());
                Json.put(item, "at", row.at());
                item.put("actor", row.actor());
                item.put("action", row.action());
                item.put("subject", row.subject());
                item.put("detail", row.detail());
            });
            node.put(
                    "next",
                    page.size() > limit ? String.valueOf(page.get(limit - 1).number()) : null);
            return Response.json(200, json.write(node));
        });
    }

    private Response acknowledge(Request request) {
        return keys.once(request, () -> {
            acknowledge.by(request.actor(), request.param("id"));
            return Response.empty(204);
        });
    }

    /** The body of a new token. */
    record TokenBody(
            @Nullable String name,
            @Nullable List<String> scopes,
            @Nullable String expiresAt) {}

    private Response token(Request request) {
        TokenBody body = json.read(request, TokenBody.class);
        if (body.name() == null || body.name().isBlank()) {
            throw FaultException.invalid("/name", Message.of("web.token.name"));
        }
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String name : body.scopes() == null ? List.<String>of() : body.scopes()) {
            scopes.add(scope(name));
        }
        if (scopes.isEmpty()) {
            throw FaultException.invalid("/scopes", Message.of("web.token.scopes"));
        }
        // A token is shown once: a repeat of the request must not show it again, so no key is stored for it.
        Tokens.Created created = unitOfWork.write(
                Urgency.REQUEST,
                tx -> tokens.create(tx, request.actor(), body.name().strip(), scopes, instant(body.expiresAt())));
        ObjectNode node = view(created.token());
        node.put("token", created.secret().reveal());
        return Response.json(201, json.write(node)).with("Cache-Control", "no-store");
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw FaultException.invalid("/expiresAt", Message.of("web.token.time", "value", text));
        }
    }

    private static Scope scope(String name) {
        try {
            return Scope.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw FaultException.invalid("/scopes", Message.of("web.token.scopes"));
        }
    }

    private Response tokens(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        tokens.all(request.actor().branch()).forEach(token -> items.add(view(token)));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(ApiToken token) {
        ObjectNode node = json.object();
        node.put("id", token.id());
        node.put("name", token.name());
        ArrayNode scopes = node.putArray("scopes");
        token.scopes().stream().sorted().forEach(scope -> scopes.add(scope.name()));
        Json.put(node, "createdAt", token.createdAt());
        node.put("createdBy", token.createdBy());
        Json.put(node, "expiresAt", token.expiresAt());
        Json.put(node, "usedAt", token.usedAt());
        Json.put(node, "revokedAt", token.revokedAt());
        return node;
    }

    private Response revoke(Request request) {
        tokens.revoke(request.actor(), request.param("id"));
        return Response.empty(204);
    }
}
