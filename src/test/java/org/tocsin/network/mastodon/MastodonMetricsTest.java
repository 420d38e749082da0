package org.tocsin.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.audience.Counts;
import org.tocsin.audience.MetricsResult;
import org.tocsin.audience.MetricsSource;
import org.tocsin.audience.MetricsSourceContract;
import org.tocsin.http.OutboundHttp;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Guarantee;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.TestClock;

class MastodonMetricsTest extends MetricsSourceContract {
    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        return new MastodonBinding(clock, "4.5.2", Guarantee.Kind.WINDOWED);
    }

    @Override
    protected MetricsSource open(OutboundHttp client, TestClock time) {
        return new MastodonMetrics(client, time);
    }

    @Override
    protected Counts counts() {
        return new Counts((long) FakeMastodon.LIKES, 3L, 2L, null, null);
    }

    @Override
    protected Behaviour.Answer told(String remoteId, String likes) {
        return Behaviour.answer(200, "{\"id\":\"" + remoteId + "\",\"favourites_count\":" + likes + "}");
    }

    @Override
    protected String other() {
        return "4711";
    }

    @Test
    void quotes_are_told_by_servers_that_count_them() {
        String id = post();
        server.nextMetrics(Behaviour.answer(200, "{\"id\":\"" + id + "\",\"quotes_count\":4}"));
        assertThat(source.read(binding.channel(), List.of(id)))
                .isEqualTo(new MetricsResult.Read(
                        Map.of(id, new MetricsResult.Counted(new Counts(null, null, null, 4L, null)))));
    }

    @Test
    void what_the_server_says_it_has_thrown_away_is_gone() {
        String id = post();
        server.nextMetrics(Behaviour.answer(410, ""));
        assertThat(source.read(binding.channel(), List.of(id)))
                .isEqualTo(new MetricsResult.Read(Map.of(id, new MetricsResult.Gone())));
    }
}
