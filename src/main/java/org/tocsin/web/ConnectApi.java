package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.network.Channel;
import org.tocsin.network.Connecting;
import org.tocsin.people.Scope;
import org.tocsin.publishing.ChannelAdministration;

/** The dialogue by which a person connects a channel. It lives in memory for half an hour; the secrets in it are never shown. */
final class ConnectApi {
    private static final Duration LIFE = Duration.ofMinutes(30);

    private final Map<String, Connecting> connectings;
    private final ChannelAdministration administration;
    private final Views views;
    private final Json json;
    private final Ids ids;
    private final Cache<String, Dialogue> dialogues;

    /** Where a dialogue stands. */
    private record Dialogue(
            String actorId,
            Connecting connecting,
            @Nullable String channelId,
            @Nullable String name,
            Connecting.Ask ask) {}

    ConnectApi(List<Connecting> connectings, ChannelAdministration administration, Views views, Json json, Ids ids) {
        Map<String, Connecting> byNetwork = new TreeMap<>();
        connectings.forEach(connecting -> byNetwork.put(connecting.network(), connecting));
        this.connectings = byNetwork;
        this.administration = administration;
        this.views = views;
        this.json = json;
        this.ids = ids;
        this.dialogues =
                Caffeine.newBuilder().expireAfterWrite(LIFE).maximumSize(1000).build();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/connect", Scope.ADMIN, this::networks),
                Endpoint.post("/api/v1/connect", Scope.ADMIN, this::begin),
                Endpoint.post("/api/v1/connect/:id", Scope.ADMIN, this::answer));
    }

    private Response networks(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        connectings.keySet().forEach(items::add);
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    /** Which network; the id and name of the channel are optional, an id that exists is reconnected. */
    record Begin(
            @Nullable String network,
            @Nullable String channelId,
            @Nullable String name) {}

    private Response begin(Request request) {
        Begin body = json.read(request, Begin.class);
        Connecting connecting = connectings.get(body.network() == null ? "" : body.network());
        if (connecting == null) {
            throw FaultException.invalid(
                    "/network",
                    Message.of(
                            "web.connect.network",
                            "value",
                            String.valueOf(body.network()),
                            "known",
                            connectings.keySet()));
        }
        return ask(
                request,
                ids.next(),
                new Dialogue(request.actor().id(), connecting, body.channelId(), body.name(), connecting.begin()));
    }

    private Response answer(Request request) {
        String id = request.param("id");
        Dialogue dialogue = dialogues.getIfPresent(id);
        if (dialogue == null || !dialogue.actorId().equals(request.actor().id())) {
            throw FaultException.notFound("connect", id);
        }
        Map<String, Secret> answers = new HashMap<>();
        for (Object entry : json.read(request, Map.class).entrySet()) {
            Map.Entry<?, ?> pair = (Map.Entry<?, ?>) entry;
            answers.put(String.valueOf(pair.getKey()), Secret.of(String.valueOf(pair.getValue())));
        }
        Connecting.Ask before = dialogue.ask();
        return switch (dialogue.connecting().next(before.state(), before.step(), answers)) {
            case Connecting.Ask ask ->
                ask(
                        request,
                        id,
                        new Dialogue(
                                dialogue.actorId(), dialogue.connecting(), dialogue.channelId(), dialogue.name(), ask));
            case Connecting.Connected connected -> connected(request, id, dialogue, connected);
        };
    }

    private Response connected(Request request, String id, Dialogue dialogue, Connecting.Connected connected) {
        Channel channel = administration.save(
                request.actor(),
                dialogue.channelId(),
                dialogue.name() == null ? connected.account() : dialogue.name(),
                dialogue.connecting().network(),
                connected.settings(),
                connected.secrets(),
                true);
        administration.check(request.actor(), channel.id());
        dialogues.invalidate(id);
        ObjectNode node = json.object();
        node.put("done", true);
        node.put("account", connected.account());
        node.put("channelId", channel.id());
        return Response.json(201, json.write(node));
    }

    private Response ask(Request request, String id, Dialogue dialogue) {
        dialogues.put(id, dialogue);
        Connecting.Ask ask = dialogue.ask();
        ObjectNode node = json.object();
        node.put("done", false);
        node.put("id", id);
        node.put("step", ask.step());
        node.put("help", views.text(ask.help(), request.locale()));
        node.put("link", ask.link() == null ? null : ask.link().toString());
        ArrayNode fields = node.putArray("fields");
        for (Connecting.Field field : ask.fields()) {
            fields.addObject()
                    .put("name", field.name())
                    .put("label", views.text(field.label(), request.locale()))
                    .put("secret", field.secret())
                    .put("defaultValue", field.defaultValue());
        }
        ArrayNode faults = node.putArray("errors");
        for (Fault fault : ask.faults()) {
            faults.addObject()
                    .put("pointer", fault.pointer())
                    .put("code", fault.message().code())
                    .put("message", views.text(fault.message(), request.locale()));
        }
        return Response.json(200, json.write(node));
    }
}
