package org.tocsin.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.feed.FeedBench.CHANNEL;

import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.Ticker;
import org.tocsin.delivery.DeliverySettings;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.Peer;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Editing;
import org.tocsin.network.Receipt;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Rewording;

class WebSubTest {
    private static final Duration MIN = Duration.ofSeconds(30);
    private static final Duration MAX = Duration.ofMinutes(30);

    @TempDir
    Path folder;

    private MockWebServer hub;
    private OutboundHttp http;
    private FeedBench bench;
    private WebSubPinger pinger;

    @BeforeEach
    void open() throws Exception {
        hub = new MockWebServer();
        hub.start(InetAddress.ofLiteral("127.0.0.1"), 0);
        http = new OutboundHttp(
                new AddressGuard(Set.of(new Peer("127.0.0.1", hub.getPort()))), "Tocsin/test", null, Ticker.system());
        bench = new FeedBench(folder, URI.create("http://127.0.0.1:" + hub.getPort() + "/hub"));
        RetryPolicy retry = new RetryPolicy(
                new DeliverySettings(Duration.ZERO, Duration.ZERO, MIN, MAX, Duration.ofHours(24), 1), new Random(7));
        pinger = new WebSubPinger(
                bench.store, bench.rows, bench.settings, http, new RetryAfter(bench.clock), retry, bench.clock);
    }

    @AfterEach
    void close() {
        bench.close();
        http.close();
        hub.close();
    }

    private void answers(int... codes) {
        for (int code : codes) {
            hub.enqueue(new MockResponse.Builder().code(code).build());
        }
    }

    /** Does what the route does with what is due now. */
    private int pingAll() {
        List<FeedPing> claimed = bench.pings.claim(100);
        claimed.forEach(pinger::ping);
        claimed.forEach(bench.pings::release);
        return claimed.size();
    }

    /** Leaves one ping only. */
    private void publishWithOnePing() {
        bench.publish("un");
        answers(204, 204);
        bench.pings.claim(2).forEach(ping -> {
            pinger.ping(ping);
            bench.pings.release(ping);
        });
    }

    @Test
    void the_hub_is_told_of_every_feed_that_an_item_is_in() throws Exception {
        bench.publish("un #Été");
        answers(204, 202, 200, 204, 204, 204);
        assertThat(pingAll()).isEqualTo(6);
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            RecordedRequest request = hub.takeRequest();
            assertThat(request.getMethod()).isEqualTo("POST");
            assertThat(request.getHeaders().get("Content-Type")).startsWith("application/x-www-form-urlencoded");
            String form = request.getBody().utf8();
            assertThat(form).startsWith("hub.mode=publish&hub.url=");
            topics.add(URLDecoder.decode(form.substring("hub.mode=publish&hub.url=".length()), StandardCharsets.UTF_8));
        }
        assertThat(topics)
                .containsExactlyInAnyOrder(
                        "https://exemple.fr/feeds/posts.rss",
                        "https://exemple.fr/feeds/posts.atom",
                        "https://exemple.fr/feeds/posts.json",
                        "https://exemple.fr/feeds/tags/%C3%A9t%C3%A9.rss",
                        "https://exemple.fr/feeds/tags/%C3%A9t%C3%A9.atom",
                        "https://exemple.fr/feeds/tags/%C3%A9t%C3%A9.json");
        assertThat(pingAll()).isZero();
        assertThat(bench.pings.nextAt()).isEmpty();
    }

    @Test
    void the_hub_is_told_of_an_edit_and_of_its_repeat_only_once() {
        Receipt receipt = bench.publish("un");
        answers(204, 204, 204, 204, 204, 204);
        assertThat(pingAll()).isEqualTo(3);
        Editing editing = bench.network.editing(FeedBench.CHANNEL).orElseThrow();
        Rewording better = new Rewording(receipt, "deux", "fr", null, null, List.of());
        String body = ((RenderResult.Rendered) editing.render(FeedBench.CHANNEL, better)).body();
        bench.clock.move(Duration.ofMinutes(1));
        editing.edit(FeedBench.CHANNEL, receipt, body);
        assertThat(pingAll()).isEqualTo(3);
        bench.clock.move(Duration.ofMinutes(1));
        editing.edit(FeedBench.CHANNEL, receipt, body);
        assertThat(pingAll()).isZero();
    }

    @Test
    void a_busy_hub_is_asked_again_when_it_says() {
        publishWithOnePing();
        hub.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "120")
                .build());
        assertThat(pingAll()).isOne();
        assertThat(bench.pings.nextAt()).contains(bench.clock.instant().plusSeconds(120));
        bench.clock.move(Duration.ofSeconds(119));
        assertThat(pingAll()).isZero();
        bench.clock.move(Duration.ofSeconds(1));
        answers(204);
        assertThat(pingAll()).isOne();
        assertThat(bench.pings.nextAt()).isEmpty();
        assertThat(hub.getRequestCount()).isEqualTo(4);
    }

    @Test
    void a_hub_that_is_down_is_asked_less_and_less_and_given_up_after_a_day() {
        publishWithOnePing();
        Instant first = bench.clock.instant();
        hub.close();
        int tries = 0;
        for (; bench.pings.nextAt().isPresent(); tries++) {
            Instant next = bench.pings.nextAt().orElseThrow();
            assertThat(Duration.between(bench.clock.instant(), next)).isBetween(Duration.ZERO, MAX);
            bench.clock.move(Duration.between(bench.clock.instant(), next));
            assertThat(pingAll()).isOne();
        }
        assertThat(tries).isBetween(40, 1000);
        assertThat(Duration.between(first, bench.clock.instant()))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
    }

    @Test
    void a_lost_answer_is_one_request_now_and_one_later() {
        publishWithOnePing();
        hub.enqueue(new MockResponse.Builder()
                .onRequestBody(new SocketEffect.CloseSocket())
                .build());
        assertThat(pingAll()).isOne();
        assertThat(bench.pings.nextAt()).isPresent();
        assertThat(pingAll()).isZero();
    }

    @Test
    void a_change_during_a_ping_makes_another_and_pings_survive_a_restart() {
        Receipt receipt = bench.publish("un");
        List<FeedPing> claimed = bench.pings.claim(100);
        assertThat(bench.pings.claim(100)).isEmpty();
        bench.clock.move(Duration.ofMinutes(1));
        bench.network.delete(CHANNEL, receipt);
        assertThat(bench.pings.claim(100)).isEmpty();
        answers(204, 204, 204, 204, 204, 204);
        claimed.forEach(pinger::ping);
        bench.close();

        bench = new FeedBench(folder, bench.settings.hub(), bench.clock);
        assertThat(bench.pings.claim(100)).hasSize(3);
    }

    @Test
    void without_a_hub_there_are_no_pings() {
        bench.close();
        bench = new FeedBench(folder, null);
        bench.publish("un");
        assertThat(bench.pings.claim(100)).isEmpty();
        assertThat(bench.pings.nextAt()).isEmpty();
        List<FeedPing> ever =
                bench.store.read(tx -> bench.rows.due(tx, Instant.parse("2100-01-01T00:00:00Z"), Set.of(), 10));
        assertThat(ever).isEmpty();
    }
}
