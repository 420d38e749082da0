package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.people.Scope;
import org.tocsin.post.Campaign;
import org.tocsin.post.MentionEntry;
import org.tocsin.publishing.Campaigns;
import org.tocsin.publishing.MentionBookKeeping;
import org.tocsin.subscriber.SignUpLinks;

/** Campaigns and the mention book over REST. */
final class CampaignsApi {
    private final Campaigns campaigns;
    private final MentionBookKeeping book;
    private final SignUpLinks brings;
    private final IdempotencyKeys keys;
    private final Json json;

    CampaignsApi(Campaigns campaigns, MentionBookKeeping book, SignUpLinks brings, IdempotencyKeys keys, Json json) {
        this.campaigns = campaigns;
        this.book = book;
        this.brings = brings;
        this.keys = keys;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/campaigns", Scope.READ, this::list),
                Endpoint.post("/api/v1/campaigns", Scope.MANAGE, this::save),
                Endpoint.delete("/api/v1/campaigns/:id", Scope.MANAGE, this::remove),
                Endpoint.get("/api/v1/mentions-book", Scope.READ, this::book),
                Endpoint.post("/api/v1/mentions-book", Scope.MANAGE, this::enter),
                Endpoint.delete("/api/v1/mentions-book/:name", Scope.MANAGE, this::strike));
    }

    /**
     * The body of a campaign; {@code version} is that which was seen, absent for a new one. How many it has brought is shown, and passed
     * over where it comes back.
     */
    record CampaignBody(
            @Nullable String id,
            @Nullable String name,
            @Nullable String hashtag,
            @Nullable String from,
            @Nullable String until,
            @Nullable List<String> channels,
            @Nullable Map<String, String> utm,
            @Nullable List<String> domains,
            @Nullable Long version,
            @Nullable Long confirmedSubscribers) {}

    private Response save(Request request) {
        CampaignBody body = json.read(request, CampaignBody.class);
        return keys.once(request, () -> {
            Campaign campaign = campaigns.save(
                    request.actor(),
                    new Campaigns.Wanted(
                            body.id() == null ? "" : body.id(),
                            body.name(),
                            body.hashtag(),
                            body.from(),
                            body.until(),
                            body.channels() == null ? List.of() : body.channels(),
                            body.utm() == null ? Map.of() : body.utm(),
                            body.domains() == null ? List.of() : body.domains(),
                            body.version()));
            return Response.json(201, json.write(view(campaign)));
        });
    }

    private Response list(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        campaigns
                .all(request.actor())
                .forEach(one -> items.add(view(one)
                        .put(
                                "confirmedSubscribers",
                                brings.ofCampaign(request.actor(), one.id()).confirmed())));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(Campaign campaign) {
        ObjectNode node = json.object();
        node.put("id", campaign.id());
        node.put("name", campaign.name());
        node.put("hashtag", campaign.hashtag());
        node.put("from", campaign.from() == null ? null : campaign.from().toString());
        node.put("until", campaign.until() == null ? null : campaign.until().toString());
        ArrayNode channels = node.putArray("channels");
        campaign.channels().forEach(channels::add);
        ObjectNode utm = node.putObject("utm");
        campaign.utm().forEach(utm::put);
        ArrayNode domains = node.putArray("domains");
        campaign.domains().forEach(domains::add);
        node.put("version", campaign.version());
        return node;
    }

    private Response remove(Request request) {
        campaigns.remove(request.actor(), request.param("id"));
        return Response.empty(204);
    }

    /** The body of an entry of the mention book. */
    record EntryBody(
            @Nullable String name,
            @Nullable String displayName,
            @Nullable Map<String, String> handles) {}

    private Response enter(Request request) {
        EntryBody body = json.read(request, EntryBody.class);
        return keys.once(request, () -> {
            MentionEntry entry = book.save(
                    request.actor(),
                    body.name() == null ? "" : body.name(),
                    body.displayName(),
                    body.handles() == null ? Map.of() : body.handles());
            return Response.json(201, json.write(view(entry)));
        });
    }

    private Response book(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        book.all(request.actor()).forEach(one -> items.add(view(one)));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(MentionEntry entry) {
        ObjectNode node = json.object();
        node.put("name", entry.name());
        node.put("displayName", entry.displayName());
        ObjectNode handles = node.putObject("handles");
        entry.handles().forEach(handles::put);
        return node;
    }

    private Response strike(Request request) {
        book.remove(request.actor(), request.param("name"));
        return Response.empty(204);
    }
}
