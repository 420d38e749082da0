package org.tocsin.network.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.PlainText;
import org.tocsin.network.Json;

/** Messages of groups and channels as the log keeps them (core.telegram.org/bots/api#message). */
final class TelegramItems {
    private static final int MOST = 100;
    private static final List<String> MEDIA =
            List.of("photo", "video", "animation", "audio", "voice", "video_note", "document", "sticker");

    private TelegramItems() {}

    /** @return empty where it says nothing: somebody joined, a title was changed; or is a copy of a post of the channel itself */
    static Optional<HeardItem> of(JsonNode message, Instant now) {
        String field = message.path("text").isTextual() ? "text" : "caption";
        String text = message.path(field).asText("");
        boolean names = message.path("message_id").isIntegralNumber()
                && message.path("chat").path("id").isIntegralNumber();
        boolean media = MEDIA.stream().anyMatch(message::has);
        if (!names
                || (text.isBlank() && !media)
                || message.path("is_automatic_forward").asBoolean()) {
            return Optional.empty();
        }
        JsonNode entities = message.path(field.equals("text") ? "entities" : "caption_entities");
        List<String> tags = new ArrayList<>();
        List<String> mentioned = new ArrayList<>();
        List<String> links = new ArrayList<>();
        for (JsonNode entity : entities) {
            if (tags.size() + mentioned.size() + links.size() < MOST) {
                read(entity, text, tags, mentioned, links);
            }
        }
        return Optional.of(new HeardItem(
                id(message),
                kind(message),
                author(message),
                null,
                PlainText.cut(text, HeardItem.MAX_TEXT),
                null,
                url(message).orElse(null),
                at(message, now),
                tags,
                mentioned,
                links,
                message.path("reply_to_message").isObject()
                        ? url(message.path("reply_to_message")).orElse(null)
                        : null,
                media,
                Counts.unknown()));
    }

    /** Numbers of messages are of their chat. */
    static String id(JsonNode message) {
        return message.path("chat").path("id").asLong() + "/"
                + message.path("message_id").asLong();
    }

    private static ItemKind kind(JsonNode message) {
        if (message.has("forward_origin") || message.has("forward_date")) {
            return ItemKind.REPOST;
        }
        return message.path("reply_to_message").isObject() ? ItemKind.REPLY : ItemKind.POST;
    }

    private static @Nullable Instant at(JsonNode message, Instant now) {
        JsonNode date = message.path("date");
        if (!date.isIntegralNumber() || date.longValue() <= 0) {
            return null;
        }
        return date.longValue() > now.getEpochSecond() ? now : Instant.ofEpochSecond(date.longValue());
    }

    /** In UTF-16 units, as our own texts are; what reaches beyond the text is left aside. */
    private static void read(
            JsonNode entity, String text, List<String> tags, List<String> mentioned, List<String> links) {
        long from = entity.path("offset").asLong(-1);
        long length = entity.path("length").asLong(-1);
        boolean within = from >= 0 && length > 0 && from + length <= text.length();
        String words =
                within ? PlainText.cut(text.substring((int) from, (int) (from + length)), HeardItem.MAX_TITLE) : "";
        switch (entity.path("type").asText("")) {
            case "hashtag" -> add(tags, words.replaceFirst("^#", ""));
            case "mention" -> add(mentioned, words.replaceFirst("^@", ""));
            case "text_mention" ->
                Json.text(entity.path("user"), "username").ifPresent(name -> add(mentioned, PlainText.cut(name, 100)));
            case "url" ->
                PlainText.link(words.contains("://") ? words : "https://" + words)
                        .ifPresent(links::add);
            case "text_link" -> PlainText.link(entity.path("url").asText("")).ifPresent(links::add);
            default -> {
                // Bold and the like say nothing here.
            }
        }
    }

    private static void add(List<String> list, String word) {
        if (!word.isBlank()) {
            list.add(word);
        }
    }

    /** A channel or an anonymous administrator writes in the name of a chat. */
    private static Author author(JsonNode message) {
        JsonNode chat = message.path("sender_chat");
        JsonNode from = chat.isObject() ? chat : message.path("from");
        String name = Stream.of("title", "first_name", "last_name")
                .map(field -> from.path(field).asText(""))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" "));
        String clean = PlainText.cut(name, HeardItem.MAX_TITLE);
        Optional<String> user = Json.text(from, "username").filter(text -> text.matches("[A-Za-z0-9_]{1,64}"));
        return new Author(
                clean.isBlank() ? null : clean,
                user.orElse(null),
                user.map(text -> "https://t.me/" + text).orElse(null));
    }

    /** A public chat has a name; the others' addresses open for their members alone. */
    private static Optional<String> url(JsonNode message) {
        JsonNode chat = message.path("chat");
        long number = message.path("message_id").asLong();
        String id = chat.path("id").asText("");
        Optional<String> place = Json.text(chat, "username")
                .filter(name -> name.matches("[A-Za-z0-9_]{1,64}"))
                .or(() -> Optional.of(id)
                        .filter(text -> text.matches("-100\\d{1,18}"))
                        .map(text -> "c/" + text.substring(4)));
        return place.map(path -> "https://t.me/" + path + "/" + number);
    }
}
