package org.tocsin.network.bluesky;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;
import org.tocsin.http.OutboundHttp;
import org.tocsin.media.FittedImage;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.FakeServer;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Network;
import org.tocsin.network.NetworkBinding;

/** Binds the adapter to a server on which one account has an app password. */
final class BlueskyBinding implements NetworkBinding {
    private final FakeServer server;
    private final String handle;
    private final String appPassword;
    private final MemorySessions sessions = new MemorySessions();
    private volatile @Nullable FittedImage picture;

    BlueskyBinding(FakeServer server, String handle, String appPassword) {
        this.server = server;
        this.handle = handle;
        this.appPassword = appPassword;
    }

    @Override
    public FakeServer server() {
        return server;
    }

    MemorySessions sessions() {
        return sessions;
    }

    /** The picture of every link card from now on. */
    void picture(FittedImage found) {
        picture = found;
    }

    @Override
    public Network open(OutboundHttp http, Clock clock) {
        return new BlueskyNetwork(http, sessions, (card, limits) -> Optional.ofNullable(picture), clock);
    }

    @Override
    public Channel channel() {
        return new Channel(
                "bsky",
                BranchId.MAIN,
                "Assemblée",
                "bluesky",
                Map.of("baseUrl", server.origin(), "identifier", handle),
                Map.of("appPassword", Secret.of(appPassword)),
                Instant.EPOCH);
    }

    @Override
    public String account() {
        return "@" + handle;
    }

    @Override
    public Guarantee.Kind guarantee() {
        return Guarantee.Kind.KEYED;
    }

    @Override
    public Map<Ability, String> lacks() {
        return new EnumMap<>(Map.of(
                Ability.LISTING,
                "posts are looked up by their key, never in a list",
                Ability.EDIT,
                "a record that is put anew is not shown as edited"));
    }

    @Override
    public Map<String, Integer> lengths() {
        Map<String, Integer> lengths = new HashMap<>(Map.of(
                "ascii",
                12,
                "accents",
                14,
                "combining",
                3,
                "emoji",
                1,
                "family",
                1,
                "skin tone",
                1,
                "flag",
                2,
                "keycap",
                1,
                "cjk",
                6,
                "lines",
                6));
        lengths.putAll(Map.of(
                "french", 15, "long url", 33, "short url", 4, "mention", 12, "remote mention", 29, "hashtag", 16));
        return lengths;
    }

    @Override
    public Behaviour.Answer refusal(int status, String detail) {
        String error = switch (status) {
            case 401 -> "AuthenticationRequired";
            case 429 -> "RateLimitExceeded";
            case 500 -> "InternalServerError";
            default -> "InvalidRequest";
        };
        return Behaviour.answer(status, "{\"error\":\"" + error + "\",\"message\":\"" + detail + "\"}");
    }

    @Override
    public List<Throttle> throttles(Instant now) {
        List<Throttle> throttles = new ArrayList<>(NetworkBinding.super.throttles(now));
        Duration wait = Duration.ofMinutes(2);
        throttles.add(new Throttle(
                "RateLimit-Reset",
                refusal(429, "Rate Limit Exceeded")
                        .with("RateLimit-Reset", String.valueOf(now.plus(wait).getEpochSecond())),
                wait));
        return throttles;
    }

    @Override
    public List<Behaviour.Answer> unreadable() {
        return List.of(
                Behaviour.answer(
                        200, "{\"uri\":\"at://did:plc:other/app.bsky.feed.post/3l\",\"cid\":\"bafyreiabcdef\"}"),
                Behaviour.answer(200, "{\"uri\":null,\"cid\":null}"));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
