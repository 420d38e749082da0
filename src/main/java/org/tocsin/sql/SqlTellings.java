package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.recipient.Dispatch;
import org.tocsin.recipient.Subject;
import org.tocsin.recipient.Telling;
import org.tocsin.recipient.TellingRepository;
import org.tocsin.recipient.WayKind;

/** What recipients are to be told, in SQL. */
public final class SqlTellings implements TellingRepository {
    /** @param row a table with {@code kind} and {@code subject}; named, because a notice has columns of these names as well */
    private static String seen(String row) {
        return "((" + row + ".kind = 'ALERT' and exists (select 1 from alert where alert.id = " + row + ".subject and"
                + " alert.acknowledged_at is not null)) or (" + row
                + ".kind = 'NOTICE' and exists (select 1 from notice"
                + " where notice.id = " + row + ".subject and notice.acknowledged_at is not null)))";
    }

    @Override
    public boolean add(Tx tx, Telling telling) {
        return handle(tx)
                        .createUpdate("insert into telling (id, branch, recipient_id, kind, subject, watch_id, urgent,"
                                + " together, state, due_at, created_at) values (:id, :branch, :recipient, :kind,"
                                + " :subject, :watch, :urgent, :together, 'WAITING', :due, :created) on conflict"
                                + " (recipient_id, kind, subject) do nothing")
                        .bind("id", telling.id())
                        .bind("branch", telling.branch().value())
                        .bind("recipient", telling.recipientId())
                        .bind("kind", telling.kind().name())
                        .bind("subject", telling.subject())
                        .bind("watch", telling.watchId())
                        .bind("urgent", telling.urgent() ? 1 : 0)
                        .bind("together", telling.together() ? 1 : 0)
                        .bind("due", Micros.of(telling.dueAt()))
                        .bind("created", Micros.of(telling.createdAt()))
                        .execute()
                == 1;
    }

    @Override
    public int waiting(Tx tx, String recipientId, String watchId) {
        return handle(tx)
                .createQuery("select count(*) from telling where recipient_id = :recipient and watch_id = :watch and"
                        + " state = 'WAITING' and not " + seen("telling"))
                .bind("recipient", recipientId)
                .bind("watch", watchId)
                .mapTo(Integer.class)
                .one();
    }

    @Override
    public void hurry(Tx tx, String recipientId, String watchId, Instant now) {
        handle(tx)
                .createUpdate("update telling set due_at = :now where recipient_id = :recipient and watch_id = :watch"
                        + " and state = 'WAITING' and due_at > :now")
                .bind("now", Micros.of(now))
                .bind("recipient", recipientId)
                .bind("watch", watchId)
                .execute();
    }

    @Override
    public void drop(Tx tx, String watchId) {
        handle(tx).execute("delete from telling where watch_id = ? and state = 'WAITING'", watchId);
    }

    @Override
    public void pause(Tx tx, String watchId, Instant before, Instant until) {
        handle(tx)
                .createUpdate(
                        "update telling set due_at = :until, together = case when urgent = 1 then together else 1"
                                + " end where watch_id = :watch and state = 'WAITING' and (due_at < :until or due_at = :before)")
                .bind("watch", watchId)
                .bind("before", Micros.of(before))
                .bind("until", Micros.of(until))
                .execute();
    }

    @Override
    public void release(Tx tx, String recipientId, Instant until, Instant now) {
        handle(tx)
                .createUpdate(
                        "update telling set due_at = :now where recipient_id = :recipient and state = 'WAITING' and"
                                + " due_at = :until")
                .bind("now", Micros.of(now))
                .bind("recipient", recipientId)
                .bind("until", Micros.of(until))
                .execute();
    }

