package org.tocsin.app;

import java.util.List;
import java.util.Optional;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.network.Channel;
import org.tocsin.publishing.ChannelRule;
import org.tocsin.subscriber.SignUpRepository;

/** No channel gets the bot by which people sign up: it would answer nobody any more, and send no letters. */
final class PublicBotRule implements ChannelRule {
    private final SignUpRepository house;

    PublicBotRule(SignUpRepository house) {
        this.house = house;
    }

    @Override
    public List<Fault> faults(Tx tx, Channel channel) {
        Optional<Secret> token = channel.secret("botToken");
        boolean taken = token.isPresent()
                && house.branches(tx).stream()
                        .map(branch -> house.settings(tx, branch).bot())
                        .anyMatch(bot -> bot != null && number(bot).equals(number(token.get())));
        return taken ? List.of(Fault.at("/secrets/botToken", Message.of("bot.token.public"))) : List.of();
    }

    /** A new token of the same bot has the same number before its colon. */
    private static String number(Secret token) {
        return token.reveal().split(":", 2)[0];
    }
}
