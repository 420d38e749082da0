package org.tocsin.network.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.methods.send.SendAnimation;
import org.telegram.telegrambots.meta.api.methods.send.SendMediaGroup;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.send.SendPhoto;
import org.telegram.telegrambots.meta.api.objects.LinkPreviewOptions;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;
import org.telegram.telegrambots.meta.api.objects.ReplyParameters;
import org.telegram.telegrambots.meta.api.objects.media.InputMediaPhoto;
import org.tocsin.media.MediaType;
import org.tocsin.network.Json;
import org.tocsin.network.LinkCard;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.Rewording;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.post.TextEntities;
import org.tocsin.post.TextEntity;

/**
 * Makes the one request that says a segment. A text never goes through a markup (no {@code parse_mode}): what is a link or a hashtag is
 * said by entities, so that nothing in a text needs escaping. There is no field for language, alt text, warning or visibility.
 */
final class TelegramRendering {
    private final String chatId;

    TelegramRendering(String chatId) {
        this.chatId = chatId;
    }

    TelegramRequest render(Segment segment, @Nullable ReplyParameters reply) {
        return switch (segment.images().size()) {
            case 0 -> message(segment, reply);
            case 1 -> photo(segment, reply);
            default -> album(segment, reply);
        };
    }

    /** @return how to answer a message; the chat is named only where it is another one */
    ReplyParameters reply(int messageId, @Nullable RemoteRef remote) {
        ReplyParameters.ReplyParametersBuilder reply = ReplyParameters.builder().messageId(messageId);
        if (remote != null) {
            Optional.ofNullable(remote.details().get(TelegramReceipts.CHAT))
                    .filter(chat -> !chat.equalsIgnoreCase(chatId))
                    .ifPresent(reply::chatId);
        }
        return reply.build();
    }

    private TelegramRequest message(Segment segment, @Nullable ReplyParameters reply) {
        SendMessage message =
                SendMessage.builder().chatId(chatId).text(segment.text()).build();
        ObjectNode params = TelegramApi.params(message);
        words(params, segment.text(), segment.linkCard());
        answer(params, reply);
        return new TelegramRequest("sendMessage", params, List.of());
    }

    private TelegramRequest photo(Segment segment, @Nullable ReplyParameters reply) {
        ObjectNode params = Json.object().put(SendPhoto.CHAT_ID_FIELD, chatId);
        caption(params, segment.text());
        answer(params, reply);
        SegmentImage image = segment.images().getFirst();
        boolean animation = image.image().type() == MediaType.GIF;
        return new TelegramRequest(
                animation ? "sendAnimation" : "sendPhoto",
                params,
                List.of(file(animation ? SendAnimation.ANIMATION_FIELD : SendPhoto.PHOTO_FIELD, image)));
    }

    private TelegramRequest album(Segment segment, @Nullable ReplyParameters reply) {
        ObjectNode params = Json.object().put(SendMediaGroup.CHAT_ID_FIELD, chatId);
        ArrayNode media = params.putArray(SendMediaGroup.MEDIA_FIELD);
        List<TelegramRequest.File> files = new ArrayList<>();
        for (int i = 0; i < segment.images().size(); i++) {
            TelegramRequest.File file = file("photo" + i, segment.images().get(i));
            files.add(file);
            ObjectNode photo = (ObjectNode) TelegramApi.json(new InputMediaPhoto("attach://" + file.part()));
            if (i == 0) {
                // The caption of the first picture is shown as that of the album.
                caption(photo, segment.text());
            }
            media.add(photo);
        }
        answer(params, reply);
        return new TelegramRequest("sendMediaGroup", params, files);
    }

    /** @return the request that gives a message other words; an album's are those of its first picture */
    TelegramRequest edit(int messageId, Rewording rewording) {
        ObjectNode params =
                Json.object().put(SendMediaGroup.CHAT_ID_FIELD, chatId).put("message_id", messageId);
        if (!rewording.pictures().isEmpty()) {
            caption(params, rewording.text());
            return new TelegramRequest("editMessageCaption", params, List.of());
        }
        words(params, rewording.text(), rewording.linkCard());
        return new TelegramRequest("editMessageText", params, List.of());
    }

    private static void words(ObjectNode params, String text, @Nullable LinkCard card) {
        params.put("text", text);
        List<MessageEntity> entities = entities(text);
        params.remove("entities");
        if (!entities.isEmpty()) {
            params.set("entities", TelegramApi.json(entities));
        }
        preview(text, card)
                .ifPresent(url -> params.set(
                        "link_preview_options",
                        TelegramApi.json(
                                LinkPreviewOptions.builder().urlField(url).build())));
    }

    private static void caption(ObjectNode target, String text) {
        List<MessageEntity> entities = entities(text);
        target.remove(SendPhoto.CAPTION_ENTITIES_FIELD);
        if (!text.isEmpty()) {
            target.put(SendPhoto.CAPTION_FIELD, text);
        }
        if (!entities.isEmpty()) {
            target.set(SendPhoto.CAPTION_ENTITIES_FIELD, TelegramApi.json(entities));
        }
    }

    private static void answer(ObjectNode params, @Nullable ReplyParameters reply) {
        if (reply != null) {
            ObjectNode written = (ObjectNode) TelegramApi.json(reply);
            JsonNode quoted = written.path("quote_entities");
            if (quoted.isEmpty()) {
                written.remove("quote_entities");
            }
            params.set(SendMediaGroup.REPLY_PARAMETERS_FIELD, written);
        }
    }

    private static Optional<String> preview(String text, @Nullable LinkCard card) {
        if (card != null) {
            return Optional.of(card.url());
        }
        return TextEntities.find(text).stream()
                .filter(entity -> entity.kind() == TextEntity.Kind.LINK)
                .map(TextEntity::value)
                .findFirst();
    }

    /** Offsets and lengths are UTF-16 units on both sides. Mentions are left to Telegram: its names are not those of other networks. */
    private static List<MessageEntity> entities(String text) {
        return TextEntities.find(text).stream()
                .filter(entity -> entity.kind() != TextEntity.Kind.MENTION)
                .map(entity -> new MessageEntity(
                        entity.kind() == TextEntity.Kind.LINK ? "url" : "hashtag",
                        entity.start(),
                        entity.end() - entity.start()))
                .toList();
    }

    private static TelegramRequest.File file(String part, SegmentImage image) {
        return new TelegramRequest.File(
                part,
                part + "." + image.image().type().extension(),
                image.image().type().mimeType(),
                image.image().file(),
                image.image().sha256());
    }
}
