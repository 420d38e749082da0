package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.base.Tx;
import org.tocsin.publishing.RequestKeys;

/** Idempotency keys of our own API in SQL. */
public final class SqlRequestKeys implements RequestKeys {
    @Override
    public Optional<Stored> find(Tx tx, String owner, String key) {
        return handle(tx)
                .createQuery("select * from request_key where owner = :owner and key = :key")
                .bind("owner", owner)
                .bind("key", key)
                .map((row, context) -> new Stored(
                        row.getString("request"),
                        row.getString("body_hash"),
                        row.getInt("status"),
                        row.getString("response")))
                .findOne();
    }

    @Override
    public void store(Tx tx, String owner, String key, Stored stored, Instant now) {
        handle(tx)
                .createUpdate("insert into request_key (owner, request, key, body_hash, status, response, created_at)"
                        + " values (:owner, :request, :key, :hash, :status, :response, :now)")
                .bind("owner", owner)
                .bind("request", stored.request())
                .bind("key", key)
                .bind("hash", stored.bodyHash())
                .bind("status", stored.status())
                .bind("response", stored.response())
                .bind("now", Micros.of(now))
                .execute();
    }

    @Override
    public int forget(Tx tx, Instant before, int max) {
        return handle(tx)
                .createUpdate("delete from request_key where (owner, key) in"
                        + " (select owner, key from request_key where created_at < :before limit :max)")
                .bind("before", Micros.of(before))
                .bind("max", max)
                .execute();
    }
}
