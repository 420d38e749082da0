package org.tocsin.network.telegram;

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

class TelegramContractTest extends NetworkContract {
    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        return bind(new FakeTelegram(clock));
    }

    static NetworkBinding bind(FakeTelegram fake) {
        return new Binding(fake);
    }

    static Channel channel(FakeTelegram server, String chatId) {
        return new Channel(
                "tg",
                BranchId.MAIN,
                "Telegram",
                "telegram",
                Map.of("baseUrl", server.origin(), "chatId", chatId),
                Map.of("botToken", Secret.of(FakeTelegram.TOKEN)),
                Instant.EPOCH);
    }

    private record Binding(FakeTelegram fake) implements NetworkBinding {
        @Override
        public FakeServer server() {
            return fake;
        }

        @Override
        public Network open(OutboundHttp http, Clock clock) {
            return new TelegramNetwork(http, new RetryAfter(clock), clock);
        }

        @Override
        public Channel channel() {
            return TelegramContractTest.channel(fake, "" + FakeTelegram.CHAT);
        }

        @Override
        public String account() {
            return FakeTelegram.TITLE;
        }

        @Override
        public Guarantee.Kind guarantee() {
            return Guarantee.Kind.NONE;
        }

        @Override
        public Map<Ability, String> lacks() {
            Map<Ability, String> lacks = new EnumMap<>(Ability.class);
            lacks.put(Ability.KEY, "the Bot API takes no key");
            lacks.put(Ability.PROBE, "a bot cannot read history");
            lacks.put(Ability.LISTING, "a bot cannot read history");
            lacks.put(Ability.SCRIPTED_READS, "a bot cannot read history");
            lacks.put(Ability.ALT, "the Bot API has no field for alt texts");
            return lacks;
        }

        @Override
        public Behaviour.Answer refusal(int status, String detail) {
            return Behaviour.answer(
                    status, "{\"ok\":false,\"error_code\":" + status + ",\"description\":\"" + detail + "\"}");
        }

        @Override
        public List<Throttle> throttles(Instant now) {
            List<Throttle> throttles = new ArrayList<>(NetworkBinding.super.throttles(now));
            throttles.add(new Throttle(
                    "in parameters",
                    Behaviour.answer(
                            429,
                            "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 120\",\"parameters\":{\"retry_after\":120}}"),
                    Duration.ofMinutes(2)));
            return throttles;
        }

        @Override
        public List<Behaviour.Answer> unreadable() {
            return List.of(
                    Behaviour.answer(200, "{\"ok\":true}"),
                    Behaviour.answer(200, "{\"ok\":true,\"result\":true}"),
                    Behaviour.answer(200, "{\"ok\":true,\"result\":[]}"),
                    Behaviour.answer(200, "{\"ok\":true,\"result\":{\"message_id\":0,\"chat\":{\"id\":-1}}}"),
                    Behaviour.answer(200, "{\"ok\":true,\"result\":{\"message_id\":99999999999,\"chat\":{\"id\":-1}}}"),
                    Behaviour.answer(200, "{\"ok\":true,\"result\":{\"message_id\":\"12\",\"chat\":{\"id\":-1}}}"),
                    Behaviour.answer(200, "{\"ok\":false,\"error_code\":400,\"description\":\"odd\"}"));
        }

        @Override
        public Map<String, Integer> lengths() {
            Map<String, Integer> lengths = new HashMap<>();
            lengths.put("ascii", 12);
            lengths.put("accents", 14);
            lengths.put("combining", 5);
            lengths.put("emoji", 2);
            lengths.put("family", 8);
            lengths.put("skin tone", 4);
            lengths.put("flag", 8);
            lengths.put("keycap", 3);
            lengths.put("cjk", 6);
            lengths.put("lines", 6);
            lengths.put("french", 15);
            lengths.put("long url", 66);
            lengths.put("short url", 11);
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
