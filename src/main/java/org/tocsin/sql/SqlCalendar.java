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
    public Needs needs(Tx tx, BranchId branch, Instant before) {
        // The states are written as the index has them: as values, or fewer of them, they would not find it.
        return handle(tx)
                .createQuery("with stopped as (select id, state, next_action from delivery where branch = :branch"
                        + " and state in ('UNKNOWN', 'HELD', 'REFUSED', 'EXHAUSTED')),"
                        + " edit as (select delivery_id as id, state from revision where branch = :branch"
                        + " and state in ('HELD', 'REFUSED') and not exists (select 1 from revision later"
                        + " where later.delivery_id = revision.delivery_id and later.position = revision.position"
                        + " and later.number > revision.number) and exists (select 1 from delivery"
                        + " where delivery.id = revision.delivery_id and delivery.state = 'PUBLISHED')),"
                        + " person as (select id from stopped where state in ('UNKNOWN', 'HELD') and next_action = 'PERSON'"
                        + " union select delivery_id from removal where branch = :branch and state in ('REFUSED', 'UNKNOWN')"
                        + " union select id from edit where state = 'HELD'),"
                        + " failed as (select id from stopped where state in ('REFUSED', 'EXHAUSTED')"
                        + " union select id from edit where state = 'REFUSED'),"
                        + " planned as (select id from person union select id from delivery"
                        + " where branch = :branch and in_line = 1 and expected_at < :before)"
                        + " select (select count(*) from person) as person, (select count(*) from failed) as failed,"
                        + " (select count(*) from planned) as planned,"
                        + " (select count(*) from (select id from planned union select id from failed)) as whole")
                .bind("branch", branch.value())
                .bind("before", Micros.of(before))
                .map((row, context) -> new Needs(
                        row.getInt("person"), row.getInt("failed"), row.getInt("planned"), row.getInt("whole")))
                .one();
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
