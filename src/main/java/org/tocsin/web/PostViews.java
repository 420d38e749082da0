package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.Removal;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.delivery.Revision;
import org.tocsin.delivery.RevisionRepository;
import org.tocsin.delivery.Revisions;
import org.tocsin.post.Post;
import org.tocsin.publishing.Composed;
import org.tocsin.publishing.PostPlan;

/** Posts as the API shows them, accepted or only planned. */
final class PostViews {
    private final DeliveryRepository deliveries;
    private final RevisionRepository revisions;
    private final RemovalRepository removals;
    private final Views views;
    private final Json json;

    PostViews(
            DeliveryRepository deliveries,
            RevisionRepository revisions,
            RemovalRepository removals,
            Views views,
            Json json) {
        this.deliveries = deliveries;
        this.revisions = revisions;
        this.removals = removals;
        this.views = views;
        this.json = json;
    }

    ObjectNode dryRun(PostPlan plan, Locale locale) {
        ObjectNode node = json.object();
        node.put("dryRun", true);
        Json.put(node, "dueAt", plan.dueAt());
        warnings(node, plan.warnings(), locale);
        ArrayNode channels = node.putArray("channels");
        plan.composed().forEach(composed -> channel(channels.addObject(), composed));
        return node;
    }

    /** What a channel would say, part by part. */
    void channel(ObjectNode channel, Composed composed) {
        channel.put("channelId", composed.channel().id());
        channel.put("network", composed.channel().network());
        ArrayNode segments = channel.putArray("segments");
        for (Composed.Part part : composed.parts()) {
            ObjectNode segment = segments.addObject();
            segment.put("text", part.content().text());
            segment.put("shown", part.shown());
            segment.put("actual", part.size().actual());
            segment.put("limit", part.size().limit());
            segment.put("unit", part.size().unit());
            segment.put("language", part.content().language());
            segment.put("contentWarning", part.content().contentWarning());
            segment.put("visibility", part.content().visibility());
            ArrayNode images = segment.putArray("media");
            part.content()
                    .media()
                    .forEach(ref -> images.addObject().put("id", ref.mediaId()).put("alt", ref.alt()));
            if (part.content().linkCard() != null) {
                segment.putObject("linkCard")
                        .put("url", part.content().linkCard().url())
                        .put("title", part.content().linkCard().title())
                        .put("description", part.content().linkCard().description());
            }
        }
    }

    void warnings(ObjectNode node, List<Message> warnings, Locale locale) {
        ArrayNode array = node.putArray("warnings");
        for (Message warning : warnings) {
            array.addObject().put("code", warning.code()).put("message", views.text(warning, locale));
        }
    }

    ObjectNode post(Tx tx, Post post, List<Delivery> rows, Locale locale) {
        ObjectNode node = json.object();
        node.put("id", post.id());
        Json.put(node, "createdAt", post.createdAt());
        node.put("version", post.version());
        node.put("state", state(tx, post, rows).name());
        node.put("text", post.text());
        node.put("language", post.language());
        node.put("at", post.localTime());
        node.put("zone", post.zone());
        node.put("campaign", post.campaign());
        node.put("replyTo", post.replyTo());
        node.put("corrects", post.corrects());
        Json.put(node, "deletedAt", post.deletedAt());
        ArrayNode images = node.putArray("media");
        post.media().forEach(ref -> images.addObject().put("id", ref.mediaId()).put("alt", ref.alt()));
        ArrayNode array = node.putArray("deliveries");
        rows.forEach(delivery -> array.add(views.delivery(
                delivery,
                deliveries.segments(tx, delivery.id()),
                deliveries.attempts(tx, delivery.id()),
                revisions.of(tx, delivery.id()),
                removals.of(tx, delivery.id()),
                locale)));
        return node;
    }

    /** What a post is as a whole: what needs a person goes before what is under way, that before what is done. */
    private PostState state(Tx tx, Post post, List<Delivery> rows) {
        if (post.deletedAt() != null) {
            List<Removal.State> takings = rows.stream()
                    .flatMap(row -> removals.of(tx, row.id()).stream())
                    .map(Removal::state)
                    .toList();
            if (takings.contains(Removal.State.REFUSED)) {
                return PostState.ATTENTION;
            }
            boolean out = rows.stream().anyMatch(row -> row.state() == DeliveryState.PUBLISHED)
                    || takings.stream().anyMatch(state -> state != Removal.State.GONE);
            return out ? PostState.DELETING : PostState.DELETED;
        }
        if (rows.stream().anyMatch(row -> row.nextAction() == NextAction.PERSON)) {
            return PostState.ATTENTION;
        }
        List<Revision.State> edits = rows.stream()
                .filter(row -> row.state() == DeliveryState.PUBLISHED)
                .flatMap(row -> Revisions.latest(revisions.of(tx, row.id())).stream())
                .map(Revision::state)
                .toList();
        if (edits.stream().anyMatch(Revision.State::stopped)) {
            return PostState.ATTENTION;
        }
        if (rows.stream().anyMatch(row -> row.state() == DeliveryState.SCHEDULED)) {
            return PostState.SCHEDULED;
        }
        boolean done = rows.stream().allMatch(row -> row.state().ended()) && !edits.contains(Revision.State.DUE);
        return done ? PostState.DONE : PostState.SENDING;
    }
}
