package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.tocsin.audience.Counts;
import org.tocsin.audience.EngagementDue;
import org.tocsin.audience.EngagementRepository;
import org.tocsin.audience.PollingAge;
import org.tocsin.audience.PostMetrics;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Removal;

/** Engagement in SQL. */
public final class SqlEngagement implements EngagementRepository {
    private static final String UNENROLLED =
            " from delivery join segment on segment.delivery_id = delivery.id and segment.position = 0"
                    + " join channel on channel.id = delivery.channel_id and channel.removed_at is null"
                    + " where delivery.state = 'PUBLISHED' and delivery.since >= :since and delivery.network in (<networks>)"
                    + " and segment.published_at >= :since and segment.remote_id is not null"
                    // Said to be there by a person who gave no link: nobody can be asked for it.
                    + " and segment.remote_id not like '" + Removal.RESOLVED + "%' and not exists"
                    + " (select 1 from engagement where engagement.delivery_id = delivery.id)";
    private static final String ROWS = "select engagement.*, reading.taken_at, reading.likes, reading.reposts,"
            + " reading.replies, reading.quotes, reading.views from engagement left join engagement_reading as reading"
            + " on reading.delivery_id = engagement.delivery_id and reading.taken_at =";
    private static final String LATEST =
            ROWS + " (select max(taken_at) from engagement_reading where delivery_id = engagement.delivery_id)";
    private static final String WANTED =
            " where engagement.branch = :branch and engagement.published_at >= :from and engagement.published_at < :until";

    @Override
    public boolean unenrolled(Tx tx, Collection<String> networks, Instant since) {
        return !networks.isEmpty()
                && handle(tx)
                        .createQuery("select 1" + UNENROLLED + " limit 1")
                        .bind("since", Micros.of(since))
                        .bindList("networks", List.copyOf(networks))
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent();
    }

    @Override
    public void enrol(Tx tx, Collection<String> networks, Instant since) {
        if (!networks.isEmpty()) {
            handle(tx)
                    .createUpdate("insert into engagement (delivery_id, post_id, branch, channel_id, remote_id,"
                            + " published_at, attempts, next_at, version) select delivery.id, delivery.post_id,"
                            + " delivery.branch, delivery.channel_id, segment.remote_id, segment.published_at, 0,"
                            + " segment.published_at + :first, 1" + UNENROLLED)
                    .bind("first", micros(PollingAge.FIRST))
                    .bind("since", Micros.of(since))
                    .bindList("networks", List.copyOf(networks))
                    .execute();
        }
    }

    @Override
    public boolean save(Tx tx, EngagementDue changed) {
        return handle(tx)
                        .createUpdate(
                                "update engagement set attempts = :attempts, reason = :reason, next_at = :next,"
                                        + " gone_at = :gone, version = :version where delivery_id = :delivery and version = :seen")
                        .bind("attempts", changed.attempts())
                        .bind("reason", Json.writeOrNull(changed.reason()))
                        .bind("next", Micros.ofNullable(changed.nextAt()))
                        .bind("gone", Micros.ofNullable(changed.goneAt()))
                        .bind("version", changed.version())
                        .bind("seen", changed.version() - 1)
                        .bind("delivery", changed.deliveryId())
                        .execute()
                == 1;
    }

    @Override
    public void postpone(Tx tx, String channelId, @Nullable Message reason, Instant until) {
        handle(tx)
                .createUpdate("update engagement set next_at = :until, reason = coalesce(:reason, reason),"
                        + " version = version + 1 where channel_id = :channel and next_at < :until")
                .bind("until", Micros.of(until))
                .bind("reason", Json.writeOrNull(reason))
                .bind("channel", channelId)
                .execute();
    }

    @Override
    public void end(Tx tx, String channelId) {
        handle(tx)
                .execute(
                        "update engagement set next_at = null, reason = null, version = version + 1"
                                + " where channel_id = ? and next_at is not null",
                        channelId);
    }

    @Override
    public void keep(Tx tx, PostMetrics reading) {
        Counts counts = reading.counts();
        handle(tx)
                .createUpdate("insert into engagement_reading (delivery_id, taken_at, channel_id, likes, reposts,"
                        + " replies, quotes, views) values (:delivery, :taken, :channel, :likes, :reposts, :replies,"
                        + " :quotes, :views) on conflict (delivery_id, taken_at) do nothing")
                .bind("delivery", reading.deliveryId())
                .bind("taken", Micros.of(reading.takenAt()))
                .bind("channel", reading.channelId())
                .bind("likes", counts.likes())
                .bind("reposts", counts.reposts())
                .bind("replies", counts.replies())
                .bind("quotes", counts.quotes())
                .bind("views", counts.views())
                .execute();
    }

