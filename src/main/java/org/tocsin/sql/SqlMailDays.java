package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.LocalDate;
import org.tocsin.alert.MailDayRepository;
import org.tocsin.base.Tx;

/** Days of mail in SQL. */
public final class SqlMailDays implements MailDayRepository {
    @Override
    public boolean take(Tx tx, LocalDate day, int limit) {
        handle(tx).execute("delete from mail_day where day < ?", day.toString());
        handle(tx)
                .createUpdate("insert into mail_day (day, sent) values (:day, 0) on conflict (day) do nothing")
                .bind("day", day.toString())
                .execute();
        return handle(tx)
                        .createUpdate("update mail_day set sent = sent + 1 where day = :day and sent < :limit")
                        .bind("day", day.toString())
                        .bind("limit", limit)
                        .execute()
                == 1;
    }

    @Override
    public void giveBack(Tx tx, LocalDate day) {
        handle(tx)
                .createUpdate("update mail_day set sent = sent - 1 where day = :day and sent > 0")
                .bind("day", day.toString())
                .execute();
    }
}
