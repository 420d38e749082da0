package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Sender;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.people.Scope;
import org.tocsin.recipient.QuietHours;
import org.tocsin.recipient.Recipient;
import org.tocsin.recipient.Recipients;
import org.tocsin.recipient.TelegramLink;
import org.tocsin.recipient.Way;

/** Recipients and their ways over REST. A secret is taken, and never shown. */
final class RecipientsApi {
    private final Recipients recipients;
    private final Sender sender;
    private final TelegramLink links;
    private final IdempotencyKeys keys;
    private final Views views;
    private final Json json;

    RecipientsApi(AlertingParts parts, IdempotencyKeys keys, Views views, Json json) {
        this.recipients = parts.recipients();
        this.sender = parts.sender();
        this.links = parts.links();
        this.keys = keys;
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/recipients", Scope.READ, this::list),
                Endpoint.post("/api/v1/recipients", Scope.MANAGE, this::add),
                Endpoint.get("/api/v1/recipients/:id", Scope.READ, this::one),
                Endpoint.patch("/api/v1/recipients/:id", Scope.MANAGE, this::change),
                Endpoint.delete("/api/v1/recipients/:id", Scope.MANAGE, this::remove),
                Endpoint.post("/api/v1/recipients/:id/ways", Scope.MANAGE, this::addWay),
                Endpoint.post("/api/v1/recipients/:id/telegram", Scope.MANAGE, this::code),
                Endpoint.delete("/api/v1/recipients/:id/ways/:way", Scope.MANAGE, this::removeWay),
                Endpoint.post("/api/v1/recipients/:id/ways/:way/test", Scope.MANAGE, this::test));
    }

    private Response list(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        recipients.all(request.actor()).forEach(seen -> items.add(view(seen, request.locale())));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private Response one(Request request) {
        return shown(200, request, request.param("id"));
    }

    private Response shown(int status, Request request, String id) {
        return Response.json(status, json.write(view(recipients.find(request.actor(), id), request.locale())));
    }

    private ObjectNode view(Recipients.Seen seen, Locale locale) {
        Recipient recipient = seen.recipient();
        QuietHours quiet = recipient.quiet();
        ObjectNode node = json.object();
        node.put("id", recipient.id());
        node.put("name", recipient.name());
        node.put("userId", recipient.userId());
        node.put("language", recipient.language().toLanguageTag());
        node.put("zone", recipient.zone().getId());
        node.put("quiet", quiet == null ? null : quiet.from() + "-" + quiet.to());
        node.put("budget", recipient.budget());
        ArrayNode notices = node.putArray("notices");
        recipient.notices().stream().map(Enum::name).sorted().forEach(notices::add);
        node.put("nextId", recipient.nextId());
        ArrayNode ways = node.putArray("ways");
        seen.ways().forEach(way -> ways.add(view(way, locale)));
        Json.put(node, "createdAt", recipient.createdAt());
        node.put("version", recipient.version());
        return node;
    }

    private ObjectNode view(Way way, Locale locale) {
        ObjectNode node = json.object();
        node.put("id", way.id());
        node.put("kind", way.kind().name());
        ObjectNode settings = node.putObject("settings");
        way.kind().settings().forEach(name -> settings.put(name, way.setting(name)));
        Json.put(node, "lastSuccessAt", way.health().lastSuccessAt());
        Json.put(node, "lastFailureAt", way.health().lastFailureAt());
        Message failure = way.health().failure();
        node.put("failure", failure == null ? null : views.text(failure, locale));
        Json.put(node, "createdAt", way.createdAt());
        return node;
    }

    /** The body of a recipient; {@code version} of the one that is changed. */
    record RecipientBody(
            @Nullable String name,
            @Nullable String userId,
            @Nullable String language,
            @Nullable String zone,
            @Nullable String quiet,
            @Nullable Integer budget,
            @Nullable List<String> notices,
            @Nullable String nextId,
            @Nullable Long version) {
        private Recipients.Wanted wanted() {
            return new Recipients.Wanted(name, userId, language, zone, quiet, budget, notices, nextId, version);
        }
    }

    private Response add(Request request) {
        RecipientBody body = json.read(request, RecipientBody.class);
        return keys.once(
                request,
                () -> shown(
                        201,
                        request,
                        recipients.add(request.actor(), body.wanted()).id()));
    }

    private Response change(Request request) {
        RecipientBody body = json.read(request, RecipientBody.class);
        if (body.version() == null) {
            throw FaultException.invalid("/version", Message.of("web.version.missing"));
        }
        return shown(
                200,
                request,
                recipients
                        .change(request.actor(), request.param("id"), body.wanted())
                        .id());
    }

    private Response remove(Request request) {
        recipients.remove(request.actor(), request.param("id"), SeenVersion.of(request));
        return Response.empty(204);
    }

    /** The body of a way: what its kind needs. */
    record WayBody(
            @Nullable String kind,
            @Nullable String address,
            @Nullable String url,
            @Nullable String secret,
            @Nullable String homeserver,
            @Nullable String room,
            @Nullable String token,
            @Nullable String channel,
            @Nullable String chatId) {
        private Map<String, String> given() {
            Map<String, String> given = new HashMap<>();
            given.put("address", or(address));
            given.put("url", or(url));
            given.put("secret", or(secret));
            given.put("homeserver", or(homeserver));
            given.put("room", or(room));
            given.put("token", or(token));
            given.put("channel", or(channel));
            given.put("chatId", or(chatId));
            return given;
        }

        private static String or(@Nullable String value) {
            return value == null ? "" : value;
        }

        /** Without its values: some are secrets. */
        @Override
        public String toString() {
            return "WayBody[" + kind + "]";
        }
    }

    private Response addWay(Request request) {
        WayBody body = json.read(request, WayBody.class);
        return keys.once(request, () -> {
            Way way = recipients.addWay(request.actor(), request.param("id"), body.kind(), body.given());
            return Response.json(201, json.write(view(way, request.locale())));
        });
    }

    private Response removeWay(Request request) {
        recipients.removeWay(request.actor(), request.param("id"), request.param("way"));
        return Response.empty(204);
    }

    /** A code is no answer to be given a second time: it is not kept under the request's key. */
    private Response code(Request request) {
        String code = links.code(request.actor(), request.param("id")).reveal();
        return Response.json(201, json.write(json.object().put("code", code).put("text", "/start " + code)))
                .with("Cache-Control", "no-store");
    }

    private Response test(Request request) {
        return keys.once(request, () -> {
            Recipients.Seen seen = recipients.find(request.actor(), request.param("id"));
            Way way = recipients.way(request.actor(), request.param("id"), request.param("way"));
            Optional<Message> failure = sender.test(request.actor(), seen, way);
            ObjectNode node = json.object();
            node.put("sent", failure.isEmpty());
            node.put(
                    "reason",
                    failure.map(why -> views.text(why, request.locale())).orElse(null));
            return Response.json(200, json.write(node));
        });
    }
}