    @Override
    public List<String> dueChannels(Tx tx, Instant now, Set<String> except, int max) {
        Query query = handle(tx)
                .createQuery("select channel_id from engagement where next_at <= :now" + except(except)
                        + " group by channel_id order by min(next_at), channel_id limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max);
        return bound(query, except).mapTo(String.class).list();
    }

    @Override
    public List<Of> due(Tx tx, String channelId, Instant now, int max) {
        return handle(tx)
                .createQuery(LATEST + " where engagement.channel_id = :channel and engagement.next_at <= :now"
                        + " order by engagement.next_at, engagement.delivery_id limit :max")
                .bind("channel", channelId)
                .bind("now", Micros.of(now))
                .bind("max", max)
                .map((row, context) -> of(row))
                .list();
    }

    @Override
    public Optional<Instant> nextAt(Tx tx, Set<String> exceptChannels) {
        Query query = handle(tx)
                .createQuery("select next_at from engagement where next_at is not null" + except(exceptChannels)
                        + " order by next_at limit 1");
        return bound(query, exceptChannels).mapTo(Long.class).findOne().map(Micros::instant);
    }

    private static String except(Set<String> channels) {
        return channels.isEmpty() ? "" : " and channel_id not in (<channels>)";
    }

    private static Query bound(Query query, Set<String> channels) {
        return channels.isEmpty() ? query : query.bindList("channels", List.copyOf(channels));
    }

    @Override
    public List<Of> ofPost(Tx tx, BranchId branch, String postId) {
        return handle(tx)
                .createQuery(LATEST + " where engagement.post_id = :post and engagement.branch = :branch"
                        + " order by engagement.channel_id, engagement.delivery_id")
                .bind("post", postId)
                .bind("branch", branch.value())
                .map((row, context) -> of(row))
                .list();
    }

    @Override
    public List<PostMetrics> history(Tx tx, String deliveryId) {
        return handle(tx)
                .createQuery("select * from engagement_reading where delivery_id = :delivery order by taken_at")
                .bind("delivery", deliveryId)
                .map((row, context) -> reading(row))
                .list();
    }

    @Override
    public List<Of> page(Tx tx, Wanted wanted, String after, int max) {
        Query query = handle(tx)
                .createQuery(LATEST + WANTED + channel(wanted)
                        + (after.isEmpty() ? "" : " and engagement.delivery_id < :after")
                        + " order by engagement.delivery_id desc limit :max")
                .bind("max", max);
        if (!after.isEmpty()) {
            query.bind("after", after);
        }
        return wanted(query, wanted).map((row, context) -> of(row)).list();
    }

    @Override
    public List<Out> out(Tx tx, Wanted wanted) {
        // It came to its state when it was published, or later: the index on that time finds it.
        Query query = handle(tx)
                .createQuery("select delivery.id as delivery_id, delivery.post_id, delivery.channel_id,"
                        + " segment.published_at, reading.taken_at, reading.likes, reading.reposts, reading.replies,"
                        + " reading.quotes, reading.views from delivery join segment on segment.delivery_id ="
                        + " delivery.id and segment.position = 0 left join engagement_reading as reading on"
                        + " reading.delivery_id = delivery.id and reading.taken_at = (select max(taken_at) from"
                        + " engagement_reading where delivery_id = delivery.id) where delivery.state = 'PUBLISHED' and"
                        + " delivery.since >= :from - :day and delivery.branch = :branch and delivery.network <>"
                        + " 'rehearsal' and segment.published_at >= :from and segment.published_at < :until"
                        + (wanted.channelId() == null ? "" : " and delivery.channel_id = :channel")
                        + " order by segment.published_at, delivery.id")
                .bind("day", micros(Duration.ofDays(1)));
        return wanted(query, wanted)
                .map((row, context) -> new Out(
                        row.getString("delivery_id"),
                        row.getString("post_id"),
                        row.getString("channel_id"),
                        Micros.get(row, "published_at"),
                        Micros.getNullable(row, "taken_at") == null ? null : reading(row)))
                .list();
    }

    @Override
    public List<Of> atAge(Tx tx, Wanted wanted, Duration age, Duration least, Duration most) {
        String nearest = " (select taken_at from engagement_reading where delivery_id = engagement.delivery_id"
                + " and taken_at >= engagement.published_at + :least and taken_at <= engagement.published_at + :most"
                + " order by abs(taken_at - engagement.published_at - :age), taken_at limit 1)";
        Query query = handle(tx)
                .createQuery(ROWS + nearest + WANTED + channel(wanted)
                        + " and reading.taken_at is not null order by engagement.delivery_id")
                .bind("age", micros(age))
                .bind("least", micros(least))
                .bind("most", micros(most));
        return wanted(query, wanted).map((row, context) -> of(row)).list();
    }

    private static String channel(Wanted wanted) {
        return wanted.channelId() == null ? "" : " and engagement.channel_id = :channel";
    }

    private static <S extends SqlStatement<S>> S wanted(S statement, Wanted wanted) {
        statement
                .bind("branch", wanted.branch().value())
                .bind("from", Micros.of(wanted.from()))
                .bind("until", Micros.of(wanted.until()));
        return wanted.channelId() == null ? statement : statement.bind("channel", wanted.channelId());
    }

    private static Of of(ResultSet row) throws SQLException {
        EngagementDue due = new EngagementDue(
                row.getString("delivery_id"),
                row.getString("post_id"),
                new BranchId(row.getString("branch")),
                row.getString("channel_id"),
                row.getString("remote_id"),
                Micros.get(row, "published_at"),
                row.getInt("attempts"),
                Json.message(row.getString("reason")),
                Micros.getNullable(row, "next_at"),
                Micros.getNullable(row, "gone_at"),
                row.getLong("version"));
        return new Of(due, Micros.getNullable(row, "taken_at") == null ? null : reading(row));
    }

    private static PostMetrics reading(ResultSet row) throws SQLException {
        return new PostMetrics(
                row.getString("delivery_id"),
                row.getString("channel_id"),
                Micros.get(row, "taken_at"),
                new Counts(
                        number(row, "likes"),
                        number(row, "reposts"),
                        number(row, "replies"),
                        number(row, "quotes"),
                        number(row, "views")));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
