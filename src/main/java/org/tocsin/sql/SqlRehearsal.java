package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.network.rehearsal.RehearsalContent;
import org.tocsin.network.rehearsal.RehearsalPost;
import org.tocsin.network.rehearsal.RehearsalTimeline;

/** The rehearsal's timeline in SQL. */
public final class SqlRehearsal implements RehearsalTimeline {
    @Override
    public boolean insert(Tx tx, RehearsalPost post) {
        return handle(tx)
                        .createUpdate("insert into rehearsal_item"
                                + " (id, branch, channel_id, delivery_key, body, published_at, withdrawn_at)"
                                + " values (:id, :branch, :channel, :key, :body, :published, :withdrawn)"
                                + " on conflict (channel_id, delivery_key) do nothing")
                        .bind("id", post.id())
                        .bind("branch", post.branch().value())
                        .bind("channel", post.channelId())
                        .bind("key", post.key())
                        .bind("body", Json.write(post.content()))
                        .bind("published", Micros.of(post.publishedAt()))
                        .bind("withdrawn", Micros.ofNullable(post.withdrawnAt()))
                        .execute()
                == 1;
    }

    @Override
    public Optional<RehearsalPost> findByKey(Tx tx, String channelId, String key) {
        return handle(tx)
                .createQuery("select * from rehearsal_item where channel_id = :channel and delivery_key = :key")
                .bind("channel", channelId)
                .bind("key", key)
                .map((row, context) -> post(row))
                .findOne();
    }

    @Override
    public void reword(Tx tx, String channelId, String id, RehearsalContent content, Instant at) {
        handle(tx)
                .createUpdate(
                        "update rehearsal_item set body = :body, edited_at = :at where id = :id and channel_id = :channel")
                .bind("body", Json.write(content))
                .bind("at", Micros.of(at))
                .bind("id", id)
                .bind("channel", channelId)
                .execute();
    }

    @Override
    public void withdraw(Tx tx, String channelId, String id, Instant at) {
        handle(tx)
                .createUpdate("update rehearsal_item set withdrawn_at = :at"
                        + " where id = :id and channel_id = :channel and withdrawn_at is null")
                .bind("at", Micros.of(at))
                .bind("id", id)
                .bind("channel", channelId)
                .execute();
    }

    @Override
    public List<RehearsalPost> newest(Tx tx, BranchId branch, String channelId, String before, int max) {
        return handle(tx)
                .createQuery("select * from rehearsal_item where branch = :branch"
                        + " and (:channel = '' or channel_id = :channel)"
                        + " and (:before = '' or id < :before) order by id desc limit :max")
                .bind("branch", branch.value())
                .bind("channel", channelId)
                .bind("before", before)
                .bind("max", max)
                .map((row, context) -> post(row))
                .list();
    }

    @Override
    public Optional<RehearsalPost> find(Tx tx, BranchId branch, String channelId, String id) {
        return handle(tx)
                .createQuery("select * from rehearsal_item"
                        + " where branch = :branch and channel_id = :channel and id = :id")
                .bind("branch", branch.value())
                .bind("channel", channelId)
                .bind("id", id)
                .map((row, context) -> post(row))
                .findOne();
    }

    private static RehearsalPost post(ResultSet row) throws SQLException {
        return new RehearsalPost(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("channel_id"),
                row.getString("delivery_key"),
                Json.read(row.getString("body"), RehearsalContent.class),
                Micros.get(row, "published_at"),
                Micros.getNullable(row, "withdrawn_at"),
                Micros.getNullable(row, "edited_at"));
    }
}
