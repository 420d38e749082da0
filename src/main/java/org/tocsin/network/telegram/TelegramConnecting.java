package org.tocsin.network.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Channel;
import org.tocsin.network.Connecting;

/**
 * Connects a channel: the bot's token, then the bot is made an administrator, and its channel is found in what the bot has heard, or by
 * its name. Updates are read without being confirmed, so that another reader of the same bot loses none.
 */
public final class TelegramConnecting implements Connecting {
    private static final String TOKEN = "token";
    private static final String CHAT = "chat";
    private static final String BOT = "bot";

    private final TelegramApi api;
    private final TelegramAnswers answers;
    private final TelegramInspection inspection;
    private final Clock clock;
    private final String base;

    /** As below, at Telegram's own server. */
    public TelegramConnecting(HttpClient http, RetryAfter retryAfter, Clock clock) {
        this(http, retryAfter, clock, TelegramAccess.BASE);
    }

    /**
     * @param http       the way out
     * @param retryAfter reads how long to wait
     * @param clock      tells now
     * @param base       origin of a Bot API server; a channel keeps it where it is not Telegram's own
     */
    public TelegramConnecting(HttpClient http, RetryAfter retryAfter, Clock clock, String base) {
        this.api = new TelegramApi(http);
        this.answers = new TelegramAnswers(retryAfter, clock);
        this.inspection = new TelegramInspection(api, answers);
        this.clock = clock;
        this.base = base;
    }

    @Override
    public String network() {
        return TelegramNetwork.ID;
    }

    @Override
    public Ask begin() {
        return askToken(List.of());
    }

    @Override
    public Progress next(Map<String, Secret> state, String step, Map<String, Secret> given) {
        return step.equals(CHAT) ? chat(state, given) : token(given);
    }

    private Progress token(Map<String, Secret> given) {
        Secret token = Secret.of(answer(given, TelegramAccess.TOKEN_SECRET));
        Channel channel = channel(token, "");
        List<Fault> faults = TelegramAccess.tokenFaults(channel);
        if (!faults.isEmpty()) {
            return askToken(List.of(Fault.at(
                    "/" + TelegramAccess.TOKEN_SECRET, faults.getFirst().message())));
        }
        HttpResult me = inspection.me(channel);
        return TelegramInspection.bot(me)
                .<Progress>map(bot -> askChat(bot.name(), token, List.of()))
                .orElseGet(() -> askToken(List.of(Fault.at(
                        "/" + TelegramAccess.TOKEN_SECRET,
                        answers.harmless(channel, me).reason().message()))));
    }

    private Progress chat(Map<String, Secret> state, Map<String, Secret> given) {
        Secret token =
                Optional.ofNullable(state.get(TelegramAccess.TOKEN_SECRET)).orElse(Secret.of(""));
        String bot = answer(state, BOT);
        if (!TelegramAccess.tokenFaults(channel(token, "")).isEmpty()) {
            return begin();
        }
        String typed = answer(given, CHAT);
        if (!typed.isEmpty() && !TelegramAccess.CHAT.matcher(typed).matches()) {
            return askChat(bot, token, fault(Message.of("telegram.chat.malformed", "value", typed)));
        }
        if (!typed.isEmpty()) {
            return verified(bot, token, typed);
        }
        HttpResult heard = api.call(
                channel(token, ""),
                GetUpdates.builder()
                        .limit(100)
                        .timeout(0)
                        .allowedUpdates(List.of("message", "channel_post", "my_chat_member"))
                        .build());
        Optional<JsonNode> updates = TelegramAnswers.result(heard);
        if (updates.isEmpty()) {
            boolean webhook = heard instanceof HttpResult.Answer answer && answer.status() == 409;
            return askChat(
                    bot,
                    token,
                    fault(
                            webhook
                                    ? Message.of("telegram.connect.webhook")
                                    : answers.harmless(channel(token, ""), heard)
                                            .reason()
                                            .message()));
        }
        Map<String, String> chats = chats(updates.get());
        return switch (chats.size()) {
            case 0 -> askChat(bot, token, fault(Message.of("telegram.connect.none", "bot", bot)));
            case 1 -> verified(bot, token, chats.keySet().iterator().next());
            default ->
                askChat(
                        bot,
                        token,
                        fault(Message.of("telegram.connect.several", "chats", String.join(", ", chats.values()))));
        };
    }

