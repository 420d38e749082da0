package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.tocsin.audience.AudienceDue;
import org.tocsin.audience.AudienceRepository;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Audiences in SQL. */
public final class SqlAudience implements AudienceRepository {
    private static final String UNENROLLED = " from channel where removed_at is null and network in (<networks>)"
            + " and not exists (select 1 from audience_due where audience_due.branch = channel.branch and"
            + " audience_due.channel_id = channel.id)";
    private static final String INSERT =
            "insert into audience_snapshot (channel_id, day, branch, taken_at, followers, origin)"
                    + " values (:channel, :day, :branch, :taken, :followers, :origin)";

    @Override
    public boolean unenrolled(Tx tx, Collection<String> networks) {
        return !networks.isEmpty()
                && handle(tx)
                        .createQuery("select 1" + UNENROLLED + " limit 1")
                        .bindList("networks", List.copyOf(networks))
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent();
    }

    @Override
    public void enrol(Tx tx, Collection<String> networks, Instant now) {
        if (!networks.isEmpty()) {
            handle(tx)
                    .createUpdate("insert into audience_due (channel_id, branch, attempts, next_at, version)"
                            + " select id, branch, 0, :now, 1" + UNENROLLED)
                    .bind("now", Micros.of(now))
                    .bindList("networks", List.copyOf(networks))
                    .execute();
        }
    }

    @Override
    public void enrol(Tx tx, BranchId branch, String seriesId, Instant now) {
        handle(tx)
                .createUpdate("insert into audience_due (channel_id, branch, attempts, next_at, version)"
                        + " values (:series, :branch, 0, :now, 1) on conflict (branch, channel_id) do nothing")
                .bind("series", seriesId)
                .bind("branch", branch.value())
                .bind("now", Micros.of(now))
                .execute();
    }

    @Override
    public boolean save(Tx tx, AudienceDue changed) {
        return handle(tx)
                        .createUpdate(
                                "update audience_due set attempts = :attempts, reason = :reason, next_at = :next,"
                                        + " version = :version where branch = :branch and channel_id = :channel and version = :seen")
                        .bind("branch", changed.branch().value())
                        .bind("attempts", changed.attempts())
                        .bind("reason", Json.writeOrNull(changed.reason()))
                        .bind("next", Micros.of(changed.nextAt()))
                        .bind("version", changed.version())
                        .bind("seen", changed.version() - 1)
                        .bind("channel", changed.channelId())
                        .execute()
                == 1;
    }

    @Override
    public void drop(Tx tx, BranchId branch, String channelId) {
        handle(tx).execute("delete from audience_due where branch = ? and channel_id = ?", branch.value(), channelId);
    }

    @Override
    public Optional<AudienceDue> find(Tx tx, BranchId branch, String channelId) {
        return handle(tx)
                .createQuery("select * from audience_due where branch = :branch and channel_id = :channel")
                .bind("branch", branch.value())
                .bind("channel", channelId)
                .map((row, context) -> due(row))
                .findOne();
    }

