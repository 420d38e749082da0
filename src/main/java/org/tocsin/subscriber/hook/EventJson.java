package org.tocsin.subscriber.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.tocsin.subscriber.SubscriptionEvent;
import org.tocsin.subscriber.SubscriptionEvent.Facts;

/** The body of a webhook: the same bytes for the same event, at each attempt. */
final class EventJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private EventJson() {}

    static String of(SubscriptionEvent event) {
        ObjectNode node = head("subscriber." + event.kind().name().toLowerCase(Locale.ROOT), event.id(), event.at());
        ObjectNode data = node.putObject("data").put("subscriberId", event.subscriberId());
        Facts facts = event.facts();
        if (facts != null) {
            data.put("reach", facts.reach().name()).put("language", facts.language());
            ArrayNode topics = data.putArray("topics");
            facts.topics()
                    .forEach(topic -> topics.addObject()
                            .put("id", topic.id())
                            .put("nameFr", topic.nameFr())
                            .put("nameEn", topic.nameEn()));
            data.put("link", facts.link()).put("door", facts.door().name());
            if (facts.address() != null) {
                data.put("address", facts.address());
            }
        }
        return text(node);
    }

    /** One that says nothing of anybody. */
    static String test(String id, Instant now) {
        ObjectNode node = head("subscriber.test", id, now);
        node.putObject("data");
        return text(node);
    }

    private static ObjectNode head(String type, String id, Instant at) {
        return JSON.createObjectNode().put("type", type).put("id", id).put("timestamp", at.toString());
    }

    private static String text(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
