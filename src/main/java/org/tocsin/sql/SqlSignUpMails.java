package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.SignUpMail;
import org.tocsin.subscriber.SignUpMail.Contents;
import org.tocsin.subscriber.SignUpMail.Kind;
import org.tocsin.subscriber.SignUpMail.State;
import org.tocsin.subscriber.SignUpMailRepository;

/** Mails about sign-ups in SQL; where they go, and their token, is sealed. */
public final class SqlSignUpMails implements SignUpMailRepository {
    private final SecretBox box;

    /** @param box seals address and token */
    public SqlSignUpMails(SecretBox box) {
        this.box = box;
    }

    private static String place(String id) {
        return "sign_up_mail.sealed." + id;
    }

    private String sealed(String id, Contents contents) {
        return contents.equals(Contents.NONE) ? "" : box.seal(place(id), Json.write(contents));
    }

    @Override
    public void insert(Tx tx, SignUpMail mail) {
        handle(tx)
                .createUpdate("insert into sign_up_mail (id, branch, subscriber_id, kind, language, token_hash, sealed,"
                        + " state, attempts, next_at, expires_at, created_at) values (:id, :branch, :subscriber,"
                        + " :kind, :language, :token, :sealed, :state, :attempts, :next, :expires, :created)")
                .bind("id", mail.id())
                .bind("branch", mail.branch().value())
                .bind("subscriber", mail.subscriberId())
                .bind("kind", mail.kind().name())
                .bind("language", mail.language())
                .bind("token", mail.tokenHash())
                .bind("sealed", sealed(mail.id(), mail.sealed()))
                .bind("state", mail.state().name())
                .bind("attempts", mail.attempts())
                .bind("next", Micros.ofNullable(mail.nextAt()))
                .bind("expires", Micros.of(mail.expiresAt()))
                .bind("created", Micros.of(mail.createdAt()))
                .execute();
    }

    @Override
    public Optional<SignUpMail> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from sign_up_mail where id = :id")
                .bind("id", id)
                .map((row, context) -> mail(row))
                .findOne();
    }

    @Override
    public Optional<SignUpMail> byToken(Tx tx, String tokenHash) {
        return handle(tx)
                .createQuery("select * from sign_up_mail where token_hash = :token")
                .bind("token", tokenHash)
                .map((row, context) -> mail(row))
                .findOne();
    }

    @Override
    public Optional<String> awaited(Tx tx, String subscriberId) {
        return handle(tx)
                .createQuery("select * from sign_up_mail where subscriber_id = :subscriber and kind = 'CORRECT' and"
                        + " used_at is null and sealed <> '' order by created_at desc limit 1")
                .bind("subscriber", subscriberId)
                .map((row, context) -> mail(row))
                .findOne()
                .map(mail -> mail.sealed().address());
    }

    @Override
    public List<SignUpMail> due(Tx tx, Instant now, int max) {
        return handle(tx)
                .createQuery("select * from sign_up_mail where state = 'WAITING' and next_at <= :now order by kind ="
                        + " 'STILL', next_at, id limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max)
                .map((row, context) -> mail(row))
                .list();
    }

    @Override
    public Optional<Instant> nextAt(Tx tx) {
        return handle(tx)
                .createQuery("select next_at from sign_up_mail where state = 'WAITING' order by next_at limit 1")
                .mapTo(Long.class)
                .findOne()
                .map(Micros::instant);
    }

    @Override
    public void attempted(
            Tx tx, String id, State state, int attempts, @Nullable Instant nextAt, @Nullable Message failure) {
        Optional<SignUpMail> before = find(tx, id);
        if (before.isEmpty()) {
            return;
        }
        SignUpMail mail = before.get();
        // A new address is known by its mail alone until it is confirmed; of others the row needs nothing more.
        Contents kept = nextAt != null
                ? mail.sealed()
                : mail.kind() == Kind.CORRECT && state == State.SENT
                        ? new Contents(mail.sealed().address(), null)
                        : Contents.NONE;
        handle(tx)
                .createUpdate("update sign_up_mail set state = :state, attempts = :attempts, next_at = :next, failure ="
                        + " :failure, sealed = :sealed where id = :id and state <> 'VOID'")
                .bind("state", state.name())
                .bind("attempts", attempts)
                .bind("next", Micros.ofNullable(nextAt))
                .bind("failure", Json.writeOrNull(failure))
                .bind("sealed", sealed(id, kept))
                .bind("id", id)
                .execute();
    }

    @Override
    public void extend(Tx tx, String id, Instant expiresAt) {
        handle(tx).execute("update sign_up_mail set expires_at = ? where id = ?", Micros.of(expiresAt), id);
    }

    @Override
    public boolean use(Tx tx, String id, Instant now) {
        return handle(tx)
                        .createUpdate("update sign_up_mail set used_at = :now where id = :id and used_at is null")
                        .bind("now", Micros.of(now))
                        .bind("id", id)
                        .execute()
                == 1;
    }

    @Override
    public void revoke(Tx tx, String subscriberId, Kind kind) {
        handle(tx)
                .createUpdate("update sign_up_mail set state = 'VOID', next_at = null, sealed = '' where"
                        + " subscriber_id = :subscriber and kind = :kind and used_at is null")
                .bind("subscriber", subscriberId)
                .bind("kind", kind.name())
                .execute();
    }

    @Override
    public void hold(Tx tx) {
        handle(tx)
                .execute("update sign_up_mail set state = 'VOID', next_at = null, sealed = '' where state = 'WAITING'");
    }

    @Override
    public void delete(Tx tx, String subscriberId) {
        handle(tx).execute("delete from sign_up_mail where subscriber_id = ?", subscriberId);
    }

    @Override
    public int empty(Tx tx, Instant before, int max) {
        return handle(tx)
                .createUpdate("update sign_up_mail set sealed = '', next_at = null, state = case state when 'WAITING'"
                        + " then 'VOID' else state end where id in (select id from sign_up_mail where created_at <"
                        + " :before and sealed <> '' and not (kind = 'STILL' and state = 'WAITING') limit :max)")
                .bind("before", Micros.of(before))
                .bind("max", max)
                .execute();
    }

    @Override
    public int sweep(Tx tx, Instant before, int max) {
        return handle(tx)
                .createUpdate("delete from sign_up_mail where id in (select id from sign_up_mail where expires_at <"
                        + " :before order by expires_at limit :max)")
                .bind("before", Micros.of(before))
                .bind("max", max)
                .execute();
    }

    private SignUpMail mail(ResultSet row) throws SQLException {
        String id = row.getString("id");
        String sealed = row.getString("sealed");
        return new SignUpMail(
                id,
                new BranchId(row.getString("branch")),
                row.getString("subscriber_id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("language"),
                row.getString("token_hash"),
                sealed.isEmpty() ? Contents.NONE : Json.read(box.open(place(id), sealed), Contents.class),
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Micros.getNullable(row, "next_at"),
                Micros.get(row, "expires_at"),
                Micros.getNullable(row, "used_at"),
                Micros.get(row, "created_at"));
    }
}
