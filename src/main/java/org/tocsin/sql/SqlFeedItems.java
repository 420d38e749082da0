package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.feed.FeedContent;
import org.tocsin.feed.FeedItem;
import org.tocsin.feed.FeedRepository;

/** Feed items in SQL. */
public final class SqlFeedItems implements FeedRepository {
    @Override
    public boolean insert(Tx tx, FeedItem item) {
        return handle(tx)
                        .createUpdate("insert into feed_item (id, branch, channel_id, delivery_key, body, published_at,"
                                + " changed_at, withdrawn_at, version)"
                                + " values (:id, :branch, :channel, :key, :body, :published, :changed, :withdrawn,"
                                + " :version) on conflict (channel_id, delivery_key) do nothing")
                        .bind("id", item.id())
                        .bind("branch", item.branch().value())
                        .bind("channel", item.channelId())
                        .bind("key", item.key())
                        .bind("body", Json.write(item.content()))
                        .bind("published", Micros.of(item.publishedAt()))
                        .bind("changed", Micros.of(item.changedAt()))
                        .bind("withdrawn", Micros.ofNullable(item.withdrawnAt()))
                        .bind("version", item.version())
                        .execute()
                == 1;
    }

    @Override
    public boolean save(Tx tx, FeedItem changed, long seen) {
        return handle(tx)
                        .createUpdate("update feed_item set body = :body, changed_at = :changed,"
                                + " withdrawn_at = :withdrawn, version = :version where id = :id and version = :seen")
                        .bind("body", Json.write(changed.content()))
                        .bind("changed", Micros.of(changed.changedAt()))
                        .bind("withdrawn", Micros.ofNullable(changed.withdrawnAt()))
                        .bind("version", changed.version())
                        .bind("id", changed.id())
                        .bind("seen", seen)
                        .execute()
                == 1;
    }

    @Override
    public void tag(Tx tx, FeedItem item, Set<String> folded) {
        for (String tag : folded) {
            handle(tx)
                    .createUpdate("insert into feed_tag (branch, tag, item_id) values (:branch, :tag, :id)"
                            + " on conflict (branch, tag, item_id) do nothing")
                    .bind("branch", item.branch().value())
                    .bind("tag", tag)
                    .bind("id", item.id())
                    .execute();
        }
    }

    @Override
    public Set<String> tags(Tx tx, FeedItem item) {
        return Set.copyOf(handle(tx)
                .createQuery("select tag from feed_tag where branch = :branch and item_id = :id")
                .bind("branch", item.branch().value())
                .bind("id", item.id())
                .mapTo(String.class)
                .list());
    }

    @Override
    public boolean shows(Tx tx, BranchId branch, String sha256) {
        return handle(tx)
                .createQuery("select * from feed_item where branch = :branch and withdrawn_at is null"
                        + " and body like :hash")
                .bind("branch", branch.value())
                .bind("hash", "%" + sha256 + "%")
                .map((row, context) -> item(row))
                .list()
                .stream()
                .anyMatch(item -> item.content().images().stream()
                        .anyMatch(image -> image.sha256().equals(sha256)));
    }

    @Override
    public Optional<FeedItem> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from feed_item where id = :id")
                .bind("id", id)
                .map((row, context) -> item(row))
                .findOne();
    }

    @Override
    public Optional<FeedItem> findByKey(Tx tx, String channelId, String key) {
        return handle(tx)
                .createQuery("select * from feed_item where channel_id = :channel and delivery_key = :key")
                .bind("channel", channelId)
                .bind("key", key)
                .map((row, context) -> item(row))
                .findOne();
    }

    @Override
    public List<FeedItem> newest(Tx tx, BranchId branch, int max) {
        return handle(tx)
                .createQuery("select * from feed_item where branch = :branch"
                        + " order by published_at desc, id desc limit :max")
                .bind("branch", branch.value())
                .bind("max", max)
                .map((row, context) -> item(row))
                .list();
    }

    @Override
    public List<FeedItem> tagged(Tx tx, BranchId branch, String folded, int max) {
        return handle(tx)
                .createQuery("select i.* from feed_tag t join feed_item i on i.id = t.item_id"
                        + " where t.branch = :branch and t.tag = :tag"
                        + " order by i.published_at desc, i.id desc limit :max")
                .bind("branch", branch.value())
                .bind("tag", folded)
                .bind("max", max)
                .map((row, context) -> item(row))
                .list();
    }

    @Override
    public Optional<Instant> since(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select created_at from channel where branch = :branch and network = 'feed'"
                        + " order by created_at limit 1")
                .bind("branch", branch.value())
                .mapTo(Long.class)
                .findOne()
                .map(Micros::instant);
    }

    private static FeedItem item(ResultSet row) throws SQLException {
        return new FeedItem(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("channel_id"),
                row.getString("delivery_key"),
                Json.read(row.getString("body"), FeedContent.class),
                Micros.get(row, "published_at"),
                Micros.get(row, "changed_at"),
                Micros.getNullable(row, "withdrawn_at"),
                row.getLong("version"));
    }
}
