package org.tocsin.network.mastodon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.http.HttpResult;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;

/** What servers say of themselves, asked once an hour. What was known stays in use while a server does not answer. */
final class InstanceCache {
    private static final Duration FRESH = Duration.ofHours(1);
    /** So that a server that is down is not asked for every text that is counted. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final MastodonApi api;
    private final Clock clock;
    private final Map<String, Known> known;

    private record Known(MastodonInstance instance, Instant until) {}

    InstanceCache(MastodonApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
        this.known = new ConcurrentHashMap<>();
    }

    MastodonInstance of(Channel channel) {
        String server = channel.setting(MastodonApi.BASE_URL).orElse("");
        @Nullable Known before = known.get(server);
        Instant now = clock.instant();
        if (before != null && now.isBefore(before.until)) {
            return before.instance;
        }
        if (!MastodonApi.faults(channel).isEmpty()) {
            return MastodonInstance.DEFAULTS;
        }
        Optional<MastodonInstance> told = ask(channel, "/api/v2/instance").or(() -> ask(channel, "/api/v1/instance"));
        Known after = told.map(instance -> new Known(instance, now.plus(FRESH)))
                .orElseGet(
                        () -> new Known(before == null ? MastodonInstance.DEFAULTS : before.instance, now.plus(PAUSE)));
        known.put(server, after);
        return after.instance;
    }

    private Optional<MastodonInstance> ask(Channel channel, String path) {
        return api.get(channel, path) instanceof HttpResult.Answer answer && answer.ok()
                ? MastodonInstance.read(Json.read(answer), path)
                : Optional.empty();
    }
}
