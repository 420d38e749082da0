package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;
import org.tocsin.base.Tx;
import org.tocsin.feed.FeedPing;
import org.tocsin.feed.PingRepository;

/** Pings in SQL. */
public final class SqlFeedPings implements PingRepository {
    @Override
    public void request(Tx tx, String topic, Instant now) {
        handle(tx)
                .createUpdate("insert into feed_ping (topic, attempts, first_at, next_at, version)"
                        + " values (:topic, 0, :now, :now, 1) on conflict (topic) do update"
                        + " set attempts = 0, first_at = :now, next_at = :now, version = feed_ping.version + 1")
                .bind("topic", topic)
                .bind("now", Micros.of(now))
                .execute();
    }

    @Override
    public List<FeedPing> due(Tx tx, Instant now, Set<String> exceptTopics, int max) {
        Query query = handle(tx)
                .createQuery("select * from feed_ping where next_at <= :now" + except(exceptTopics)
                        + " order by next_at, topic limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max);
        return bound(query, exceptTopics).map((row, context) -> ping(row)).list();
    }

    @Override
    public Optional<Instant> nextAt(Tx tx, Set<String> exceptTopics) {
        Query query = handle(tx)
                .createQuery("select next_at from feed_ping where 1 = 1" + except(exceptTopics)
                        + " order by next_at limit 1");
        return bound(query, exceptTopics).mapTo(Long.class).findOne().map(Micros::instant);
    }

    private static String except(Set<String> topics) {
        return topics.isEmpty() ? "" : " and topic not in (<topics>)";
    }

    private static Query bound(Query query, Set<String> topics) {
        return topics.isEmpty() ? query : query.bindList("topics", List.copyOf(topics));
    }

    @Override
    public void done(Tx tx, FeedPing ping) {
        handle(tx)
                .createUpdate("delete from feed_ping where topic = :topic and version = :version")
                .bind("topic", ping.topic())
                .bind("version", ping.version())
                .execute();
    }

    @Override
    public void again(Tx tx, FeedPing ping, Instant nextAt) {
        handle(tx)
                .createUpdate("update feed_ping set attempts = :attempts, next_at = :next"
                        + " where topic = :topic and version = :version")
                .bind("attempts", ping.attempts() + 1)
                .bind("next", Micros.of(nextAt))
                .bind("topic", ping.topic())
                .bind("version", ping.version())
                .execute();
    }

    private static FeedPing ping(ResultSet row) throws SQLException {
        return new FeedPing(
                row.getString("topic"), row.getInt("attempts"), Micros.get(row, "first_at"), row.getLong("version"));
    }
}
