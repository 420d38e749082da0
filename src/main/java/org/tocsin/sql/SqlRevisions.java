package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.LiveEvents;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.DeliverySegment.Content;
import org.tocsin.delivery.Revision;
import org.tocsin.delivery.RevisionRepository;

/** Revisions in SQL. */
public final class SqlRevisions implements RevisionRepository {
    private final Changes changes;

    /** Whose changes nobody looks at. */
    public SqlRevisions() {
        this(new LiveEvents());
    }

    /** @param events told of each change */
    public SqlRevisions(LiveEvents events) {
        this.changes = new Changes(events);
    }

    @Override
    public void insert(Tx tx, Revision revision) {
        handle(tx)
                .createUpdate(
                        "insert into revision (delivery_id, position, number, branch, channel_id, state, content, body,"
                                + " rendered_text, freeze_override, reason, attempts, next_at, requested_at) values (:id, :position,"
                                + " :number, :branch, :channel, :state, :content, :body, :rendered, :override, :reason, :attempts,"
                                + " :next, :requested)")
                .bind("id", revision.deliveryId())
                .bind("position", revision.segment())
                .bind("number", revision.number())
                .bind("branch", revision.branch().value())
                .bind("channel", revision.channelId())
                .bind("state", revision.state().name())
                .bind("content", Json.write(revision.wording().content()))
                .bind("body", revision.wording().body())
                .bind("rendered", revision.wording().text())
                .bind("override", revision.freezeOverride())
                .bind("reason", Json.writeOrNull(revision.reason()))
                .bind("attempts", revision.attempts())
                .bind("next", Micros.ofNullable(revision.nextAt()))
                .bind("requested", Micros.of(revision.requestedAt()))
                .execute();
        changes.ofRevision(tx, revision.deliveryId());
    }

    @Override
    public boolean save(Tx tx, Revision changed, Revision seen) {
        boolean saved = handle(tx)
                        .createUpdate(
                                "update revision set state = :state, freeze_override = :override, reason = :reason,"
                                        + " attempts = :attempts, next_at = :next where delivery_id = :id and position = :position"
                                        + " and number = :number and state = :seen and attempts = :attemptsSeen")
                        .bind("state", changed.state().name())
                        .bind("override", changed.freezeOverride())
                        .bind("reason", Json.writeOrNull(changed.reason()))
                        .bind("attempts", changed.attempts())
                        .bind("next", Micros.ofNullable(changed.nextAt()))
                        .bind("id", changed.deliveryId())
                        .bind("position", changed.segment())
                        .bind("number", changed.number())
                        .bind("seen", seen.state().name())
                        .bind("attemptsSeen", seen.attempts())
                        .execute()
                == 1;
        if (saved) {
            changes.ofRevision(tx, changed.deliveryId());
        }
        return saved;
    }

    @Override
    public void postpone(Tx tx, String channelId, Instant until) {
        handle(tx)
                .createUpdate("update revision set next_at = :until where channel_id = :channel and state = 'DUE'"
                        + " and next_at < :until")
                .bind("until", Micros.of(until))
                .bind("channel", channelId)
                .execute();
    }

    @Override
    public List<Revision> due(Tx tx, Instant now, int max) {
        return handle(tx)
                .createQuery("select * from (select revision.*, row_number() over (partition by channel_id order by"
                        + " next_at, delivery_id, position) as place from revision where state = 'DUE' and next_at <="
                        + " :now) as due where place = 1 order by next_at, delivery_id limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max)
                .map((row, context) -> revision(row))
                .list();
    }

    @Override
    public Optional<Instant> nextAt(Tx tx) {
        return handle(tx)
                .createQuery("select next_at from revision where state = 'DUE' order by next_at limit 1")
                .mapTo(Long.class)
                .findOne()
                .map(Micros::instant);
    }

    @Override
    public List<Revision> of(Tx tx, String deliveryId) {
        return handle(tx)
                .createQuery("select * from revision where delivery_id = :id order by position, number")
                .bind("id", deliveryId)
                .map((row, context) -> revision(row))
                .list();
    }

    @Override
    public Map<String, List<Revision>> of(Tx tx, Collection<String> deliveryIds) {
        return ByIds.ofDeliveries(
                tx,
                "revision",
                deliveryIds,
                (row, context) -> revision(row),
                Comparator.comparingInt(Revision::segment).thenComparingInt(Revision::number),
                Revision::deliveryId);
    }

    @Override
    public List<String> deliveriesIn(Tx tx, BranchId branch, Revision.State state, int max) {
        return handle(tx)
                .createQuery("select delivery_id from revision where branch = :branch and state = :state and not exists"
                        + " (select 1 from revision later where later.delivery_id = revision.delivery_id and"
                        + " later.position = revision.position and later.number > revision.number)"
                        + " group by delivery_id order by max(requested_at) desc, delivery_id limit :max")
                .bind("branch", branch.value())
                .bind("state", state.name())
                .bind("max", max)
                .mapTo(String.class)
                .list();
    }

    @Override
    public int holdAll(Tx tx, Message reason) {
        return handle(tx)
                .createUpdate(
                        "update revision set state = 'HELD', reason = :reason, next_at = null where state = 'DUE'")
                .bind("reason", Json.write(reason))
                .execute();
    }

    private static Revision revision(ResultSet row) throws SQLException {
        return new Revision(
                row.getString("delivery_id"),
                row.getInt("position"),
                row.getInt("number"),
                new BranchId(row.getString("branch")),
                row.getString("channel_id"),
                Revision.State.valueOf(row.getString("state")),
                new Revision.Wording(
                        Json.read(row.getString("content"), Content.class),
                        row.getString("body"),
                        row.getString("rendered_text")),
                row.getString("freeze_override"),
                Json.message(row.getString("reason")),
                row.getInt("attempts"),
                Micros.getNullable(row, "next_at"),
                Micros.get(row, "requested_at"));
    }
}
