package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Duration;
import java.util.List;
import org.tocsin.base.Tx;
import org.tocsin.recipient.Rhythm;
import org.tocsin.watch.keeping.Ringing;
import org.tocsin.watch.keeping.RingingRepository;

/** How watches ring, in SQL. */
public final class SqlRingings implements RingingRepository {
    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

    @Override
    public Ringing of(Tx tx, String watchId) {
        return handle(tx)
                .createQuery("select * from watch_ringing where watch_id = :id")
                .bind("id", watchId)
                .map((row, context) -> new Ringing(
                        Json.read(row.getString("recipients"), STRINGS),
                        new Rhythm(Rhythm.Mode.valueOf(row.getString("mode")), row.getInt("at_count")),
                        row.getInt("urgent") != 0,
                        Duration.ofSeconds(row.getLong("escalate_after")),
                        row.getInt("muted") != 0,
                        Micros.getNullable(row, "snoozed_until")))
                .findOne()
                .orElse(Ringing.TEAM);
    }

    @Override
    public void put(Tx tx, String watchId, Ringing ringing) {
        remove(tx, watchId);
        handle(tx)
                .createUpdate("insert into watch_ringing (watch_id, recipients, mode, at_count, urgent, escalate_after,"
                        + " muted, snoozed_until) values (:id, :recipients, :mode, :count, :urgent, :escalate, :muted,"
                        + " :snoozed)")
                .bind("id", watchId)
                .bind("recipients", Json.write(ringing.recipients()))
                .bind("mode", ringing.rhythm().mode().name())
                .bind("count", ringing.rhythm().count())
                .bind("urgent", ringing.urgent() ? 1 : 0)
                .bind("escalate", ringing.escalateAfter().toSeconds())
                .bind("muted", ringing.muted() ? 1 : 0)
                .bind("snoozed", Micros.ofNullable(ringing.snoozedUntil()))
                .execute();
    }

    @Override
    public void remove(Tx tx, String watchId) {
        handle(tx).execute("delete from watch_ringing where watch_id = ?", watchId);
    }
}
