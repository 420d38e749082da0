package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.SqlStatement;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.watch.keeping.Episode;
import org.tocsin.watch.keeping.EpisodeRepository;
import org.tocsin.watch.spike.Baseline;
import org.tocsin.watch.spike.Surge;

/** Episodes of watches in SQL. */
public final class SqlEpisodes implements EpisodeRepository {
    private static final long BUCKET = Baseline.BUCKET.toNanos() / 1_000;

    @Override
    public List<String> busy(Tx tx, Instant from, Instant to, int stories, int max) {
        return handle(tx)
                .createQuery("select watch_id from watch_hit where at >= :from and at < :to and history = 0 group by"
                        + " watch_id having count(distinct story_id) >= :stories order by count(distinct story_id) desc,"
                        + " watch_id limit :max")
                .bind("from", Micros.of(from))
                .bind("to", Micros.of(to))
                .bind("stories", stories)
                .bind("max", max)
                .mapTo(String.class)
                .list();
    }

    @Override
    public List<String> quiet(Tx tx, Instant from, Instant silent, int stories, String after, int max) {
        return handle(tx)
                .createQuery(
                        "select watch_id from watch_hit where at >= :from and history = 0 and watch_id > :after and"
                                + " not exists (select 1 from watch_episode e where e.watch_id = watch_hit.watch_id and"
                                + " e.ended_at is null) group by watch_id having"
                                + " count(distinct story_id) >= :stories and max(at) < :silent order by watch_id limit :max")
                .bind("from", Micros.of(from))
                .bind("silent", Micros.of(silent))
                .bind("after", after)
                .bind("stories", stories)
                .bind("max", max)
                .mapTo(String.class)
                .list();
    }

    @Override
    public NavigableMap<Long, Integer> buckets(Tx tx, String watchId, Instant from, Instant to) {
        NavigableMap<Long, Integer> counts = new TreeMap<>();
        of(
                        handle(tx)
                                .createQuery("select at / " + BUCKET + " as bucket, count(distinct story_id) as stories"
                                        + " from watch_hit where watch_id = :watch and history = 0 and at >= :from and"
                                        + " at < :to group by at / " + BUCKET),
                        watchId,
                        from,
                        to)
                .map((row, context) -> counts.put(row.getLong("bucket"), row.getInt("stories")) == null)
                .list();
        return counts;
    }

    @Override
    public Surge.Count count(Tx tx, String watchId, Instant from, Instant to) {
        return of(
                        handle(tx)
                                .createQuery("select count(distinct h.story_id) as stories, count(distinct"
                                        + " coalesce(lower(m.author_handle), m.author_name, m.author_url, m.source_id)) as authors"
                                        + " from watch_hit h join mention m on m.id = h.mention_id where h.watch_id ="
                                        + " :watch and h.history = 0 and h.at >= :from and h.at < :to"),
                        watchId,
                        from,
                        to)
                .map((row, context) -> new Surge.Count(row.getLong("stories"), row.getLong("authors")))
                .one();
    }

    private static <S extends SqlStatement<S>> S of(S statement, String watchId, Instant from, Instant to) {
        return statement.bind("watch", watchId).bind("from", Micros.of(from)).bind("to", Micros.of(to));
    }

    @Override
    public Optional<Last> last(Tx tx, String watchId) {
        return handle(tx)
                .createQuery("select mention_id, at from watch_hit where watch_id = :watch and history = 0"
                        + " order by at desc, mention_id desc limit 1")
                .bind("watch", watchId)
                .map((row, context) -> new Last(row.getString("mention_id"), Micros.get(row, "at")))
                .findOne();
    }

    @Override
    public List<String> sources(Tx tx, String watchId, Instant from) {
        return handle(tx)
                .createQuery("select distinct m.source_id from watch_hit h join mention m on m.id = h.mention_id"
                        + " where h.watch_id = :watch and h.history = 0 and h.at >= :from order by m.source_id")
                .bind("watch", watchId)
                .bind("from", Micros.of(from))
                .mapTo(String.class)
                .list();
    }

