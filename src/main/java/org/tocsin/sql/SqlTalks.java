package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.dialogue.Talk;
import org.tocsin.subscriber.dialogue.TalkRepository;

/** Talks in SQL. */
public final class SqlTalks implements TalkRepository {
    private final SecretBox box;

    /** @param box seals what was said, and has the key of the hash */
    public SqlTalks(SecretBox box) {
        this.box = box;
    }

    private String key(long telegramId) {
        return box.hash("telegram:" + telegramId);
    }

    @Override
    public Optional<Talk> find(Tx tx, BranchId branch, long telegramId, Instant since) {
        String key = key(telegramId);
        return handle(tx)
                .createQuery(
                        "select sealed from bot_talk where branch = :branch and account_key = :key and at > :since")
                .bind("branch", branch.value())
                .bind("key", key)
                .bind("since", Micros.of(since))
                .mapTo(String.class)
                .findOne()
                .map(kept -> Json.read(box.open("bot_talk.sealed." + key, kept), Talk.class));
    }

    @Override
    public void save(Tx tx, BranchId branch, long telegramId, Talk talk, Instant now) {
        String key = key(telegramId);
        handle(tx)
                .createUpdate("insert into bot_talk (branch, account_key, sealed, at) values (:branch, :key, :sealed,"
                        + " :at) on conflict (branch, account_key) do update set sealed = excluded.sealed, at ="
                        + " excluded.at")
                .bind("branch", branch.value())
                .bind("key", key)
                .bind("sealed", box.seal("bot_talk.sealed." + key, Json.write(talk)))
                .bind("at", Micros.of(now))
                .execute();
    }

    @Override
    public void forget(Tx tx, BranchId branch, long telegramId) {
        handle(tx)
                .execute("delete from bot_talk where branch = ? and account_key = ?", branch.value(), key(telegramId));
    }

    @Override
    public void sweep(Tx tx, Instant before) {
        handle(tx).execute("delete from bot_talk where at < ?", Micros.of(before));
    }
}
