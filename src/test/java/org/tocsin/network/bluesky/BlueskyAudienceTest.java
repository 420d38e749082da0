package org.tocsin.network.bluesky;

import java.io.IOException;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.AudienceSourceContract;
import org.tocsin.http.OutboundHttp;
import org.tocsin.network.Behaviour;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.TestClock;

class BlueskyAudienceTest extends AudienceSourceContract {
    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        return new BlueskyBinding(new FakeBluesky(clock), FakeBluesky.HANDLE, FakeBluesky.APP_PASSWORD);
    }

    @Override
    protected AudienceSource open(OutboundHttp client, TestClock time) {
        return new BlueskyAudience(client, ((BlueskyBinding) binding).sessions(), time);
    }

    @Override
    protected long followers() {
        return FakeBluesky.FOLLOWERS;
    }

    @Override
    protected Behaviour.Answer told(String number) {
        return Behaviour.answer(200, "{\"did\":\"" + FakeBluesky.DID + "\",\"followersCount\":" + number + "}");
    }
}
