package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.ConsentText;
import org.tocsin.subscriber.SignUpKeeping;
import org.tocsin.subscriber.SignUpLink;
import org.tocsin.subscriber.SignUpSettings;
import org.tocsin.subscriber.Topic;

/** What the team says about signing up, over REST. The bot's token is taken, and never shown. */
final class SignUpApi {
    private final SignUpParts parts;
    private final SignUpKeeping keeping;
    private final IdempotencyKeys keys;
    private final Json json;

    SignUpApi(SignUpParts parts, IdempotencyKeys keys, Json json) {
        this.parts = parts;
        this.keeping = parts.keeping();
        this.keys = keys;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/sign-up/settings", Scope.READ, this::settings),
                Endpoint.put("/api/v1/sign-up/settings", Scope.ADMIN, this::save),
                Endpoint.get("/api/v1/sign-up/texts", Scope.READ, this::texts),
                Endpoint.post("/api/v1/sign-up/texts", Scope.ADMIN, this::addText),
                Endpoint.get("/api/v1/sign-up/topics", Scope.READ, this::topics),
                Endpoint.post("/api/v1/sign-up/topics", Scope.MANAGE, this::addTopic),
                Endpoint.patch("/api/v1/sign-up/topics/:id", Scope.MANAGE, this::changeTopic),
                Endpoint.get("/api/v1/sign-up/links", Scope.READ, this::links),
                Endpoint.get("/api/v1/sign-up/links/:code/qr", Scope.READ, this::qr),
                Endpoint.post("/api/v1/sign-up/links", Scope.POST, this::addLink),
                Endpoint.patch("/api/v1/sign-up/links/:code", Scope.POST, this::changeLink));
    }

    private Response settings(Request request) {
        return Response.json(200, json.write(view(request, keeping.settings(request.actor()))));
    }

    private ObjectNode view(Request request, SignUpSettings settings) {
        ObjectNode node = json.object();
        node.put("controller", settings.controller());
        node.put("contact", settings.contact());
        node.put("postal", settings.postal());
        node.put("purposeFr", settings.purposeFr());
        node.put("purposeEn", settings.purposeEn());
        node.put("botName", settings.botName().isEmpty() ? null : settings.botName());
        ArrayNode missing = node.putArray("missing");
        settings.missing().forEach(missing::add);
        ArrayNode outdated = node.putArray("textsOutdated");
        keeping.outdated(request.actor()).forEach(text -> outdated.add(text.language()));
        node.put("ready", settings.ready());
        node.put("byMail", parts.signUps().byMail());
        node.put("page", parts.base() + "/newsletter");
        node.put("version", settings.version());
        return node;
    }

    /**
     * What is to be said.
     *
     * @param botToken null to leave the bot as it is, empty to take it away
     */
    record SettingsBody(
            @Nullable String controller,
            @Nullable String contact,
            @Nullable String postal,
            @Nullable String purposeFr,
            @Nullable String purposeEn,
            @Nullable String botToken,
            @Nullable Long version) {}

    private Response save(Request request) {
        SettingsBody body = json.read(request, SettingsBody.class);
        if (body.version() == null) {
            throw FaultException.invalid("/version", Message.of("web.version.missing"));
        }
        SignUpSettings before = parts.signUps().settings(request.actor().branch());
        String token = body.botToken();
        @Nullable Secret bot = token == null ? before.bot() : token.isBlank() ? null : Secret.of(token.strip());
        String name = bot == null
                ? ""
                : token == null ? before.botName() : parts.bots().apply(bot);
        return Response.json(
                200,
                json.write(view(
                        request,
                        keeping.save(
                                request.actor(),
                                new SignUpSettings(
                                        given(body.controller(), before.controller()),
                                        given(body.contact(), before.contact()),
                                        given(body.postal(), before.postal()),
                                        given(body.purposeFr(), before.purposeFr()),
                                        given(body.purposeEn(), before.purposeEn()),
                                        bot,
                                        name,
                                        body.version())))));
    }

    private static String given(@Nullable String value, String before) {
        return value == null ? before : value.strip();
    }

    private Response texts(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        keeping.texts(request.actor()).forEach(text -> items.add(view(text)));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(ConsentText text) {
        ObjectNode node = json.object();
        node.put("id", text.id());
        node.put("language", text.language());
        node.put("number", text.number());
        node.put("text", text.text());
        Json.put(node, "createdAt", text.createdAt());
        return node;
    }

    record TextBody(@Nullable String language, @Nullable String text) {}

    private Response addText(Request request) {
        TextBody body = json.read(request, TextBody.class);
        return keys.once(
                request,
                () -> Response.json(
                        201,
                        json.write(view(
                                keeping.write(request.actor(), given(body.language(), ""), given(body.text(), ""))))));
    }

    private Response topics(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        keeping.topics(request.actor()).forEach(topic -> items.add(view(topic)));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(Topic topic) {
        ObjectNode node = json.object();
        node.put("id", topic.id());
        node.put("nameFr", topic.nameFr());
        node.put("nameEn", topic.nameEn());
        Json.put(node, "createdAt", topic.createdAt());
        Json.put(node, "retiredAt", topic.retiredAt());
        return node;
    }

    record TopicBody(
            @Nullable String nameFr,
            @Nullable String nameEn,
            @Nullable Boolean retired) {}

    private Response addTopic(Request request) {
        TopicBody body = json.read(request, TopicBody.class);
        return keys.once(
                request,
                () -> Response.json(
                        201,
                        json.write(view(keeping.addTopic(
                                request.actor(), given(body.nameFr(), ""), given(body.nameEn(), ""))))));
    }

    private Response changeTopic(Request request) {
        TopicBody body = json.read(request, TopicBody.class);
        return Response.json(
                200,
                json.write(view(keeping.changeTopic(
                        request.actor(), request.param("id"), body.nameFr(), body.nameEn(), body.retired()))));
    }

    private Response links(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        String bot = keeping.settings(request.actor()).botName();
        parts.brings()
                .all(request.actor(), (link, brought) -> view(link, bot).put("confirmed", brought))
                .forEach(items::add);
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    /** The code for a leaflet: SVG, or PNG where that is asked for. */
    private Response qr(Request request) {
        String code = request.param("code");
        String format = request.query("format").orElse("svg");
        if (!format.equals("svg") && !format.equals("png")) {
            throw FaultException.invalid("/format", Message.of("web.qr.format", "value", format));
        }
        if (!parts.brings().all(request.actor(), (link, brought) -> link.code()).contains(code)) {
            throw FaultException.notFound("link", code);
        }
        return QrImage.file(parts.base(), code, format.equals("png"));
    }

    private ObjectNode view(SignUpLink link, String bot) {
        ObjectNode node = json.object();
        node.put("code", link.code());
        node.put("name", link.name());
        node.put("postId", link.postId());
        node.put("campaign", link.campaign());
        node.put("url", parts.base() + "/n/" + link.code());
        node.put("telegramUrl", bot.isEmpty() ? null : "https://t.me/" + bot + "?start=" + link.code());
        Json.put(node, "createdAt", link.createdAt());
        Json.put(node, "retiredAt", link.retiredAt());
        return node;
    }

    /** @param retired null to leave it */
    record LinkChange(@Nullable Boolean retired) {}

    private Response changeLink(Request request) {
        LinkChange body = json.read(request, LinkChange.class);
        if (body.retired() == null) {
            throw FaultException.invalid("/retired", Message.of("signup.field.missing"));
        }
        return Response.json(
                200,
                json.write(view(
                        parts.brings().retire(request.actor(), request.param("code"), body.retired()),
                        parts.signUps().settings(request.actor().branch()).botName())));
    }

    record LinkBody(
            @Nullable String code,
            @Nullable String name,
            @Nullable String postId,
            @Nullable String campaign) {}

    private Response addLink(Request request) {
        LinkBody body = json.read(request, LinkBody.class);
        return keys.once(
                request,
                () -> Response.json(
                        201,
                        json.write(view(
                                parts.brings()
                                        .add(
                                                request.actor(),
                                                body.code(),
                                                given(body.name(), ""),
                                                body.postId(),
                                                body.campaign()),
                                parts.signUps()
                                        .settings(request.actor().branch())
                                        .botName()))));
    }
}
