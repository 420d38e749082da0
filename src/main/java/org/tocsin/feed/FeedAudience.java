package org.tocsin.feed;

import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.CountResult;
import org.tocsin.network.Channel;

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
        return new CountResult.Counted(readers.count());
    }
}
