package org.tocsin.network.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.Receipt;

/** Reads what Telegram says of a message that it has sent. */
final class TelegramReceipts {
    /** The chat's number, or its {@code @name} where a public address gave it. */
    static final String CHAT = "chatId";
    /** All messages of an album, comma separated, in order. */
    static final String MESSAGES = "messageIds";

    /** Message ids are 32-bit and positive. */
    static final Pattern ID = Pattern.compile("[1-9][0-9]{0,9}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{3,31}");
    private static final String CHANNEL_PREFIX = "-100";

    private final Clock clock;

    TelegramReceipts(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param result a Message, or the Messages of an album
     * @return empty where a message has no id that can be one, or no chat
     */
    Optional<Receipt> read(JsonNode result) {
        List<JsonNode> messages = new ArrayList<>();
        if (result.isArray()) {
            result.forEach(messages::add);
        } else {
            messages.add(result);
        }
        if (messages.isEmpty() || !messages.stream().allMatch(TelegramReceipts::isMessage)) {
            return Optional.empty();
        }
        JsonNode first = messages.getFirst();
        String chat = first.path("chat").path("id").asText();
        String id = first.path("message_id").asText();
        Map<String, String> details = new HashMap<>(Map.of(CHAT, chat));
        if (messages.size() > 1) {
            details.put(
                    MESSAGES,
                    String.join(
                            ",",
                            messages.stream()
                                    .map(message -> message.path("message_id").asText())
                                    .toList()));
        }
        long seconds = first.path("date").asLong(0);
        Instant at = seconds > 0 ? Instant.ofEpochSecond(Math.min(seconds, 1L << 40)) : clock.instant();
        return Optional.of(
                new Receipt(id, url(chat, first.path("chat").path("username").asText(""), id), at, details));
    }

    /** @return the public address; null in a chat that has none */
    static @Nullable String url(String chatId, String name, String messageId) {
        if (NAME.matcher(name).matches()) {
            return "https://t.me/" + name + "/" + messageId;
        }
        return chatId.startsWith(CHANNEL_PREFIX)
                ? "https://t.me/c/" + chatId.substring(CHANNEL_PREFIX.length()) + "/" + messageId
                : null;
    }

    /** @return whether a message went to the chat that was meant; a chat without a public name is not judged by one */
    static boolean isIn(String chatId, JsonNode result) {
        JsonNode chat = (result.isArray() ? result.path(0) : result).path("chat");
        String name = chat.path("username").asText("");
        return chatId.startsWith("@")
                ? name.isEmpty() || name.equalsIgnoreCase(chatId.substring(1))
                : chat.path("id").asText().equals(chatId);
    }

    /** @return whether a text is the id of a message */
    static boolean isMessageId(String text) {
        return ID.matcher(text).matches() && Long.parseLong(text) <= Integer.MAX_VALUE;
    }

    private static boolean isMessage(JsonNode message) {
        return message.path("message_id").isIntegralNumber()
                && ID.matcher(message.path("message_id").asText()).matches()
                && message.path("message_id").canConvertToInt()
                && message.path("chat").path("id").isIntegralNumber();
    }
}
