package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Removal;
import org.tocsin.delivery.RemovalRepository;

/** Removals in SQL. */
public final class SqlRemovals implements RemovalRepository {
    @Override
    public void request(Tx tx, Removal removal) {
        handle(tx)
                .createUpdate(
                        "insert into removal (delivery_id, position, branch, channel_id, state, attempts, next_at,"
                                + " requested_at) values (:id, :position, :branch, :channel, :state, 0, :next, :requested)"
                                + " on conflict (delivery_id, position) do update set state = :state, next_at = :next, reason = null"
                                + " where removal.state in ('REFUSED', 'UNKNOWN')")
                .bind("id", removal.deliveryId())
                .bind("position", removal.segment())
                .bind("branch", removal.branch().value())
                .bind("channel", removal.channelId())
                .bind("state", removal.state().name())
                .bind("next", Micros.ofNullable(removal.nextAt()))
                .bind("requested", Micros.of(removal.requestedAt()))
                .execute();
    }

    @Override
    public boolean save(Tx tx, Removal removal) {
        return handle(tx)
                        .createUpdate(
                                "update removal set state = :state, reason = :reason, attempts = :attempts, next_at = :next"
                                        + " where delivery_id = :id and position = :position and state in ('DUE', 'UNKNOWN') and attempts = :seen")
                        .bind("seen", removal.attempts() - 1)
                        .bind("state", removal.state().name())
                        .bind("reason", Json.writeOrNull(removal.reason()))
                        .bind("attempts", removal.attempts())
                        .bind("next", Micros.ofNullable(removal.nextAt()))
                        .bind("id", removal.deliveryId())
                        .bind("position", removal.segment())
                        .execute()
                == 1;
    }

    @Override
    public boolean decide(Tx tx, Removal decided, Removal seen) {
        return handle(tx)
                        .createUpdate(
                                "update removal set state = :state, reason = null, next_at = :next where delivery_id = :id"
                                        + " and position = :position and state = :seen and attempts = :attempts")
                        .bind("state", decided.state().name())
                        .bind("next", Micros.ofNullable(decided.nextAt()))
                        .bind("id", seen.deliveryId())
                        .bind("position", seen.segment())
                        .bind("seen", seen.state().name())
                        .bind("attempts", seen.attempts())
                        .execute()
                == 1;
    }

    @Override
    public void postpone(Tx tx, String channelId, Instant until) {
        handle(tx)
                .createUpdate(
                        "update removal set next_at = :until where channel_id = :channel and state in ('DUE', 'UNKNOWN')"
                                + " and next_at < :until")
                .bind("until", Micros.of(until))
                .bind("channel", channelId)
                .execute();
    }

    @Override
    public void hold(Tx tx, String channelId, Message why, Instant until) {
        handle(tx)
                .createUpdate("update removal set next_at = :until, reason = :why where channel_id = :channel"
                        + " and state in ('DUE', 'UNKNOWN') and next_at < :until")
                .bind("until", Micros.of(until))
                .bind("why", Json.write(why))
                .bind("channel", channelId)
                .execute();
    }

    @Override
    public List<Removal> due(Tx tx, Instant now, int max) {
        return handle(tx)
                .createQuery("select * from (select removal.*, row_number() over (partition by channel_id order by"
                        + " next_at, delivery_id, position desc) as place from removal where state in ('DUE', 'UNKNOWN') and next_at <="
                        + " :now) as due where place = 1 order by next_at, delivery_id limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max)
                .map((row, context) -> removal(row))
                .list();
    }

    @Override
    public Optional<Instant> nextAt(Tx tx) {
        return handle(tx)
                .createQuery("select next_at from removal where state in ('DUE', 'UNKNOWN') order by next_at limit 1")
                .mapTo(Long.class)
                .findOne()
                .map(Micros::instant);
    }

    @Override
    public List<Removal> of(Tx tx, String deliveryId) {
        return handle(tx)
                .createQuery("select * from removal where delivery_id = :id order by position")
                .bind("id", deliveryId)
                .map((row, context) -> removal(row))
                .list();
    }

    @Override
    public Map<String, List<Removal>> of(Tx tx, Collection<String> deliveryIds) {
        return ByIds.ofDeliveries(
                tx,
                "removal",
                deliveryIds,
                (row, context) -> removal(row),
                Comparator.comparingInt(Removal::segment),
                Removal::deliveryId);
    }

    @Override
    public List<String> forPerson(Tx tx, BranchId branch, int max) {
        return handle(tx)
                .createQuery(
                        "select delivery_id from removal where branch = :branch and state in ('REFUSED', 'UNKNOWN')"
                                + " group by delivery_id order by max(requested_at) desc, delivery_id limit :max")
                .bind("branch", branch.value())
                .bind("max", max)
                .mapTo(String.class)
                .list();
    }

    private static Removal removal(ResultSet row) throws SQLException {
        return new Removal(
                row.getString("delivery_id"),
                row.getInt("position"),
                new BranchId(row.getString("branch")),
                row.getString("channel_id"),
                Removal.State.valueOf(row.getString("state")),
                Json.message(row.getString("reason")),
                row.getInt("attempts"),
                Micros.getNullable(row, "next_at"),
                Micros.get(row, "requested_at"));
    }
}
