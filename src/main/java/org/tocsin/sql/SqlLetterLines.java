package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.tocsin.base.Tx;
import org.tocsin.newsletter.LetterLine;
import org.tocsin.newsletter.LineRepository;

/** The lines of letters, and their days, in SQL. */
public final class SqlLetterLines implements LineRepository {
    @Override
    public LetterLine line(Tx tx, String name) {
        return handle(tx)
                .createQuery("select * from letter_line where name = :name")
                .bind("name", name)
                .map((row, context) -> line(row))
                .findOne()
                .orElseGet(() -> new LetterLine(name, Instant.EPOCH, 0, 0, null));
    }

    @Override
    public void save(Tx tx, LetterLine line) {
        handle(tx)
                .createUpdate("insert into letter_line (name, next_at, failures, refusals, reason) values (:name,"
                        + " :next, :failures, :refusals, :reason) on conflict (name) do update set next_at = :next,"
                        + " failures = :failures, refusals = :refusals, reason = :reason")
                .bind("name", line.name())
                .bind("next", Micros.of(line.nextAt()))
                .bind("failures", line.failures())
                .bind("refusals", line.refusals())
                .bind("reason", Json.writeOrNull(line.reason()))
                .execute();
    }

    @Override
    public boolean take(Tx tx, LocalDate day, int limit) {
        handle(tx).execute("delete from letter_day where day < ?", day.toString());
        handle(tx)
                .createUpdate("insert into letter_day (day, sent) values (:day, 0) on conflict (day) do nothing")
                .bind("day", day.toString())
                .execute();
        return handle(tx)
                        .createUpdate("update letter_day set sent = sent + 1 where day = :day and sent < :limit")
                        .bind("day", day.toString())
                        .bind("limit", limit)
                        .execute()
                == 1;
    }

    private static LetterLine line(ResultSet row) throws SQLException {
        return new LetterLine(
                row.getString("name"),
                Micros.get(row, "next_at"),
                row.getInt("failures"),
                row.getInt("refusals"),
                Json.message(row.getString("reason")));
    }
}
