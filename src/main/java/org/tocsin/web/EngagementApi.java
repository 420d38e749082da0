package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.audience.Counts;
import org.tocsin.audience.EngagementCsv;
import org.tocsin.audience.EngagementDue;
import org.tocsin.audience.EngagementRepository;
import org.tocsin.audience.PostMetrics;
import org.tocsin.audience.keeping.Engagements;
import org.tocsin.base.Message;
import org.tocsin.people.Scope;

/** How posts were answered, over REST. What a network does not tell is null. */
final class EngagementApi {
    private final Engagements engagements;
    private final Views views;
    private final Json json;

    EngagementApi(Engagements engagements, Views views, Json json) {
        this.engagements = engagements;
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/posts/:id/engagement", Scope.READ, this::ofPost),
                Endpoint.get("/api/v1/engagement", Scope.READ, this::list),
                Endpoint.get("/api/v1/engagement.csv", Scope.READ, this::table));
    }

    private Engagements.Days days(Request request) {
        return engagements.days(
                request.actor(), request.query("from"), request.query("to"), request.query("channelId"));
    }

    private Response ofPost(Request request) {
        String id = request.param("id");
        Engagements.OfPost of = engagements.ofPost(request.actor(), id);
        ObjectNode node = json.object();
        node.put("postId", id);
        node.put("told", of.told());
        node.set("counts", view(of.sums()));
        ArrayNode items = node.putArray("items");
        of.channels().forEach(one -> items.add(view(one, request.locale())));
        node.putNull("next");
        return Response.json(200, json.write(node));
    }

    private ObjectNode view(Engagements.OnChannel one, Locale locale) {
        ObjectNode node = json.object();
        node.put("deliveryId", one.delivery().id());
        node.put("channelId", one.delivery().channelId());
        node.put("network", one.delivery().network());
        node.put("url", one.url());
        node.put("telling", one.telling());
        rest(node, one.row(), one.latest().orElse(null), locale);
        ArrayNode readings = node.putArray("readings");
        one.readings().forEach(reading -> {
            ObjectNode read = readings.addObject();
            Json.put(read, "takenAt", reading.takenAt());
            read.set("counts", view(reading.counts()));
        });
        return node;
    }

    private void rest(ObjectNode node, @Nullable EngagementDue row, @Nullable PostMetrics latest, Locale locale) {
        Json.put(node, "publishedAt", row == null ? null : row.publishedAt());
        Json.put(node, "takenAt", latest == null ? null : latest.takenAt());
        node.set("counts", view(latest == null ? Counts.NONE : latest.counts()));
        Json.put(node, "nextAt", row == null ? null : row.nextAt());
        Json.put(node, "goneAt", row == null ? null : row.goneAt());
        Message reason = row == null ? null : row.reason();
        node.put("reason", reason == null ? null : views.text(reason, locale));
        node.put("reasonCode", reason == null ? null : reason.code());
    }

    private ObjectNode view(Counts counts) {
        ObjectNode node = json.object();
        node.put("likes", counts.likes());
        node.put("reposts", counts.reposts());
        node.put("replies", counts.replies());
        node.put("quotes", counts.quotes());
        node.put("views", counts.views());
        node.put(
                "engagement",
                counts.engagement().isPresent() ? counts.engagement().getAsLong() : null);
        return node;
    }

    private Response list(Request request) {
        int limit = Paging.limit(request);
        Engagements.Days days = days(request);
        List<EngagementRepository.Of> page = engagements.page(request.actor(), days, Paging.after(request), limit + 1);
        ObjectNode node = json.object();
        node.put("from", days.from().toString());
        node.put("to", days.to().toString());
        ArrayNode items = node.putArray("items");
        page.stream().limit(limit).forEach(of -> {
            ObjectNode one = items.addObject();
            one.put("deliveryId", of.row().deliveryId());
            one.put("postId", of.row().postId());
            one.put("channelId", of.row().channelId());
            rest(one, of.row(), of.latest(), request.locale());
        });
        node.put("next", page.size() > limit ? page.get(limit - 1).row().deliveryId() : null);
        return Response.json(200, json.write(node));
    }

    private Response table(Request request) {
        String table = EngagementCsv.write(engagements.all(request.actor(), days(request)));
        return Response.text(200, "text/csv; charset=utf-8; header=present", table)
                .with("Content-Disposition", "attachment; filename=\"engagement.csv\"");
    }
}