    @Override
    public List<AudienceDue> due(Tx tx, Instant now, Set<String> except, int max) {
        Query query = handle(tx)
                .createQuery("select * from audience_due where next_at <= :now" + except(except)
                        + " order by next_at, channel_id limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max);
        return bound(query, except).map((row, context) -> due(row)).list();
    }

    @Override
    public Optional<Instant> nextAt(Tx tx, Set<String> except) {
        Query query = handle(tx)
                .createQuery(
                        "select next_at from audience_due where 1 = 1" + except(except) + " order by next_at limit 1");
        return bound(query, except).mapTo(Long.class).findOne().map(Micros::instant);
    }

    private static String except(Set<String> keys) {
        return keys.isEmpty() ? "" : " and branch || '/' || channel_id not in (<keys>)";
    }

    private static Query bound(Query query, Set<String> keys) {
        return keys.isEmpty() ? query : query.bindList("keys", List.copyOf(keys));
    }

    @Override
    public void measured(Tx tx, BranchId branch, AudienceSnapshot snapshot) {
        bind(
                        handle(tx)
                                .createUpdate(INSERT
                                        + " on conflict (branch, channel_id, day) do update set taken_at = :taken, followers ="
                                        + " :followers, origin = :origin where audience_snapshot.origin = 'IMPORTED' or"
                                        + " audience_snapshot.taken_at <= :taken"),
                        branch,
                        snapshot)
                .execute();
    }

    @Override
    public Imported imported(Tx tx, BranchId branch, AudienceSnapshot snapshot) {
        Optional<AudienceSnapshot> before = handle(tx)
                .createQuery("select * from audience_snapshot where branch = :branch and channel_id = :channel and day"
                        + " = :day")
                .bind("branch", branch.value())
                .bind("channel", snapshot.channelId())
                .bind("day", snapshot.day().toString())
                .map((row, context) -> snapshot(row))
                .findOne();
        if (before.isEmpty()) {
            bind(handle(tx).createUpdate(INSERT), branch, snapshot).execute();
            return Imported.ADDED;
        }
        if (before.get().origin() == AudienceSnapshot.Origin.MEASURED) {
            return Imported.MEASURED;
        }
        if (before.get().followers() == snapshot.followers()) {
            return Imported.UNCHANGED;
        }
        handle(tx)
                .createUpdate("update audience_snapshot set followers = :followers, taken_at = :taken"
                        + " where branch = :branch and channel_id = :channel and day = :day and origin = 'IMPORTED'")
                .bind("branch", branch.value())
                .bind("followers", snapshot.followers())
                .bind("taken", Micros.of(snapshot.takenAt()))
                .bind("channel", snapshot.channelId())
                .bind("day", snapshot.day().toString())
                .execute();
        return Imported.REPLACED;
    }

    @Override
    public List<AudienceSnapshot> between(Tx tx, BranchId branch, LocalDate from, LocalDate to) {
        return handle(tx)
                .createQuery("select * from audience_snapshot where branch = :branch and day >= :from and day <= :to"
                        + " order by channel_id, day")
                .bind("branch", branch.value())
                .bind("from", from.toString())
                .bind("to", to.toString())
                .map((row, context) -> snapshot(row))
                .list();
    }

    @Override
    public Optional<LocalDate> first(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select min(day) from audience_snapshot where branch = :branch")
                .bind("branch", branch.value())
                .mapTo(String.class)
                .findOne()
                .map(LocalDate::parse);
    }

    @Override
    public List<AudienceSnapshot> lastBefore(Tx tx, BranchId branch, LocalDate day) {
        return handle(tx)
                .createQuery("select * from (select audience_snapshot.*, row_number() over (partition by channel_id"
                        + " order by day desc) as place from audience_snapshot where branch = :branch and day < :day)"
                        + " as earlier where place = 1 order by channel_id")
                .bind("branch", branch.value())
                .bind("day", day.toString())
                .map((row, context) -> snapshot(row))
                .list();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, BranchId branch, AudienceSnapshot snapshot) {
        return statement
                .bind("channel", snapshot.channelId())
                .bind("day", snapshot.day().toString())
                .bind("branch", branch.value())
                .bind("taken", Micros.of(snapshot.takenAt()))
                .bind("followers", snapshot.followers())
                .bind("origin", snapshot.origin().name());
    }

    private static AudienceSnapshot snapshot(ResultSet row) throws SQLException {
        return new AudienceSnapshot(
                row.getString("channel_id"),
                LocalDate.parse(row.getString("day")),
                Micros.get(row, "taken_at"),
                row.getLong("followers"),
                AudienceSnapshot.Origin.valueOf(row.getString("origin")));
    }

    private static AudienceDue due(ResultSet row) throws SQLException {
        return new AudienceDue(
                row.getString("channel_id"),
                new BranchId(row.getString("branch")),
                row.getInt("attempts"),
                Json.message(row.getString("reason")),
                Micros.get(row, "next_at"),
                row.getLong("version"));
    }
}
