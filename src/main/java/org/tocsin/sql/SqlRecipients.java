package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Notices;
import org.tocsin.recipient.QuietHours;
import org.tocsin.recipient.Recipient;
import org.tocsin.recipient.RecipientRepository;
import org.tocsin.recipient.Way;
import org.tocsin.recipient.WayKind;

/** Recipients in SQL; the secrets of their ways are sealed. */
public final class SqlRecipients implements RecipientRepository {
    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};
    private static final TypeReference<Set<Notices.Kind>> KINDS = new TypeReference<>() {};

    private final SecretBox box;

    public SqlRecipients(SecretBox box) {
        this.box = box;
    }

    @Override
    public void insert(Tx tx, Recipient recipient) {
        bind(
                        handle(tx)
                                .createUpdate("insert into recipient (id, branch, name, user_id, language, zone,"
                                        + " quiet_from, quiet_to, hourly_budget, notices, next_id, created_at, version)"
                                        + " values (:id, :branch, :name, :user, :language, :zone, :from, :to, :budget,"
                                        + " :notices, :next, :created, :version)"),
                        recipient)
                .bind("created", Micros.of(recipient.createdAt()))
                .execute();
    }

    @Override
    public boolean save(Tx tx, Recipient recipient) {
        return bind(
                                handle(tx)
                                        .createUpdate("update recipient set name = :name, user_id = :user, language ="
                                                + " :language, zone = :zone, quiet_from = :from, quiet_to = :to,"
                                                + " hourly_budget = :budget, notices = :notices, next_id = :next,"
                                                + " version = :version where id = :id and branch = :branch and version"
                                                + " = :seen"),
                                recipient)
                        .bind("seen", recipient.version() - 1)
                        .execute()
                == 1;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Recipient recipient) {
        QuietHours quiet = recipient.quiet();
        return statement
                .bind("id", recipient.id())
                .bind("branch", recipient.branch().value())
                .bind("name", recipient.name())
                .bind("user", recipient.userId())
                .bind("language", recipient.language().toLanguageTag())
                .bind("zone", recipient.zone().getId())
                .bind("from", quiet == null ? null : quiet.from().toString())
                .bind("to", quiet == null ? null : quiet.to().toString())
                .bind("budget", recipient.budget())
                .bind(
                        "notices",
                        Json.write(recipient.notices().stream()
                                .map(Enum::name)
                                .sorted()
                                .collect(Collectors.toList())))
                .bind("next", recipient.nextId())
                .bind("version", recipient.version());
    }

    @Override
    public void remove(Tx tx, String id) {
        // Whoever came before him goes on to who came after him; a circle of two ends.
        handle(tx)
                .createUpdate("update recipient set next_id = (select case when gone.next_id = recipient.id or"
                        + " gone.next_id = gone.id then null else gone.next_id end from recipient gone where gone.id ="
                        + " :id), version = version + 1 where next_id = :id")
                .bind("id", id)
                .execute();
        handle(tx).execute("delete from dispatch where recipient_id = ? and state = 'WAITING'", id);
        handle(tx).execute("delete from telling where recipient_id = ? and state = 'WAITING'", id);
        handle(tx).execute("update alert set escalate_at = null where recipient_id = ?", id);
        handle(tx).execute("delete from telegram_link where recipient_id = ?", id);
        handle(tx).execute("delete from way where recipient_id = ?", id);
        handle(tx).execute("delete from recipient where id = ?", id);
    }

    @Override
    public Optional<Recipient> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from recipient where id = :id")
                .bind("id", id)
                .map((row, context) -> recipient(row))
                .findOne();
    }

    @Override
    public boolean isShutOut(Tx tx, Recipient recipient) {
        return recipient.userId() != null
                && handle(tx)
                        .createQuery("select 1 from app_user where id = :user and disabled_at is not null")
                        .bind("user", recipient.userId())
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent();
    }

    @Override
    public List<Recipient> all(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from recipient where branch = :branch order by name, id")
                .bind("branch", branch.value())
                .map((row, context) -> recipient(row))
                .list();
    }

    @Override
    public void insert(Tx tx, Way way) {
        Map<String, String> clear = new TreeMap<>();
        way.secrets().forEach((name, secret) -> clear.put(name, secret.reveal()));
        handle(tx)
                .createUpdate("insert into way (id, recipient_id, kind, settings, secrets, created_at) values (:id,"
                        + " :recipient, :kind, :settings, :secrets, :created)")
                .bind("id", way.id())
                .bind("recipient", way.recipientId())
                .bind("kind", way.kind().name())
                .bind("settings", Json.write(way.settings()))
                .bind("secrets", box.seal(place(way.id()), Json.write(clear)))
                .bind("created", Micros.of(way.createdAt()))
                .execute();
    }

    @Override
    public void removeWay(Tx tx, String id) {
        handle(tx).execute("delete from dispatch where way_id = ? and state = 'WAITING'", id);
        handle(tx).execute("delete from way where id = ?", id);
    }

    @Override
    public void resettle(Tx tx, String wayId, Map<String, String> settings) {
        handle(tx)
                .createUpdate("update way set settings = :settings where id = :id")
                .bind("settings", Json.write(settings))
                .bind("id", wayId)
                .execute();
    }

    @Override
    public Optional<Way> way(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from way where id = :id")
                .bind("id", id)
                .map((row, context) -> way(row))
                .findOne();
    }

    @Override
    public List<Way> ways(Tx tx, String recipientId) {
        return handle(tx)
                .createQuery("select * from way where recipient_id = :recipient order by id")
                .bind("recipient", recipientId)
                .map((row, context) -> way(row))
                .list();
    }

    @Override
    public boolean chats(Tx tx, Instant now) {
        return handle(tx)
                        .createQuery("select case when exists (select 1 from way where kind = 'TELEGRAM')"
                                + " or exists (select 1 from telegram_link where expires_at > :now) then 1 else 0 end")
                        .bind("now", Micros.of(now))
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    @Override
    public void insertLink(Tx tx, String hash, String recipientId, Instant expiresAt) {
        handle(tx)
                .createUpdate("insert into telegram_link (hash, recipient_id, expires_at) values (:hash, :recipient,"
                        + " :expires)")
                .bind("hash", hash)
                .bind("recipient", recipientId)
                .bind("expires", Micros.of(expiresAt))
                .execute();
    }

    @Override
    public Optional<String> useLink(Tx tx, String hash, Instant now) {
        handle(tx).execute("delete from telegram_link where expires_at <= ?", Micros.of(now));
        Optional<String> recipient = handle(tx)
                .createQuery("select recipient_id from telegram_link where hash = :hash")
                .bind("hash", hash)
                .mapTo(String.class)
                .findOne();
        boolean used = handle(tx).execute("delete from telegram_link where hash = ?", hash) == 1;
        return recipient.filter(id -> used);
    }

    @Override
    public void went(Tx tx, String wayId, Instant at, @Nullable Message failure) {
        handle(tx)
                .createUpdate("update way set failure = :failure, "
                        + (failure == null ? "last_success_at" : "last_failure_at") + " = :at where id = :id")
                .bind("failure", Json.writeOrNull(failure))
                .bind("at", Micros.of(at))
                .bind("id", wayId)
                .execute();
    }

    private static Recipient recipient(ResultSet row) throws SQLException {
        String from = row.getString("quiet_from");
        return new Recipient(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("name"),
                row.getString("user_id"),
                Locale.forLanguageTag(row.getString("language")),
                ZoneId.of(row.getString("zone")),
                from == null ? null : new QuietHours(LocalTime.parse(from), LocalTime.parse(row.getString("quiet_to"))),
                row.getInt("hourly_budget"),
                Json.read(row.getString("notices"), KINDS),
                row.getString("next_id"),
                Micros.get(row, "created_at"),
                row.getLong("version"));
    }

    private Way way(ResultSet row) throws SQLException {
        String id = row.getString("id");
        Map<String, Secret> secrets = new TreeMap<>();
        Json.read(box.open(place(id), row.getString("secrets")), STRINGS)
                .forEach((name, value) -> secrets.put(name, Secret.of(value)));
        return new Way(
                id,
                row.getString("recipient_id"),
                WayKind.valueOf(row.getString("kind")),
                Json.read(row.getString("settings"), STRINGS),
                secrets,
                Micros.get(row, "created_at"),
                new Way.Health(
                        Micros.getNullable(row, "last_success_at"),
                        Micros.getNullable(row, "last_failure_at"),
                        Json.message(row.getString("failure"))));
    }

    private static String place(String id) {
        return "way|secrets|" + id;
    }
}
