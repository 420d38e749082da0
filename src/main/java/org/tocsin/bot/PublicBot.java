package org.tocsin.bot;

import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Messages;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.http.HttpClient;
import org.tocsin.subscriber.Choices;
import org.tocsin.subscriber.Leaving;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.dialogue.BotReplyRepository;
import org.tocsin.subscriber.dialogue.TalkRepository;

/**
 * The bot, put together.
 *
 * @param hearing   takes updates
 * @param messenger makes calls
 * @param names     asks who a bot is
 */
public record PublicBot(SignUpBot hearing, BotMessenger messenger, BotNames names) {
    /**
     * What it says and keeps with.
     *
     * @param taken whether a bot is that of a channel
     */
    public record Means(
            UnitOfWork unitOfWork,
            SignUps signUps,
            Choices choices,
            Leaving leaving,
            TalkRepository talks,
            BotReplyRepository replies,
            Messages messages,
            HttpClient http,
            BiPredicate<Tx, Secret> taken,
            Ids ids,
            Clock clock) {}

    /**
     * @param hash   keyed, 64 hexadecimal digits
     * @param data   what is kept of a subscriber, as JSON
     * @param server of the Bot API; empty for the usual one
     * @param base   the public address; empty for none
     */
    public static PublicBot of(
            Means means,
            UnaryOperator<String> hash,
            BiFunction<BranchId, String, Optional<String>> data,
            String server,
            String base) {
        Signature signature = new Signature(hash);
        SignUpDeeds deeds = new SignUpDeeds(means.signUps(), means.choices(), means.leaving());
        Wakeup bell = new Wakeup();
        return new PublicBot(
                new SignUpBot(
                        deeds,
                        means.signUps(),
                        means.talks(),
                        means.replies(),
                        new Calls(means.messages(), signature, means.ids(), means.clock()),
                        signature,
                        means.taken(),
                        server,
                        base,
                        bell,
                        means.clock()),
                new BotMessenger(
                        means.unitOfWork(),
                        means.replies(),
                        means.talks(),
                        means.signUps(),
                        deeds,
                        data,
                        means.http(),
                        server,
                        bell,
                        means.clock()),
                new BotNames(means.http(), server));
    }
}
