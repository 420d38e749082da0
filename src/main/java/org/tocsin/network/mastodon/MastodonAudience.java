package org.tocsin.network.mastodon;

import java.time.Clock;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.CountResult;
import org.tocsin.http.HttpClient;
import org.tocsin.network.Channel;

/** The followers of an account, as its own server knows them (docs.joinmastodon.org/entities/Account). */
public final class MastodonAudience implements AudienceSource {
    private final MastodonAccounts accounts;

    /**
     * @param http  the one way out
     * @param clock for what servers say about waiting
     */
    public MastodonAudience(HttpClient http, Clock clock) {
        this.accounts = new MastodonAccounts(new MastodonApi(http), new MastodonAnswers(clock), clock);
    }

    @Override
    public String network() {
        return "mastodon";
    }

    @Override
    public CountResult count(Channel channel) {
        return accounts.followers(channel);
    }
}
