package org.tocsin.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.AudienceSourceContract;
import org.tocsin.audience.CountResult;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Query;
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

    @Test
    void the_followers_of_another_user_are_not_the_channels() {
        Channel whole = binding.channel();
        Map<String, String> settings = new HashMap<>(whole.settings());
        settings.put("accountId", "12");
        Channel channel = new Channel(
                whole.id(),
                whole.branch(),
                whole.name(),
                whole.network(),
                settings,
                whole.secrets(),
                whole.createdAt());
        assertThat(source.count(channel))
                .isInstanceOfSatisfying(
                        CountResult.NotCounted.class,
                        result -> assertThat(result.outcome()).isInstanceOf(PublishResult.Unauthorized.class));
    }

    @Test
    void it_costs_what_a_check_costs_and_nothing_else_is_read() {
        Channel channel = binding.channel();
        assertThat(source.cost(channel)).isEqualTo(binding.open(http, clock).cost(channel, Query.CHECK));
        source.count(channel);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void credits_that_are_spent_are_told_as_such() {
        ((FakeX) server).broke(true);
        assertThat(source.count(binding.channel()))
                .isInstanceOfSatisfying(
                        CountResult.NotCounted.class,
                        result -> assertThat(result.outcome().reason().message().code())
                                .isEqualTo("x.credits"));
    }
}
