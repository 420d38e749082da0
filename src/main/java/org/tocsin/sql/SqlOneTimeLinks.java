package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.people.OneTimeLink;
import org.tocsin.people.OneTimeLinkRepository;

/** One-time links in SQL. */
public final class SqlOneTimeLinks implements OneTimeLinkRepository {
    @Override
    public void insert(Tx tx, OneTimeLink link) {
        handle(tx)
                .createUpdate("insert into one_time_link (hash, purpose, branch, user_id, created_at, expires_at)"
                        + " values (:hash, :purpose, :branch, :userId, :createdAt, :expiresAt)")
                .bind("hash", link.hash())
                .bind("purpose", link.purpose().name())
                .bind("branch", link.branch().value())
                .bind("userId", link.userId())
                .bind("createdAt", Micros.of(link.createdAt()))
                .bind("expiresAt", Micros.of(link.expiresAt()))
                .execute();
    }

    @Override
    public Optional<OneTimeLink> byHash(Tx tx, String hash) {
        return handle(tx)
                .createQuery("select * from one_time_link where hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> new OneTimeLink(
                        row.getString("hash"),
                        OneTimeLink.Purpose.valueOf(row.getString("purpose")),
                        new BranchId(row.getString("branch")),
                        row.getString("user_id"),
                        Micros.get(row, "created_at"),
                        Micros.get(row, "expires_at")))
                .findOne();
    }

    @Override
    public boolean use(Tx tx, String hash) {
        return handle(tx)
                        .createUpdate("delete from one_time_link where hash = :hash")
                        .bind("hash", hash)
                        .execute()
                == 1;
    }

    @Override
    public void revoke(Tx tx, OneTimeLink.Purpose purpose, @Nullable String userId) {
        handle(tx)
                .createUpdate("delete from one_time_link where purpose = :purpose and coalesce(user_id, '') = :userId")
                .bind("purpose", purpose.name())
                .bind("userId", userId == null ? "" : userId)
                .execute();
    }

    @Override
    public int sweep(Tx tx, Instant expiredBefore) {
        return handle(tx)
                .createUpdate("delete from one_time_link where expires_at < :before")
                .bind("before", Micros.of(expiredBefore))
                .execute();
    }
}
