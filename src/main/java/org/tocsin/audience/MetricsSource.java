package org.tocsin.audience;

import java.time.Duration;
import java.util.List;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;

/**
 * Tells how people have answered posts on its network. Nothing that a network answers is an exception; constructors do no I/O. A network
 * that does not tell it to us (Telegram tells no bot how often a post was seen) has no source.
 */
public interface MetricsSource {
    /** @return the adapter's id, as in a channel's {@code network} */
    String network();

    /** @return how many posts one request can ask for at most, 1 or more */
    int batch();

    /**
     * Asks the network now, with one request as a rule. May block; an interrupt makes it return soon.
     *
     * @param channel   one of this network
     * @param remoteIds as in receipts, at most {@link #batch}; what is no id of this network is not asked for
     */
    MetricsResult read(Channel channel, List<String> remoteIds);

    /** @return whether the channel is asked at all; a network that charges is asked only where a person has said so */
    default boolean wanted(Channel channel) {
        return true;
    }

    /** @return the most that it costs to ask for so many posts; charged once a day of UTC for the same post */
    default Cost cost(Channel channel, int posts) {
        return Cost.FREE;
    }

    /** @return how long a channel is left alone between two questions, so that they never use up what publishing needs */
    default Duration pause() {
        return Duration.ofSeconds(5);
    }
}
