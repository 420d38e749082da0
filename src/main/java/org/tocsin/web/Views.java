package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryAttempt;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.Removal;
import org.tocsin.delivery.Revision;
import org.tocsin.network.Receipt;

/** Deliveries as the API shows them. */
final class Views {
    private final Messages messages;
    private final Json json;

    Views(Messages messages, Json json) {
        this.messages = messages;
        this.json = json;
    }

    ObjectNode delivery(
            Delivery delivery,
            List<DeliverySegment> segments,
            List<DeliveryAttempt> attempts,
            List<Revision> revisions,
            List<Removal> removals,
            Locale locale) {
        ObjectNode node = json.object();
        node.put("id", delivery.id());
        node.put("postId", delivery.postId());
        node.put("channelId", delivery.channelId());
        node.put("network", delivery.network());
        node.put("state", delivery.state().name());
        Json.put(node, "since", delivery.since());
        reason(node, delivery.reason(), locale);
        node.put("nextAction", delivery.nextAction().name());
        Json.put(node, "nextAt", delivery.nextAt());
        Json.put(node, "dueAt", delivery.dueAt());
        node.put("version", delivery.version());
        ArrayNode tried = node.putArray("attempts");
        attempts.forEach(attempt -> tried.add(attempt(attempt, locale)));
        ArrayNode parts = node.putArray("segments");
        segments.forEach(segment -> parts.add(segment(segment)));
        ArrayNode edits = node.putArray("revisions");
        revisions.forEach(revision -> edits.add(revision(revision, locale)));
        ArrayNode deletions = node.putArray("deletions");
        removals.forEach(removal -> deletions.add(removal(removal, locale)));
        node.set("receipt", receipt(delivery, segments));
        return node;
    }

    private void reason(ObjectNode node, @Nullable Message reason, Locale locale) {
        node.put("reason", reason == null ? null : messages.text(reason, locale));
        node.put("reasonCode", reason == null ? null : reason.code());
    }

    private ObjectNode attempt(DeliveryAttempt attempt, Locale locale) {
        ObjectNode node = json.object();
        node.put("number", attempt.number());
        Json.put(node, "startedAt", attempt.startedAt());
        Json.put(node, "endedAt", attempt.endedAt());
        node.put("outcome", attempt.outcome());
        node.put("segment", attempt.segment());
        node.put("httpStatus", attempt.httpStatus());
        reason(node, attempt.reason(), locale);
        node.put("excerpt", attempt.excerpt());
        return node;
    }

    private ObjectNode revision(Revision revision, Locale locale) {
        ObjectNode node = json.object();
        node.put("segment", revision.segment());
        node.put("number", revision.number());
        node.put("state", revision.state().name());
        node.put("text", revision.wording().content().text());
        node.put("contentWarning", revision.wording().content().contentWarning());
        reason(node, revision.reason(), locale);
        node.put("attempts", revision.attempts());
        Json.put(node, "nextAt", revision.nextAt());
        Json.put(node, "requestedAt", revision.requestedAt());
        return node;
    }

    private ObjectNode removal(Removal removal, Locale locale) {
        ObjectNode node = json.object();
        node.put("segment", removal.segment());
        node.put("state", removal.state().name());
        reason(node, removal.reason(), locale);
        node.put("attempts", removal.attempts());
        Json.put(node, "nextAt", removal.nextAt());
        Json.put(node, "requestedAt", removal.requestedAt());
        return node;
    }

    private ObjectNode segment(DeliverySegment segment) {
        ObjectNode node = json.object();
        node.put("index", segment.index());
        node.put("text", segment.content().text());
        node.put("contentWarning", segment.content().contentWarning());
        node.put("visibility", segment.content().visibility());
        node.put("state", segment.state().name());
        Receipt receipt = segment.receipt();
        node.put("remoteId", receipt == null ? null : receipt.remoteId());
        node.put("url", receipt == null ? null : receipt.url());
        return node;
    }

    /** The receipt is that of the first segment: it is where a reader begins. */
    private @Nullable ObjectNode receipt(Delivery delivery, List<DeliverySegment> segments) {
        boolean out = delivery.state() == DeliveryState.PUBLISHED || delivery.state() == DeliveryState.DELETED;
        if (!out || segments.isEmpty() || segments.getFirst().receipt() == null) {
            return null;
        }
        DeliverySegment first = segments.getFirst();
        ObjectNode node = json.object();
        node.put("remoteId", first.receipt().remoteId());
        node.put("url", first.receipt().url());
        Json.put(node, "publishedAt", first.receipt().publishedAt());
        node.put("textHash", first.frozen() == null ? null : first.frozen().textHash());
        return node;
    }

    String text(Message message, Locale locale) {
        return messages.text(message, locale);
    }
}
