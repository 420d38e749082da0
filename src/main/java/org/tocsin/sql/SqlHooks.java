package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.base.Tx;
import org.tocsin.mention.HookRepository;

/** Inbound webhooks in SQL. */
public final class SqlHooks implements HookRepository {
    @Override
    public void put(Tx tx, String sourceId, String tokenHash, Instant now) {
        handle(tx)
                .createUpdate(
                        "insert into source_hook (source_id, token_hash, created_at) values (:source, :hash, :now)"
                                + " on conflict (source_id) do update set token_hash = :hash, created_at = :now")
                .bind("source", sourceId)
                .bind("hash", tokenHash)
                .bind("now", Micros.of(now))
                .execute();
    }

    @Override
    public Optional<String> source(Tx tx, String tokenHash) {
        return handle(tx)
                .createQuery("select source_id from source_hook where token_hash = :hash")
                .bind("hash", tokenHash)
                .mapTo(String.class)
                .findOne();
    }
}
