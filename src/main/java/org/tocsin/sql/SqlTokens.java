package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.people.ApiToken;
import org.tocsin.people.Scope;
import org.tocsin.people.TokenRepository;

/** API tokens in SQL. */
public final class SqlTokens implements TokenRepository {
    private static final TypeReference<Set<Scope>> SCOPES = new TypeReference<>() {};

    @Override
    public void insert(Tx tx, ApiToken token) {
        handle(tx)
                .createUpdate("insert into api_token (id, branch, name, hash, scopes, created_at, created_by,"
                        + " expires_at)"
                        + " values (:id, :branch, :name, :hash, :scopes, :createdAt, :createdBy, :expiresAt)")
                .bind("id", token.id())
                .bind("branch", token.branch().value())
                .bind("name", token.name())
                .bind("hash", token.hash())
                .bind("scopes", Json.write(token.scopes()))
                .bind("createdAt", Micros.of(token.createdAt()))
                .bind("createdBy", token.createdBy())
                .bind("expiresAt", token.expiresAt() == null ? null : Micros.of(token.expiresAt()))
                .execute();
    }

    @Override
    public Optional<ApiToken> byHash(Tx tx, String hash) {
        return handle(tx)
                .createQuery("select * from api_token where hash = :hash and revoked_at is null")
                .bind("hash", hash)
                .map((row, context) -> token(row))
                .findOne();
    }

    @Override
    public List<ApiToken> ending(Tx tx, Instant before) {
        return handle(tx)
                .createQuery("select * from api_token where expires_at < :before order by expires_at")
                .bind("before", Micros.of(before))
                .map((row, context) -> token(row))
                .list();
    }

    @Override
    public void used(Tx tx, String id, Instant at) {
        handle(tx)
                .createUpdate("update api_token set used_at = :at where id = :id")
                .bind("at", Micros.of(at))
                .bind("id", id)
                .execute();
    }

    @Override
    public List<ApiToken> all(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from api_token where branch = :branch order by id")
                .bind("branch", branch.value())
                .map((row, context) -> token(row))
                .list();
    }

    @Override
    public boolean revoke(Tx tx, BranchId branch, String id, Instant at) {
        return handle(tx)
                        .createUpdate("update api_token set revoked_at = :at where id = :id and branch = :branch"
                                + " and revoked_at is null")
                        .bind("at", Micros.of(at))
                        .bind("id", id)
                        .bind("branch", branch.value())
                        .execute()
                == 1;
    }

    private static ApiToken token(ResultSet row) throws SQLException {
        return new ApiToken(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("name"),
                row.getString("hash"),
                Json.read(row.getString("scopes"), SCOPES),
                Micros.get(row, "created_at"),
                row.getString("created_by"),
                Micros.getNullable(row, "expires_at"),
                Micros.getNullable(row, "used_at"),
                Micros.getNullable(row, "revoked_at"));
    }
}
