package org.tocsin.sample;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;
import org.tocsin.http.OutboundHttp;
import org.tocsin.network.Channel;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Network;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.NetworkContract;
import org.tocsin.network.TestClock;
import org.tocsin.network.TextVectors;

/** The sample adapter does what every adapter must. This is all that a new adapter's contract test needs. */
class BulletinContractTest extends NetworkContract {
    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        return new Binding(new FakeBulletin(clock));
    }

    private record Binding(FakeBulletin server) implements NetworkBinding {
        @Override
        public Network open(OutboundHttp http, Clock clock) {
            return new BulletinNetwork(http, clock);
        }

        @Override
        public Channel channel() {
            return new Channel(
                    "board",
                    BranchId.MAIN,
                    "The board",
                    "bulletin",
                    Map.of("baseUrl", server.origin()),
                    Map.of("token", Secret.of(FakeBulletin.TOKEN)),
                    Instant.EPOCH);
        }

        @Override
        public String account() {
            return "The board";
        }

        @Override
        public Guarantee.Kind guarantee() {
            return Guarantee.Kind.KEYED;
        }

        @Override
        public Map<Ability, String> lacks() {
            return Map.of(
                    Ability.EDIT, "what is pinned up stays as it is",
                    Ability.LISTING, "it is asked by the key",
                    Ability.IMAGES, "the board takes none",
                    Ability.ALT, "the board takes no images");
        }

        @Override
        public Map<String, Integer> lengths() {
            Map<String, Integer> lengths = new HashMap<>();
            TextVectors.all().forEach((name, text) -> lengths.put(name, text.length()));
            return lengths;
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
