package org.tocsin.network.reference;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;
import org.tocsin.http.OutboundHttp;
import org.tocsin.network.Channel;
import org.tocsin.network.FakeServer;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Network;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.TextVectors;

/** Binds the reference network, with a guarantee of choice. */
public class ReferenceBinding implements NetworkBinding {
    private final ReferenceServer server;
    private final Guarantee guarantee;

    public ReferenceBinding(Clock clock, Guarantee.Kind kind) throws IOException {
        boolean keyed = kind == Guarantee.Kind.KEYED || kind == Guarantee.Kind.WINDOWED;
        this.server = new ReferenceServer(clock, keyed);
        this.guarantee = new Guarantee(kind, kind == Guarantee.Kind.WINDOWED ? Duration.ofMinutes(50) : Duration.ZERO);
    }

    @Override
    public FakeServer server() {
        return server;
    }

    @Override
    public Network open(OutboundHttp http, Clock clock) {
        return new ReferenceNetwork(http, clock, guarantee);
    }

    @Override
    public Channel channel() {
        return new Channel(
                "ref",
                BranchId.MAIN,
                "Reference",
                "reference",
                Map.of("baseUrl", server.origin()),
                Map.of("token", Secret.of(ReferenceServer.TOKEN)),
                Instant.EPOCH);
    }

    @Override
    public String account() {
        return "reference";
    }

    @Override
    public Guarantee.Kind guarantee() {
        return guarantee.kind();
    }

    @Override
    public Map<Ability, String> lacks() {
        Map<Ability, String> lacks = new EnumMap<>(Ability.class);
        if (guarantee.kind() == Guarantee.Kind.PROBED || guarantee.kind() == Guarantee.Kind.NONE) {
            lacks.put(Ability.KEY, "it is bound without");
        }
        if (guarantee.kind() == Guarantee.Kind.NONE) {
            lacks.put(Ability.PROBE, "it is bound without");
        }
        lacks.put(Ability.EDIT, "what is published there stays as it is");
        return lacks;
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
