package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.people.Role;
import org.tocsin.people.User;
import org.tocsin.people.UserRepository;

/** People in SQL; the keys of their second factors are sealed. */
public final class SqlUsers implements UserRepository {
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private final SecretBox box;

    public SqlUsers(SecretBox box) {
        this.box = box;
    }

    @Override
    public boolean insert(Tx tx, User user) {
        return bound(
                                handle(tx)
                                        .createUpdate(
                                                "insert into app_user (id, branch, login, name, role, password, totp_key, totp_step,"
                                                        + " recovery, language, created_at, disabled_at, version) values (:id, :branch,"
                                                        + " :login, :name, :role, :password, :totpKey, :totpStep, :recovery, :language,"
                                                        + " :createdAt, :disabledAt, :version) on conflict do nothing"),
                                user)
                        .bind("branch", user.branch().value())
                        .bind("login", user.login())
                        .bind("createdAt", Micros.of(user.createdAt()))
                        .execute()
                == 1;
    }

    @Override
    public Optional<User> byId(Tx tx, String id) {
        return one(tx, "id", id);
    }

    @Override
    public Optional<User> byLogin(Tx tx, String login) {
        return one(tx, "login", login);
    }

    private Optional<User> one(Tx tx, String column, String value) {
        return handle(tx)
                .createQuery("select * from app_user where " + column + " = :value")
                .bind("value", value)
                .map((row, context) -> user(row))
                .findOne();
    }

    @Override
    public List<User> all(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from app_user where branch = :branch order by name, id")
                .bind("branch", branch.value())
                .map((row, context) -> user(row))
                .list();
    }

    @Override
    public boolean update(Tx tx, User user) {
        return bound(
                                handle(tx)
                                        .createUpdate(
                                                "update app_user set name = :name, role = :role, password = :password,"
                                                        + " totp_key = :totpKey, totp_step = :totpStep, recovery = :recovery,"
                                                        + " language = :language, disabled_at = :disabledAt, version = version + 1"
                                                        + " where id = :id and version = :version"),
                                user)
                        .execute()
                == 1;
    }

    private Update bound(Update update, User user) {
        @Nullable Secret key = user.totp().key();
        return update.bind("id", user.id())
                .bind("name", user.name())
                .bind("role", user.role().name())
                .bind("password", user.password())
                .bind("totpKey", key == null ? null : box.seal(place(user.id()), key.reveal()))
                .bind("totpStep", user.totp().lastStep())
                .bind("recovery", Json.write(user.totp().recovery()))
                .bind("language", user.language())
                .bind("disabledAt", user.disabledAt() == null ? null : Micros.of(user.disabledAt()))
                .bind("version", user.version());
    }

    private User user(ResultSet row) throws SQLException {
        String id = row.getString("id");
        String sealed = row.getString("totp_key");
        return new User(
                id,
                new BranchId(row.getString("branch")),
                row.getString("login"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getString("password"),
                new User.SecondFactor(
                        sealed == null ? null : Secret.of(box.open(place(id), sealed)),
                        row.getLong("totp_step"),
                        Json.read(row.getString("recovery"), TEXTS)),
                row.getString("language"),
                Micros.get(row, "created_at"),
                Micros.getNullable(row, "disabled_at"),
                row.getLong("version"));
    }

    private static String place(String id) {
        return "app_user/totp_key/" + id;
    }
}
