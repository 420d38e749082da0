package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditRow;
import org.tocsin.people.AuditTrail;

/** The audit trail in SQL: h(n) = SHA-256(h(n-1), row). */
public final class SqlAudit implements AuditTrail {
    private static final String START = "0".repeat(64);

    private final Clock clock;

    public SqlAudit(Clock clock) {
        this.clock = clock;
    }

    private record Row(
            long number,
            long at,
            String branch,
            String actor,
            String action,
            String subject,
            String detail,
            String hash) {
        String chained(String before) {
            // Lengths in front of the values: no two rows have the same bytes.
            StringBuilder text = new StringBuilder(before);
            for (String value :
                    new String[] {String.valueOf(number), String.valueOf(at), branch, actor, action, subject, detail}) {
                text.append('|').append(value.length()).append(':').append(value);
            }
            try {
                byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void add(Tx tx, Actor actor, String action, String subject, String detail) {
        Optional<Row> last = handle(tx)
                .createQuery("select * from audit order by number desc limit 1")
                .map((row, context) -> row(row))
                .findOne();
        long number = last.map(Row::number).orElse(0L) + 1;
        Row row = new Row(
                number, Micros.of(clock.instant()), actor.branch().value(), actor.id(), action, subject, detail, "");
        handle(tx)
                .createUpdate("insert into audit (number, at, branch, actor, action, subject, detail, hash)"
                        + " values (:number, :at, :branch, :actor, :action, :subject, :detail, :hash)")
                .bind("number", row.number())
                .bind("at", row.at())
                .bind("branch", row.branch())
                .bind("actor", row.actor())
                .bind("action", row.action())
                .bind("subject", row.subject())
                .bind("detail", row.detail())
                .bind("hash", row.chained(last.map(Row::hash).orElse(START)))
                .execute();
    }

    @Override
    public List<AuditRow> page(Tx tx, BranchId branch, Filter filter, long before, int max) {
        // Read backwards by the key; what is filtered is rare to look at, and a trail is small beside a log.
        return handle(tx)
                .createQuery("select * from audit where branch = :branch and (:before = 0 or number < :before)"
                        + " and (:actor is null or actor = :actor)"
                        + " and (:kind is null or (action >= :kind || '.' and action < :kind || '/'))"
                        + " and (:from is null or at >= :from) and (:until is null or at < :until)"
                        + " order by number desc limit :max")
                .bind("branch", branch.value())
                .bind("actor", filter.actor())
                .bind("kind", filter.kind())
                .bind("from", filter.from() == null ? null : Micros.of(filter.from()))
                .bind("until", filter.until() == null ? null : Micros.of(filter.until()))
                .bind("before", before)
                .bind("max", max)
                .map((row, context) -> new AuditRow(
                        row.getLong("number"),
                        Micros.get(row, "at"),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("detail")))
                .list();
    }

    @Override
    public long last(Tx tx) {
        return handle(tx)
                .createQuery("select coalesce(max(number), 0) from audit")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public Optional<String> hash(Tx tx, long number) {
        return handle(tx)
                .createQuery("select hash from audit where number = :number")
                .bind("number", number)
                .mapTo(String.class)
                .findOne();
    }

    @Override
    public long firstBroken(Tx tx) {
        String before = START;
        long expected = 1;
        try (var rows = handle(tx)
                .createQuery("select * from audit order by number")
                .map((row, context) -> row(row))
                .iterator()) {
            for (Iterator<Row> it = rows; it.hasNext(); expected++) {
                Row row = it.next();
                if (row.number() != expected || !row.hash().equals(row.chained(before))) {
                    return expected;
                }
                before = row.hash();
            }
        }
        return 0;
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("number"),
                row.getLong("at"),
                row.getString("branch"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("detail"),
                row.getString("hash"));
    }
}
