package org.tocsin.network;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The adapters of this daemon, by their ids. */
public final class Networks {
    private final Map<String, Network> byId;

    /** @param networks each with an id of its own */
    public Networks(Collection<Network> networks) {
        this.byId = networks.stream().collect(Collectors.toUnmodifiableMap(Network::id, Function.identity()));
    }

    /** @return the adapter of that name */
    public Optional<Network> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** @throws IllegalStateException when this daemon has no such adapter */
    public Network of(Channel channel) {
        return find(channel.network())
                .orElseThrow(() -> new IllegalStateException("no adapter for network " + channel.network()));
    }

    /** @return the network by whose rules and names the channel goes: its own, but for a rehearsal */
    public String standsFor(Channel channel) {
        return of(channel).standsFor(channel);
    }

    /** @return all, in no order */
    public Collection<Network> all() {
        return byId.values();
    }
}
