package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.watch.Hit;
import org.tocsin.watch.keeping.Alert;
import org.tocsin.watch.keeping.AlertRepository;

/** Alerts in SQL. */
public final class SqlAlerts implements AlertRepository {
    private static final TypeReference<List<Hit>> HITS = new TypeReference<>() {};

    @Override
    public boolean raise(Tx tx, Alert alert) {
        boolean raised = handle(tx)
                        .createUpdate("insert into alert (id, branch, watch_id, watch_version, mention_id, story_id,"
                                + " recipient_id, episode, matches, more, created_at, version) values (:id, :branch,"
                                + " :watch, :watch_version, :mention, :story, :recipient, :episode, :matches, 0,"
                                + " :created, 1) on conflict (watch_id, story_id, recipient_id, episode) do nothing")
                        .bind("id", alert.id())
                        .bind("branch", alert.branch().value())
                        .bind("watch", alert.watchId())
                        .bind("watch_version", alert.watchVersion())
                        .bind("mention", alert.mentionId())
                        .bind("story", alert.storyId())
                        .bind("recipient", alert.recipientId())
                        .bind("episode", alert.episode())
                        .bind("matches", Json.write(alert.hits()))
                        .bind("created", Micros.of(alert.createdAt()))
                        .execute()
                == 1;
        if (!raised) {
            handle(tx)
                    .createUpdate("update alert set more = more + 1 where watch_id = :watch and story_id = :story and"
                            + " recipient_id = :recipient and episode = :episode and mention_id <> :mention")
                    .bind("watch", alert.watchId())
                    .bind("story", alert.storyId())
                    .bind("recipient", alert.recipientId())
                    .bind("episode", alert.episode())
                    .bind("mention", alert.mentionId())
                    .execute();
        }
        return raised;
    }

    @Override
    public Optional<Alert> find(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery("select * from alert where id = :id and branch = :branch")
                .bind("id", id)
                .bind("branch", branch.value())
                .map((row, context) -> alert(row))
                .findOne();
    }

    @Override
    public List<Alert> page(Tx tx, BranchId branch, boolean open, String after, int max) {
        Query query = handle(tx)
                .createQuery("select * from alert where branch = :branch"
                        + (open ? " and acknowledged_at is null" : "")
                        + (after.isEmpty() ? "" : " and id < :after")
                        + " order by id desc limit :max")
                .bind("branch", branch.value())
                .bind("max", max);
        return (after.isEmpty() ? query : query.bind("after", after))
                .map((row, context) -> alert(row))
                .list();
    }

    @Override
    public Optional<Alert> of(Tx tx, BranchId branch, String watchId, String mentionId) {
        return handle(tx)
                .createQuery("select alert.* from alert where branch = :branch and watch_id = :watch and (mention_id ="
                        + " :mention or story_id in (select story_id from story_key where branch = :branch and name ="
                        + " :name)) order by id limit 1")
                .bind("branch", branch.value())
                .bind("watch", watchId)
                .bind("mention", mentionId)
                .bind("name", "mention:" + mentionId)
                .map((row, context) -> alert(row))
                .findOne();
    }

    @Override
    public long open(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select count(*) from alert where branch = :branch and acknowledged_at is null")
                .bind("branch", branch.value())
                .mapTo(Long.class)
                .one();
    }

    @Override
    public boolean acknowledge(Tx tx, Alert alert, String by, Instant now) {
        return handle(tx)
                        .createUpdate("update alert set acknowledged_at = :now, acknowledged_by = :by, version ="
                                + " version + 1 where id = :id and acknowledged_at is null")
                        .bind("now", Micros.of(now))
                        .bind("by", by)
                        .bind("id", alert.id())
                        .execute()
                == 1;
    }

    @Override
    public Optional<String> story(Tx tx, BranchId branch, List<String> names, Instant since) {
        return handle(tx)
                .createQuery("select story_id from story_key where branch = :branch and name in (<names>)"
                        + " and last_at >= :since order by last_at, story_id limit 1")
                .bind("branch", branch.value())
                .bindList("names", names)
                .bind("since", Micros.of(since))
                .mapTo(String.class)
                .findOne();
    }

    @Override
    public int forget(Tx tx, Instant before, int max) {
        return handle(tx)
                .createUpdate("delete from story_key where (branch, name) in (select branch, name from story_key where"
                        + " last_at < :before order by last_at limit :max)")
                .bind("before", Micros.of(before))
                .bind("max", max)
                .execute();
    }

    @Override
    public void told(Tx tx, BranchId branch, List<String> names, String storyId, Instant now) {
        for (String name : names) {
            handle(tx)
                    .createUpdate(
                            "insert into story_key (branch, name, story_id, last_at) values (:branch, :name,"
                                    + " :story, :now) on conflict (branch, name) do update set story_id = :story, last_at = :now")
                    .bind("branch", branch.value())
                    .bind("name", name)
                    .bind("story", storyId)
                    .bind("now", Micros.of(now))
                    .execute();
        }
    }

    private static Alert alert(ResultSet row) throws SQLException {
        return new Alert(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("watch_id"),
                row.getLong("watch_version"),
                row.getString("mention_id"),
                row.getString("story_id"),
                row.getString("recipient_id"),
                row.getLong("episode"),
                Json.read(row.getString("matches"), HITS),
                row.getLong("more"),
                Micros.get(row, "created_at"),
                Micros.getNullable(row, "acknowledged_at"),
                row.getString("acknowledged_by"),
                row.getLong("version"));
    }
}
