package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.publishing.ImportRepository;

/** What was brought in, in SQL. */
public final class SqlImports implements ImportRepository {
    @Override
    public Optional<String> find(Tx tx, BranchId branch, String hash, int nth) {
        return handle(tx)
                .createQuery("select post.id from imported join post on post.id = imported.post_id"
                        + " where imported.branch = :branch and hash = :hash and nth = :nth and deleted_at is null")
                .bind("branch", branch.value())
                .bind("hash", hash)
                .bind("nth", nth)
                .mapTo(String.class)
                .findOne();
    }

    @Override
    public void save(Tx tx, BranchId branch, String hash, int nth, String postId) {
        handle(tx)
                .createUpdate("insert into imported (branch, hash, nth, post_id) values (:branch, :hash, :nth, :post)"
                        + " on conflict (branch, hash, nth) do update set post_id = excluded.post_id")
                .bind("branch", branch.value())
                .bind("hash", hash)
                .bind("nth", nth)
                .bind("post", postId)
                .execute();
    }
}
