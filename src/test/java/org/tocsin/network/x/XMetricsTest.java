package org.tocsin.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.audience.Counts;
import org.tocsin.audience.MetricsResult;
import org.tocsin.audience.MetricsSource;
import org.tocsin.audience.MetricsSourceContract;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.TestClock;

class XMetricsTest extends MetricsSourceContract {
    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        return XContractTest.bind(new FakeX(clock));
    }

    @Override
    protected MetricsSource open(OutboundHttp client, TestClock time) {
        return new XMetrics(client, new RetryAfter(time));
    }

    @Override
    protected Counts counts() {
        return new Counts(7L, 3L, 2L, 1L, 900L);
    }

    @Override
    protected Behaviour.Answer told(String remoteId, String likes) {
        return Behaviour.answer(
                200, "{\"data\":[{\"id\":\"" + remoteId + "\",\"public_metrics\":{\"like_count\":" + likes + "}}]}");
    }

    @Override
    protected String other() {
        return "4711";
    }

    private MetricsResult read(String... ids) {
        return source.read(binding.channel(), List.of(ids));
    }

    @Test
    void it_is_asked_only_where_a_person_wants_it_and_each_post_costs() {
        Channel whole = binding.channel();
        Map<String, String> settings = new HashMap<>(whole.settings());
        settings.put("readEngagement", "true");
        settings.put("costLookupUsd", "0.002");
        Channel wanted = new Channel(
                whole.id(),
                whole.branch(),
                whole.name(),
                whole.network(),
                settings,
                whole.secrets(),
                whole.createdAt());
        assertThat(source.wanted(whole)).isFalse();
        assertThat(source.wanted(wanted)).isTrue();
        assertThat(source.cost(whole, 3)).isEqualTo(new Cost(15_000));
        assertThat(source.cost(wanted, 3)).isEqualTo(new Cost(6_000));
        assertThat(binding.open(http, clock).settings()).contains("readEngagement", "costLookupUsd");
    }

    @Test
    void both_names_of_reposts_are_read() {
        String id = post();
        server.nextMetrics(
                Behaviour.answer(200, "{\"data\":[{\"id\":\"" + id + "\",\"public_metrics\":{\"repost_count\":4}}]}"));
        assertThat(read(id))
                .isEqualTo(new MetricsResult.Read(
                        Map.of(id, new MetricsResult.Counted(new Counts(null, 4L, null, null, null)))));
    }

    @Test
    void a_post_that_may_not_be_seen_is_not_gone() {
        String id = post();
        server.nextMetrics(Behaviour.answer(
                200,
                "{\"errors\":[{\"resource_id\":\"" + id
                        + "\",\"type\":\"https://api.twitter.com/2/problems/not-authorized-for-resource\"}]}"));
        assertThat(read(id)).isEqualTo(new MetricsResult.Read(Map.of()));
    }

    @Test
    void credits_that_are_spent_are_told_as_such() {
        String id = post();
        ((FakeX) server).broke(true);
        assertThat(read(id))
                .isInstanceOfSatisfying(
                        MetricsResult.NotRead.class,
                        result -> assertThat(result.outcome().reason().message().code())
                                .isEqualTo("x.credits"));
    }
}
