package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.Consent;
import org.tocsin.subscriber.PersonRequest;
import org.tocsin.subscriber.PersonRequestRepository;

/** What people asked for, in SQL. */
public final class SqlPersonRequests implements PersonRequestRepository {
    /** After every id. */
    private static final String LAST = "~";

    @Override
    public void insert(Tx tx, PersonRequest one) {
        handle(tx)
                .createUpdate("insert into person_request (id, branch, subscriber_id, kind, door, at, due_at, done_at,"
                        + " done_by, note) values (:id, :branch, :subscriber, :kind, :door, :at, :due, :done, :by,"
                        + " :note)")
                .bind("id", one.id())
                .bind("branch", one.branch().value())
                .bind("subscriber", one.subscriberId())
                .bind("kind", one.kind().name())
                .bind("door", one.door().name())
                .bind("at", Micros.of(one.at()))
                .bind("due", Micros.of(one.dueAt()))
                .bind("done", Micros.ofNullable(one.doneAt()))
                .bind("by", one.doneBy())
                .bind("note", one.note())
                .execute();
    }

    @Override
    public boolean done(Tx tx, BranchId branch, String id, Instant at, String by, @Nullable String note) {
        return handle(tx)
                        .createUpdate("update person_request set done_at = :at, done_by = :by, note = coalesce(:note,"
                                + " note) where branch = :branch and id = :id and done_at is null")
                        .bind("at", Micros.of(at))
                        .bind("by", by)
                        .bind("note", note)
                        .bind("branch", branch.value())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    @Override
    public boolean doneOf(Tx tx, String subscriberId, PersonRequest.Kind kind, Instant at, String by) {
        return handle(tx)
                        .createUpdate("update person_request set done_at = :at, done_by = :by where subscriber_id ="
                                + " :subscriber and kind = :kind and done_at is null")
                        .bind("at", Micros.of(at))
                        .bind("by", by)
                        .bind("subscriber", subscriberId)
                        .bind("kind", kind.name())
                        .execute()
                > 0;
    }

    @Override
    public boolean since(Tx tx, String subscriberId, PersonRequest.Kind kind, Consent.Door door, Instant since) {
        return handle(tx)
                .createQuery("select 1 from person_request where subscriber_id = :subscriber and kind = :kind and door"
                        + " = :door and at > :since limit 1")
                .bind("subscriber", subscriberId)
                .bind("kind", kind.name())
                .bind("door", door.name())
                .bind("since", Micros.of(since))
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public List<PersonRequest> open(Tx tx, BranchId branch, int max) {
        return handle(tx)
                .createQuery("select * from person_request where branch = :branch and done_at is null order by due_at,"
                        + " id limit :max")
                .bind("branch", branch.value())
                .bind("max", max)
                .map((row, context) -> request(row))
                .list();
    }

    @Override
    public List<PersonRequest> page(Tx tx, BranchId branch, String after, int max) {
        return handle(tx)
                .createQuery("select * from person_request where branch = :branch and id < :after order by id desc"
                        + " limit :max")
                .bind("branch", branch.value())
                .bind("after", after.isEmpty() ? LAST : after)
                .bind("max", max)
                .map((row, context) -> request(row))
                .list();
    }

    @Override
    public List<PersonRequest> of(Tx tx, String subscriberId) {
        return handle(tx)
                .createQuery("select * from person_request where subscriber_id = :subscriber order by at, id")
                .bind("subscriber", subscriberId)
                .map((row, context) -> request(row))
                .list();
    }

    @Override
    public void forget(Tx tx, String subscriberId) {
        handle(tx).execute("update person_request set subscriber_id = null where subscriber_id = ?", subscriberId);
    }

    private static PersonRequest request(ResultSet row) throws SQLException {
        return new PersonRequest(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("subscriber_id"),
                PersonRequest.Kind.valueOf(row.getString("kind")),
                Consent.Door.valueOf(row.getString("door")),
                Micros.get(row, "at"),
                Micros.get(row, "due_at"),
                Micros.getNullable(row, "done_at"),
                row.getString("done_by"),
                row.getString("note"));
    }
}
