package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.base.UserId;
import org.tocsin.delivery.Freeze;
import org.tocsin.delivery.FreezeRepository;

/** Freezes in SQL. */
public final class SqlFreezes implements FreezeRepository {
    private static final TypeReference<Set<String>> CHANNELS = new TypeReference<>() {};

    @Override
    public void insert(Tx tx, Freeze freeze) {
        handle(tx)
                .createUpdate("insert into freeze (id, branch, starts_at, ends_at, zone, channels, reason, ordered_by,"
                        + " version) values (:id, :branch, :from, :until, :zone, :channels, :reason, :by, :version)")
                .bind("id", freeze.id())
                .bind("branch", freeze.branch().value())
                .bind("from", Micros.of(freeze.from()))
                .bind("until", Micros.ofNullable(freeze.until()))
                .bind("zone", freeze.zone())
                .bind("channels", Json.write(freeze.channels()))
                .bind("reason", freeze.reason())
                .bind("by", freeze.by().value())
                .bind("version", freeze.version())
                .execute();
    }

    @Override
    public boolean save(Tx tx, Freeze changed, long seen) {
        return handle(tx)
                        .createUpdate(
                                "update freeze set ended_at = :endedAt, end_reason = :endReason, version = :version"
                                        + " where id = :id and version = :seen")
                        .bind("endedAt", Micros.ofNullable(changed.endedAt()))
                        .bind("endReason", changed.endReason())
                        .bind("version", changed.version())
                        .bind("id", changed.id())
                        .bind("seen", seen)
                        .execute()
                == 1;
    }

    @Override
    public Optional<Freeze> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from freeze where id = :id")
                .bind("id", id)
                .map((row, context) -> freeze(row))
                .findOne();
    }

    @Override
    public List<Freeze> standing(Tx tx, BranchId branch, Instant at) {
        return handle(tx)
                .createQuery("select * from freeze where branch = :branch and ended_at is null"
                        + " and (ends_at is null or ends_at > :at) order by starts_at")
                .bind("branch", branch.value())
                .bind("at", Micros.of(at))
                .map((row, context) -> freeze(row))
                .list();
    }

    private static Freeze freeze(ResultSet row) throws SQLException {
        return new Freeze(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                Micros.get(row, "starts_at"),
                Micros.getNullable(row, "ends_at"),
                row.getString("zone"),
                Json.read(row.getString("channels"), CHANNELS),
                row.getString("reason"),
                new UserId(row.getString("ordered_by")),
                Micros.getNullable(row, "ended_at"),
                row.getString("end_reason"),
                row.getLong("version"));
    }
}
