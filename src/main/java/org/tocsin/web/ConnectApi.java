package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.Secret;
import org.tocsin.network.Connecting;
import org.tocsin.people.Scope;

/** The dialogue by which a person connects a channel, in JSON. */
final class ConnectApi {
    private final ConnectDialogues dialogues;
    private final Views views;
    private final Json json;

    ConnectApi(ConnectDialogues dialogues, Views views, Json json) {
        this.dialogues = dialogues;
        this.views = views;
        this.json = json;
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
        dialogues.networks().forEach(items::add);
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    /**
     * Which network; the id and name of the channel are optional, an id that exists is reconnected. When it turns out to be another account,
     * that is asked, unless {@code otherAccount} says beforehand that it may be.
     */
    record Begin(
            @Nullable String network,
            @Nullable String channelId,
            @Nullable String name,
            @Nullable Boolean otherAccount) {}

    private Response begin(Request request) {
        Begin body = json.read(request, Begin.class);
        return shown(
                request,
                dialogues.begin(
                        request.actor(),
                        body.network() == null ? "" : body.network(),
                        body.channelId(),
                        body.name(),
                        Boolean.TRUE.equals(body.otherAccount())));
    }

    private Response answer(Request request) {
        Map<String, Secret> answers = new HashMap<>();
        for (Object entry : json.read(request, Map.class).entrySet()) {
            Map.Entry<?, ?> pair = (Map.Entry<?, ?>) entry;
            answers.put(String.valueOf(pair.getKey()), Secret.of(String.valueOf(pair.getValue())));
        }
        return shown(request, dialogues.answer(request.actor(), request.param("id"), answers));
    }

    private Response shown(Request request, ConnectDialogues.Step step) {
        return switch (step) {
            case ConnectDialogues.Asked asked -> Response.json(200, json.write(question(request, asked)));
            case ConnectDialogues.Done done -> {
                ObjectNode node = json.object();
                node.put("done", true);
                node.put("account", done.account());
                node.put("channelId", done.channel().id());
                yield Response.json(201, json.write(node));
            }
        };
    }

    private ObjectNode question(Request request, ConnectDialogues.Asked asked) {
        Connecting.Ask ask = asked.ask();
        ObjectNode node = json.object();
        node.put("done", false);
        node.put("id", asked.id());
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
        return node;
    }
}