    @Override
    public List<String> dueRecipients(Tx tx, Instant now, int max) {
        return handle(tx)
                .createQuery("select recipient_id from telling where state = 'WAITING' and due_at <= :now group by"
                        + " recipient_id order by min(due_at) limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max)
                .mapTo(String.class)
                .list();
    }

    @Override
    public Optional<Instant> nextDue(Tx tx) {
        return handle(tx)
                .createQuery("select due_at from telling where state = 'WAITING' order by due_at limit 1")
                .mapTo(Long.class)
                .findOne()
                .map(Micros::instant);
    }

    @Override
    public void settle(Tx tx, String recipientId) {
        handle(tx)
                .createUpdate("update telling set state = 'SEEN' where recipient_id = :recipient and state = 'WAITING'"
                        + " and " + seen("telling"))
                .bind("recipient", recipientId)
                .execute();
    }

    @Override
    public List<Telling> due(Tx tx, String recipientId, Instant now, int max) {
        return handle(tx)
                .createQuery("select * from telling where recipient_id = :recipient and state = 'WAITING' and due_at"
                        + " <= :now order by urgent desc, id limit :max")
                .bind("recipient", recipientId)
                .bind("now", Micros.of(now))
                .bind("max", max)
                .map((row, context) -> telling(row))
                .list();
    }

    @Override
    public void hold(Tx tx, Collection<String> ids, Instant until) {
        handle(tx)
                .createUpdate("update telling set due_at = :until, together = 1 where id in (<ids>)")
                .bind("until", Micros.of(until))
                .bindList("ids", List.copyOf(ids))
                .execute();
    }

    @Override
    public void planned(Tx tx, Collection<String> ids, @Nullable String digestId) {
        handle(tx)
                .createUpdate("update telling set state = 'PLANNED', digest_id = :digest where id in (<ids>)")
                .bind("digest", digestId)
                .bindList("ids", List.copyOf(ids))
                .execute();
    }

    @Override
    public List<Telling> ofDigest(Tx tx, String digestId) {
        return handle(tx)
                .createQuery(
                        "select * from telling where digest_id = :digest and not " + seen("telling") + " order by id")
                .bind("digest", digestId)
                .map((row, context) -> telling(row))
                .list();
    }

    @Override
    public List<Instant> pushed(Tx tx, String recipientId, Instant since) {
        return handle(tx)
                .createQuery("select min(created_at) from dispatch where recipient_id = :recipient and created_at >"
                        + " :since group by kind, subject order by 1")
                .bind("recipient", recipientId)
                .bind("since", Micros.of(since))
                .mapTo(Long.class)
                .map(Micros::instant)
                .list();
    }

    @Override
    public List<Told> told(Tx tx, Subject kind, String subject) {
        return handle(tx)
                .createQuery("select * from telling where kind = :kind and subject = :subject order by id")
                .bind("kind", kind.name())
                .bind("subject", subject)
                .map((row, context) ->
                        new Told(telling(row), Told.State.valueOf(row.getString("state")), row.getString("digest_id")))
                .list();
    }

    @Override
    public List<Dispatch> dispatches(Tx tx, String recipientId, Subject kind, String subject) {
        return handle(tx)
                .createQuery("select * from dispatch where recipient_id = :recipient and kind = :kind and subject ="
                        + " :subject order by id")
                .bind("recipient", recipientId)
                .bind("kind", kind.name())
                .bind("subject", subject)
                .map((row, context) -> dispatch(row))
                .list();
    }

    @Override
    public void insert(Tx tx, Dispatch dispatch) {
        handle(tx)
                .createUpdate("insert into dispatch (id, branch, recipient_id, way_id, kind, subject, state, attempts,"
                        + " next_at, created_at) values (:id, :branch, :recipient, :way, :kind, :subject, :state,"
                        + " :attempts, :next, :created) on conflict (way_id, kind, subject) do nothing")
                .bind("id", dispatch.id())
                .bind("branch", dispatch.branch().value())
                .bind("recipient", dispatch.recipientId())
                .bind("way", dispatch.wayId())
                .bind("kind", dispatch.kind().name())
                .bind("subject", dispatch.subject())
                .bind("state", dispatch.state().name())
                .bind("attempts", dispatch.attempts())
                .bind("next", Micros.ofNullable(dispatch.nextAt()))
                .bind("created", Micros.of(dispatch.createdAt()))
                .execute();
    }

    @Override
    public Optional<Dispatch> dispatch(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from dispatch where id = :id")
                .bind("id", id)
                .map((row, context) -> dispatch(row))
                .findOne();
    }

    @Override
    public List<Dispatch> dueDispatches(
            Tx tx, Instant now, Collection<String> except, Collection<WayKind> kinds, int max) {
        Query query = handle(tx)
                .createQuery("select * from (select due.*, row_number() over (partition by way_id order by urgent desc,"
                        + " next_at, attempts, id) as place from (select dispatch.*, case when exists (select 1 from"
                        + " telling where telling.recipient_id = dispatch.recipient_id and telling.kind = dispatch.kind"
                        + " and telling.subject = dispatch.subject and telling.urgent = 1) then 1 else 0 end as urgent"
                        + " from dispatch where state = 'WAITING' and next_at <= :now" + but(except, kinds)
                        + ") as due) as"
                        + " ranked where place = 1 order by urgent desc, next_at, id limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max);
        return without(query, except, kinds)
                .map((row, context) -> dispatch(row))
                .list();
    }

    private static String but(Collection<String> ways, Collection<WayKind> kinds) {
        return (ways.isEmpty() ? "" : " and way_id not in (<except>)")
                + (kinds.isEmpty() ? "" : " and way_id not in (select id from way where kind in (<kinds>))");
    }

    private static Query without(Query query, Collection<String> ways, Collection<WayKind> kinds) {
        Query some = ways.isEmpty() ? query : query.bindList("except", List.copyOf(ways));
        return kinds.isEmpty()
                ? some
                : some.bindList("kinds", kinds.stream().map(Enum::name).toList());
    }

    @Override
    public Optional<Instant> nextDispatch(Tx tx, Collection<String> except, Collection<WayKind> kinds) {
        Query query = handle(tx)
                .createQuery("select next_at from dispatch where state = 'WAITING'" + but(except, kinds)
                        + " order by next_at limit 1");
        return without(query, except, kinds).mapTo(Long.class).findOne().map(Micros::instant);
    }

    @Override
    public void holdWay(Tx tx, String wayId, Instant until) {
        handle(tx)
                .createUpdate("update dispatch set next_at = :until where way_id = :way and state = 'WAITING' and"
                        + " next_at < :until")
                .bind("until", Micros.of(until))
                .bind("way", wayId)
                .execute();
    }

    @Override
    public void holdWays(Tx tx, WayKind kind, Instant until) {
        handle(tx)
                .createUpdate("update dispatch set next_at = :until where way_id in (select id from way where kind ="
                        + " :kind) and state = 'WAITING' and next_at < :until")
                .bind("until", Micros.of(until))
                .bind("kind", kind.name())
                .execute();
    }

    @Override
    public List<Dispatch> begun(Tx tx) {
        return handle(tx)
                .createQuery("select * from dispatch where state = 'SENDING' order by id")
                .map((row, context) -> dispatch(row))
                .list();
    }

    @Override
    public boolean seen(Tx tx, Dispatch dispatch) {
        if (dispatch.kind() == Subject.DIGEST) {
            return ofDigest(tx, dispatch.subject()).isEmpty();
        }
        return handle(tx)
                .createQuery("select 1 from dispatch where id = :id and " + seen("dispatch"))
                .bind("id", dispatch.id())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public void attempted(
            Tx tx,
            String id,
            Dispatch.State state,
            int attempts,
            @Nullable Instant nextAt,
            @Nullable Message failure,
            Instant now) {
        handle(tx)
                .createUpdate("update dispatch set state = :state, attempts = :attempts, next_at = :next, failure ="
                        + " :failure, ended_at = :ended where id = :id")
                .bind("state", state.name())
                .bind("attempts", attempts)
                .bind("next", Micros.ofNullable(nextAt))
                .bind("failure", Json.writeOrNull(failure))
                .bind("ended", nextAt == null ? Long.valueOf(Micros.of(now)) : null)
                .bind("id", id)
                .execute();
    }

    @Override
    public int endAll(Tx tx, Message why, Instant now) {
        return handle(tx)
                        .createUpdate("update dispatch set state = 'FAILED', next_at = null, failure = :why, ended_at ="
                                + " :now where state in ('WAITING', 'SENDING')")
                        .bind("why", Json.write(why))
                        .bind("now", Micros.of(now))
                        .execute()
                + handle(tx).execute("delete from telling where state = 'WAITING'");
    }

    @Override
    public int forget(Tx tx, Instant before, int max) {
        int gone = handle(tx)
                .createUpdate("delete from dispatch where id in (select id from dispatch where state <> 'WAITING' and"
                        + " created_at < :before order by created_at limit :max)")
                .bind("before", Micros.of(before))
                .bind("max", max)
                .execute();
        return gone
                + handle(tx)
                        .createUpdate("delete from telling where id in (select id from telling where state <>"
                                + " 'WAITING' and created_at < :before order by created_at limit :max)")
                        .bind("before", Micros.of(before))
                        .bind("max", max - gone)
                        .execute();
    }

    private static Telling telling(ResultSet row) throws SQLException {
        return new Telling(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("recipient_id"),
                Subject.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getString("watch_id"),
                row.getInt("urgent") != 0,
                row.getInt("together") != 0,
                Micros.get(row, "due_at"),
                Micros.get(row, "created_at"));
    }

    private static Dispatch dispatch(ResultSet row) throws SQLException {
        return new Dispatch(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("recipient_id"),
                row.getString("way_id"),
                Subject.valueOf(row.getString("kind")),
                row.getString("subject"),
                Dispatch.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Micros.getNullable(row, "next_at"),
                Micros.get(row, "created_at"),
                Json.message(row.getString("failure")));
    }
}
