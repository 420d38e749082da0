package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.network.Channel;
import org.tocsin.network.SessionStore;

/** Sessions in SQL, sealed; one renewal at a time per channel. */
public final class SqlSessions implements SessionStore {
    private final UnitOfWork unitOfWork;
    private final SecretBox box;
    private final Clock clock;
    private final Map<String, ReentrantLock> locks;

    public SqlSessions(UnitOfWork unitOfWork, SecretBox box, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.box = box;
        this.clock = clock;
        this.locks = new ConcurrentHashMap<>();
    }

    @Override
    public Optional<String> load(Channel channel) {
        return unitOfWork
                .read(tx -> handle(tx)
                        .createQuery("select value from session where channel_id = :id")
                        .bind("id", channel.id())
                        .mapTo(String.class)
                        .findOne())
                .map(stored -> box.open(place(channel), stored));
    }

    @Override
    public Optional<String> renew(Channel channel, Optional<String> stale, Supplier<Optional<String>> renewal) {
        ReentrantLock lock = locks.computeIfAbsent(channel.id(), id -> new ReentrantLock());
        lock.lock();
        try {
            Optional<String> stored = load(channel);
            if (stored.isPresent() && !stored.equals(stale)) {
                return stored;
            }
            Optional<String> fresh = renewal.get();
            fresh.ifPresent(value -> store(channel, value));
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    private void store(Channel channel, String value) {
        String cipher = box.seal(place(channel), value);
        unitOfWork.write(
                Urgency.DELIVERY,
                tx -> handle(tx)
                        .createUpdate("insert into session (channel_id, value, changed_at) values (:id, :value, :now)"
                                + " on conflict (channel_id) do update set value = :value, changed_at = :now")
                        .bind("id", channel.id())
                        .bind("value", cipher)
                        .bind("now", Micros.of(clock.instant()))
                        .execute());
    }

    @Override
    public void forget(Channel channel) {
        unitOfWork.write(
                Urgency.REQUEST,
                tx -> handle(tx)
                        .createUpdate("delete from session where channel_id = :id")
                        .bind("id", channel.id())
                        .execute());
    }

    private static String place(Channel channel) {
        return "session|value|" + channel.id();
    }
}
