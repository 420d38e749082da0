package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.watch.keeping.NamedList;
import org.tocsin.watch.keeping.NamedListRepository;

/** Word lists in SQL. An entry is a line. */
public final class SqlNamedLists implements NamedListRepository {
    @Override
    public boolean insert(Tx tx, NamedList list) {
        return bind(
                                handle(tx)
                                        .createUpdate(
                                                "insert into word_list (id, branch, name, entries, changed_at, version)"
                                                        + " values (:id, :branch, :name, :entries, :changed, :version)"
                                                        + " on conflict (branch, name) do nothing"),
                                list)
                        .bind("branch", list.branch().value())
                        .bind("name", list.name())
                        .execute()
                == 1;
    }

    @Override
    public boolean save(Tx tx, NamedList list) {
        return bind(
                                handle(tx)
                                        .createUpdate("update word_list set entries = :entries, changed_at = :changed,"
                                                + " version = :version where id = :id and version = :seen"),
                                list)
                        .bind("seen", list.version() - 1)
                        .execute()
                == 1;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, NamedList list) {
        return statement
                .bind("id", list.id())
                .bind("entries", String.join("\n", list.entries()))
                .bind("changed", Micros.of(list.changedAt()))
                .bind("version", list.version());
    }

    @Override
    public void remove(Tx tx, String id) {
        handle(tx).execute("delete from word_list where id = ?", id);
    }

    @Override
    public Optional<NamedList> find(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery("select * from word_list where id = :id and branch = :branch")
                .bind("id", id)
                .bind("branch", branch.value())
                .map((row, context) -> list(row))
                .findOne();
    }

    @Override
    public List<NamedList> all(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from word_list where branch = :branch order by name")
                .bind("branch", branch.value())
                .map((row, context) -> list(row))
                .list();
    }

    @Override
    public List<NamedList> all(Tx tx) {
        return handle(tx)
                .createQuery("select * from word_list")
                .map((row, context) -> list(row))
                .list();
    }

    private static NamedList list(ResultSet row) throws SQLException {
        return new NamedList(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("name"),
                row.getString("entries").lines().toList(),
                Micros.get(row, "changed_at"),
                row.getLong("version"));
    }
}
