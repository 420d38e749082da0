package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.util.Optional;
import org.tocsin.base.Tx;
import org.tocsin.network.InboxRepository;

/** Inboxes in SQL. */
public final class SqlInboxes implements InboxRepository {
    @Override
    public Optional<Taken> find(Tx tx, String inbox) {
        return handle(tx)
                .createQuery("select * from inbox where id = :id")
                .bind("id", inbox)
                .map((row, context) -> new Taken(row.getLong("next_number"), Micros.get(row, "taken_at")))
                .findOne();
    }

    @Override
    public void save(Tx tx, String inbox, Taken taken) {
        handle(tx)
                .createUpdate("insert into inbox (id, next_number, taken_at) values (:id, :next, :at)"
                        + " on conflict (id) do update set next_number = :next, taken_at = :at")
                .bind("id", inbox)
                .bind("next", taken.next())
                .bind("at", Micros.of(taken.at()))
                .execute();
    }
}
