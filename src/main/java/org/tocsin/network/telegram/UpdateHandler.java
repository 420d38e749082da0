package org.tocsin.network.telegram;

import java.util.List;
import java.util.Set;
import org.tocsin.base.Tx;
import org.tocsin.mention.ReadResult;
import org.tocsin.network.Channel;

/**
 * Takes some of what a bot is told. A bot has one inbox, and Telegram gives each update once: whoever needs updates registers here, and
 * nobody else asks for them.
 */
public interface UpdateHandler {
    /** @return the kinds it takes, as in {@code allowed_updates}: {@code message}, {@code callback_query} … */
    Set<String> kinds();

    /** @return channels whose bots it listens to now; several of one bot are one inbox */
    List<Channel> bots(Tx tx);

    /**
     * Keeps what an update says, in the transaction in which the update is confirmed: after a crash it comes again, or was kept. It asks no
     * network and does not wait; what is to be sent is a row, or is done after the commit. An update may be of another's concern, and may
     * say anything: what is not understood is left aside.
     */
    void handle(Tx tx, TelegramUpdate update);

    /**
     * The bot was asked and has answered; called before the updates of that answer are handled, in the same transaction.
     *
     * @param bot as in {@link TelegramUpdate#bot()}
     */
    default void heard(Tx tx, String bot, TelegramInbox.Reach reach) {}

    /** The bot could not be asked: nothing comes until that is better. */
    default void unheard(Tx tx, String bot, ReadResult why) {}
}