    @Override
    public List<Episode> open(Tx tx) {
        return handle(tx)
                .createQuery("select * from watch_episode where ended_at is null order by watch_id, number")
                .map((row, context) -> episode(row))
                .list();
    }

    @Override
    public List<Episode> since(Tx tx, String watchId, Instant from) {
        return handle(tx)
                .createQuery("select * from watch_episode where watch_id = :watch and (ended_at is null or ended_at >="
                        + " :from) order by number desc")
                .bind("watch", watchId)
                .bind("from", Micros.of(from))
                .map((row, context) -> episode(row))
                .list();
    }

    @Override
    public Optional<Episode> find(Tx tx, String watchId, long number) {
        return handle(tx)
                .createQuery("select * from watch_episode where watch_id = :watch and number = :number")
                .bind("watch", watchId)
                .bind("number", number)
                .map((row, context) -> episode(row))
                .findOne();
    }

    @Override
    public long newest(Tx tx, String watchId) {
        return handle(tx)
                .createQuery("select coalesce(max(episode), 0) from (select max(number) as episode from watch_episode"
                        + " where watch_id = :watch union all select max(episode) as episode from alert where watch_id"
                        + " = :watch) known")
                .bind("watch", watchId)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public boolean begin(Tx tx, Episode episode) {
        return handle(tx)
                        .createUpdate("insert into watch_episode (watch_id, number, branch, kind, began_at, last_seen,"
                                + " ended_at, stories, authors, expected, window_s, mention_id, dead) values (:watch, :number,"
                                + " :branch, :kind, :began, :seen, null, :stories, :authors, :expected, :window,"
                                + " :mention, :dead) on conflict (watch_id, number) do nothing")
                        .bind("watch", episode.watchId())
                        .bind("number", episode.number())
                        .bind("branch", episode.branch().value())
                        .bind("kind", episode.kind().name())
                        .bind("began", Micros.of(episode.beganAt()))
                        .bind("seen", Micros.of(episode.lastSeen()))
                        .bind("stories", episode.stories())
                        .bind("authors", episode.authors())
                        .bind("expected", Math.round(episode.expected() * 1_000))
                        .bind("window", episode.window().toSeconds())
                        .bind("mention", episode.mentionId())
                        .bind("dead", episode.dead())
                        .execute()
                == 1;
    }

    @Override
    public void save(Tx tx, Episode episode) {
        handle(tx)
                .createUpdate(
                        "update watch_episode set last_seen = :seen, ended_at = :ended where watch_id = :watch and"
                                + " number = :number")
                .bind("seen", Micros.of(episode.lastSeen()))
                .bind("ended", Micros.ofNullable(episode.endedAt()))
                .bind("watch", episode.watchId())
                .bind("number", episode.number())
                .execute();
    }

    @Override
    public int forget(Tx tx, Instant before, int max) {
        return handle(tx)
                .createUpdate("delete from watch_episode where (watch_id, number) in (select watch_id, number from"
                        + " watch_episode where ended_at < :before limit :max)")
                .bind("before", Micros.of(before))
                .bind("max", max)
                .execute();
    }

    private static Episode episode(ResultSet row) throws SQLException {
        return new Episode(
                new BranchId(row.getString("branch")),
                row.getString("watch_id"),
                row.getLong("number"),
                Episode.Kind.valueOf(row.getString("kind")),
                Micros.get(row, "began_at"),
                Micros.get(row, "last_seen"),
                Micros.getNullable(row, "ended_at"),
                row.getLong("stories"),
                row.getLong("authors"),
                row.getLong("expected") / 1_000.0,
                Duration.ofSeconds(row.getLong("window_s")),
                row.getString("mention_id"),
                row.getString("dead"));
    }
}
