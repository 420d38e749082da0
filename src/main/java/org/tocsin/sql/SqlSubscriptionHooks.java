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
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.SubscriptionEvent;
import org.tocsin.subscriber.SubscriptionHook;
import org.tocsin.subscriber.SubscriptionHookRepository;

/** The webhook that follows subscribers, in SQL. Whom an event is about, and what it says, is sealed; a keyed hash keeps the order. */
public final class SqlSubscriptionHooks implements SubscriptionHookRepository {
    private final SecretBox box;

    /** @param box seals */
    public SqlSubscriptionHooks(SecretBox box) {
        this.box = box;
    }

    private record Address(String url, String secret) {}

    private record Sealed(String subscriberId, SubscriptionEvent.@Nullable Facts facts) {}

    private static String place(BranchId branch) {
        return "subscription_hook." + branch.value();
    }

    private static String place(String id) {
        return "subscription_event." + id;
    }

    private String person(String subscriberId) {
        return box.hash("subscription-event:" + subscriberId);
    }

    @Override
    public Optional<SubscriptionHook> find(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from subscription_hook where branch = :branch")
                .bind("branch", branch.value())
                .map((row, context) -> hook(branch, row))
                .findOne();
    }

    private SubscriptionHook hook(BranchId branch, ResultSet row) throws SQLException {
        Address address = Json.read(box.open(place(branch), row.getString("sealed")), Address.class);
        String failure = row.getString("failure");
        return new SubscriptionHook(
                address.url(),
                Secret.of(address.secret()),
                row.getInt("with_address") == 1,
                Micros.getNullable(row, "worked_at"),
                failure == null ? null : Json.read(failure, Message.class),
                Micros.getNullable(row, "failing_at"),
                row.getInt("told") == 1,
                row.getLong("version"));
    }

    @Override
    public boolean save(Tx tx, BranchId branch, SubscriptionHook hook) {
        String sealed = box.seal(
                place(branch), Json.write(new Address(hook.url(), hook.secret().reveal())));
        String sql = hook.version() == 0
                ? "insert into subscription_hook (branch, sealed, with_address, told, version) values (:branch, :sealed,"
                        + " :address, 0, 1) on conflict (branch) do nothing"
                : "update subscription_hook set sealed = :sealed, with_address = :address, worked_at = null, failure ="
                        + " null, failing_at = null, told = 0, version = version + 1 where branch = :branch and"
                        + " version = :version";
        var update = handle(tx)
                .createUpdate(sql)
                .bind("branch", branch.value())
                .bind("sealed", sealed)
                .bind("address", hook.withAddress() ? 1 : 0);
        return (hook.version() == 0 ? update : update.bind("version", hook.version())).execute() == 1;
    }

    @Override
    public void went(Tx tx, BranchId branch, SubscriptionHook hook) {
        handle(tx)
                .createUpdate("update subscription_hook set worked_at = :worked, failure = :failure, failing_at ="
                        + " :failing, told = :told where branch = :branch and version = :version")
                .bind("worked", Micros.ofNullable(hook.workedAt()))
                .bind("failure", hook.failure() == null ? null : Json.write(hook.failure()))
                .bind("failing", Micros.ofNullable(hook.failingAt()))
                .bind("told", hook.told() ? 1 : 0)
                .bind("branch", branch.value())
                .bind("version", hook.version())
                .execute();
    }

    @Override
    public void remove(Tx tx, BranchId branch) {
        handle(tx).execute("delete from subscription_hook where branch = ?", branch.value());
        handle(tx).execute("delete from subscription_event where branch = ?", branch.value());
    }

    @Override
    public void add(Tx tx, SubscriptionEvent event) {
        handle(tx)
                .createUpdate("insert into subscription_event (id, branch, person, kind, at, sealed, attempts, next_at)"
                        + " values (:id, :branch, :person, :kind, :at, :sealed, :attempts, :next)")
                .bind("id", event.id())
                .bind("branch", event.branch().value())
                .bind("person", person(event.subscriberId()))
                .bind("kind", event.kind().name())
                .bind("at", Micros.of(event.at()))
                .bind(
                        "sealed",
                        box.seal(place(event.id()), Json.write(new Sealed(event.subscriberId(), event.facts()))))
                .bind("attempts", event.attempts())
                .bind("next", Micros.of(event.nextAt()))
                .execute();
    }

    @Override
    public List<SubscriptionEvent> due(Tx tx, Instant now, int max) {
        return handle(tx)
                .createQuery("select e.* from subscription_event e where e.next_at <= :now and not exists (select 1"
                        + " from subscription_event b where b.person = e.person and b.id < e.id) order by e.id"
                        + " limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max)
                .map((row, context) -> event(row))
                .list();
    }

    private SubscriptionEvent event(ResultSet row) throws SQLException {
        String id = row.getString("id");
        Sealed sealed = Json.read(box.open(place(id), row.getString("sealed")), Sealed.class);
        return new SubscriptionEvent(
                id,
                new BranchId(row.getString("branch")),
                sealed.subscriberId(),
                SubscriptionEvent.Kind.valueOf(row.getString("kind")),
                Micros.get(row, "at"),
                sealed.facts(),
                row.getInt("attempts"),
                Micros.get(row, "next_at"));
    }

    @Override
    public Optional<Instant> nextAt(Tx tx) {
        // Those that wait for one before them are due when that is over, and that rings.
        return handle(tx)
                .createQuery("select e.next_at from subscription_event e where not exists (select 1 from"
                        + " subscription_event b where b.person = e.person and b.id < e.id) order by e.next_at"
                        + " limit 1")
                .mapTo(Long.class)
                .findOne()
                .map(Micros::instant);
    }

    @Override
    public long waiting(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select count(*) from subscription_event where branch = :branch")
                .bind("branch", branch.value())
                .mapTo(Long.class)
                .one();
    }

    @Override
    public void later(Tx tx, String id, int attempts, Instant nextAt) {
        handle(tx)
                .execute(
                        "update subscription_event set attempts = ?, next_at = ? where id = ?",
                        attempts,
                        Micros.of(nextAt),
                        id);
    }

    @Override
    public void delete(Tx tx, String id) {
        handle(tx).execute("delete from subscription_event where id = ?", id);
    }

    @Override
    public void forget(Tx tx, String subscriberId) {
        handle(tx).execute("delete from subscription_event where person = ?", person(subscriberId));
    }

    @Override
    public void clear(Tx tx) {
        handle(tx).execute("delete from subscription_event");
    }
}
