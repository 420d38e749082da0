package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.dialogue.BotReply;
import org.tocsin.subscriber.dialogue.BotReplyRepository;

/** Calls to the Bot API that wait, in SQL. */
public final class SqlBotReplies implements BotReplyRepository {
    private final SecretBox box;

    /** @param box seals what is said */
    public SqlBotReplies(SecretBox box) {
        this.box = box;
    }

    private record Sealed(
            long chatId,
            String method,
            String body,
            @Nullable String file,
            @Nullable String asks) {}

    private static String place(String id) {
        return "bot_reply.sealed." + id;
    }

    @Override
    public void insert(Tx tx, BotReply reply) {
        handle(tx)
                .createUpdate("insert into bot_reply (id, branch, chat_key, sealed, begun, attempts, next_at) values"
                        + " (:id, :branch, :chat, :sealed, 0, :attempts, :next)")
                .bind("id", reply.id())
                .bind("branch", reply.branch().value())
                .bind("chat", box.hash("telegram:" + reply.chatId()))
                .bind(
                        "sealed",
                        box.seal(
                                place(reply.id()),
                                Json.write(new Sealed(
                                        reply.chatId(), reply.method(), reply.body(), reply.file(), reply.asks()))))
                .bind("attempts", reply.attempts())
                .bind("next", Micros.of(reply.nextAt()))
                .execute();
    }

    @Override
    public List<BotReply> due(Tx tx, Instant now, int max) {
        return handle(tx)
                .createQuery("select r.* from bot_reply r where r.begun = 0 and r.next_at <= :now and not exists"
                        + " (select 1 from bot_reply b where b.chat_key = r.chat_key and b.id < r.id) order by r.id"
                        + " limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max)
                .map((row, context) -> reply(row))
                .list();
    }

    @Override
    public Optional<Instant> nextAt(Tx tx) {
        return handle(tx)
                .createQuery("select next_at from bot_reply where begun = 0 order by next_at limit 1")
                .mapTo(Long.class)
                .findOne()
                .map(Micros::instant);
    }

    @Override
    public boolean begin(Tx tx, String id) {
        return handle(tx).execute("update bot_reply set begun = 1 where id = ? and begun = 0", id) == 1;
    }

    @Override
    public void later(Tx tx, String id, int attempts, Instant nextAt) {
        handle(tx)
                .execute(
                        "update bot_reply set begun = 0, attempts = ?, next_at = ? where id = ?",
                        attempts,
                        Micros.of(nextAt),
                        id);
    }

    @Override
    public void delete(Tx tx, String id) {
        handle(tx).execute("delete from bot_reply where id = ?", id);
    }

    @Override
    public void forget(Tx tx, long chatId) {
        handle(tx).execute("delete from bot_reply where chat_key = ?", box.hash("telegram:" + chatId));
    }

    @Override
    public void clearAll(Tx tx) {
        handle(tx).execute("delete from bot_reply");
    }

    @Override
    public void clear(Tx tx) {
        handle(tx).execute("delete from bot_reply where begun = 1");
    }

    private BotReply reply(ResultSet row) throws SQLException {
        String id = row.getString("id");
        Sealed sealed = Json.read(box.open(place(id), row.getString("sealed")), Sealed.class);
        return new BotReply(
                id,
                new BranchId(row.getString("branch")),
                sealed.chatId(),
                sealed.method(),
                sealed.body(),
                sealed.file(),
                sealed.asks(),
                row.getInt("attempts"),
                Micros.get(row, "next_at"));
    }
}
