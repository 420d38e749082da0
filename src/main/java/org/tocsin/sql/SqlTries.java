package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Instant;
import org.tocsin.base.Ids;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.Tries;

/** Tries in SQL. */
public final class SqlTries implements Tries {
    private final Ids ids;

    public SqlTries(Ids ids) {
        this.ids = ids;
    }

    @Override
    public int since(Tx tx, String who, Instant since) {
        return handle(tx)
                .createQuery("select count(*) from sign_up_try where who = :who and at > :since")
                .bind("who", who)
                .bind("since", Micros.of(since))
                .mapTo(Integer.class)
                .one();
    }

    @Override
    public long all(Tx tx, Instant since) {
        return handle(tx)
                .createQuery("select count(*) from sign_up_try where at > :since")
                .bind("since", Micros.of(since))
                .mapTo(Long.class)
                .one();
    }

    @Override
    public void add(Tx tx, String who, Instant at) {
        handle(tx)
                .createUpdate("insert into sign_up_try (id, who, at) values (:id, :who, :at)")
                .bind("id", ids.next())
                .bind("who", who)
                .bind("at", Micros.of(at))
                .execute();
    }

    @Override
    public void giveBack(Tx tx, String who, Instant from, Instant to) {
        handle(tx)
                .createUpdate("delete from sign_up_try where id = (select id from sign_up_try where who = :who and at"
                        + " between :from and :to order by at desc limit 1)")
                .bind("who", who)
                .bind("from", Micros.of(from))
                .bind("to", Micros.of(to))
                .execute();
    }

    @Override
    public void sweep(Tx tx, Instant before) {
        handle(tx)
                .createUpdate("delete from sign_up_try where at < :before")
                .bind("before", Micros.of(before))
                .execute();
    }
}
