package org.tocsin.feed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.Tx;

/** The rows of pings, one for each feed that has changed. */
public interface PingRepository {
    /** Makes a ping due; one that is there already begins anew. */
    void request(Tx tx, String topic, Instant now);

    /** @return the longest due first */
    List<FeedPing> due(Tx tx, Instant now, Set<String> exceptTopics, int max);

    Optional<Instant> nextAt(Tx tx, Set<String> exceptTopics);

    /** Takes it off the list, unless the feed has changed again since it was claimed. */
    void done(Tx tx, FeedPing ping);

    /** Puts it off, unless the feed has changed again since it was claimed. */
    void again(Tx tx, FeedPing ping, Instant nextAt);
}
