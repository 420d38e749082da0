package org.tocsin.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.audience.Counts;
import org.tocsin.audience.MetricsResult;
import org.tocsin.audience.MetricsSource;
import org.tocsin.audience.MetricsSourceContract;
import org.tocsin.http.OutboundHttp;
import org.tocsin.network.Behaviour;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.TestClock;

class BlueskyMetricsTest extends MetricsSourceContract {
    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        return new BlueskyBinding(new FakeBluesky(clock), FakeBluesky.HANDLE, FakeBluesky.APP_PASSWORD);
    }

    @Override
    protected MetricsSource open(OutboundHttp client, TestClock time) {
        return new BlueskyMetrics(client, ((BlueskyBinding) binding).sessions(), time);
    }

    @Override
    protected Counts counts() {
        return new Counts(7L, 3L, 2L, 1L, null);
    }

    @Override
    protected Behaviour.Answer told(String remoteId, String likes) {
        return Behaviour.answer(200, "{\"posts\":[{\"uri\":\"" + remoteId + "\",\"likeCount\":" + likes + "}]}");
    }

    @Override
    protected String other() {
        return "at://" + FakeBluesky.ALICE + "/app.bsky.feed.post/3kaliceposts2";
    }

    private MetricsResult read(String... ids) {
        return source.read(binding.channel(), List.of(ids));
    }

    @Test
    void what_is_not_known_yet_to_those_who_count_is_not_gone() {
        String id = post();
        server.lag(true);
        assertThat(read(id)).isEqualTo(new MetricsResult.Read(Map.of()));
        server.lag(false);
        assertThat(read(id)).isEqualTo(new MetricsResult.Read(Map.of(id, new MetricsResult.Counted(counts()))));
    }

    @Test
    void a_post_of_another_that_is_missing_is_not_looked_for() {
        assertThat(read(other())).isEqualTo(new MetricsResult.Read(Map.of()));
        assertThat(((FakeBluesky) server).count("getRecord")).isZero();
    }

    @Test
    void many_that_are_missing_are_not_all_looked_for_at_once() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(post());
        }
        server.lag(true);
        read(ids.toArray(String[]::new));
        assertThat(((FakeBluesky) server).count("getRecord")).isEqualTo(3);
    }

    @Test
    void a_session_that_is_over_is_renewed_once() {
        String id = post();
        read(id);
        ((FakeBluesky) server).expireAccess();
        assertThat(read(id)).isEqualTo(new MetricsResult.Read(Map.of(id, new MetricsResult.Counted(counts()))));
    }
}
