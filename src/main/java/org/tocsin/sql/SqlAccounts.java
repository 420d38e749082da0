package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Account;
import org.tocsin.delivery.AccountRepository;

/** Accounts in SQL. */
public final class SqlAccounts implements AccountRepository {
    @Override
    public Account find(Tx tx, String channelId) {
        return handle(tx)
                .createQuery("select * from account where channel_id = :id")
                .bind("id", channelId)
                .map((row, context) -> account(row))
                .findOne()
                .orElse(Account.free(channelId));
    }

    @Override
    public Map<String, Account> all(Tx tx) {
        return handle(tx)
                .createQuery("select * from account")
                .map((row, context) -> account(row))
                .collect(Collectors.toMap(Account::channelId, Function.identity()));
    }

    @Override
    public void hold(Tx tx, String channelId, Account.Finder by, Message reason, Instant since) {
        handle(tx)
                .createUpdate("insert into account (channel_id, held_reason, held_since, held_by) values (:id, :reason,"
                        + " :since, :by) on conflict (channel_id) do update set held_reason = :reason, held_since ="
                        + " :since, held_by = :by")
                .bind("by", by.name())
                .bind("id", channelId)
                .bind("reason", Json.write(reason))
                .bind("since", Micros.of(since))
                .execute();
    }

    @Override
    public boolean release(Tx tx, String channelId) {
        return handle(tx)
                        .createUpdate("update account set held_reason = null, held_since = null, held_by = null"
                                + " where channel_id = :id and held_reason is not null")
                        .bind("id", channelId)
                        .execute()
                == 1;
    }

    @Override
    public void throttle(Tx tx, String channelId, @Nullable Instant since, @Nullable Instant until) {
        handle(tx)
                .createUpdate("insert into account (channel_id, throttled_since, throttled_until) values (:id, :since,"
                        + " :until) on conflict (channel_id) do update set throttled_since = :since, throttled_until ="
                        + " :until")
                .bind("since", Micros.ofNullable(since))
                .bind("id", channelId)
                .bind("until", Micros.ofNullable(until))
                .execute();
    }

    @Override
    public long spent(Tx tx, String channelId, YearMonth month) {
        return handle(tx)
                .createQuery("select micro_usd from spend where channel_id = :id and month = :month")
                .bind("id", channelId)
                .bind("month", month.toString())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    @Override
    public void spend(Tx tx, String channelId, YearMonth month, long microUsd) {
        handle(tx)
                .createUpdate("insert into spend (channel_id, month, micro_usd) values (:id, :month, :amount)"
                        + " on conflict (channel_id, month) do update set micro_usd = spend.micro_usd + :amount")
                .bind("id", channelId)
                .bind("month", month.toString())
                .bind("amount", microUsd)
                .execute();
    }

    private static Account.@Nullable Finder finder(@Nullable String name) {
        return name == null ? null : Account.Finder.valueOf(name);
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString("channel_id"),
                Json.message(row.getString("held_reason")),
                Micros.getNullable(row, "held_since"),
                finder(row.getString("held_by")),
                Micros.getNullable(row, "throttled_since"),
                Micros.getNullable(row, "throttled_until"));
    }
}