    private Progress verified(String bot, Secret token, String chatId) {
        return switch (inspection.inspect(channel(token, chatId))) {
            case TelegramInspection.Unusable unusable ->
                askChat(bot, token, fault(unusable.outcome().reason().message()));
            case TelegramInspection.Usable(String id, String title) ->
                new Connected(title, channel(token, id).settings(), Map.of(TelegramAccess.TOKEN_SECRET, token));
        };
    }

    /** Where the bot was put, where somebody posted, or what was forwarded to it; the latest word on each chat counts. */
    private static Map<String, String> chats(JsonNode updates) {
        Map<String, String> chats = new LinkedHashMap<>();
        for (JsonNode update : updates) {
            JsonNode member = update.path("my_chat_member");
            add(chats, update.path("channel_post").path("chat"));
            add(chats, update.path("message").path("forward_origin").path("chat"));
            add(chats, member.path("chat"));
            String status = member.path("new_chat_member").path("status").asText();
            if (status.equals("left") || status.equals("kicked")) {
                chats.remove(member.path("chat").path("id").asText());
            }
        }
        return chats;
    }

    private static void add(Map<String, String> chats, JsonNode chat) {
        if (!chat.path("id").isIntegralNumber() || chat.path("type").asText().equals("private")) {
            return;
        }
        String id = chat.path("id").asText();
        String name = chat.path("username").asText("");
        chats.put(id, chat.path("title").asText("") + " (" + (name.isEmpty() ? id : "@" + name) + ")");
    }

    private Channel channel(Secret token, String chatId) {
        Map<String, String> settings = new HashMap<>();
        if (!base.equals(TelegramAccess.BASE)) {
            settings.put(TelegramAccess.BASE_SETTING, base);
        }
        if (!chatId.isEmpty()) {
            settings.put(TelegramAccess.CHAT_SETTING, chatId);
        }
        return new Channel(
                "connecting",
                BranchId.MAIN,
                "",
                TelegramNetwork.ID,
                settings,
                Map.of(TelegramAccess.TOKEN_SECRET, token),
                clock.instant());
    }

    private static Ask askToken(List<Fault> faults) {
        return new Ask(
                TOKEN,
                Message.of("telegram.connect.token"),
                URI.create("https://t.me/BotFather"),
                List.of(new Field(TelegramAccess.TOKEN_SECRET, Message.of("telegram.field.token"), true, "")),
                faults,
                Map.of());
    }

    private static Ask askChat(String bot, Secret token, List<Fault> faults) {
        return new Ask(
                CHAT,
                Message.of("telegram.connect.chat", "bot", bot),
                link(bot),
                List.of(new Field(CHAT, Message.of("telegram.field.chat"), false, "")),
                faults,
                Map.of(TelegramAccess.TOKEN_SECRET, token, BOT, Secret.of(bot)));
    }

    /** Opens the choice of a channel to which the bot is added with that right (core.telegram.org/api/links, "Bot links"). */
    private static @Nullable URI link(String bot) {
        return bot.matches("[A-Za-z0-9_]{3,64}")
                ? URI.create("https://t.me/" + bot + "?startchannel&admin=post_messages")
                : null;
    }

    private static List<Fault> fault(Message message) {
        return List.of(Fault.at("/" + CHAT, message));
    }

    private static String answer(Map<String, Secret> given, String field) {
        Secret value = given.get(field);
        return value == null ? "" : value.reveal().strip();
    }
}
