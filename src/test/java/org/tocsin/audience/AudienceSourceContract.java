package org.tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DecimalNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.base.Ticker;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.FakeServer;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.PublishResult;
import org.tocsin.network.PublishResult.NoEffect;
import org.tocsin.network.TestClock;

/** What every adapter that counts followers keeps: whatever a network answers is a value, and one question is one request. */
public abstract class AudienceSourceContract {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    protected TestClock clock;
    protected NetworkBinding binding;
    protected FakeServer server;
    protected OutboundHttp http;
    protected AudienceSource source;

    /** The network's own binding, whose server knows {@link #followers()}. */
    protected abstract NetworkBinding bind(TestClock clock) throws IOException;

    protected abstract AudienceSource open(OutboundHttp client, TestClock time);

    /** How many follow, by the fake server. */
    protected abstract long followers();

    /** A success with that JSON value in the place of the number. */
    protected abstract Behaviour.Answer told(String number);

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

    private CountResult count(Channel channel) {
        return source.count(channel);
    }

    private NoEffect failure(Behaviour... next) {
        server.nextCounts(next);
        CountResult result = count(binding.channel());
        assertThat(result).isInstanceOf(CountResult.NotCounted.class);
        NoEffect outcome = ((CountResult.NotCounted) result).outcome();
        binding.channel()
                .secrets()
                .values()
                .forEach(secret -> assertThat(outcome.toString()).doesNotContain(secret.reveal()));
        return outcome;
    }

    @Test
    void it_is_of_the_network_that_it_counts_for() {
        assertThat(source.network()).isEqualTo(binding.channel().network());
    }

    @Test
    void it_tells_what_the_network_tells_with_one_question() {
        assertThat(count(binding.channel())).isEqualTo(new CountResult.Counted(followers()));
        assertThat(server.counts()).hasSize(1);
        assertThat(server.creates()).isEmpty();
    }

    @Test
    void nobody_is_a_number_too() {
        server.nextCounts(told("0"));
        assertThat(count(binding.channel())).isEqualTo(new CountResult.Counted(0));
    }

    @Test
    void what_is_no_number_of_people_is_not_counted() {
        for (String number : List.of("null", "-1", "12.5", "\"12\"", "[]", "99999999999999999999", "90000000000")) {
            assertThat(failure(told(number))).as(number).isInstanceOf(PublishResult.Unreachable.class);
        }
    }

    @Test
    void a_body_that_cannot_be_read_is_not_counted() {
        assertThat(failure(Behaviour.html(200))).isInstanceOf(PublishResult.Unreachable.class);
        assertThat(failure(Behaviour.answer(200, ""))).isInstanceOf(PublishResult.Unreachable.class);
        assertThat(failure(Behaviour.answer(200, "{\"followers"))).isInstanceOf(PublishResult.Unreachable.class);
        assertThat(failure(Behaviour.answer(200, "{}"))).isInstanceOf(PublishResult.Unreachable.class);
        assertThat(failure(new Behaviour.Half(true))).isInstanceOf(PublishResult.Unreachable.class);
    }

    @Test
    void who_may_not_ask_is_told_so() {
        assertThat(failure(binding.refusal(401, "no"))).isInstanceOf(PublishResult.Unauthorized.class);
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
        assertThat(count(channel))
                .isInstanceOfSatisfying(
                        CountResult.NotCounted.class,
                        result -> assertThat(result.outcome()).isInstanceOf(PublishResult.Unauthorized.class));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void who_asks_too_often_is_told_until_when() {
        for (NetworkBinding.Throttle throttle : binding.throttles(clock.instant())) {
            NoEffect outcome = failure(throttle.answer());
            assertThat(outcome)
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
        for (int status : List.of(500, 502, 503)) {
            assertThat(failure(binding.refusal(status, "broken"))).isInstanceOf(PublishResult.Unreachable.class);
            assertThat(failure(Behaviour.html(status))).isInstanceOf(PublishResult.Unreachable.class);
        }
        int before = server.counts().size();
        assertThat(failure(Behaviour.drop())).isInstanceOf(PublishResult.Unreachable.class);
        assertThat(server.counts()).hasSize(before + 1);
    }

    @Test
    void a_server_that_is_not_there_is_unreachable() throws IOException {
        Channel channel = binding.channel();
        server.close();
        assertThat(count(channel))
                .isInstanceOfSatisfying(
                        CountResult.NotCounted.class,
                        result -> assertThat(result.outcome()).isInstanceOf(PublishResult.Unreachable.class));
    }

    @Test
    void a_fraction_is_no_count() {
        assertThat(CountResult.read(DecimalNode.valueOf(new BigDecimal("1.5")))).isEmpty();
    }
}
