package org.tocsin.feed;

import java.util.OptionalLong;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.CountResult;
import org.tocsin.network.Channel;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/** The readers of a feed, as {@link FeedReaders} counts them. */
public final class FeedAudience implements AudienceSource {
    private final FeedReaders readers;

    public FeedAudience(FeedReaders readers) {
        this.readers = readers;
    }

    @Override
    public String network() {
        return FeedNetwork.ID;
    }

    @Override
    public CountResult count(Channel channel) {
        OptionalLong counted = readers.count();
        // Nobody is asked to wait by a network here; but before tomorrow there is no other answer.
        return counted.isPresent()
                ? new CountResult.Counted(counted.getAsLong())
                : new CountResult.NotCounted(
                        new PublishResult.Unreachable(Reason.of("feed.audience.day"), readers.tomorrow()));
    }
}
