package org.tocsin.network.telegram;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.network.Channel;
import org.tocsin.network.ServerAddress;

/**
 * Where and as whom a channel is called.
 *
 * @param base   origin of the Bot API server
 * @param token  of the bot
 * @param chatId {@code @name}, or the number that Telegram gives the chat
 */
record TelegramAccess(URI base, Secret token, String chatId) {
    /** As BotFather writes it: the bot's number and its secret. */
    static final Pattern TOKEN = Pattern.compile("[0-9]{1,20}:[A-Za-z0-9_-]{10,100}");
    /** A public name has 4 (bought ones) to 32 characters; a number is negative for groups and channels. */
    static final Pattern CHAT = Pattern.compile("@[A-Za-z][A-Za-z0-9_]{3,31}|-?[1-9][0-9]{0,18}");

    static final String BASE = "https://api.telegram.org";
    static final String BASE_SETTING = "baseUrl";
    static final String CHAT_SETTING = "chatId";
    static final String TOKEN_SECRET = "botToken";

    /** @return what is missing or malformed; no fault ever quotes the token */
    static List<Fault> faults(Channel channel) {
        List<Fault> faults = new ArrayList<>(tokenFaults(channel));
        Optional<String> chat = channel.setting(CHAT_SETTING);
        if (chat.isEmpty()) {
            faults.add(Fault.at("/settings/chatId", Message.of("telegram.chat.missing")));
        } else if (!CHAT.matcher(chat.get()).matches()) {
            faults.add(Fault.at("/settings/chatId", Message.of("telegram.chat.malformed", "value", chat.get())));
        }
        return List.copyOf(faults);
    }

    /** @return what keeps the bot itself from being called */
    static List<Fault> tokenFaults(Channel channel) {
        List<Fault> faults = new ArrayList<>();
        Optional<Secret> token = channel.secret(TOKEN_SECRET);
        if (token.isEmpty()) {
            faults.add(Fault.at("/secrets/botToken", Message.of("telegram.token.missing")));
        } else if (!TOKEN.matcher(token.get().reveal()).matches()) {
            faults.add(Fault.at("/secrets/botToken", Message.of("telegram.token.malformed")));
        }
        String base = channel.setting(BASE_SETTING).orElse(BASE);
        if (origin(base).isEmpty()) {
            faults.add(Fault.at("/settings/baseUrl", Message.of("network.address.malformed", "value", base)));
        }
        return faults;
    }

    /** @throws IllegalStateException where {@link #tokenFaults} has something to say */
    static TelegramAccess of(Channel channel) {
        if (!tokenFaults(channel).isEmpty()) {
            throw new IllegalStateException("channel " + channel.id() + " has no usable access");
        }
        return new TelegramAccess(
                origin(channel.setting(BASE_SETTING).orElse(BASE)).orElseThrow(),
                channel.secret(TOKEN_SECRET).orElseThrow(),
                channel.setting(CHAT_SETTING).orElse(""));
    }

    /** @return the bot's number, which stays when its token is changed; the channel has no fault of its token */
    static String bot(Channel channel) {
        String token = channel.secret(TOKEN_SECRET).orElseThrow().reveal();
        return token.substring(0, token.indexOf(':'));
    }

    /** The token is part of every address, which is why no address is ever told. */
    URI url(String method) {
        return URI.create(base + "/bot" + token.reveal() + "/" + method);
    }

    private static Optional<URI> origin(String text) {
        return ServerAddress.read(text).map(URI::create);
    }
}
