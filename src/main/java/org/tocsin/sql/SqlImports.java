package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.publishing.ImportRepository;

/** What was brought in, in SQL. A row that stood twice in its table was once counted by {@code nth}; now there is one of each. */
public final class SqlImports implements ImportRepository {
    @Override
    public Optional<String> find(Tx tx, BranchId branch, String hash) {
        return handle(tx)
                .createQuery("select post.id from imported join post on post.id = imported.post_id"
                        + " where imported.branch = :branch and hash = :hash and nth = 0 and deleted_at is null")
                .bind("branch", branch.value())
                .bind("hash", hash)
                .mapTo(String.class)
                .findOne();
    }

    @Override
    public int forget(Tx tx, Instant before, int max) {
        return handle(tx)
                .createUpdate("delete from imported where (branch, hash, nth) in"
                        + " (select branch, hash, nth from imported"
                        + " where not exists (select 1 from post where post.id = imported.post_id"
                        + " and post.created_at >= :before)"
                        + " and not exists (select 1 from delivery where delivery.post_id = imported.post_id"
                        + " and delivery.due_at >= :before) limit :max)")
                .bind("before", Micros.of(before))
                .bind("max", max)
                .execute();
    }

    @Override
    public void save(Tx tx, BranchId branch, String hash, String postId) {
        handle(tx)
                .createUpdate("insert into imported (branch, hash, nth, post_id) values (:branch, :hash, 0, :post)"
                        + " on conflict (branch, hash, nth) do update set post_id = excluded.post_id")
                .bind("branch", branch.value())
                .bind("hash", hash)
                .bind("post", postId)
                .execute();
    }
}
