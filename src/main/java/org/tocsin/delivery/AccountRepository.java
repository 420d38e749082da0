package org.tocsin.delivery;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;

/** What is remembered of accounts: holds, throttles, money. */
public interface AccountRepository {
    /** @return {@link Account#free} where nothing is stored */
    Account find(Tx tx, String channelId);

    /** @return all of which something is stored, by channel */
    Map<String, Account> all(Tx tx);

    /** Nothing is sent on the channel until {@link #release}. */
    void hold(Tx tx, String channelId, Account.Finder by, Message reason, Instant since);

    /** @return whether it was held */
    boolean release(Tx tx, String channelId);

    /**
     * @param since since when the account has not been free without a longer break
     * @param until null lifts it
     */
    void throttle(Tx tx, String channelId, @Nullable Instant since, @Nullable Instant until);

    /** @return millionths of a US dollar spent in that month (UTC) */
    long spent(Tx tx, String channelId, YearMonth month);

    /** @param microUsd negative gives back what was not used */
    void spend(Tx tx, String channelId, YearMonth month, long microUsd);
}
