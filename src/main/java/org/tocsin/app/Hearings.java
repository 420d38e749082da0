package org.tocsin.app;

import java.time.Clock;
import java.util.List;
import org.tocsin.base.UnitOfWork;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.mention.Intake;
import org.tocsin.mention.MentionSource;
import org.tocsin.mention.SourceType;
import org.tocsin.network.bluesky.BlueskyHearing;
import org.tocsin.network.mastodon.MastodonHearing;
import org.tocsin.network.telegram.GroupMessages;
import org.tocsin.network.telegram.TelegramInboxes;
import org.tocsin.sql.SqlInboxes;

/**
 * What can be heard on the networks besides what is asked for when it is due: it comes by itself.
 *
 * @param types  what can be listened to so
 * @param bots   the one inbox of each Telegram bot; further handlers of updates are registered where it is made
 */
record Hearings(List<SourceType> types, TelegramInboxes bots) {
    /** The one list of what is asked for when it is due, in the order in which it is offered. */
    static List<MentionSource> polled(Stores stores, OutboundHttp http, Clock clock) {
        return List.of(
                new MastodonHearing(MastodonHearing.Of.MENTIONS, http, clock),
                new MastodonHearing(MastodonHearing.Of.TAG, http, clock),
                new MastodonHearing(MastodonHearing.Of.SEARCH, http, clock),
                new BlueskyHearing(BlueskyHearing.Of.MENTIONS, http, stores.sessions(), clock),
                new BlueskyHearing(BlueskyHearing.Of.SEARCH, http, stores.sessions(), clock));
    }

    static Hearings of(Stores stores, UnitOfWork unitOfWork, OutboundHttp http, Intake intake, Clock clock) {
        GroupMessages groups = new GroupMessages(intake, stores.channels()::find, clock);
        TelegramInboxes bots =
                new TelegramInboxes(unitOfWork, new SqlInboxes(), http, new RetryAfter(clock), List.of(groups), clock);
        return new Hearings(List.of(groups), bots);
    }
}
