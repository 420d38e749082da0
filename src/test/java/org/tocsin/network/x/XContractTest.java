package org.tocsin.network.x;

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
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.FakeServer;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Network;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.NetworkContract;
import org.tocsin.network.TestClock;

class XContractTest extends NetworkContract {
    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        return bind(new FakeX(clock));
    }

    static NetworkBinding bind(FakeX fake) {
        return new Binding(fake);
    }

    private record Binding(FakeX fake) implements NetworkBinding {
        @Override
        public FakeServer server() {
            return fake;
        }

        @Override
        public Network open(OutboundHttp http, Clock clock) {
            return new XNetwork(http, new RetryAfter(clock), clock);
        }

        @Override
        public Channel channel() {
            return new Channel(
                    "x",
                    BranchId.MAIN,
                    "X",
                    "x",
                    Map.of("baseUrl", fake.origin()),
                    Map.of(
                            "consumerKey", Secret.of(FakeX.KEY),
                            "consumerSecret", Secret.of(FakeX.SECRET),
                            "accessToken", Secret.of(FakeX.TOKEN),
                            "accessTokenSecret", Secret.of(FakeX.TOKEN_SECRET)),
                    Instant.EPOCH);
        }

        @Override
        public String account() {
            return "@" + FakeX.NAME;
        }

        @Override
        public Guarantee.Kind guarantee() {
            return Guarantee.Kind.PROBED;
        }

        @Override
        public Map<Ability, String> lacks() {
            return new EnumMap<>(Map.of(
                    Ability.KEY,
                    "X takes no key; find looks into the timeline",
                    Ability.EDIT,
                    "an edit on X is a new post under a new id"));
        }

        @Override
        public Behaviour.Answer refusal(int status, String detail) {
            return Behaviour.answer(
                    status,
                    "{\"title\":\"t\",\"detail\":\"" + detail + "\",\"type\":\"about:blank\",\"status\":" + status
                            + "}");
        }

        @Override
        public List<Throttle> throttles(Instant now) {
            List<Throttle> throttles = new ArrayList<>(NetworkBinding.super.throttles(now));
            throttles.add(new Throttle(
                    "by a reset",
                    refusal(429, "Too Many Requests").with("x-rate-limit-reset", "" + (now.getEpochSecond() + 120)),
                    Duration.ofMinutes(2)));
            return throttles;
        }

        @Override
        public List<Behaviour.Answer> unreadable() {
            return List.of(
                    Behaviour.answer(201, "{\"data\":{}}"),
                    Behaviour.answer(201, "{\"data\":{\"id\":\"0\"}}"),
                    Behaviour.answer(201, "{\"data\":{\"id\":\"12/../13\"}}"),
                    Behaviour.answer(201, "{\"data\":{\"id\":12}}"),
                    Behaviour.answer(200, "{\"errors\":[{\"detail\":\"partly\"}]}"));
        }

        @Override
        public Map<String, Integer> lengths() {
            Map<String, Integer> lengths = new HashMap<>();
            lengths.put("ascii", 12);
            lengths.put("accents", 14);
            lengths.put("combining", 3);
            lengths.put("emoji", 2);
            lengths.put("family", 2);
            lengths.put("skin tone", 2);
            lengths.put("flag", 4);
            lengths.put("keycap", 2);
            lengths.put("cjk", 12);
            lengths.put("lines", 6);
            lengths.put("french", 18);
            lengths.put("long url", 29);
            lengths.put("short url", 23);
            lengths.put("mention", 12);
            lengths.put("remote mention", 29);
            lengths.put("hashtag", 16);
            return lengths;
        }

        @Override
        public void close() throws IOException {
            fake.close();
        }
    }
}
