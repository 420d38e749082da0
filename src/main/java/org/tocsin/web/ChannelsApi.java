package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Networks;
import org.tocsin.people.Scope;
import org.tocsin.publishing.ChannelAdministration;

/** Channels over REST. Secrets go in and never come out. */
final class ChannelsApi {
    private final UnitOfWork unitOfWork;
    private final ChannelRepository channels;
    private final ChannelAdministration administration;
    private final Networks networks;
    private final IdempotencyKeys keys;
    private final Views views;
    private final Json json;

    ChannelsApi(
            UnitOfWork unitOfWork,
            ChannelRepository channels,
            ChannelAdministration administration,
            Networks networks,
            IdempotencyKeys keys,
            Views views,
            Json json) {
        this.unitOfWork = unitOfWork;
        this.channels = channels;
        this.administration = administration;
        this.networks = networks;
        this.keys = keys;
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/channels", Scope.READ, this::list),
                Endpoint.post("/api/v1/channels", Scope.ADMIN, this::add),
                Endpoint.get("/api/v1/channels/:id", Scope.READ, this::one),
                Endpoint.delete("/api/v1/channels/:id", Scope.ADMIN, this::remove),
                Endpoint.post("/api/v1/channels/:id/check", Scope.MANAGE, this::check));
    }

    /** The body of a new channel, or of a reconnection; {@code check: false} keeps what does not work yet. */
    record Body(
            @Nullable String id,
            @Nullable String name,
            @Nullable String network,
            @Nullable Map<String, String> settings,
            @Nullable Map<String, String> secrets,
            @Nullable Boolean inDefaultSet,
            @Nullable Boolean otherAccount,
            @Nullable Boolean check) {}

    private Response add(Request request) {
        Body body = json.read(request, Body.class);
        return keys.once(request, () -> {
            if (body.network() == null) {
                throw FaultException.invalid("/network", Message.of("publishing.network.unknown", "value", ""));
            }
            Map<String, Secret> secrets = new TreeMap<>();
            if (body.secrets() != null) {
                body.secrets().forEach((name, value) -> secrets.put(name, Secret.of(value)));
            }
            ChannelAdministration.Wanted wanted = new ChannelAdministration.Wanted(
                    body.id(),
                    body.name(),
                    body.network(),
                    body.settings() == null ? Map.of() : body.settings(),
                    secrets,
                    body.inDefaultSet(),
                    Boolean.TRUE.equals(body.otherAccount()));
            Channel channel = Boolean.FALSE.equals(body.check())
                    ? administration.save(request.actor(), wanted)
                    : administration.saveChecked(request.actor(), wanted);
            return Response.json(201, json.write(view(request, channel)));
        });
    }

    private Response list(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        administration.all(request.actor()).forEach(channel -> items.add(view(request, channel)));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private Channel find(Request request) {
        return unitOfWork
                .read(tx -> channels.find(tx, request.param("id")))
                .filter(found -> found.branch().equals(request.actor().branch()))
                .orElseThrow(() -> FaultException.notFound("channel", request.param("id")));
    }

    private Response one(Request request) {
        return Response.json(200, json.write(view(request, find(request))));
    }

    private Response remove(Request request) {
        ObjectNode node = json.object();
        node.put("cancelled", administration.remove(request.actor(), request.param("id")));
        return Response.json(200, json.write(node));
    }

    private Response check(Request request) {
        return keys.once(request, () -> {
            administration.check(request.actor(), request.param("id"));
            return one(request);
        });
    }

    private ObjectNode view(Request request, Channel channel) {
        ObjectNode node = json.object();
        node.put("id", channel.id());
        node.put("name", channel.name());
        node.put("network", channel.network());
        ObjectNode settings = node.putObject("settings");
        new TreeMap<>(channel.settings()).forEach(settings::put);
        ArrayNode secrets = node.putArray("secretsSet");
        channel.secrets().keySet().stream().sorted().forEach(secrets::add);
        node.put(
                "guarantee",
                networks.find(channel.network())
                        .map(network -> network.guarantee(channel).kind().name())
                        .orElse("NONE"));
        node.put(
                "inDefaultSet",
                unitOfWork.read(tx -> channels.defaultSet(tx, channel.branch())).contains(channel.id()));
        ChannelHealth health = unitOfWork.read(tx -> channels.health(tx, channel.id()));
        ObjectNode state = node.putObject("health");
        state.put("status", health.status().name());
        state.put(
                "reason",
                health.reason() == null ? null : views.text(health.reason().message(), request.locale()));
        state.put("account", health.account());
        Json.put(state, "checkedAt", health.status() == ChannelHealth.Status.UNCHECKED ? null : health.checkedAt());
        administration.spending(channel).ifPresent(money -> {
            ObjectNode spending = node.putObject("spending");
            spending.put("month", money.month().toString());
            spending.put("spentUsd", ChannelAdministration.Spending.dollars(money.spent()));
            spending.put(
                    "ceilingUsd",
                    money.ceiling() == null ? null : ChannelAdministration.Spending.dollars(money.ceiling()));
        });
        return node;
    }
}
