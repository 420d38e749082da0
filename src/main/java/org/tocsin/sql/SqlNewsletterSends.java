package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.newsletter.NewsletterSend;
import org.tocsin.newsletter.NewsletterSend.State;
import org.tocsin.newsletter.NewsletterSend.Strike;
import org.tocsin.newsletter.SendRepository;
import org.tocsin.subscriber.Subscriber.Reach;

/** Recipients of newsletters in SQL. */
public final class SqlNewsletterSends implements SendRepository {
    @Override
    public void add(Tx tx, List<NewsletterSend> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle(tx)
                .prepareBatch("insert into newsletter_send (id, newsletter_id, subscriber_id, reach, state, attempts,"
                        + " first_at, next_at, reason, changed_at) values (:id, :newsletter, :subscriber, :reach,"
                        + " :state, :attempts, :first, :next, :reason, :changed) on conflict (newsletter_id,"
                        + " subscriber_id) do nothing");
        for (NewsletterSend row : rows) {
            bind(batch, row)
                    .bind("newsletter", row.newsletterId())
                    .bind("subscriber", row.subscriberId())
                    .bind("reach", row.reach().name())
                    .add();
        }
        batch.execute();
    }

    @Override
    public boolean move(Tx tx, NewsletterSend row, State from) {
        return bind(
                                handle(tx)
                                        .createUpdate("update newsletter_send set state = :state, attempts = :attempts,"
                                                + " first_at = :first, next_at = :next, reason = :reason, changed_at ="
                                                + " :changed where id = :id and state = :from"),
                                row)
                        .bind("from", from.name())
                        .execute()
                == 1;
    }

    @Override
    public void follow(Tx tx, String id, Reach reach) {
        handle(tx)
                .execute(
                        "update newsletter_send set reach = ? where id = ? and state = 'WAITING' and first_at is null",
                        reach.name(),
                        id);
    }

    private static <S extends SqlStatement<S>> S bind(S statement, NewsletterSend row) {
        return statement
                .bind("id", row.id())
                .bind("state", row.state().name())
                .bind("attempts", row.attempts())
                .bind("first", Micros.ofNullable(row.firstAt()))
                .bind("next", Micros.ofNullable(row.nextAt()))
                .bind("reason", Json.writeOrNull(row.reason()))
                .bind("changed", Micros.of(row.changedAt()));
    }

    @Override
    public Optional<NewsletterSend> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from newsletter_send where id = :id")
                .bind("id", id)
                .map((row, context) -> send(row))
                .findOne();
    }

    @Override
    public Optional<NewsletterSend> next(Tx tx, String newsletterId, Reach reach, Instant now) {
        return handle(tx)
                .createQuery("select * from newsletter_send where newsletter_id = :newsletter and state = 'WAITING' and"
                        + " reach = :reach and next_at <= :now order by next_at limit 1")
                .bind("newsletter", newsletterId)
                .bind("reach", reach.name())
                .bind("now", Micros.of(now))
                .map((row, context) -> send(row))
                .findOne();
    }

    @Override
    public Optional<Instant> nextAt(Tx tx, String newsletterId, Reach reach) {
        return handle(tx)
                .createQuery("select next_at from newsletter_send where newsletter_id = :newsletter and state ="
                        + " 'WAITING' and reach = :reach order by next_at limit 1")
                .bind("newsletter", newsletterId)
                .bind("reach", reach.name())
                .mapTo(Long.class)
                .findOne()
                .map(Micros::instant);
    }

    @Override
    public List<NewsletterSend> page(Tx tx, String newsletterId, State state, String after, int max) {
        return handle(tx)
                .createQuery("select * from newsletter_send where newsletter_id = :newsletter and state = :state and"
                        + " id > :after order by id limit :max")
                .bind("newsletter", newsletterId)
                .bind("state", state.name())
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> send(row))
                .list();
    }

    @Override
    public List<String> begun(Tx tx) {
        return handle(tx)
                .createQuery("select id from newsletter_send where state = 'SENDING'")
                .mapTo(String.class)
                .list();
    }

    @Override
    public Map<State, Long> counts(Tx tx, String newsletterId) {
        Map<State, Long> counts = new EnumMap<>(State.class);
        handle(tx)
                .createQuery("select state, count(*) as number from newsletter_send where newsletter_id = :newsletter"
                        + " group by state")
                .bind("newsletter", newsletterId)
                .map((row, context) -> Map.entry(State.valueOf(row.getString("state")), row.getLong("number")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    @Override
    public boolean open(Tx tx, String newsletterId) {
        return handle(tx)
                .createQuery("select 1 from newsletter_send where newsletter_id = :newsletter and state in ('WAITING',"
                        + " 'SENDING') limit 1")
                .bind("newsletter", newsletterId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public void forget(Tx tx, String subscriberId, Instant now) {
        handle(tx)
                .createUpdate("update newsletter_send set state = 'SKIPPED', next_at = null, reason = :reason,"
                        + " changed_at = :now where subscriber_id = :subscriber and state = 'WAITING'")
                .bind("subscriber", subscriberId)
                .bind("reason", Json.write(Message.of("newsletter.skipped.gone")))
                .bind("now", Micros.of(now))
                .execute();
        handle(tx)
                .createUpdate("update newsletter_send set subscriber_id = 'gone-' || id where subscriber_id ="
                        + " :subscriber")
                .bind("subscriber", subscriberId)
                .execute();
        // Where rows are still being made, the place is kept by the one before: between the two nobody is left, and who
        // comes is after both.
        handle(tx)
                .createUpdate("update newsletter set checkpoint = coalesce((select max(s.id) from subscriber s where"
                        + " s.branch = newsletter.branch and s.id < :subscriber), '') where prepared = 0 and"
                        + " checkpoint = :subscriber and state <> 'STOPPED'")
                .bind("subscriber", subscriberId)
                .execute();
        // Newsletters of before kept who was the last of theirs.
        handle(tx)
                .createUpdate("update newsletter set checkpoint = '' where checkpoint = :subscriber and (prepared = 1"
                        + " or state = 'STOPPED')")
                .bind("subscriber", subscriberId)
                .execute();
    }

    @Override
    public @Nullable Message lastReason(Tx tx, String newsletterId, State state) {
        return handle(tx)
                .createQuery("select reason from newsletter_send where newsletter_id = :newsletter and state = :state"
                        + " and reason is not null order by changed_at desc limit 1")
                .bind("newsletter", newsletterId)
                .bind("state", state.name())
                .mapTo(String.class)
                .findOne()
                .map(Json::message)
                .orElse(null);
    }

    @Override
    public void strike(Tx tx, String id, @Nullable Strike strike) {
        handle(tx)
                .createUpdate("update newsletter_send set strike = :strike where id = :id")
                .bind("strike", strike == null ? null : strike.name())
                .bind("id", id)
                .execute();
    }

    @Override
    public List<NewsletterSend> struck(Tx tx, Strike strike) {
        return handle(tx)
                .createQuery("select * from newsletter_send where strike is not null and strike = :strike order by id")
                .bind("strike", strike.name())
                .map((row, context) -> send(row))
                .list();
    }

    private static NewsletterSend send(ResultSet row) throws SQLException {
        return new NewsletterSend(
                row.getString("id"),
                row.getString("newsletter_id"),
                row.getString("subscriber_id"),
                Reach.valueOf(row.getString("reach")),
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Micros.getNullable(row, "first_at"),
                Micros.getNullable(row, "next_at"),
                Json.message(row.getString("reason")),
                Micros.get(row, "changed_at"));
    }
}
