package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Instant;
import java.util.List;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.publishing.CalendarRepository;

/** The calendar in SQL. */
public final class SqlCalendar implements CalendarRepository {
    @Override
    public List<Planned> between(Tx tx, BranchId branch, Instant from, Instant until) {
        return handle(tx)
                .createQuery(
                        "select post_id, channel_id, network, state, next_action, due_at, expected_at from delivery"
                                + " where branch = :branch and due_at >= :from and due_at < :until"
                                + " and state not in ('CANCELLED', 'DELETED') order by due_at, sequence")
                .bind("branch", branch.value())
                .bind("from", Micros.of(from))
                .bind("until", Micros.of(until))
                .map((row, context) -> new Planned(
                        row.getString("post_id"),
                        row.getString("channel_id"),
                        row.getString("network"),
                        DeliveryState.valueOf(row.getString("state")),
                        "SCHEDULED PERSON".equals(row.getString("state") + " " + row.getString("next_action")),
                        Micros.get(row, "due_at"),
                        Micros.get(row, "expected_at")))
                .list();
    }

    @Override
    public List<String> overdue(Tx tx, BranchId branch, Instant before, int max) {
        return handle(tx)
                .createQuery("select id from delivery where branch = :branch and in_line = 1 and expected_at < :before"
                        + " order by expected_at limit :max")
                .bind("branch", branch.value())
                .bind("before", Micros.of(before))
                .bind("max", max)
                .mapTo(String.class)
                .list();
    }
}
