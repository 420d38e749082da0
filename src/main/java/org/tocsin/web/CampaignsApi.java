package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.post.Campaign;
import org.tocsin.post.CampaignRepository;
import org.tocsin.post.MentionEntry;

/** Campaigns and the mention book over REST. */
final class CampaignsApi {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern UTM = Pattern.compile("utm_[a-z_]{1,20}");
    private static final Pattern NAME = Pattern.compile("[^{}\\p{Cntrl}]{1,60}");

    private final UnitOfWork unitOfWork;
    private final CampaignRepository campaigns;
    private final AuditTrail audit;
    private final IdempotencyKeys keys;
    private final Json json;

    CampaignsApi(
            UnitOfWork unitOfWork, CampaignRepository campaigns, AuditTrail audit, IdempotencyKeys keys, Json json) {
        this.unitOfWork = unitOfWork;
        this.campaigns = campaigns;
        this.audit = audit;
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

    /** The body of a campaign; {@code version} is that which was seen, absent for a new one. */
    record CampaignBody(
            @Nullable String id,
            @Nullable String name,
            @Nullable String hashtag,
            @Nullable String from,
            @Nullable String until,
            @Nullable List<String> channels,
            @Nullable Map<String, String> utm,
            @Nullable List<String> domains,
            @Nullable Long version) {}

    private Response save(Request request) {
        CampaignBody body = json.read(request, CampaignBody.class);
        return keys.once(request, () -> {
            Campaign campaign = campaign(request, body);
            long seen = body.version() == null ? 0 : body.version();
            boolean saved = unitOfWork.write(Urgency.REQUEST, tx -> {
                audit.add(tx, request.actor(), "campaign.save", campaign.id(), campaign.name());
                return campaigns.save(tx, campaign, seen);
            });
            if (!saved) {
                throw FaultException.conflict(Message.of("web.campaign.changed", "id", campaign.id()));
            }
            return Response.json(201, json.write(view(campaign)));
        });
    }

    private static Campaign campaign(Request request, CampaignBody body) {
        String id = body.id() == null ? "" : body.id();
        if (!ID.matcher(id).matches()) {
            throw FaultException.invalid("/id", Message.of("publishing.channel.id", "value", id));
        }
        String hashtag = body.hashtag();
        if (hashtag != null && !hashtag.matches("#[\\p{L}\\p{N}_·]{1,100}")) {
            throw FaultException.invalid("/hashtag", Message.of("web.campaign.hashtag", "value", hashtag));
        }
        Map<String, String> utm = body.utm() == null ? Map.of() : body.utm();
        if (!utm.keySet().stream().allMatch(name -> UTM.matcher(name).matches())) {
            throw FaultException.invalid("/utm", Message.of("web.campaign.utm", "value", utm.keySet()));
        }
        if (!utm.isEmpty() && (body.domains() == null || body.domains().isEmpty())) {
            throw FaultException.invalid("/domains", Message.of("web.campaign.domains"));
        }
        return new Campaign(
                id,
                request.actor().branch(),
                body.name() == null || body.name().isBlank() ? id : body.name().strip(),
                hashtag,
                day("/from", body.from()),
                day("/until", body.until()),
                body.channels() == null ? List.of() : body.channels(),
                utm,
                body.domains() == null ? List.of() : body.domains(),
                body.version() == null ? 1 : body.version() + 1);
    }

    private static @Nullable LocalDate day(String pointer, @Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw FaultException.invalid(pointer, Message.of("web.campaign.day", "value", text));
        }
    }

    private Response list(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        unitOfWork.read(tx -> campaigns.all(tx, request.actor().branch())).forEach(one -> items.add(view(one)));
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
        boolean removed = unitOfWork.write(Urgency.REQUEST, tx -> {
            audit.add(tx, request.actor(), "campaign.remove", request.param("id"), "");
            return campaigns.remove(tx, request.actor().branch(), request.param("id"));
        });
        if (!removed) {
            throw FaultException.notFound("campaign", request.param("id"));
        }
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
            String name = body.name() == null ? "" : body.name().strip();
            if (name.isEmpty() || !NAME.matcher(name).matches()) {
                throw FaultException.invalid("/name", Message.of("web.mention.name", "value", name));
            }
            String display = body.displayName() == null || body.displayName().isBlank()
                    ? name
                    : body.displayName().strip();
            MentionEntry entry = new MentionEntry(name, display, body.handles() == null ? Map.of() : body.handles());
            unitOfWork.write(Urgency.REQUEST, tx -> {
                campaigns.saveMention(tx, request.actor().branch(), entry);
                audit.add(tx, request.actor(), "mention.save", name, "");
                return entry;
            });
            return Response.json(201, json.write(view(entry)));
        });
    }

    private Response book(Request request) {
        ObjectNode node = json.object();
        ArrayNode items = node.putArray("items");
        unitOfWork.read(tx -> campaigns.mentions(tx, request.actor().branch())).forEach(one -> items.add(view(one)));
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
        boolean removed = unitOfWork.write(Urgency.REQUEST, tx -> {
            audit.add(tx, request.actor(), "mention.remove", request.param("name"), "");
            return campaigns.removeMention(tx, request.actor().branch(), request.param("name"));
        });
        if (!removed) {
            throw FaultException.notFound("mention", request.param("name"));
        }
        return Response.empty(204);
    }
}
