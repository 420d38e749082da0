package org.tocsin.app;

import java.time.Clock;
import java.util.List;
import org.tocsin.base.Ids;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.mention.feed.FeedReader;
import org.tocsin.mention.hearing.Listener;
import org.tocsin.mention.hearing.Sources;

/**
 * What listens.
 *
 * @param listener reads sources
 * @param sources  what people do with them
 */
record Listening(Listener listener, Sources sources) {
    static Listening of(
            Settings settings,
            Stores stores,
            UnitOfWork intake,
            OutboundHttp http,
            RetryPolicy retry,
            Clock clock,
            Ids ids) {
        FeedReader feeds = new FeedReader(http, new RetryAfter(clock), clock);
        Wakeup due = new Wakeup();
        Listener listener = new Listener(
                intake,
                stores.sources(),
                stores.mentions(),
                stores.channels(),
                stores.notices(),
                List.of(feeds),
                retry,
                settings.duration(Setting.SOURCE_POLL_MIN),
                clock,
                due,
                new Wakeup());
        Sources sources =
                new Sources(intake, stores.sources(), feeds, stores.notices(), stores.audit(), ids, clock, due);
        return new Listening(listener, sources);
    }
}
