package org.tocsin.feed;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;

/**
 * The pings that a hub is owed. They are rows of the transaction that changed an item, so that a crash loses none; a hub that is told
 * twice does no harm. Where no hub is set there are none.
 */
public final class FeedPings implements DueQueue<FeedPing> {
    private final UnitOfWork unitOfWork;
    private final PingRepository pings;
    private final FeedSettings settings;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Set<String> busy;

    /** @param wakeup rung when there is a new ping */
    public FeedPings(UnitOfWork unitOfWork, PingRepository pings, FeedSettings settings, Clock clock, Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.pings = pings;
        this.settings = settings;
        this.clock = clock;
        this.wakeup = wakeup;
        this.busy = ConcurrentHashMap.newKeySet();
    }

    /** @param tags folded; their feeds have changed, and so has that of all posts */
    void due(Tx tx, Set<String> tags, Instant now) {
        if (settings.hub() == null) {
            return;
        }
        for (FeedFormat format : FeedFormat.values()) {
            pings.request(tx, settings.feed(format, null), now);
            tags.forEach(tag -> pings.request(tx, settings.feed(format, tag), now));
        }
        tx.afterCommit(wakeup::ring);
    }

    @Override
    public List<FeedPing> claim(int max) {
        if (settings.hub() == null || max <= 0) {
            return List.of();
        }
        Set<String> held = Set.copyOf(busy);
        return unitOfWork.read(tx -> pings.due(tx, clock.instant(), held, max)).stream()
                .filter(ping -> busy.add(ping.topic()))
                .toList();
    }

    @Override
    public void release(FeedPing ping) {
        busy.remove(ping.topic());
    }

    @Override
    public Optional<Instant> nextAt() {
        Set<String> held = Set.copyOf(busy);
        return settings.hub() == null ? Optional.empty() : unitOfWork.read(tx -> pings.nextAt(tx, held));
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }
}
