package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Notice;
import org.tocsin.alert.NoticeRepository;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.LiveEvents;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.Wakeup;

/** Notices in SQL. */
public final class SqlNotices implements NoticeRepository {
    private final Ids ids;
    private final Clock clock;
    private final Wakeup wakeup;
    private final boolean sent;
    private final Changes changes;
    private final Told told;

    /** Whom else a notice is told, in the same transaction. */
    public interface Told {
        void notice(Tx tx, BranchId branch, Kind kind, String id);
    }

    /**
     * @param wakeup rung when there is a new notice
     * @param sent   whether there is a way out; else notices are only kept
     */
    public SqlNotices(Ids ids, Clock clock, Wakeup wakeup, boolean sent) {
        this(ids, clock, wakeup, sent, new LiveEvents());
    }

    /** @param events told when notices come and go */
    public SqlNotices(Ids ids, Clock clock, Wakeup wakeup, boolean sent, LiveEvents events) {
        this(ids, clock, wakeup, sent, events, (tx, branch, kind, id) -> {});
    }

    /** @param told asked for every notice but those of alerts, which have recipients of their own, and those of ways that do not work */
    public SqlNotices(Ids ids, Clock clock, Wakeup wakeup, boolean sent, LiveEvents events, Told told) {
        this.ids = ids;
        this.clock = clock;
        this.wakeup = wakeup;
        this.sent = sent;
        this.changes = new Changes(events);
        this.told = told;
    }

    @Override
    public void raise(Tx tx, BranchId branch, Kind kind, String subject, Message message) {
        Instant now = clock.instant();
        String id = ids.next();
        handle(tx)
                .createUpdate(
                        "insert into notice (id, branch, kind, subject, message, created_at, state, attempts, next_at)"
                                + " values (:id, :branch, :kind, :subject, :message, :now, :state, 0, :next)")
                .bind("id", id)
                .bind("branch", branch.value())
                .bind("kind", kind.name())
                .bind("subject", subject)
                .bind("message", Json.write(message))
                .bind("now", Micros.of(now))
                .bind("state", sent ? "NEW" : "NONE")
                .bind("next", sent ? Long.valueOf(Micros.of(now)) : null)
                .execute();
        tx.afterCommit(wakeup::ring);
        if (kind != Kind.ALERT && kind != Kind.WAY) {
            told.notice(tx, branch, kind, id);
        }
        changes.ofNotices(tx, branch);
    }

    @Override
    public boolean told(Tx tx, BranchId branch, Kind kind, String subject, Message message) {
        return handle(tx)
                .createQuery("select * from notice where branch = :branch and kind = :kind and subject = :subject")
                .bind("branch", branch.value())
                .bind("kind", kind.name())
                .bind("subject", subject)
                .map((row, context) -> notice(row))
                .list()
                .stream()
                .anyMatch(notice -> notice.message().equals(message));
    }

    @Override
    public List<Notice> due(Tx tx, Instant now, int max) {
        return handle(tx)
                .createQuery("select * from notice where state = 'NEW' and next_at <= :now order by next_at limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max)
                .map((row, context) -> notice(row))
                .list();
    }

    @Override
    public Optional<Notice> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from notice where id = :id")
                .bind("id", id)
                .map((row, context) -> notice(row))
                .findOne();
    }

    @Override
    public Optional<Instant> nextAt(Tx tx) {
        return handle(tx)
                .createQuery("select next_at from notice where state = 'NEW' and next_at is not null"
                        + " order by next_at limit 1")
                .mapTo(Long.class)
                .findOne()
                .map(Micros::instant);
    }

    @Override
    public void sent(Tx tx, String id, String state, int attempts, @Nullable Instant nextAt) {
        handle(tx)
                .createUpdate("update notice set state = :state, attempts = :attempts, next_at = :next where id = :id")
                .bind("state", state)
                .bind("attempts", attempts)
                .bind("next", Micros.ofNullable(nextAt))
                .bind("id", id)
                .execute();
    }

    @Override
    public List<Notice> page(Tx tx, BranchId branch, Set<Kind> kinds, boolean openOnly, String after, int max) {
        return handle(tx)
                .createQuery(
                        "select * from notice where branch = :branch and (:after = '' or id < :after)"
                                + " and kind in (<kinds>) and (:open = 0 or acknowledged_at is null) order by id desc limit :max")
                .bindList("kinds", kinds.stream().map(Enum::name).toList())
                .bind("branch", branch.value())
                .bind("after", after)
                .bind("open", openOnly ? 1 : 0)
                .bind("max", max)
                .map((row, context) -> notice(row))
                .list();
    }

    @Override
    public List<String> open(Tx tx, BranchId branch, Kind kind, int max) {
        return handle(tx)
                .createQuery(
                        "select subject from notice where branch = :branch and kind = :kind and acknowledged_at is null"
                                + " order by id desc limit :max")
                .bind("branch", branch.value())
                .bind("kind", kind.name())
                .bind("max", max)
                .mapTo(String.class)
                .list();
    }

    @Override
    public boolean acknowledge(Tx tx, BranchId branch, String id, Instant at) {
        boolean known = handle(tx)
                        .createUpdate("update notice set acknowledged_at = :at where id = :id and branch = :branch"
                                + " and acknowledged_at is null")
                        .bind("at", Micros.of(at))
                        .bind("id", id)
                        .bind("branch", branch.value())
                        .execute()
                == 1;
        if (known) {
            changes.ofNotices(tx, branch);
        }
        return known;
    }

    @Override
    public int forget(Tx tx, Kind kind, Instant before, int max) {
        return handle(tx)
                .createUpdate(
                        "delete from notice where id in (select id from notice where kind = :kind and created_at <"
                                + " :before order by created_at limit :max)")
                .bind("kind", kind.name())
                .bind("before", Micros.of(before))
                .bind("max", max)
                .execute();
    }

    @Override
    public void close(Tx tx, BranchId branch, Set<Kind> kinds, String subject) {
        int closed = handle(tx)
                .createUpdate("update notice set acknowledged_at = :at where branch = :branch and subject = :subject"
                        + " and kind in (<kinds>) and acknowledged_at is null")
                .bind("at", Micros.of(clock.instant()))
                .bind("branch", branch.value())
                .bind("subject", subject)
                .bindList("kinds", kinds.stream().map(Enum::name).toList())
                .execute();
        if (closed > 0) {
            changes.ofNotices(tx, branch);
        }
    }

    private static Notice notice(ResultSet row) throws SQLException {
        return new Notice(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                Kind.valueOf(row.getString("kind")),
                row.getString("subject"),
                Objects.requireNonNull(Json.message(row.getString("message"))),
                Micros.get(row, "created_at"),
                row.getString("state"),
                row.getInt("attempts"),
                Micros.getNullable(row, "acknowledged_at"));
    }
}
