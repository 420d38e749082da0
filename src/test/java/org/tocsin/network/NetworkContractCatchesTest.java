package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.Fault;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.http.OutboundHttp;
import org.tocsin.network.reference.ReferenceBinding;
import org.tocsin.network.reference.ReferenceNetwork;
import org.tocsin.post.TextSize;

/** The kit fails for adapters that are wrong, each in one way. */
class NetworkContractCatchesTest {
    @TempDir
    Path folder;

    /** Sends again what was not answered. */
    private record Repeating(HttpClient http) implements HttpClient {
        @Override
        public HttpResult send(HttpRequest request) {
            HttpResult first = http.send(request);
            return first instanceof HttpResult.NoAnswer ? http.send(request) : first;
        }

        @Override
        public HttpResult read(HttpRequest request, int maxBytes) {
            return http.read(request, maxBytes);
        }
    }

    /** Follows redirects, writes included. */
    private record Following(HttpClient http) implements HttpClient {
        @Override
        public HttpResult send(HttpRequest request) {
            HttpResult first = http.send(request);
            return first instanceof HttpResult.Answer answer && answer.status() / 100 == 3 ? http.send(request) : first;
        }

        @Override
        public HttpResult read(HttpRequest request, int maxBytes) {
            return http.read(request, maxBytes);
        }
    }

    /** Everything as the reference, save what a test replaces. */
    private static class Wrong implements Network {
        final Network right;

        Wrong(Network right) {
            this.right = right;
        }

        @Override
        public String id() {
            return right.id();
        }

        @Override
        public Limits limits(Channel channel) {
            return right.limits(channel);
        }

        @Override
        public TextSize measure(Channel channel, Draft draft) {
            return right.measure(channel, draft);
        }

        @Override
        public Guarantee guarantee(Channel channel) {
            return right.guarantee(channel);
        }

        @Override
        public DeliveryKey newKey() {
            return right.newKey();
        }

        @Override
        public List<Fault> validate(Channel channel) {
            return right.validate(channel);
        }

        @Override
        public RenderResult render(
                Channel channel, Segment segment, DeliveryKey key, @Nullable Receipt parent, List<String> uploads) {
            return right.render(channel, segment, key, parent, uploads);
        }

        @Override
        public PublishResult publish(Channel channel, Intent intent) {
            return right.publish(channel, intent);
        }

        @Override
        public FindResult find(Channel channel, Intent intent) {
            return right.find(channel, intent);
        }

        @Override
        public DeleteResult delete(Channel channel, Receipt receipt) {
            return right.delete(channel, receipt);
        }

        @Override
        public ChannelHealth check(Channel channel) {
            return right.check(channel);
        }

        @Override
        public Optional<RemoteRef> reference(Channel channel, URI url) {
            return right.reference(channel, url);
        }
    }

    private NetworkContract kit(UnaryOperator<HttpClient> client, UnaryOperator<Network> adapter) throws Exception {
        NetworkContract kit = new NetworkContract() {
            @Override
            protected NetworkBinding bind(TestClock clock) throws IOException {
                return new ReferenceBinding(clock, Guarantee.Kind.KEYED) {
                    @Override
                    public Network open(OutboundHttp http, Clock clock) {
                        return adapter.apply(
                                new ReferenceNetwork(client.apply(http), clock, Guarantee.of(Guarantee.Kind.KEYED)));
                    }
                };
            }
        };
        kit.folder = folder;
        kit.openKit();
        return kit;
    }

    private void catches(UnaryOperator<HttpClient> client, UnaryOperator<Network> adapter, Check check)
            throws Exception {
        NetworkContract right = kit(UnaryOperator.identity(), UnaryOperator.identity());
        check.of(right).run();
        right.closeKit();
        NetworkContract wrong = kit(client, adapter);
        assertThatThrownBy(call(check.of(wrong))).isInstanceOf(AssertionError.class);
        wrong.closeKit();
    }

    private static ThrowingCallable call(Step step) {
        return step::run;
    }

    /** A test of the kit. */
    @FunctionalInterface
    private interface Check {
        Step of(NetworkContract kit);
    }

    /** A test of the kit, bound. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    @Test
    void a_client_that_repeats() throws Exception {
        catches(Repeating::new, UnaryOperator.identity(), kit -> {
            NetworkSendingContract.OneRequest group = kit.new OneRequest();
            return group::a_peer_that_closes_a_cold_connection_after_the_request_gets_it_once;
        });
    }

    @Test
    void a_client_that_follows_redirects_of_writes() throws Exception {
        catches(Following::new, UnaryOperator.identity(), kit -> {
            NetworkContract.Errors group = kit.new Errors();
            return () -> {
                for (var test : group.each_status_has_its_outcome().toList()) {
                    try {
                        test.getExecutable().execute();
                    } catch (Throwable e) {
                        if (e instanceof AssertionError failed) {
                            throw failed;
                        }
                        throw new IllegalStateException(e);
                    }
                }
            };
        });
    }

    @Test
    void a_fresh_key_at_each_retry() throws Exception {
        UnaryOperator<Network> fresh = right -> new Wrong(right) {
            @Override
            public PublishResult publish(Channel channel, Intent intent) {
                String body = intent.body()
                        .replace(intent.key().value(), UUID.randomUUID().toString());
                return right.publish(
                        channel,
                        new Intent(
                                intent.key(),
                                body,
                                intent.text(),
                                intent.textHash(),
                                intent.parentRemoteId(),
                                intent.firstAt(),
                                intent.at(),
                                intent.taken()));
            }
        };
        catches(UnaryOperator.identity(), fresh, kit -> {
            NetworkSendingContract.Idempotency group = kit.new Idempotency();
            return group::the_same_intent_twice_makes_one_post;
        });
    }

    @Test
    void a_lost_answer_that_is_called_a_refusal() throws Exception {
        UnaryOperator<Network> hasty = right -> new Wrong(right) {
            @Override
            public PublishResult publish(Channel channel, Intent intent) {
                PublishResult result = right.publish(channel, intent);
                return result instanceof PublishResult.Unknown(Reason reason, Instant ignored)
                        ? new PublishResult.Unreachable(reason)
                        : result;
            }
        };
        catches(UnaryOperator.identity(), hasty, kit -> {
            NetworkSendingContract.OneRequest group = kit.new OneRequest();
            return group::half_an_answer_is_no_answer;
        });
    }

    @Test
    void a_probe_that_takes_the_posts_of_others() throws Exception {
        UnaryOperator<Network> greedy = right -> new Wrong(right) {
            @Override
            public FindResult find(Channel channel, Intent intent) {
                return right.find(channel, NetworkKit.taking(intent, _ -> false));
            }
        };
        catches(UnaryOperator.identity(), greedy, kit -> {
            NetworkContract.Probe group = kit.new Probe();
            return group::a_post_that_belongs_to_another_delivery_is_passed_over;
        });
    }

    @Test
    void the_wrong_adapters_are_wrong_in_one_way_only() throws Exception {
        NetworkContract kit = kit(UnaryOperator.identity(), Wrong::new);
        assertThat(kit.network.check(kit.channel).status()).isEqualTo(ChannelHealth.Status.OK);
        kit.closeKit();
    }
}
