package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.watch.keeping.WatchHit;
import org.tocsin.watch.keeping.WatchHitRepository;

/** Hits of watches in SQL. */
public final class SqlWatchHits implements WatchHitRepository {
    @Override
    public Optional<Instant> unreadSince(Tx tx) {
        return handle(tx)
                .createQuery("select heard_at from mention where change_seq > coalesce((select seq from log_reader"
                        + " where reader = :reader), 0) and revision = 1 and history = 0 order by"
                        + " change_seq limit 1")
                .bind("reader", SqlMentions.WATCHES)
                .mapTo(Long.class)
                .findOne()
                .map(Micros::instant);
    }

    @Override
    public long read(Tx tx) {
        return handle(tx)
                .createQuery("select coalesce((select seq from log_reader where reader = :reader), 0)")
                .bind("reader", SqlMentions.WATCHES)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public long newest(Tx tx) {
        return SqlMentions.lastGiven(tx);
    }

    @Override
    public void put(Tx tx, List<WatchHit> hits, long seq) {
        if (hits.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle(tx)
                .prepareBatch("insert into watch_hit (watch_id, mention_id, branch, story_id, watch_version, history,"
                        + " at, seq) values (:watch, :mention, :branch, :story, :version, :history, :at, :seq)"
                        + " on conflict (watch_id, mention_id) do update set watch_version = :version, seq = :seq");
        for (WatchHit hit : hits) {
            batch.bind("watch", hit.watchId())
                    .bind("mention", hit.mentionId())
                    .bind("branch", hit.branch().value())
                    .bind("story", hit.storyId())
                    .bind("version", hit.watchVersion())
                    .bind("history", hit.history() ? 1 : 0)
                    .bind("at", Micros.of(hit.at()))
                    .bind("seq", seq)
                    .add();
        }
        batch.execute();
    }

    @Override
    public long next(Tx tx) {
        return SqlMentions.next(tx);
    }

    @Override
    public void drop(Tx tx, Collection<String> mentionIds) {
        if (!mentionIds.isEmpty()) {
            handle(tx)
                    .createUpdate("delete from watch_hit where mention_id in (<ids>)")
                    .bindList("ids", List.copyOf(mentionIds))
                    .execute();
        }
    }

    @Override
    public void drop(Tx tx, String watchId, long version, Collection<String> mentionIds) {
        if (!mentionIds.isEmpty()) {
            handle(tx)
                    .createUpdate("delete from watch_hit where watch_id = :watch and watch_version < :version"
                            + " and mention_id in (<ids>)")
                    .bind("watch", watchId)
                    .bind("version", version)
                    .bindList("ids", List.copyOf(mentionIds))
                    .execute();
        }
    }

    @Override
    public int forget(Tx tx, String watchId, int max) {
        return handle(tx)
                .createUpdate("delete from watch_hit where watch_id = :watch and mention_id in (select mention_id from"
                        + " watch_hit where watch_id = :watch limit :max)")
                .bind("watch", watchId)
                .bind("max", max)
                .execute();
    }

    @Override
    public List<WatchHit> of(Tx tx, Collection<String> mentionIds) {
        if (mentionIds.isEmpty()) {
            return List.of();
        }
        return handle(tx)
                .createQuery("select * from watch_hit where mention_id in (<ids>)")
                .bindList("ids", List.copyOf(mentionIds))
                .map((row, context) -> new WatchHit(
                        row.getString("watch_id"),
                        row.getString("mention_id"),
                        new BranchId(row.getString("branch")),
                        row.getString("story_id"),
                        row.getLong("watch_version"),
                        row.getInt("history") != 0,
                        Micros.get(row, "at")))
                .list();
    }

    @Override
    public List<String> newest(Tx tx, String watchId, int max) {
        return handle(tx)
                .createQuery(
                        "select mention_id from watch_hit where watch_id = :watch order by at desc, mention_id desc"
                                + " limit :max")
                .bind("watch", watchId)
                .bind("max", max)
                .mapTo(String.class)
                .list();
    }

    @Override
    public List<Touched> touched(Tx tx, long after, long upTo, int max) {
        return handle(tx)
                .createQuery("select distinct seq, mention_id from watch_hit where seq > :after and seq <= :to"
                        + " order by seq, mention_id limit :max")
                .bind("after", after)
                .bind("to", upTo)
                .bind("max", max)
                .map((row, context) -> new Touched(row.getLong("seq"), row.getString("mention_id")))
                .list();
    }

    @Override
    public void recall(Tx tx, String watchId) {
        handle(tx)
                .createUpdate("insert into watch_past (watch_id, reached, read) values (:watch, '', 0)"
                        + " on conflict (watch_id) do update set reached = '', read = 0")
                .bind("watch", watchId)
                .execute();
    }

    @Override
    public boolean isRecalling(Tx tx, String watchId) {
        return handle(tx)
                .createQuery("select exists(select 1 from watch_past where watch_id = :watch)")
                .bind("watch", watchId)
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public Optional<Past> past(Tx tx) {
        return handle(tx)
                .createQuery("select * from watch_past order by read, watch_id limit 1")
                .map((row, context) ->
                        new Past(row.getString("watch_id"), row.getString("reached"), row.getLong("read")))
                .findOne();
    }

    @Override
    public boolean advance(Tx tx, Past before, Past after) {
        return handle(tx)
                        .createUpdate("update watch_past set reached = :to, read = :read where watch_id = :watch and"
                                + " reached = :from")
                        .bind("to", after.reached())
                        .bind("read", after.read())
                        .bind("watch", before.watchId())
                        .bind("from", before.reached())
                        .execute()
                == 1;
    }

    @Override
    public void done(Tx tx, String watchId) {
        handle(tx).execute("delete from watch_past where watch_id = ?", watchId);
    }
}
