package org.tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.audience.MetricsResult.Counted;
import org.tocsin.audience.MetricsResult.Gone;
import org.tocsin.audience.MetricsResult.NotRead;
import org.tocsin.audience.MetricsResult.Read;
import org.tocsin.base.Ticker;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.Effect;
import org.tocsin.network.FakeServer;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.PublishResult;
import org.tocsin.network.PublishResult.NoEffect;
import org.tocsin.network.TestClock;

/** What every adapter that reads engagement keeps: whatever a network answers is a value, and what is not told is not zero. */
public abstract class MetricsSourceContract {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    protected TestClock clock;
    protected NetworkBinding binding;
    protected FakeServer server;
    protected OutboundHttp http;
    protected MetricsSource source;

    protected abstract NetworkBinding bind(TestClock clock) throws IOException;

    protected abstract MetricsSource open(OutboundHttp client, TestClock time);

    /** What the fake server says of each of its posts. */
    protected abstract Counts counts();

    /** The id of a post, as receipts have it. */
    protected String remoteId(Effect effect) {
        return effect.remoteId();
    }

    /** A success that says of that post only how many like it, with that JSON value in the place of the number. */
    protected abstract Behaviour.Answer told(String remoteId, String likes);

    /** An id that is one of the network, of a post that is not there. */
    protected abstract String other();

    @BeforeEach
    public void openKit() throws IOException {
        clock = new TestClock(START);
        binding = bind(clock);
        server = binding.server();
        http = new OutboundHttp(new AddressGuard(Set.of(server.peer())), "Tocsin/test", null, Ticker.system());
        source = open(http, clock);
    }

    @AfterEach
    public void closeKit() throws IOException {
        http.close();
        binding.close();
    }

    protected final String post() {
        return remoteId(server.plant("Assemblée samedi", START.minusSeconds(600)));
    }

    private Map<String, MetricsResult.Told> told(String... ids) {
        MetricsResult result = source.read(binding.channel(), List.of(ids));
        assertThat(result).isInstanceOf(Read.class);
        return ((Read) result).told();
    }

    private NoEffect failure(String id, Behaviour... next) {
        server.nextMetrics(next);
        MetricsResult result = source.read(binding.channel(), List.of(id));
        assertThat(result).isInstanceOf(NotRead.class);
        NoEffect outcome = ((NotRead) result).outcome();
        binding.channel()
                .secrets()
                .values()
                .forEach(secret -> assertThat(outcome.toString()).doesNotContain(secret.reveal()));
        return outcome;
    }

    @Test
    void it_is_of_the_network_that_it_reads() {
        assertThat(source.network()).isEqualTo(binding.channel().network());
    }

    @Test
    void it_tells_what_the_network_tells_with_one_question() {
        String id = post();
        assertThat(told(id)).isEqualTo(Map.of(id, new Counted(counts())));
        assertThat(server.metrics()).hasSize(1);
        assertThat(server.creates()).isEmpty();
    }

