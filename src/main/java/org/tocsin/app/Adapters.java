package org.tocsin.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.MetricsSource;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Messages;
import org.tocsin.base.Ticker;
import org.tocsin.base.Wakeup;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.feed.FeedAudience;
import org.tocsin.feed.FeedNetwork;
import org.tocsin.feed.FeedPings;
import org.tocsin.feed.FeedReaders;
import org.tocsin.feed.FeedSettings;
import org.tocsin.feed.Feeds;
import org.tocsin.feed.WebSubPinger;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.media.FileMediaStore;
import org.tocsin.mention.MentionSource;
import org.tocsin.network.Connecting;
import org.tocsin.network.Network;
import org.tocsin.network.WebCardPictures;
import org.tocsin.network.bluesky.BlueskyAudience;
import org.tocsin.network.bluesky.BlueskyConnecting;
import org.tocsin.network.bluesky.BlueskyMetrics;
import org.tocsin.network.bluesky.BlueskyNetwork;
import org.tocsin.network.mastodon.MastodonAudience;
import org.tocsin.network.mastodon.MastodonConnecting;
import org.tocsin.network.mastodon.MastodonMetrics;
import org.tocsin.network.mastodon.MastodonNetwork;
import org.tocsin.network.rehearsal.RehearsalNetwork;
import org.tocsin.network.telegram.TelegramAudience;
import org.tocsin.network.telegram.TelegramConnecting;
import org.tocsin.network.telegram.TelegramNetwork;
import org.tocsin.network.x.XAudience;
import org.tocsin.network.x.XConnecting;
import org.tocsin.network.x.XMetrics;
import org.tocsin.network.x.XNetwork;
import org.tocsin.sql.SqlFeedItems;
import org.tocsin.sql.SqlFeedPings;
import org.tocsin.sql.SqlFeedReaders;
import org.tocsin.sql.SqlRehearsal;
import org.tocsin.web.FeedFiles;
import org.tocsin.web.ServedFile;

/**
 * The networks of this daemon: the one list of adapters.
 *
 * @param networks    by which posts go out
 * @param connectings by which people connect channels
 * @param audiences   by which followers are counted
 * @param metrics     by which engagement is read
 * @param mentions    by which what is said is heard
 * @param files       what anyone may read
 * @param beans       for the routes, by name
 */
record Adapters(
        List<Network> networks,
        List<Connecting> connectings,
        List<AudienceSource> audiences,
        List<MetricsSource> metrics,
        List<MentionSource> mentions,
        List<ServedFile> files,
        Map<String, Object> beans) {
    static Adapters of(
            Settings settings,
            Stores stores,
            OutboundHttp http,
            RetryPolicy retry,
            FileMediaStore files,
            Path pictures,
            Seams seams,
            Clock clock,
            Ids ids) {
        RetryAfter retryAfter = new RetryAfter(clock);
        FeedSettings feedSettings = new FeedSettings(
                settings.url(Setting.PUBLIC_URL)
                        .orElse(URI.create("http://localhost:" + settings.number(Setting.HTTP_PORT))),
                settings.text(Setting.ORGANISATION),
                settings.text(Setting.LANGUAGE),
                settings.zone(Setting.ZONE),
                BranchId.MAIN,
                settings.url(Setting.WEBSUB_HUB).orElse(null));
        SqlFeedItems items = new SqlFeedItems();
        SqlFeedPings pingRows = new SqlFeedPings();
        Feeds feeds = new Feeds(stores.store(), items, feedSettings, new Messages(), Ticker.system());
        FeedReaders readers = new FeedReaders(stores.store(), new SqlFeedReaders(), feedSettings.zone(), clock);
        FeedPings pings = new FeedPings(stores.store(), pingRows, feedSettings, clock, new Wakeup());
        WebSubPinger pinger = new WebSubPinger(stores.store(), pingRows, feedSettings, http, retryAfter, retry, clock);
        return new Adapters(
                List.of(
                        new MastodonNetwork(http, clock),
                        new BlueskyNetwork(http, stores.sessions(), new WebCardPictures(http, files, clock), clock),
                        new TelegramNetwork(http, retryAfter, clock),
                        new XNetwork(http, retryAfter, clock),
                        new FeedNetwork(stores.store(), items, feeds, pings, feedSettings, ids, clock),
                        new RehearsalNetwork(
                                stores.store(),
                                new SqlRehearsal(),
                                RehearsedRules.of(stores.sessions(), clock),
                                here(settings),
                                ids,
                                clock)),
                List.of(
                        new MastodonConnecting(http, clock),
                        new BlueskyConnecting(http, clock),
                        settings.url(Setting.TELEGRAM_SERVER)
                                .map(own -> new TelegramConnecting(http, retryAfter, clock, own.toString()))
                                .orElseGet(() -> new TelegramConnecting(http, retryAfter, clock)),
                        seams.x() == null
                                ? new XConnecting(http, retryAfter, clock)
                                : new XConnecting(http, retryAfter, clock, seams.x())),
                List.of(
                        new MastodonAudience(http, clock),
                        new BlueskyAudience(http, stores.sessions(), clock),
                        new TelegramAudience(http, retryAfter, clock),
                        new XAudience(http, retryAfter),
                        new FeedAudience(readers)),
                List.of(
                        new MastodonMetrics(http, clock),
                        new BlueskyMetrics(http, stores.sessions(), clock),
                        new XMetrics(http, retryAfter)),
                Hearings.polled(stores, http, clock),
                new FeedFiles(feeds, readers, pictures).all(),
                Map.of("feed-pings", pings, "webSub", pinger, "feedReaders", readers));
    }

    /** The timeline of the rehearsals is shown on this machine alone. */
    private static @Nullable String here(Settings settings) {
        int port = settings.number(Setting.HTTP_PORT);
        return port == 0 ? null : "http://localhost:" + port;
    }
}
