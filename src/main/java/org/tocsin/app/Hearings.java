package org.tocsin.app;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.tocsin.base.UnitOfWork;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.MentionSource;
import org.tocsin.mention.MentionStream;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceType;
import org.tocsin.mention.hearing.Keeper;
import org.tocsin.mention.hearing.Streams;
import org.tocsin.network.bluesky.BlueskyHearing;
import org.tocsin.network.bluesky.BlueskyStream;
import org.tocsin.network.mastodon.MastodonHearing;
import org.tocsin.network.mastodon.MastodonStream;
import org.tocsin.network.telegram.GroupMessages;
import org.tocsin.network.telegram.TelegramInboxes;
import org.tocsin.network.telegram.UpdateHandler;
import org.tocsin.network.x.XHearing;
import org.tocsin.sql.SqlInboxes;

/**
 * What can be heard on the networks besides what is asked for when it is due: it comes by itself.
 *
 * @param types   what can be listened to so
 * @param bots    the one inbox of each Telegram bot; further handlers of updates are registered where it is made
 * @param streams the connections on which what is said comes at once
 */
record Hearings(List<SourceType> types, TelegramInboxes bots, Streams streams) {
    /** The one list of what is asked for when it is due, in the order in which it is offered. */
    static List<MentionSource> polled(Stores stores, OutboundHttp http, Clock clock) {
        return List.of(
                new MastodonHearing(MastodonHearing.Of.MENTIONS, http, clock),
                new MastodonHearing(MastodonHearing.Of.TAG, http, clock),
                new MastodonHearing(MastodonHearing.Of.SEARCH, http, clock),
                new BlueskyHearing(BlueskyHearing.Of.MENTIONS, http, stores.sessions(), clock),
                new BlueskyHearing(BlueskyHearing.Of.SEARCH, http, stores.sessions(), clock),
                new XHearing(XHearing.Of.MENTIONS, http, new RetryAfter(clock), clock),
                new XHearing(XHearing.Of.SEARCH, http, new RetryAfter(clock), clock));
    }

    /**
     * @param wanted whether any watch matches an item
     * @param staff  what else the bots are told for
     */
    static Hearings of(
            Settings settings,
            Stores stores,
            UnitOfWork unitOfWork,
            OutboundHttp http,
            Keeper keeper,
            BiPredicate<Source, HeardItem> wanted,
            List<UpdateHandler> staff,
            Clock clock) {
        GroupMessages groups = new GroupMessages(keeper, stores.channels()::find, clock);
        TelegramInboxes bots = new TelegramInboxes(
                unitOfWork,
                new SqlInboxes(),
                http,
                new RetryAfter(clock),
                Stream.concat(Stream.of(groups), staff.stream()).toList(),
                clock);
        URI jetstream = settings.url(Setting.BLUESKY_JETSTREAM).orElseThrow();
        List<MentionStream> live =
                List.of(new MastodonStream(http, http, clock), new BlueskyStream(jetstream, http, wanted, clock));
        List<SourceType> types = new ArrayList<>(live);
        types.add(groups);
        return new Hearings(
                List.copyOf(types),
                bots,
                new Streams(unitOfWork, stores.sources(), stores.channels(), live, keeper, clock));
    }

    /** Begins to listen. */
    void start() {
        bots.start();
        streams.start();
    }

    void close() {
        streams.close();
        bots.close();
    }
}
