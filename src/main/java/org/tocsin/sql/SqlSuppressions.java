package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.LeaveLog;
import org.tocsin.subscriber.Suppressions;

/** Addresses that are written to no more, in SQL, by keyed hash. */
public final class SqlSuppressions implements Suppressions {
    private final SecretBox box;

    /** @param box has the key of the hash */
    public SqlSuppressions(SecretBox box) {
        this.box = box;
    }

    @Override
    public String key(String address) {
        return box.hash(address);
    }

    @Override
    public void add(Tx tx, BranchId branch, String address, Reason reason, Instant now) {
        addKey(tx, branch, key(address), reason, now);
    }

    @Override
    public void addKey(Tx tx, BranchId branch, String key, Reason reason, Instant since) {
        // Only a leaving gives way: whoever has complained or was erased has not merely left.
        handle(tx)
                .createUpdate("insert into suppression (branch, address_key, reason, since) values (:branch, :key,"
                        + " :reason, :since) on conflict (branch, address_key) do update set reason ="
                        + " excluded.reason, since = excluded.since where suppression.reason = 'LEFT'")
                .bind("branch", branch.value())
                .bind("key", key)
                .bind("reason", reason.name())
                .bind("since", Micros.of(since))
                .execute();
    }

    @Override
    public Optional<Entry> find(Tx tx, BranchId branch, String address) {
        return handle(tx)
                .createQuery("select * from suppression where branch = :branch and address_key = :key")
                .bind("branch", branch.value())
                .bind("key", key(address))
                .map((row, context) -> new Entry(
                        row.getString("address_key"),
                        Reason.valueOf(row.getString("reason")),
                        Micros.get(row, "since")))
                .findOne();
    }

    @Override
    public boolean remove(Tx tx, BranchId branch, String address) {
        return handle(tx)
                        .createUpdate("delete from suppression where branch = :branch and address_key = :key")
                        .bind("branch", branch.value())
                        .bind("key", key(address))
                        .execute()
                == 1;
    }

    @Override
    public List<LeaveLog.Line> all(Tx tx) {
        return handle(tx)
                .createQuery("select * from suppression order by since")
                .map((row, context) -> new LeaveLog.Line(
                        LeaveLog.What.valueOf(row.getString("reason")),
                        new BranchId(row.getString("branch")),
                        row.getString("address_key"),
                        Micros.get(row, "since")))
                .list();
    }

    @Override
    public boolean any(Tx tx, BranchId branch, Reason reason) {
        return handle(tx)
                .createQuery("select exists(select 1 from suppression where branch = :branch and reason = :reason)")
                .bind("branch", branch.value())
                .bind("reason", reason.name())
                .mapTo(Boolean.class)
                .one();
    }
}
