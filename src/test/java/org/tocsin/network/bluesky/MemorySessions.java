package org.tocsin.network.bluesky;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tocsin.network.Channel;
import org.tocsin.network.SessionStore;

/** Sessions as the database keeps them. */
final class MemorySessions implements SessionStore {
    private final Map<String, String> sessions = new HashMap<>();

    @Override
    public synchronized Optional<String> load(Channel channel) {
        return Optional.ofNullable(sessions.get(channel.id()));
    }

    @Override
    public synchronized Optional<String> renew(
            Channel channel, Optional<String> stale, Supplier<Optional<String>> renewal) {
        Optional<String> stored = load(channel);
        if (stored.isPresent() && !stored.equals(stale)) {
            return stored;
        }
        Optional<String> fresh = renewal.get();
        fresh.ifPresent(value -> sessions.put(channel.id(), value));
        return fresh;
    }

    @Override
    public synchronized void forget(Channel channel) {
        sessions.remove(channel.id());
    }
}
