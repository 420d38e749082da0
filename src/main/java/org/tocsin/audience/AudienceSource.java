package org.tocsin.audience;

import org.tocsin.network.Channel;
import org.tocsin.network.Cost;

/** Tells how many people follow a channel of its network. Nothing that a network answers is an exception; constructors do no I/O. */
public interface AudienceSource {
    /** @return the adapter's id, as in a channel's {@code network} */
    String network();

    /**
     * Asks the network now. May block; an interrupt makes it return soon.
     *
     * @param channel one of this network
     */
    CountResult count(Channel channel);

    /** @return what asking costs; charged once a day of UTC for the same account, as a check of the channel is */
    default Cost cost(Channel channel) {
        return Cost.FREE;
    }
}
