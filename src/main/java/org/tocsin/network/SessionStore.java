package org.tocsin.network;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sessions that a network gives for a while. They are kept encrypted; a renewal runs under a lock, and the new session is durable
 * before anyone uses it, so that a refresh token that works once is never used twice or lost.
 */
public interface SessionStore {
    /** @return the stored session of the channel, in the adapter's own form */
    Optional<String> load(Channel channel);

    /**
     * Replaces a session.
     *
     * @param channel whose session
     * @param stale   the session that no longer works; empty to make the first one
     * @param renewal called under the channel's lock, only if the stored session is still {@code stale}; its result is stored
     *     before this method returns; empty stores nothing (the stored one stays)
     * @return the session to use now: the renewed one, or the one that another thread has stored meanwhile; empty when the renewal
     *     gave none
     */
    Optional<String> renew(Channel channel, Optional<String> stale, Supplier<Optional<String>> renewal);

    /** Forgets the session, as when the channel's credentials change. */
    void forget(Channel channel);
}
