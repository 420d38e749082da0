package org.tocsin.bot;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.BreakIterator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.methods.AnswerCallbackQuery;
import org.telegram.telegrambots.meta.api.methods.botapimethods.PartialBotApiMethod;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.DeleteMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Messages;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.dialogue.BotReply;
import org.tocsin.subscriber.dialogue.Button;
import org.tocsin.subscriber.dialogue.Reply;

/** Makes calls of the Bot API of what is to be said, with the classes of TelegramBots. */
final class Calls {
    /** core.telegram.org/bots/api#sendmessage: 1-4096 characters after entities parsing, in UTF-16 units. */
    static final int MOST = 4_096;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Messages messages;
    private final Signature signature;
    private final Ids ids;
    private final Clock clock;

    Calls(Messages messages, Signature signature, Ids ids, Clock clock) {
        this.messages = messages;
        this.signature = signature;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Something said.
     *
     * @param pressed the message whose button was pressed; null for none
     */
    BotReply say(BranchId branch, long account, Reply reply, String language, @Nullable Integer pressed) {
        Locale locale = Locale.forLanguageTag(language);
        String text = messages.text(reply.text(), locale);
        String all = cut(reply.quoted().isEmpty() ? text : text + "\n\n" + reply.quoted());
        InlineKeyboardMarkup buttons = reply.buttons().isEmpty() ? null : buttons(account, reply, locale);
        return reply.instead() && pressed != null
                ? call(
                        branch,
                        account,
                        EditMessageText.builder()
                                .chatId(account)
                                .messageId(pressed)
                                .text(all)
                                .replyMarkup(buttons)
                                .build())
                : call(
                        branch,
                        account,
                        SendMessage.builder()
                                .chatId(account)
                                .text(all)
                                .replyMarkup(buttons)
                                .build());
    }

    /** The question whether he still wants letters. */
    BotReply ask(Subscriber one, long account, Reply question) {
        BotReply call = say(one.branch(), account, question, one.language(), null);
        return new BotReply(
                call.id(),
                call.branch(),
                call.chatId(),
                call.method(),
                call.body(),
                null,
                one.id(),
                call.attempts(),
                call.nextAt());
    }

    private InlineKeyboardMarkup buttons(long account, Reply reply, Locale locale) {
        List<InlineKeyboardRow> rows = new ArrayList<>();
        for (List<Button> row : reply.buttons()) {
            InlineKeyboardRow buttons = new InlineKeyboardRow();
            row.forEach(button -> buttons.add(InlineKeyboardButton.builder()
                    .text(button.mark() + messages.text(button.label(), locale))
                    .callbackData(signature.sign(account, button))
                    .build()));
            rows.add(buttons);
        }
        return InlineKeyboardMarkup.builder().keyboard(rows).build();
    }

    /** Takes the waiting sign off a button. */
    BotReply pressed(BranchId branch, long account, String pressId) {
        return call(
                branch,
                account,
                AnswerCallbackQuery.builder().callbackQueryId(pressId).build());
    }

    /** Takes away a message that somebody wrote. */
    BotReply delete(BranchId branch, long account, int message) {
        return call(
                branch,
                account,
                DeleteMessage.builder().chatId(account).messageId(message).build());
    }

    /** Sends what is kept of somebody as a file; it is written when it goes. */
    BotReply file(BranchId branch, long account, String subscriberId) {
        return new BotReply(
                ids.next(),
                branch,
                account,
                "sendDocument",
                JSON.createObjectNode().put("chat_id", String.valueOf(account)).toString(),
                subscriberId,
                null,
                0,
                clock.instant());
    }

    private BotReply call(BranchId branch, long account, PartialBotApiMethod<?> method) {
        ObjectNode params = JSON.valueToTree(method);
        params.remove("method");
        return new BotReply(
                ids.next(), branch, account, method.getMethod(), params.toString(), null, null, 0, clock.instant());
    }

    /** Whole characters as people see them. */
    private static String cut(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        BreakIterator marks = BreakIterator.getCharacterInstance(Locale.ROOT);
        marks.setText(text);
        return text.substring(0, marks.preceding(MOST)) + "…";
    }
}
