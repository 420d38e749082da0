package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    private static final String OTHER_ACCOUNT = "otherAccount";
    private static final Set<String> YES = Set.of("true", "yes", "y", "oui", "o");

    private final Map<String, Connecting> connectings;
    private final ChannelAdministration administration;
    private final Views views;
    private final Json json;
    private final Ids ids;
    private final Cache<String, Dialogue> dialogues;

    /**
     * Where a dialogue stands.
     *
     * @param otherAccount whether the channel may become one of another account
     * @param connected    what is connected and waits for the word that it may; null before
     */
    private record Dialogue(
            String actorId,
            Connecting connecting,
            @Nullable String channelId,
            @Nullable String name,
            boolean otherAccount,
            Connecting.Ask ask,
            Connecting.@Nullable Connected connected) {
        Dialogue at(Connecting.Ask next) {
            return new Dialogue(actorId, connecting, channelId, name, otherAccount, next, null);
        }

        Dialogue waiting(Connecting.Ask question, Connecting.Connected account) {
            return new Dialogue(actorId, connecting, channelId, name, otherAccount, question, account);
        }
    }

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
        ChannelAdministration.identifiable("/channelId", body.channelId());
        return ask(
                request,
                ids.next(),
                new Dialogue(
                        request.actor().id(),
                        connecting,
                        body.channelId(),
                        body.name(),
                        Boolean.TRUE.equals(body.otherAccount()),
                        connecting.begin(),
                        null));
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
        if (dialogue.connected() != null) {
            String word = answers.getOrDefault(OTHER_ACCOUNT, Secret.of("")).reveal();
            if (!YES.contains(word.strip().toLowerCase(Locale.ROOT))) {
                dialogues.invalidate(id);
                throw FaultException.conflict(Message.of("web.connect.declined"));
            }
            return connected(request, id, dialogue, dialogue.connected(), true);
        }
        Connecting.Ask before = dialogue.ask();
        return switch (dialogue.connecting().next(before.state(), before.step(), answers)) {
            case Connecting.Ask ask -> ask(request, id, dialogue.at(ask));
            case Connecting.Connected connected -> connected(request, id, dialogue, connected, dialogue.otherAccount());
        };
    }

    private Response connected(
            Request request, String id, Dialogue dialogue, Connecting.Connected connected, boolean otherAccount) {
        Channel channel;
        try {
            channel = administration.connect(
                    request.actor(),
                    new ChannelAdministration.Wanted(
                            dialogue.channelId(),
                            dialogue.name(),
                            dialogue.connecting().network(),
                            connected.settings(),
                            connected.secrets(),
                            null,
                            otherAccount),
                    connected.account());
        } catch (FaultException e) {
            if (e.kind() != FaultException.Kind.CONFLICT) {
                throw e;
            }
            // What was connected is kept: a code that was used once cannot be asked for again.
            Message help = Message.of(
                    "web.connect.other",
                    "account",
                    connected.account(),
                    "channel",
                    String.valueOf(dialogue.channelId()));
            Connecting.Field field =
                    new Connecting.Field(OTHER_ACCOUNT, Message.of("web.connect.other.yes"), false, "");
            return ask(
                    request,
                    id,
                    dialogue.waiting(
                            new Connecting.Ask("other-account", help, null, List.of(field), List.of(), Map.of()),
                            connected));
        }
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
