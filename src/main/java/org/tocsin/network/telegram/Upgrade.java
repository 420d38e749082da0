package org.tocsin.network.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A group has become a supergroup, and is known by another number from then on (core.telegram.org/bots/api#message, {@code migrate_to_chat_id} in the
 * group, {@code migrate_from_chat_id} in the supergroup).
 *
 * @param from its number before
 * @param to   its number since
 */
public record Upgrade(String from, String to) {
    /** @return empty where the message says something else */
    public static Optional<Upgrade> of(JsonNode message) {
        JsonNode chat = message.path("chat").path("id");
        JsonNode before = message.path("migrate_from_chat_id");
        JsonNode after = message.path("migrate_to_chat_id");
        if (!chat.isIntegralNumber() || before.isIntegralNumber() == after.isIntegralNumber()) {
            return Optional.empty();
        }
        return Optional.of(
                after.isIntegralNumber()
                        ? new Upgrade(chat.asText(), after.asText())
                        : new Upgrade(before.asText(), chat.asText()));
    }
}
