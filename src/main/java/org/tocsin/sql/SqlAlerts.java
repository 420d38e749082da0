package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
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
        boolean raised = insert(tx, alert);
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
    public boolean pass(Tx tx, Alert alert) {
        return insert(tx, alert);
    }

    @Override
    public Optional<Alert> wake(Tx tx, Alert alert) {
        return handle(tx)
                .createQuery("update alert set quiet = null, urgent = :urgent, escalate_at = :escalate, mention_id ="
                        + " :mention, watch_version = :watch_version, matches = :matches, version = version + 1"
                        + " where watch_id = :watch and story_id = :story and recipient_id = :recipient and"
                        + " episode = :episode and quiet is not null and acknowledged_at is null returning *")
                .bind("urgent", alert.push().urgent() ? 1 : 0)
                .bind("escalate", Micros.ofNullable(alert.push().escalateAt()))
                .bind("mention", alert.mentionId())
                .bind("watch_version", alert.watchVersion())
                .bind("matches", Json.write(alert.hits()))
                .bind("watch", alert.watchId())
                .bind("story", alert.storyId())
                .bind("recipient", alert.recipientId())
                .bind("episode", alert.episode())
                .map((row, context) -> alert(row))
                .findOne();
    }

    private static boolean insert(Tx tx, Alert alert) {
        Alert.Quiet quiet = alert.push().quiet();
        return handle(tx)
                        .createUpdate("insert into alert (id, branch, watch_id, watch_version, mention_id, story_id,"
                                + " recipient_id, episode, matches, more, created_at, urgent, quiet, escalate_at,"
                                + " escalated_from, version) values (:id, :branch, :watch, :watch_version, :mention,"
                                + " :story, :recipient, :episode, :matches, 0, :created, :urgent, :quiet, :escalate,"
                                + " :from, 1) on conflict (watch_id, story_id, recipient_id, episode) do nothing")
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
                        .bind("urgent", alert.push().urgent() ? 1 : 0)
                        .bind("quiet", quiet == null ? null : quiet.name())
                        .bind("escalate", Micros.ofNullable(alert.push().escalateAt()))
                        .bind("from", alert.push().from())
                        .execute()
                == 1;
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
    public int stopPassing(Tx tx) {
        return handle(tx).execute("update alert set escalate_at = null where escalate_at is not null");
    }

    @Override
    public Optional<Alert> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from alert where id = :id")
                .bind("id", id)
                .map((row, context) -> alert(row))
                .findOne();
    }

    private static String condition(Alert.State state) {
        return switch (state) {
            case OPEN -> "(acknowledged_at is null)";
            case ACKNOWLEDGED -> "(acknowledged_at is not null and answered_at is null)";
            case ANSWERED -> "(answered_at is not null)";
        };
    }

    @Override
    public List<Alert> page(Tx tx, BranchId branch, Filter filter, String after, int max) {
        String states =
                filter.states().stream().sorted().map(SqlAlerts::condition).collect(Collectors.joining(" or "));
        Query query = handle(tx)
                .createQuery("select * from alert where branch = :branch"
                        + (states.isEmpty() ? "" : " and (" + states + ")")
                        + (filter.assignee() == null ? "" : " and assignee = :assignee")
                        + (filter.urgent() ? " and urgent = 1" : "")
                        + (filter.stories()
                                ? " and not exists (select 1 from alert older where older.watch_id = alert.watch_id"
                                        + " and older.story_id = alert.story_id and older.episode = alert.episode and"
                                        + " older.id < alert.id)"
                                : "")
                        + (after.isEmpty() ? "" : " and id < :after")
                        + " order by id desc limit :max")
                .bind("branch", branch.value())
                .bind("max", max);
        if (filter.assignee() != null) {
            query.bind("assignee", filter.assignee());
        }
        return (after.isEmpty() ? query : query.bind("after", after))
                .map((row, context) -> alert(row))
                .list();
    }

    @Override
    public Optional<Alert> of(Tx tx, BranchId branch, String watchId, String mentionId) {
        return handle(tx)
                .createQuery(
                        "select alert.* from alert where branch = :branch and watch_id = :watch and episode = 0 and (mention_id ="
                                + " :mention or story_id in (select story_id from story_key where branch = :branch and name ="
                                + " :name) or story_id in (select story_id from watch_hit where watch_id = :watch and"
                                + " mention_id = :mention)) order by id limit 1")
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
    public List<Alert> siblings(Tx tx, Alert alert) {
        return handle(tx)
                .createQuery("select * from alert where branch = :branch and watch_id = :watch and story_id = :story"
                        + " and episode = :episode order by id")
                .bind("branch", alert.branch().value())
                .bind("watch", alert.watchId())
                .bind("story", alert.storyId())
                .bind("episode", alert.episode())
                .map((row, context) -> alert(row))
                .list();
    }

    @Override
    public int handled(Tx tx, Alert alert, Alert.Handling handling) {
        return handle(tx)
                .createUpdate("update alert set acknowledged_at = :acknowledged, acknowledged_by = :acknowledger,"
                        + " assignee = :assignee, answered_at = :answered, answered_by = :answerer, answer_url = :url,"
                        + " escalate_at = case when :acknowledged is null then escalate_at else null end, version ="
                        + " version + 1 where branch = :branch and watch_id = :watch and story_id = :story and episode"
                        + " = :episode")
                .bind("acknowledged", Micros.ofNullable(handling.acknowledgedAt()))
                .bind("acknowledger", handling.acknowledgedBy())
                .bind("assignee", handling.assignee())
                .bind("answered", Micros.ofNullable(handling.answeredAt()))
                .bind("answerer", handling.answeredBy())
                .bind("url", handling.answerUrl())
                .bind("branch", alert.branch().value())
                .bind("watch", alert.watchId())
                .bind("story", alert.storyId())
                .bind("episode", alert.episode())
                .execute();
    }

    @Override
    public List<Alert> unanswered(Tx tx, Instant now, int max) {
        return handle(tx)
                .createQuery("select * from alert where escalate_at <= :now order by escalate_at limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max)
                .map((row, context) -> alert(row))
                .list();
    }

    @Override
    public Optional<Instant> nextUnanswered(Tx tx) {
        return handle(tx)
                .createQuery("select escalate_at from alert where escalate_at is not null order by escalate_at limit 1")
                .mapTo(Long.class)
                .findOne()
                .map(Micros::instant);
    }

    @Override
    public List<Alert> openWith(Tx tx, String recipientId, int max) {
        return handle(tx)
                .createQuery("select * from alert where recipient_id = :recipient and urgent = 1 and quiet is null and"
                        + " acknowledged_at is null order by id desc limit :max")
                .bind("recipient", recipientId)
                .bind("max", max)
                .map((row, context) -> alert(row))
                .list();
    }

    @Override
    public boolean given(Tx tx, String id) {
        return handle(tx)
                        .createUpdate("update alert set escalate_at = null where id = :id and escalate_at is not null"
                                + " and acknowledged_at is null")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    @Override
    public void mute(Tx tx, String watchId) {
        handle(tx)
                .createUpdate("update alert set quiet = case when exists (select 1 from telling where telling.kind ="
                        + " 'ALERT' and telling.subject = alert.id and telling.state <> 'WAITING') then null else"
                        + " 'MUTED' end, awaited = case when escalate_at is null then 0 else 1 end, escalate_at = null,"
                        + " version = version + 1 where watch_id = :watch and"
                        + " acknowledged_at is null and quiet is null and (escalate_at is not null or exists (select 1"
                        + " from telling where telling.kind = 'ALERT' and telling.subject = alert.id and telling.state"
                        + " = 'WAITING'))")
                .bind("watch", watchId)
                .execute();
    }

    @Override
    public List<Alert> unmute(Tx tx, String watchId, @Nullable Instant answer, int max) {
        List<Alert> silent = handle(tx)
                .createQuery("select * from alert where watch_id = :watch and acknowledged_at is null and (quiet ="
                        + " 'MUTED' or awaited = 1) order by id desc limit :max")
                .bind("watch", watchId)
                .bind("max", max)
                .map((row, context) -> alert(row))
                .list();
        for (Alert alert : silent) {
            handle(tx)
                    .createUpdate(
                            "update alert set quiet = null, urgent = 1, awaited = 0, escalate_at = :answer, version"
                                    + " = version + 1 where id = :id")
                    .bind("answer", Alert.TEAM.equals(alert.recipientId()) ? null : Micros.ofNullable(answer))
                    .bind("id", alert.id())
                    .execute();
        }
        return silent.stream()
                .filter(alert -> alert.push().quiet() == Alert.Quiet.MUTED)
                .toList();
    }

    @Override
    public void pause(Tx tx, String watchId, Instant before, Instant until, Duration answer) {
        handle(tx)
                .createUpdate(
                        "update alert set escalate_at = max(:until, created_at + :answer) where watch_id = :watch and"
                                + " acknowledged_at is null and"
                                + " (escalate_at < :until or escalate_at = :before)")
                .bind("watch", watchId)
                .bind("before", Micros.of(before))
                .bind("until", Micros.of(until))
                .bind("answer", answer.toNanos() / 1_000)
                .execute();
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
    public List<Like> likes(Tx tx, long after, int max) {
        return handle(tx)
                .createQuery("select * from (select * from story_like where id > :after order by id desc limit :max)"
                        + " order by id")
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> new Like(
                        row.getLong("id"),
                        new BranchId(row.getString("branch")),
                        row.getString("traits"),
                        row.getString("story_id"),
                        Micros.instant(row.getLong("last_at"))))
                .list();
    }

    @Override
    public long like(Tx tx, BranchId branch, String traits, String storyId, Instant now) {
        return handle(tx)
                .createQuery("insert into story_like (branch, traits, story_id, last_at) values (:branch, :traits,"
                        + " :story, :now) returning id")
                .bind("branch", branch.value())
                .bind("traits", traits)
                .bind("story", storyId)
                .bind("now", Micros.of(now))
                .mapTo(Long.class)
                .one();
    }

    @Override
    public boolean isLike(Tx tx, long id) {
        return handle(tx)
                .createQuery("select exists(select 1 from story_like where id = :id)")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public int forget(Tx tx, Instant before, int max) {
        int names = handle(tx)
                .createUpdate("delete from story_key where (branch, name) in (select branch, name from story_key where"
                        + " last_at < :before order by last_at limit :max)")
                .bind("before", Micros.of(before))
                .bind("max", max)
                .execute();
        return names
                + handle(tx)
                        .createUpdate("delete from story_like where id in (select id from story_like where last_at <"
                                + " :before order by id limit :max)")
                        .bind("before", Micros.of(before))
                        .bind("max", max - names)
                        .execute();
    }

    @Override
    public void told(Tx tx, BranchId branch, List<String> names, String storyId, Instant now) {
        if (names.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle(tx)
                .prepareBatch("insert into story_key (branch, name, story_id, last_at) values (:branch, :name,"
                        + " :story, :now) on conflict (branch, name) do update set story_id = :story, last_at = :now");
        for (String name : names) {
            batch.bind("branch", branch.value())
                    .bind("name", name)
                    .bind("story", storyId)
                    .bind("now", Micros.of(now))
                    .add();
        }
        batch.execute();
    }

    private static Alert alert(ResultSet row) throws SQLException {
        String quiet = row.getString("quiet");
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
                new Alert.Push(
                        row.getInt("urgent") != 0,
                        quiet == null ? null : Alert.Quiet.valueOf(quiet),
                        Micros.getNullable(row, "escalate_at"),
                        row.getString("escalated_from")),
                new Alert.Handling(
                        Micros.getNullable(row, "acknowledged_at"),
                        row.getString("acknowledged_by"),
                        row.getString("assignee"),
                        Micros.getNullable(row, "answered_at"),
                        row.getString("answered_by"),
                        row.getString("answer_url")),
                row.getLong("version"));
    }
}
