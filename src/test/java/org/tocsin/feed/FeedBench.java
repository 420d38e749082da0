package org.tocsin.feed;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Messages;
import org.tocsin.base.Wakeup;
import org.tocsin.network.Channel;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.Intent;
import org.tocsin.network.LinkCard;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Receipt;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.TestClock;
import org.tocsin.sql.SqlFeedItems;
import org.tocsin.sql.SqlFeedPings;
import org.tocsin.sql.SqlStore;

/** The feeds over a real store, with a clock that is moved by hand. */
final class FeedBench implements AutoCloseable {
    static final Channel CHANNEL =
            new Channel("feeds", BranchId.MAIN, "Feeds", FeedNetwork.ID, Map.of(), Map.of(), Instant.EPOCH);

    final TestClock clock;
    final SqlStore store;
    final SqlFeedItems items = new SqlFeedItems();
    final SqlFeedPings rows = new SqlFeedPings();
    final FeedSettings settings;
    final Wakeup wakeup = new Wakeup();
    final FeedPings pings;
    final Feeds feeds;
    final FeedNetwork network;

    FeedBench(Path folder, @Nullable URI hub) {
        this(folder, hub, new TestClock(Instant.parse("2026-11-23T18:30:00.250Z")));
    }

    FeedBench(Path folder, @Nullable URI hub, TestClock clock) {
        this.clock = clock;
        this.store = SqlStore.open(folder.resolve("tocsin.db"));
        this.settings = new FeedSettings(
                URI.create("https://exemple.fr/"),
                "Ville & \"Nous\" <Exemple>",
                "fr",
                ZoneId.of("Europe/Paris"),
                BranchId.MAIN,
                hub);
        this.pings = new FeedPings(store, rows, settings, clock, wakeup);
        this.feeds = new Feeds(store, items, settings, new Messages(), () -> 0);
        this.network = new FeedNetwork(store, items, feeds, pings, settings, new Ids(clock), clock);
    }

    static Segment segment(String text) {
        return segment(0, text, "fr", List.of(), null);
    }

    static Segment segment(
            int index, String text, String language, List<SegmentImage> images, @Nullable LinkCard card) {
        return new Segment(index, 2, text, images, language, null, null, card, null);
    }

    Intent intent(Segment segment, String key, @Nullable Receipt parent) {
        RenderResult rendered = network.render(CHANNEL, segment, new DeliveryKey(key), parent, List.of());
        RenderResult.Rendered request = (RenderResult.Rendered) rendered;
        return new Intent(
                new DeliveryKey(key),
                request.body(),
                request.text(),
                "",
                parent == null ? null : parent.remoteId(),
                clock.instant(),
                clock.instant(),
                id -> false);
    }

    Receipt publish(String text) {
        return publish(segment(text), network.newKey().value(), null);
    }

    Receipt publish(Segment segment, String key, @Nullable Receipt parent) {
        return receipt(network.publish(CHANNEL, intent(segment, key, parent)));
    }

    static Receipt receipt(PublishResult result) {
        return ((PublishResult.Published) result).receipt();
    }

    List<FeedItem> stored() {
        return store.read(tx -> items.newest(tx, BranchId.MAIN, 1000));
    }

    @Override
    public void close() {
        store.close();
    }
}
