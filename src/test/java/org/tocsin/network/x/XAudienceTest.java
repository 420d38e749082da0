package org.tocsin.network.x;

import java.io.IOException;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.AudienceSourceContract;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Behaviour;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.TestClock;

class XAudienceTest extends AudienceSourceContract {
    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        return XContractTest.bind(new FakeX(clock));
    }

    @Override
    protected AudienceSource open(OutboundHttp client, TestClock time) {
        return new XAudience(client, new RetryAfter(time));
    }

    @Override
    protected long followers() {
        return FakeX.FOLLOWERS;
    }

    @Override
    protected Behaviour.Answer told(String number) {
        return Behaviour.answer(
                200,
                "{\"data\":{\"id\":\"" + FakeX.USER + "\",\"username\":\"" + FakeX.NAME
                        + "\",\"public_metrics\":{\"followers_count\":" + number + "}}}");
    }
}
