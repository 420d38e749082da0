package org.tocsin.network.telegram;

import java.io.IOException;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.AudienceSourceContract;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Behaviour;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.TestClock;

class TelegramAudienceTest extends AudienceSourceContract {
    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        return TelegramContractTest.bind(new FakeTelegram(clock));
    }

    @Override
    protected AudienceSource open(OutboundHttp client, TestClock time) {
        return new TelegramAudience(client, new RetryAfter(time), time);
    }

    @Override
    protected long followers() {
        return FakeTelegram.FOLLOWERS;
    }

    @Override
    protected Behaviour.Answer told(String number) {
        return Behaviour.answer(200, "{\"ok\":true,\"result\":" + number + "}");
    }
}
