package org.tocsin.network.mastodon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.tocsin.http.HttpResult;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;

/**
 * What servers say of themselves, asked once an hour. What was known stays in use while a server does not answer, and while another
 * thread asks it: a server that hangs delays the first post for it by ten seconds at most, and no other.
 */
final class InstanceCache {
    private static final Duration FRESH = Duration.ofHours(1);
    /** So that a server that is down is not asked for every text that is counted. */
    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** A text is being counted meanwhile, and a person waits. */
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final MastodonApi api;
    private final Clock clock;
    private final Map<String, Server> servers;

    InstanceCache(MastodonApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
        this.servers = new ConcurrentHashMap<>();
    }

    MastodonInstance of(Channel channel) {
        if (!MastodonApi.faults(channel).isEmpty()) {
            return MastodonInstance.DEFAULTS;
        }
        return servers.computeIfAbsent(channel.setting(MastodonApi.BASE_URL).orElse(""), _ -> new Server())
                .told(channel);
    }

    private Optional<MastodonInstance> ask(Channel channel, String path) {
        return api.get(channel, path, DEADLINE) instanceof HttpResult.Answer answer && answer.ok()
                ? MastodonInstance.read(Json.read(answer), path)
                : Optional.empty();
    }

    private final class Server {
        private final ReentrantLock asking = new ReentrantLock();
        private volatile @Nullable MastodonInstance known;
        private volatile Instant until = Instant.MIN;

        MastodonInstance told(Channel channel) {
            MastodonInstance before = known;
            if (before != null && (clock.instant().isBefore(until) || asking.isLocked())) {
                return before;
            }
            asking.lock();
            try {
                MastodonInstance meanwhile = known;
                return meanwhile != null && clock.instant().isBefore(until) ? meanwhile : asked(channel, meanwhile);
            } finally {
                asking.unlock();
            }
        }

        private MastodonInstance asked(Channel channel, @Nullable MastodonInstance before) {
            Optional<MastodonInstance> told =
                    ask(channel, "/api/v2/instance").or(() -> ask(channel, "/api/v1/instance"));
            MastodonInstance after = told.orElse(before == null ? MastodonInstance.DEFAULTS : before);
            known = after;
            until = clock.instant().plus(told.isPresent() ? FRESH : PAUSE);
            return after;
        }
    }
}
