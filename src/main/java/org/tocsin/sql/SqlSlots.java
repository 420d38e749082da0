package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.publishing.Slot;
import org.tocsin.publishing.SlotRepository;

/** Slots in SQL. */
public final class SqlSlots implements SlotRepository {
    @Override
    public boolean insert(Tx tx, Slot slot) {
        return handle(tx)
                        .createUpdate(
                                "insert into slot (id, branch, channel_id, weekday, local_time) values (:id, :branch,"
                                        + " :channel, :weekday, :time) on conflict (branch, channel_id, weekday, local_time) do nothing")
                        .bind("id", slot.id())
                        .bind("branch", slot.branch().value())
                        .bind("channel", slot.channelId())
                        .bind("weekday", slot.weekday().getValue())
                        .bind("time", slot.time().toString())
                        .execute()
                == 1;
    }

    @Override
    public void remove(Tx tx, String id) {
        handle(tx)
                .createUpdate("delete from slot where id = :id")
                .bind("id", id)
                .execute();
    }

    @Override
    public Optional<Slot> find(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery("select * from slot where id = :id and branch = :branch")
                .bind("id", id)
                .bind("branch", branch.value())
                .map((row, context) -> slot(row))
                .findOne();
    }

    @Override
    public List<Slot> all(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from slot where branch = :branch order by channel_id, weekday, local_time")
                .bind("branch", branch.value())
                .map((row, context) -> slot(row))
                .list();
    }

    @Override
    public Set<Taken> taken(Tx tx, Collection<String> channelIds, Instant from, Instant until) {
        return new HashSet<>(handle(tx)
                .createQuery("select channel_id, due_at from delivery where channel_id in (<channels>)"
                        + " and due_at >= :from and due_at < :until"
                        + " and state not in ('PUBLISHED', 'REFUSED', 'EXHAUSTED', 'CANCELLED', 'DELETED')")
                .bindList("channels", List.copyOf(channelIds))
                .bind("from", Micros.of(from))
                .bind("until", Micros.of(until))
                .map((row, context) -> new Taken(row.getString("channel_id"), Micros.get(row, "due_at")))
                .list());
    }

    private static Slot slot(ResultSet row) throws SQLException {
        return new Slot(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("channel_id"),
                DayOfWeek.of(row.getInt("weekday")),
                LocalTime.parse(row.getString("local_time")));
    }
}
