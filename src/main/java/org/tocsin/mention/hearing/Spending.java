package org.tocsin.mention.hearing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.AccountRepository;
import org.tocsin.delivery.Budget;
import org.tocsin.mention.PaidSource;
import org.tocsin.mention.ReadResult;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;

/**
 * Lets a reading cost what its source and its channel still may spend in the month (of UTC). What it can cost at most is booked before it is asked,
 * and what it did not is given back with what was heard; after a crash between the two too much is booked, and never too little.
 */
final class Spending {
    private static final int DECIMALS = 6;

    private final SourceRepository sources;
    private final Budget budget;

    Spending(SourceRepository sources, AccountRepository accounts) {
        this.sources = sources;
        this.budget = new Budget(accounts);
    }

    /** What came of asking for leave. */
    sealed interface Leave {}

    /**
     * So many items may be read.
     *
     * @param at when they were booked
     */
    record Granted(int items, Instant at) implements Leave {}

    /** None may. */
    record Denied(ReadResult.Held why) implements Leave {}

    Leave ask(Tx tx, Source source, Channel channel, PaidSource reader, Instant now) {
        YearMonth month = Budget.month(now);
        long price = Math.max(1, reader.price(channel).microUsd());
        long ceiling = source.ceiling() == null ? 0 : source.ceiling();
        long left = ceiling - sources.spent(tx, source.id(), month);
        int items = source.cursor() == null ? reader.fewest() : (int) Math.min(reader.most(), left / price);
        Instant next = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (items < reader.fewest() || left < items * price) {
            String dollars =
                    BigDecimal.valueOf(ceiling, DECIMALS).stripTrailingZeros().toPlainString();
            return new Denied(
                    new ReadResult.Held(Message.of("heard.ceiling.source", "ceiling", dollars, "month", month), next));
        }
        Cost cost = new Cost(items * price);
        if (budget.passed(tx, channel, cost, now).isPresent()) {
            return new Denied(new ReadResult.Held(
                    Message.of("heard.ceiling.channel", "channel", channel.name(), "month", month), next));
        }
        sources.spend(tx, source.id(), month, cost.microUsd());
        budget.book(tx, channel.id(), cost, now);
        return new Granted(items, now);
    }

    /** Gives back what was booked and not charged. */
    void settle(Tx tx, Source source, Channel channel, PaidSource reader, Granted granted, int charged) {
        long price = Math.max(1, reader.price(channel).microUsd());
        long unused = Math.max(0, granted.items() - charged) * price;
        if (unused > 0) {
            sources.spend(tx, source.id(), Budget.month(granted.at()), -unused);
            budget.giveBack(tx, channel.id(), new Cost(unused), granted.at());
        }
    }
}
