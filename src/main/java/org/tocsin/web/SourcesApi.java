package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.mention.Source;
import org.tocsin.mention.feed.FeedDiscovery;
import org.tocsin.mention.hearing.Incoming;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.people.Scope;

/** Sources of mentions over REST. */
final class SourcesApi {
    private final Sources sources;
    private final Incoming incoming;
    private final IdempotencyKeys keys;
    private final Views views;
    private final Json json;
    private final Clock clock;

    SourcesApi(Sources sources, Incoming incoming, IdempotencyKeys keys, Views views, Json json, Clock clock) {
        this.sources = sources;
        this.incoming = incoming;
        this.keys = keys;
        this.views = views;
        this.json = json;
        this.clock = clock;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/sources", Scope.READ, this::list),
                Endpoint.post("/api/v1/sources", Scope.MANAGE, this::add),
                Endpoint.post("/api/v1/sources/discover", Scope.MANAGE, this::discover),
                Endpoint.get("/api/v1/sources/:id", Scope.READ, this::one),
                Endpoint.patch("/api/v1/sources/:id", Scope.MANAGE, this::change),
                Endpoint.delete("/api/v1/sources/:id", Scope.MANAGE, this::remove));
    }

    private Response list(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        sources.all(request.actor()).forEach(seen -> items.add(view(seen, request.locale())));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private Response one(Request request) {
        return Response.json(
                200, json.write(view(sources.find(request.actor(), request.param("id")), request.locale())));
    }

    private ObjectNode view(Sources.Seen seen, Locale locale) {
        Source source = seen.source();
        ObjectNode node = json.object();
        node.put("id", source.id());
        node.put("type", source.type());
        node.put("name", source.name());
        node.put("url", source.url());
        node.put("channelId", source.channelId());
        ObjectNode settings = node.putObject("settings");
        settings.put("query", source.query());
        settings.put("ceiling", source.ceiling() == null ? null : BigDecimal.valueOf(source.ceiling(), 6));
        node.put("enabled", source.enabled());
        node.put("state", source.state().name());
        Message reason = source.reason();
        node.put("reason", reason == null ? null : views.text(reason, locale));
        node.put("reasonCode", reason == null ? null : reason.code());
        node.put("attempts", source.attempts());
        Json.put(node, "nextAt", source.enabled() ? source.nextAt() : null);
        Json.put(node, "lastSuccessAt", source.lastSuccessAt());
        Json.put(node, "lastHeardAt", source.lastHeardAt());
        node.put("lagSeconds", source.lag(clock.instant()).toSeconds());
        node.put("lag", views.text(source.lagTold(clock.instant()), locale));
        ArrayNode gaps = node.putArray("gaps");
        seen.gaps()
                .forEach(gap -> gaps.addObject()
                        .put("from", gap.from().toString())
                        .put("to", gap.to().toString()));
        ArrayNode aside = node.putArray("aside");
        seen.aside()
                .forEach(one -> aside.addObject()
                        .put("mentionId", one.mentionId())
                        .put("step", one.step().name())
                        .put("reason", one.reason())
                        .put("at", one.at().toString()));
        Json.put(node, "createdAt", source.createdAt());
        node.put("version", source.version());
        return node;
    }

    /** The body of a new source. */
    record AddBody(
            @Nullable String type,
            @Nullable String url,
            @Nullable String channelId,
            @Nullable Settings settings,
            @Nullable String name) {}

    /**
     * What a source listens for.
     *
     * @param ceiling US dollars a month
     */
    record Settings(@Nullable String query, @Nullable BigDecimal ceiling) {
        static final Settings NONE = new Settings(null, null);
    }

    private Response add(Request request) {
        AddBody body = json.read(request, AddBody.class);
        Settings settings = body.settings() == null ? Settings.NONE : body.settings();
        if (Incoming.WEBHOOK.equals(body.type())) {
            // Its address is secret: it is not kept as an answer under the request's key.
            Incoming.Opened opened = incoming.open(request.actor(), body.name());
            Sources.Seen seen = sources.find(request.actor(), opened.source().id());
            ObjectNode node = view(seen, request.locale()).put("there", false);
            return Response.json(201, json.write(node.put("hook", IncomingApi.path(opened))))
                    .with("Cache-Control", "no-store");
        }
        return keys.once(request, () -> {
            Sources.Added added = sources.add(
                    request.actor(),
                    new Sources.Wanted(
                            body.type(),
                            body.url(),
                            body.channelId(),
                            settings.query(),
                            settings.ceiling(),
                            body.name()));
            Sources.Seen seen = sources.find(request.actor(), added.source().id());
            ObjectNode node = view(seen, request.locale()).put("there", added.there());
            return Response.json(added.there() ? 200 : 201, json.write(node));
        });
    }

    /** The address that is looked at. */
    record DiscoverBody(@Nullable String url) {}

    private Response discover(Request request) {
        DiscoverBody body = json.read(request, DiscoverBody.class);
        FeedDiscovery.Found found = sources.discover(request.actor(), body.url());
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        found.feeds().forEach(feed -> items.addObject().put("url", feed.url()).put("title", feed.title()));
        node.putNull("next");
        node.put(
                "reason",
                found.failure() == null
                        ? null
                        : views.text(found.failure().reason().message(), request.locale()));
        return Response.json(200, json.write(node));
    }

    /** What of a source is changed. */
    record ChangeBody(
            @Nullable Long version,
            @Nullable Boolean enabled,
            @Nullable String name,
            @Nullable Settings settings) {}

    private Response change(Request request) {
        ChangeBody body = json.read(request, ChangeBody.class);
        if (body.version() == null) {
            throw FaultException.invalid("/version", Message.of("web.version.missing"));
        }
        Settings settings = body.settings() == null ? Settings.NONE : body.settings();
        if (settings.query() != null) {
            // What it has heard would stand under words that it was not heard for.
            throw FaultException.invalid("/settings/query", Message.of("heard.source.query.fixed"));
        }
        sources.change(
                request.actor(), request.param("id"), body.version(), body.enabled(), body.name(), settings.ceiling());
        return one(request);
    }

    private Response remove(Request request) {
        sources.remove(request.actor(), request.param("id"), SeenVersion.of(request));
        return Response.empty(204);
    }
}
