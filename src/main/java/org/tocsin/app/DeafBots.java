package org.tocsin.app;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Notices;
import org.tocsin.mention.ReadResult;
import org.tocsin.network.Channel;
import org.tocsin.network.telegram.TelegramInbox;
import org.tocsin.network.telegram.TelegramUpdate;
import org.tocsin.network.telegram.UpdateHandler;

/**
 * Tells that another program takes what is said to a bot: whoever presses a button there, or signs up, waits for an answer that never
 * comes.
 */
final class DeafBots implements UpdateHandler {
    private static final int MOST = 100;

    private final Notices notices;
    /** Bots that were told of since they heard last: what somebody has put away is not told again each time they are asked. */
    private final Set<String> deaf;

    DeafBots(Notices notices) {
        this.notices = notices;
        this.deaf = ConcurrentHashMap.newKeySet();
    }

    @Override
    public Set<String> kinds() {
        return Set.of();
    }

    @Override
    public List<Channel> bots(Tx tx) {
        return List.of();
    }

    @Override
    public void handle(Tx tx, TelegramUpdate update) {
        // What is said is for others.
    }

    private boolean isTold(Tx tx, String bot) {
        return notices.open(tx, BranchId.MAIN, Notices.Kind.BOT_HELD, MOST).contains(bot);
    }

    @Override
    public void unheard(Tx tx, String bot, ReadResult why) {
        if (why instanceof ReadResult.Held held && !deaf.contains(bot)) {
            if (!isTold(tx, bot)) {
                notices.raise(tx, BranchId.MAIN, Notices.Kind.BOT_HELD, bot, held.why());
            }
            tx.afterCommit(() -> deaf.add(bot));
        }
    }

    @Override
    public void heard(Tx tx, String bot, TelegramInbox.Reach reach) {
        deaf.remove(bot);
        if (isTold(tx, bot)) {
            notices.close(tx, BranchId.MAIN, Set.of(Notices.Kind.BOT_HELD), bot);
        }
    }
}