    @Test
    void as_many_posts_as_it_says_are_one_question() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < source.batch(); i++) {
            ids.add(post());
        }
        assertThat(told(ids.toArray(String[]::new))).hasSize(source.batch());
        assertThat(server.metrics()).hasSize(1);
    }

    @Test
    void nobody_is_a_number_too() {
        String id = post();
        server.nextMetrics(told(id, "0"));
        assertThat(told(id)).isEqualTo(Map.of(id, new Counted(new Counts(0L, null, null, null, null))));
    }

    @Test
    void what_is_no_number_of_people_is_unknown() {
        String id = post();
        for (String number : List.of("null", "-1", "12.5", "\"12\"", "[]", "1e30", "99999999999999999999")) {
            server.nextMetrics(told(id, number));
            assertThat(told(id)).as(number).isEmpty();
        }
    }

    @Test
    void what_is_said_of_another_post_is_not_heard() {
        String id = post();
        server.nextMetrics(told(other(), "5"));
        assertThat(told(id)).isEmpty();
    }

    @Test
    void what_is_no_id_is_not_asked_for() {
        assertThat(told("../../me?x=")).isEmpty();
        assertThat(server.metrics()).isEmpty();
    }

    @Test
    void a_post_that_was_deleted_is_gone() {
        Effect effect = server.plant("Assemblée samedi", START.minusSeconds(600));
        server.deletedThere(effect.remoteId());
        assertThat(told(remoteId(effect))).isEqualTo(Map.of(remoteId(effect), new Gone()));
    }

    @Test
    void a_body_that_cannot_be_read_says_nothing() {
        String id = post();
        assertThat(failure(id, Behaviour.html(200))).isInstanceOf(PublishResult.Unreachable.class);
        assertThat(failure(id, Behaviour.answer(200, ""))).isInstanceOf(PublishResult.Unreachable.class);
        assertThat(failure(id, Behaviour.answer(200, "{\"likes"))).isInstanceOf(PublishResult.Unreachable.class);
        assertThat(failure(id, Behaviour.answer(200, "{}"))).isInstanceOf(PublishResult.Unreachable.class);
        assertThat(failure(id, new Behaviour.Half(true))).isInstanceOf(PublishResult.Unreachable.class);
    }

    @Test
    void a_page_that_says_not_found_deletes_nothing() {
        assertThat(failure(post(), Behaviour.html(404))).isInstanceOf(PublishResult.Refused.class);
    }

    @Test
    void who_may_not_ask_is_told_so() {
        assertThat(failure(post(), binding.refusal(401, "no"))).isInstanceOf(PublishResult.Unauthorized.class);
    }

    @Test
    void a_channel_that_lacks_its_secret_asks_nothing() {
        Channel whole = binding.channel();
        Channel channel = new Channel(
                whole.id(),
                whole.branch(),
                whole.name(),
                whole.network(),
                whole.settings(),
                Map.of(),
                whole.createdAt());
        assertThat(source.read(channel, List.of(other())))
                .isInstanceOfSatisfying(
                        NotRead.class,
                        result -> assertThat(result.outcome()).isInstanceOf(PublishResult.Unauthorized.class));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void who_asks_too_often_is_told_until_when() {
        String id = post();
        for (NetworkBinding.Throttle throttle : binding.throttles(clock.instant())) {
            assertThat(failure(id, throttle.answer()))
                    .as(throttle.name())
                    .isInstanceOfSatisfying(
                            PublishResult.Throttled.class,
                            throttled -> assertThat(throttled.until())
                                    .isEqualTo(
                                            throttle.delay() == null
                                                    ? null
                                                    : clock.instant().plus(throttle.delay())));
        }
    }

    @Test
    void a_server_that_fails_or_hangs_up_is_unreachable_and_asked_once() {
        String id = post();
        for (int status : List.of(500, 502, 503)) {
            assertThat(failure(id, binding.refusal(status, "broken"))).isInstanceOf(PublishResult.Unreachable.class);
            assertThat(failure(id, Behaviour.html(status))).isInstanceOf(PublishResult.Unreachable.class);
        }
        int before = server.metrics().size();
        assertThat(failure(id, Behaviour.drop())).isInstanceOf(PublishResult.Unreachable.class);
        assertThat(server.metrics()).hasSize(before + 1);
    }

    @Test
    void an_interrupt_makes_it_return() throws InterruptedException {
        String id = post();
        told(id);
        server.nextMetrics(new Behaviour.Wait(new CountDownLatch(1)));
        AtomicReference<MetricsResult> result = new AtomicReference<>();
        Thread asker = Thread.ofVirtual().start(() -> result.set(source.read(binding.channel(), List.of(id))));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> server.metrics().size() == 2);
        asker.interrupt();
        assertThat(asker.join(Duration.ofSeconds(10))).isTrue();
        assertThat(result.get()).isInstanceOf(NotRead.class);
    }
}
