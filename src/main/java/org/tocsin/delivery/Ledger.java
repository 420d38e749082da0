package org.tocsin.delivery;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The account of every delivery that was ever accepted.
 *
 * @param channels per channel, removed ones included
 */
public record Ledger(List<OfChannel> channels) {
    public Ledger {
        channels = List.copyOf(channels);
    }

    /**
     * @param channelId the channel
     * @param requested counted when a delivery was accepted, never recomputed
     * @param states    the rows as they are
     */
    public record OfChannel(String channelId, long requested, Map<DeliveryState, Long> states) {
        public OfChannel {
            states = Map.copyOf(states);
        }

        long counted() {
            return states.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** @return the sum of what was requested */
    public long requested() {
        return channels.stream().mapToLong(OfChannel::requested).sum();
    }

    /** @return the rows as they are, over all channels */
    public Map<DeliveryState, Long> states() {
        Map<DeliveryState, Long> sum = new TreeMap<>();
        for (OfChannel channel : channels) {
            channel.states().forEach((state, count) -> sum.merge(state, count, Long::sum));
        }
        return sum;
    }

    /** @return whether every delivery that was requested is in some state, on each channel */
    public boolean balanced() {
        return channels.stream().allMatch(channel -> channel.requested() == channel.counted());
    }
}
