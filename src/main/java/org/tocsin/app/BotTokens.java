package org.tocsin.app;

import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.bot.BotNames;

/** Which bot people may sign up by: another than that of any channel, so that nobody of the public writes to the one that publishes. */
final class BotTokens {
    private final Stores stores;
    private final BotNames names;

    BotTokens(Stores stores, BotNames names) {
        this.stores = stores;
        this.names = names;
    }

    /** @return whether a channel has that bot */
    static boolean taken(Stores stores, Tx tx, Secret token) {
        String bot = token.reveal().split(":", 2)[0];
        return stores.channels().all(tx, BranchId.MAIN).stream()
                .flatMap(channel -> channel.secret("botToken").stream())
                .anyMatch(one -> one.reveal().startsWith(bot + ":"));
    }

    /** @throws FaultException INVALID */
    String name(Secret token) {
        boolean taken = stores.store().read(tx -> taken(stores, tx, token));
        if (taken) {
            throw FaultException.invalid("/botToken", Message.of("bot.token.taken"));
        }
        return names.of(token);
    }
}
