package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.watch.keeping.Watch;
import org.tocsin.watch.keeping.WatchRepository;

/** Watches in SQL. */
public final class SqlWatches implements WatchRepository {
    @Override
    public void insert(Tx tx, Watch watch, String by) {
        bind(
                        handle(tx)
                                .createUpdate("insert into watch (id, branch, name, query, enabled, why, since,"
                                        + " since_seq, created_at, version) values (:id, :branch, :name, :query, :enabled, :why,"
                                        + " :since, :seq, :created, :version)"),
                        watch)
                .execute();
        remember(tx, watch, by);
    }

    @Override
    public boolean save(Tx tx, Watch watch, String by) {
        boolean saved = bind(
                                handle(tx)
                                        .createUpdate(
                                                "update watch set name = :name, query = :query, enabled = :enabled,"
                                                        + " why = :why, since = :since, since_seq = :seq, version = :version where id = :id and"
                                                        + " version = :seen"),
                                watch)
                        .bind("seen", watch.version() - 1)
                        .execute()
                == 1;
        if (saved) {
            remember(tx, watch, by);
        }
        return saved;
    }

    private static void remember(Tx tx, Watch watch, String by) {
        handle(tx)
                .createUpdate("insert into watch_version (watch_id, version, query, saved_at, saved_by)"
                        + " values (:id, :version, :query, :since, :by)")
                .bind("id", watch.id())
                .bind("version", watch.version())
                .bind("query", watch.query())
                .bind("since", Micros.of(watch.since()))
                .bind("by", by)
                .execute();
    }

    @Override
    public void remove(Tx tx, String id) {
        // Its versions stay: alerts name them.
        handle(tx).execute("delete from watch_ringing where watch_id = ?", id);
        handle(tx).execute("delete from watch where id = ?", id);
    }

    @Override
    public Optional<Watch> find(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery("select * from watch where id = :id and branch = :branch")
                .bind("id", id)
                .bind("branch", branch.value())
                .map((row, context) -> watch(row))
                .findOne();
    }

    @Override
    public Optional<Watch> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from watch where id = :id")
                .bind("id", id)
                .map((row, context) -> watch(row))
                .findOne();
    }

    @Override
    public List<Watch> all(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from watch where branch = :branch order by name, id")
                .bind("branch", branch.value())
                .map((row, context) -> watch(row))
                .list();
    }

    @Override
    public List<Watch> enabled(Tx tx) {
        return handle(tx)
                .createQuery("select * from watch where enabled = 1 order by id")
                .map((row, context) -> watch(row))
                .list();
    }

    @Override
    public List<Version> versions(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from watch_version where watch_id = :id order by version desc")
                .bind("id", id)
                .map((row, context) -> new Version(
                        row.getLong("version"),
                        row.getString("query"),
                        Micros.get(row, "saved_at"),
                        row.getString("saved_by")))
                .list();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Watch watch) {
        return statement
                .bind("id", watch.id())
                .bind("branch", watch.branch().value())
                .bind("name", watch.name())
                .bind("query", watch.query())
                .bind("enabled", watch.enabled() ? 1 : 0)
                .bind("why", watch.why())
                .bind("since", Micros.of(watch.since()))
                .bind("seq", watch.sinceSeq())
                .bind("created", Micros.of(watch.createdAt()))
                .bind("version", watch.version());
    }

    private static Watch watch(ResultSet row) throws SQLException {
        return new Watch(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("name"),
                row.getString("query"),
                row.getInt("enabled") != 0,
                row.getString("why"),
                Micros.get(row, "since"),
                row.getLong("since_seq"),
                Micros.get(row, "created_at"),
                row.getLong("version"));
    }
}
