package org.tocsin.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.AudienceSourceContract;
import org.tocsin.audience.CountResult;
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

    @Test
    void a_session_that_is_over_is_renewed_once() {
        source.count(binding.channel());
        ((FakeBluesky) server).expireAccess();
        assertThat(source.count(binding.channel())).isEqualTo(new CountResult.Counted(FakeBluesky.FOLLOWERS));
    }

    @Test
    void the_profile_of_another_is_not_the_channels() {
        server.nextCounts(Behaviour.answer(200, "{\"did\":\"did:plc:other\",\"followersCount\":5}"));
        assertThat(source.count(binding.channel())).isInstanceOf(CountResult.NotCounted.class);
    }
}
