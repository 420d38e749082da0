package org.tocsin.crash;

import org.tocsin.network.Channel;
import org.tocsin.network.Intent;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;

/** Wrong on purpose: a fresh idempotency key at each attempt, so that a repeat is a second post. */
final class FreshKeyNetwork extends DelegatingNetwork {
    FreshKeyNetwork(Network real) {
        super(real);
    }

    @Override
    public PublishResult publish(Channel channel, Intent intent) {
        return super.publish(
                channel,
                new Intent(
                        newKey(),
                        intent.body(),
                        intent.text(),
                        intent.textHash(),
                        intent.parentRemoteId(),
                        intent.firstAt(),
                        intent.at(),
                        intent.taken()));
    }
}
