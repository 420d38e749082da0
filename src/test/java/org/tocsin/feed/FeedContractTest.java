package org.tocsin.feed;

import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Messages;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.network.Channel;
import org.tocsin.network.Network;
import org.tocsin.network.StoredNetworkContract;
import org.tocsin.network.TestClock;
import org.tocsin.sql.SqlFeedItems;
import org.tocsin.sql.SqlFeedPings;

class FeedContractTest extends StoredNetworkContract {
    private final SqlFeedItems items = new SqlFeedItems();

    @Override
    protected Network open(UnitOfWork unitOfWork, TestClock clock) {
        FeedSettings settings = new FeedSettings(
                URI.create("https://exemple.fr"), "Ville", "fr", ZoneId.of("Europe/Paris"), BranchId.MAIN, null);
        FeedPings pings = new FeedPings(unitOfWork, new SqlFeedPings(), settings, clock, new Wakeup());
        Feeds feeds = new Feeds(unitOfWork, items, settings, new Messages(), () -> 0);
        return new FeedNetwork(unitOfWork, items, feeds, pings, settings, new Ids(clock), clock);
    }

    @Override
    protected Channel channel() {
        return FeedBench.CHANNEL;
    }

    @Override
    protected List<String> shown() {
        return store.read(tx -> items.newest(tx, BranchId.MAIN, 100)).reversed().stream()
                .filter(item -> item.withdrawnAt() == null)
                .map(item -> item.content().text())
                .toList();
    }

    @Override
    protected long length(String text) {
        return text.length();
    }
}
