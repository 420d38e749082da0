package org.tocsin.crash;

import org.tocsin.network.Channel;
import org.tocsin.network.Intent;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;

/** Wrong on purpose: a client that repeats a request when the connection breaks, as the defaults of many do. */
final class RepeatingNetwork extends DelegatingNetwork {
    RepeatingNetwork(Network real) {
        super(real);
    }

    @Override
    public PublishResult publish(Channel channel, Intent intent) {
        PublishResult first = super.publish(channel, intent);
        return first instanceof PublishResult.Unknown ? super.publish(channel, intent) : first;
    }
}
