package org.tocsin.app;

import java.time.Clock;
import java.util.List;
import org.tocsin.http.OutboundHttp;
import org.tocsin.mention.MentionSource;
import org.tocsin.network.bluesky.BlueskyHearing;
import org.tocsin.network.mastodon.MastodonHearing;

/** What can be heard on the networks: the one list of it, in the order in which it is offered. */
final class Hearings {
    private Hearings() {}

    static List<MentionSource> of(Stores stores, OutboundHttp http, Clock clock) {
        return List.of(
                new MastodonHearing(MastodonHearing.Of.MENTIONS, http, clock),
                new MastodonHearing(MastodonHearing.Of.TAG, http, clock),
                new MastodonHearing(MastodonHearing.Of.SEARCH, http, clock),
                new BlueskyHearing(BlueskyHearing.Of.MENTIONS, http, stores.sessions(), clock),
                new BlueskyHearing(BlueskyHearing.Of.SEARCH, http, stores.sessions(), clock));
    }
}
