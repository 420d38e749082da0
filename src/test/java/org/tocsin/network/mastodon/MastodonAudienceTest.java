package org.tocsin.network.mastodon;

import java.io.IOException;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.AudienceSourceContract;
import org.tocsin.http.OutboundHttp;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Guarantee;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.TestClock;

class MastodonAudienceTest extends AudienceSourceContract {
    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        return new MastodonBinding(clock, "4.5.2", Guarantee.Kind.WINDOWED);
    }

    @Override
    protected AudienceSource open(OutboundHttp client, TestClock time) {
        return new MastodonAudience(client, time);
    }

    @Override
    protected long followers() {
        return FakeMastodon.FOLLOWERS;
    }

    @Override
    protected Behaviour.Answer told(String number) {
        return Behaviour.answer(200, "{\"id\":\"" + FakeMastodon.ACCOUNT + "\",\"followers_count\":" + number + "}");
    }
}
