package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.mention.rights.Objection;
import org.tocsin.mention.rights.ObjectionRepository;

/** Objections in SQL, sealed. */
public final class SqlObjections implements ObjectionRepository {
    private final SecretBox box;

    /** @param box seals what people wrote */
    public SqlObjections(SecretBox box) {
        this.box = box;
    }

    private static String place(String id) {
        return "objection.sealed." + id;
    }

    private String sealed(Objection objection) {
        return objection.said() == null ? "" : box.seal(place(objection.id()), Json.write(objection.said()));
    }

    @Override
    public void insert(Tx tx, Objection objection) {
        handle(tx)
                .createUpdate("insert into objection (id, branch, sealed, created_at, state, version) values (:id,"
                        + " :branch, :sealed, :created, :state, 1)")
                .bind("id", objection.id())
                .bind("branch", objection.branch().value())
                .bind("sealed", sealed(objection))
                .bind("created", Micros.of(objection.createdAt()))
                .bind("state", objection.state().name())
                .execute();
    }

    @Override
    public Optional<Objection> find(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery("select * from objection where id = :id and branch = :branch")
                .bind("id", id)
                .bind("branch", branch.value())
                .map((row, context) -> objection(row))
                .findOne();
    }

    @Override
    public List<Objection> page(Tx tx, BranchId branch, boolean open, String after, int max) {
        return handle(tx)
                .createQuery("select * from objection where branch = :branch and (:after = '' or id < :after)"
                        + (open ? " and state = 'OPEN'" : "") + " order by id desc limit :max")
                .bind("branch", branch.value())
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> objection(row))
                .list();
    }

    @Override
    public long since(Tx tx, Instant since) {
        return handle(tx)
                .createQuery("select count(*) from objection where created_at > :since")
                .bind("since", Micros.of(since))
                .mapTo(Long.class)
                .one();
    }

    @Override
    public boolean save(Tx tx, Objection objection) {
        return handle(tx)
                        .createUpdate("update objection set sealed = :sealed, state = :state, decided_at = :at,"
                                + " decided_by = :by, version = version + 1 where id = :id and version = :version")
                        .bind("sealed", sealed(objection))
                        .bind("state", objection.state().name())
                        .bind("at", Micros.ofNullable(objection.decidedAt()))
                        .bind("by", objection.decidedBy())
                        .bind("id", objection.id())
                        .bind("version", objection.version())
                        .execute()
                == 1;
    }

    @Override
    public int forget(Tx tx, Instant before) {
        return handle(tx)
                .createUpdate("update objection set sealed = '' where decided_at < :before and sealed <> ''")
                .bind("before", Micros.of(before))
                .execute();
    }

    private Objection objection(ResultSet row) throws SQLException {
        String id = row.getString("id");
        String sealed = row.getString("sealed");
        Objection.@Nullable Said said =
                sealed.isEmpty() ? null : Json.read(box.open(place(id), sealed), Objection.Said.class);
        return new Objection(
                id,
                new BranchId(row.getString("branch")),
                said,
                Micros.get(row, "created_at"),
                Objection.State.valueOf(row.getString("state")),
                Micros.getNullable(row, "decided_at"),
                row.getString("decided_by"),
                row.getLong("version"));
    }
}
