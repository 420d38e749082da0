package org.tocsin.network.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChat;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChatMember;
import org.tocsin.base.Message;
import org.tocsin.http.HttpResult;
import org.tocsin.network.Channel;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/** Asks who the bot is, whether it knows the chat, and whether it may post there. */
final class TelegramInspection {
    private final TelegramApi api;
    private final TelegramAnswers answers;

    TelegramInspection(TelegramApi api, TelegramAnswers answers) {
        this.api = api;
        this.answers = answers;
    }

    /** What was found. */
    sealed interface Found {}

    /**
     * The bot may post.
     *
     * @param chatId the number of the chat, which stays when its name changes
     * @param title  of the chat
     */
    record Usable(String chatId, String title) implements Found {}

    /** It may not, or it could not be asked. */
    record Unusable(PublishResult.NoEffect outcome) implements Found {}

    /** The bot itself: {@code id} and {@code username} are there. */
    record Bot(long id, String name) {}

    /** @return the bot; empty where the call did not succeed */
    static Optional<Bot> bot(HttpResult result) {
        return TelegramAnswers.result(result)
                .filter(me -> me.path("id").isIntegralNumber())
                .map(me -> new Bot(me.path("id").asLong(), me.path("username").asText("")));
    }

    HttpResult me(Channel channel) {
        return api.call(channel, new GetMe());
    }

    Found inspect(Channel channel) {
        HttpResult me = me(channel);
        Optional<Bot> bot = bot(me);
        return bot.map(found -> inspect(channel, found)).orElseGet(() -> new Unusable(answers.harmless(channel, me)));
    }

    Found inspect(Channel channel, Bot bot) {
        String chatId = TelegramAccess.of(channel).chatId();
        HttpResult asked = api.call(channel, new GetChat(chatId));
        Optional<JsonNode> chat =
                TelegramAnswers.result(asked).filter(found -> found.path("id").isIntegralNumber());
        if (chat.isEmpty()) {
            return unusable(channel, asked, "telegram.chat.unknown", chatId);
        }
        HttpResult role = api.call(channel, new GetChatMember(chatId, bot.id()));
        Optional<JsonNode> member = TelegramAnswers.result(role);
        if (member.isEmpty()) {
            return unusable(channel, role, "telegram.bot.no-member", chatId);
        }
        if (!mayPost(chat.get(), member.get())) {
            return new Unusable(
                    new PublishResult.Unauthorized(Reason.of("telegram.bot.may-not-post", "bot", bot.name())));
        }
        return new Usable(
                chat.get().path("id").asText(), chat.get().path("title").asText(chatId));
    }

    /** A chat that is not found is not a refusal of a post: a person must put the channel right. */
    private Found unusable(Channel channel, HttpResult result, String code, String chatId) {
        PublishResult.NoEffect outcome = answers.harmless(channel, result);
        boolean persons = result instanceof HttpResult.Answer
                && (outcome instanceof PublishResult.Refused || outcome instanceof PublishResult.Unauthorized);
        return new Unusable(
                persons
                        ? new PublishResult.Unauthorized(new Reason(
                                Message.of(code, "chat", chatId),
                                outcome.reason().httpStatus(),
                                outcome.reason().excerpt()))
                        : outcome);
    }

    /** In a channel only administrators post, and each right is given apart; in a group every member may, unless restricted. */
    private static boolean mayPost(JsonNode chat, JsonNode member) {
        boolean channel = chat.path("type").asText().equals("channel");
        return switch (member.path("status").asText()) {
            case "creator" -> true;
            case "administrator" -> !channel || member.path("can_post_messages").asBoolean();
            case "member" -> !channel;
            case "restricted" -> !channel && member.path("can_send_messages").asBoolean();
            default -> false;
        };
    }
}
