package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Tx;
import org.tocsin.people.WebSession;
import org.tocsin.people.WebSessionRepository;

/** Web sessions in SQL. */
public final class SqlWebSessions implements WebSessionRepository {
    @Override
    public void insert(Tx tx, WebSession session) {
        handle(tx)
                .createUpdate("insert into web_session (hash, user_id, complete, created_at, seen_at, about)"
                        + " values (:hash, :userId, :complete, :createdAt, :seenAt, :about)")
                .bind("hash", session.hash())
                .bind("userId", session.userId())
                .bind("complete", session.complete() ? 1 : 0)
                .bind("createdAt", Micros.of(session.createdAt()))
                .bind("seenAt", Micros.of(session.seenAt()))
                .bind("about", session.about())
                .execute();
    }

    @Override
    public Optional<WebSession> byHash(Tx tx, String hash) {
        return handle(tx)
                .createQuery("select * from web_session where hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> session(row))
                .findOne();
    }

    @Override
    public List<WebSession> ofUser(Tx tx, String userId) {
        return handle(tx)
                .createQuery("select * from web_session where user_id = :userId order by created_at desc, hash")
                .bind("userId", userId)
                .map((row, context) -> session(row))
                .list();
    }

    @Override
    public void seen(Tx tx, String hash, Instant at) {
        handle(tx)
                .createUpdate("update web_session set seen_at = :at where hash = :hash")
                .bind("at", Micros.of(at))
                .bind("hash", hash)
                .execute();
    }

    @Override
    public boolean delete(Tx tx, String hash) {
        return handle(tx)
                        .createUpdate("delete from web_session where hash = :hash")
                        .bind("hash", hash)
                        .execute()
                == 1;
    }

    @Override
    public int deleteOfUser(Tx tx, String userId, String except) {
        return handle(tx)
                .createUpdate("delete from web_session where user_id = :userId and hash <> :except")
                .bind("userId", userId)
                .bind("except", except)
                .execute();
    }

    @Override
    public int sweep(Tx tx, Instant createdBefore, Instant seenBefore) {
        return handle(tx)
                .createUpdate("delete from web_session where created_at < :created or seen_at < :seen")
                .bind("created", Micros.of(createdBefore))
                .bind("seen", Micros.of(seenBefore))
                .execute();
    }

    private static WebSession session(ResultSet row) throws SQLException {
        return new WebSession(
                row.getString("hash"),
                row.getString("user_id"),
                row.getInt("complete") == 1,
                Micros.get(row, "created_at"),
                Micros.get(row, "seen_at"),
                row.getString("about"));
    }
}
