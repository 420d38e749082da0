package org.tocsin.network.mastodon;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;
import org.tocsin.http.OutboundHttp;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.FakeServer;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Network;
import org.tocsin.network.NetworkBinding;

/** Binds the adapter to a fake of Mastodon or of one of its relatives. */
final class MastodonBinding implements NetworkBinding {
    private final FakeMastodon server;
    private final Guarantee.Kind guarantee;

    MastodonBinding(Clock clock, String version, Guarantee.Kind guarantee) throws IOException {
        this.server = new FakeMastodon(clock).version(version);
        this.guarantee = guarantee;
    }

    @Override
    public FakeServer server() {
        return server;
    }

    @Override
    public Network open(OutboundHttp http, Clock clock) {
        return new MastodonNetwork(http, clock);
    }

    @Override
    public Channel channel() {
        return new Channel(
                "masto",
                BranchId.MAIN,
                "Assemblée",
                "mastodon",
                Map.of("baseUrl", server.origin()),
                Map.of("accessToken", Secret.of(FakeMastodon.TOKEN)),
                Instant.EPOCH);
    }

    @Override
    public String account() {
        return "@assemblee@127.0.0.1";
    }

    @Override
    public Guarantee.Kind guarantee() {
        return guarantee;
    }

    @Override
    public Map<Ability, String> lacks() {
        Map<Ability, String> lacks = new EnumMap<>(Ability.class);
        if (guarantee == Guarantee.Kind.PROBED) {
            lacks.put(Ability.KEY, "servers other than Mastodon may ignore the key");
        }
        return lacks;
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
                "french", 15, "long url", 29, "short url", 23, "mention", 12, "remote mention", 14, "hashtag", 16));
        return lengths;
    }

    @Override
    public List<Throttle> throttles(Instant now) {
        List<Throttle> throttles = new ArrayList<>(NetworkBinding.super.throttles(now));
        Behaviour.Answer plain = refusal(429, "Too many requests");
        Instant until = now.plusSeconds(120);
        throttles.add(
                new Throttle("Mastodon's reset", plain.with("X-RateLimit-Reset", until + ""), Duration.ofMinutes(2)));
        throttles.add(new Throttle(
                "GoToSocial's reset",
                plain.with("X-RateLimit-Reset", String.valueOf(until.getEpochSecond())),
                Duration.ofMinutes(2)));
        return throttles;
    }

    @Override
    public List<Behaviour.Answer> unreadable() {
        return List.of(
                Behaviour.answer(200, "{\"id\":null}"),
                Behaviour.answer(200, "{\"id\":12}"),
                Behaviour.answer(200, "{\"id\":\"" + "1".repeat(65) + "\"}"),
                Behaviour.answer(200, "{\"id\":\"1/../2\"}"));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
