package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.tocsin.audience.Annotation;
import org.tocsin.audience.AnnotationRepository;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** Annotations in SQL. */
public final class SqlAnnotations implements AnnotationRepository {
    @Override
    public void insert(Tx tx, Annotation annotation) {
        handle(tx)
                .createUpdate("insert into audience_annotation (id, branch, day, kind, body, created_at, version)"
                        + " values (:id, :branch, :day, :kind, :body, :created, :version)")
                .bind("id", annotation.id())
                .bind("branch", annotation.branch().value())
                .bind("day", annotation.day().toString())
                .bind("kind", annotation.kind().name())
                .bind("body", annotation.text())
                .bind("created", Micros.of(annotation.createdAt()))
                .bind("version", annotation.version())
                .execute();
    }

    @Override
    public boolean save(Tx tx, Annotation changed) {
        return handle(tx)
                        .createUpdate("update audience_annotation set day = :day, kind = :kind, body = :body,"
                                + " version = :version where id = :id and branch = :branch and version = :seen")
                        .bind("day", changed.day().toString())
                        .bind("kind", changed.kind().name())
                        .bind("body", changed.text())
                        .bind("version", changed.version())
                        .bind("seen", changed.version() - 1)
                        .bind("id", changed.id())
                        .bind("branch", changed.branch().value())
                        .execute()
                == 1;
    }

    @Override
    public boolean remove(Tx tx, BranchId branch, String id) {
        return handle(tx).execute("delete from audience_annotation where id = ? and branch = ?", id, branch.value())
                == 1;
    }

    @Override
    public Optional<Annotation> find(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery("select * from audience_annotation where id = :id and branch = :branch")
                .bind("id", id)
                .bind("branch", branch.value())
                .map((row, context) -> annotation(row))
                .findOne();
    }

    @Override
    public List<Annotation> between(Tx tx, BranchId branch, LocalDate from, LocalDate to) {
        return handle(tx)
                .createQuery("select * from audience_annotation where branch = :branch and day >= :from and day <= :to"
                        + " order by day, id")
                .bind("branch", branch.value())
                .bind("from", from.toString())
                .bind("to", to.toString())
                .map((row, context) -> annotation(row))
                .list();
    }

    private static Annotation annotation(ResultSet row) throws SQLException {
        return new Annotation(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                LocalDate.parse(row.getString("day")),
                Annotation.Kind.valueOf(row.getString("kind")),
                row.getString("body"),
                Micros.get(row, "created_at"),
                row.getLong("version"));
    }
}
