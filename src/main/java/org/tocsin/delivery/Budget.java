package org.tocsin.delivery;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import org.tocsin.base.Tx;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;

/**
 * The monthly ceiling of a channel, in months of UTC. What a request can cost is booked before it leaves and given back where it was not
 * charged: a daemon that dies in between has booked too much, never too little.
 */
public final class Budget {
    /** US dollars that a channel may cost a month; none where it is not set. */
    public static final String CEILING_SETTING = "monthlyCeilingUsd";

    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);

    private final AccountRepository accounts;

    public Budget(AccountRepository accounts) {
        this.accounts = accounts;
    }

    /** @return the ceiling in millionths of a US dollar; empty where the channel has none */
    public static Optional<Long> ceiling(Channel channel) {
        return channel.setting(CEILING_SETTING)
                .map(value -> new BigDecimal(value).multiply(MICRO).longValue());
    }

    /**
     * A ceiling that would be passed.
     *
     * @param dollars the ceiling, as it was set
     */
    public record Passed(String dollars, YearMonth month) {}

    /** @return the ceiling that a request of that cost would pass now; empty when it may leave */
    public Optional<Passed> passed(Tx tx, Channel channel, Cost cost, Instant now) {
        Optional<Long> ceiling = ceiling(channel);
        if (cost.microUsd() == 0
                || ceiling.isEmpty()
                || accounts.spent(tx, channel.id(), month(now)) + cost.microUsd() <= ceiling.get()) {
            return Optional.empty();
        }
        return Optional.of(new Passed(channel.setting(CEILING_SETTING).orElse(""), month(now)));
    }

    /** Books what a request can cost. */
    public void book(Tx tx, String channelId, Cost cost, Instant at) {
        if (cost.microUsd() != 0) {
            accounts.spend(tx, channelId, month(at), cost.microUsd());
        }
    }

    /**
     * Gives back to the month in which it was booked.
     *
     * @param at when it was booked
     */
    public void giveBack(Tx tx, String channelId, Cost cost, Instant at) {
        book(tx, channelId, new Cost(-cost.microUsd()), at);
    }

    /** Gives back what was booked with a request that had no effect. */
    void giveBack(Tx tx, DeliveryAttempt attempt) {
        giveBack(tx, attempt.channelId(), new Cost(attempt.costMicroUsd()), attempt.startedAt());
    }

    /** @return the month in which something is spent */
    public static YearMonth month(Instant at) {
        return YearMonth.from(at.atZone(ZoneOffset.UTC));
    }
}
