package org.tocsin.publishing;

import java.util.List;
import org.tocsin.base.Fault;
import org.tocsin.base.Tx;
import org.tocsin.network.Channel;

/** What else speaks against a channel, beside what its network says of its settings. */
@FunctionalInterface
public interface ChannelRule {
    /** Nothing. */
    ChannelRule NONE = (tx, channel) -> List.of();

    /** @return what is wrong and what to do about it, each at its field; empty where nothing is */
    List<Fault> faults(Tx tx, Channel channel);
}
