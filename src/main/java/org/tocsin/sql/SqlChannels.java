package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Reason;

/** Channels in SQL; secrets are sealed. */
public final class SqlChannels implements ChannelRepository {
    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    private final SecretBox box;

    public SqlChannels(SecretBox box) {
        this.box = box;
    }

    @Override
    public void insert(Tx tx, Channel channel, boolean inDefaultSet) {
        handle(tx)
                .createUpdate(
                        "insert into channel (id, branch, name, network, settings, secrets, in_default, created_at,"
                                + " health_status) values (:id, :branch, :name, :network, :settings, :secrets, :inDefault,"
                                + " :createdAt, 'UNCHECKED')")
                .bind("id", channel.id())
                .bind("branch", channel.branch().value())
                .bind("name", channel.name())
                .bind("network", channel.network())
                .bind("settings", Json.write(channel.settings()))
                .bind("secrets", seal(channel))
                .bind("inDefault", inDefaultSet ? 1 : 0)
                .bind("createdAt", Micros.of(channel.createdAt()))
                .execute();
    }

    @Override
    public void update(Tx tx, Channel channel) {
        handle(tx)
                .createUpdate(
                        "update channel set name = :name, settings = :settings, secrets = :secrets where id = :id")
                .bind("id", channel.id())
                .bind("name", channel.name())
                .bind("settings", Json.write(channel.settings()))
                .bind("secrets", seal(channel))
                .execute();
    }

    @Override
    public void remove(Tx tx, String id, Instant at) {
        // The id stays taken, so that deliveries of the past keep pointing at what they went to; the secrets do not
        // stay.
        handle(tx)
                .createUpdate("update channel set removed_at = :at, secrets = '', in_default = 0 where id = :id")
                .bind("at", Micros.of(at))
                .bind("id", id)
                .execute();
        handle(tx)
                .createUpdate("delete from session where channel_id = :id")
                .bind("id", id)
                .execute();
    }

    @Override
    public Optional<Channel> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from channel where id = :id and removed_at is null")
                .bind("id", id)
                .map((row, context) -> channel(row))
                .findOne();
    }

    @Override
    public boolean known(Tx tx, String id) {
        return handle(tx)
                .createQuery("select 1 from channel where id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public List<Channel> all(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from channel where branch = :branch and removed_at is null order by id")
                .bind("branch", branch.value())
                .map((row, context) -> channel(row))
                .list();
    }

    @Override
    public List<String> defaultSet(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select id from channel where branch = :branch and removed_at is null and in_default = 1"
                        + " order by id")
                .bind("branch", branch.value())
                .mapTo(String.class)
                .list();
    }

    @Override
    public void setDefault(Tx tx, String id, boolean inDefaultSet) {
        handle(tx)
                .createUpdate("update channel set in_default = :in where id = :id")
                .bind("in", inDefaultSet ? 1 : 0)
                .bind("id", id)
                .execute();
    }

    @Override
    public void saveHealth(Tx tx, String id, ChannelHealth health) {
        Reason reason = health.reason();
        handle(tx)
                .createUpdate(
                        "update channel set health_status = :status, health_reason = :reason, health_account = :account,"
                                + " checked_at = :at where id = :id")
                .bind("status", health.status().name())
                .bind("reason", Json.writeOrNull(reason == null ? null : reason.message()))
                .bind("account", health.account())
                .bind("at", Micros.of(health.checkedAt()))
                .bind("id", id)
                .execute();
    }

    @Override
    public ChannelHealth health(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from channel where id = :id")
                .bind("id", id)
                .map((row, context) -> health(row))
                .findOne()
                .orElse(new ChannelHealth(ChannelHealth.Status.UNCHECKED, null, null, Instant.EPOCH));
    }

    private static ChannelHealth health(ResultSet row) throws SQLException {
        @Nullable Message reason = Json.message(row.getString("health_reason"));
        Instant at = Micros.getNullable(row, "checked_at");
        return new ChannelHealth(
                ChannelHealth.Status.valueOf(row.getString("health_status")),
                reason == null ? null : new Reason(reason, null, ""),
                row.getString("health_account"),
                at == null ? Instant.EPOCH : at);
    }

    private String seal(Channel channel) {
        Map<String, String> clear = new TreeMap<>();
        channel.secrets().forEach((name, secret) -> clear.put(name, secret.reveal()));
        return box.seal(place(channel.id()), Json.write(clear));
    }

    private Channel channel(ResultSet row) throws SQLException {
        String id = row.getString("id");
        Map<String, Secret> secrets = new TreeMap<>();
        Json.read(box.open(place(id), row.getString("secrets")), STRINGS)
                .forEach((name, value) -> secrets.put(name, Secret.of(value)));
        return new Channel(
                id,
                new BranchId(row.getString("branch")),
                row.getString("name"),
                row.getString("network"),
                Json.read(row.getString("settings"), STRINGS),
                secrets,
                Micros.get(row, "created_at"));
    }

    private static String place(String id) {
        return "channel|secrets|" + id;
    }
}
