package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tocsin.network.NetworkBinding.Ability;

/** The groups of {@link NetworkContract} about what is sent. */
public abstract class NetworkSendingContract extends NetworkKit {
    /** Before anything is sent. */
    @Nested
    class Construction {
        @Test
        void opening_and_judging_a_channel_send_nothing() {
            assertThat(network.validate(channel)).isEmpty();
            assertThat(network.id()).isEqualTo(channel.network());
            assertThat(network.newKey()).isNotEqualTo(network.newKey());
            assertThat(server.connections()).isZero();
        }

        @Test
        void every_missing_secret_is_a_named_fault_and_never_an_exception() {
            for (String name : channel.secrets().keySet()) {
                Channel poorer = without(channel, name);
                assertThat(network.validate(poorer))
                        .anySatisfy(fault -> assertThat(fault.pointer()).endsWith("/" + name));
                assertThat(network.check(poorer).status()).isEqualTo(ChannelHealth.Status.UNAUTHORIZED);
            }
        }

        @Test
        void a_channel_that_works_is_said_to() {
            ChannelHealth health = network.check(channel);
            assertThat(health.reason()).isNull();
            assertThat(health.status()).isEqualTo(ChannelHealth.Status.OK);
            assertThat(health.checkedAt()).isEqualTo(clock.instant());
            needs(Ability.ACCOUNT);
            assertThat(health.account()).isEqualTo(binding.account());
        }

        @Test
        void wrong_secrets_and_an_unreachable_server_are_told_apart() {
            assertThat(network.check(withWrongSecrets(channel)).status()).isEqualTo(ChannelHealth.Status.UNAUTHORIZED);
            Channel lost = setting(channel, binding.addressSetting(), "http://10.255.255.1");
            assertThat(network.check(lost).status()).isEqualTo(ChannelHealth.Status.UNREACHABLE);
        }

        @Test
        void limits_are_dated_and_told_even_when_the_server_is_not_there() throws Exception {
            assertThat(network.limits(channel).maxText()).isPositive();
            server.close();
            Limits alone = binding.open(http, clock).limits(channel);
            assertThat(alone.maxText()).isPositive();
            assertThat(alone.source()).isNotBlank();
            assertThat(network.guarantee(channel).kind()).isEqualTo(binding.guarantee());
        }
    }

    /** How long a text is. */
    @Nested
    class Length {
        @TestFactory
        Stream<DynamicTest> shared_vectors_are_counted_by_the_networks_rule() {
            assertThat(new TreeMap<>(binding.lengths()).keySet())
                    .containsExactlyInAnyOrderElementsOf(TextVectors.all().keySet());
            return TextVectors.all().entrySet().stream()
                    .map(vector -> DynamicTest.dynamicTest(
                            vector.getKey(),
                            () -> assertThat(network.measure(channel, Draft.of(vector.getValue()))
                                            .actual())
                                    .isEqualTo(binding.lengths()
                                            .get(vector.getKey())
                                            .longValue())));
        }

        @Test
        void a_text_at_the_limit_goes_out_and_one_more_is_refused_without_a_request() {
            String full = "a".repeat(network.limits(channel).maxText());
            assertThat(network.measure(channel, Draft.of(full)).fits()).isTrue();
            assertThat(network.measure(channel, Draft.of(full + "a")).fits()).isFalse();
            assertThat(network.render(channel, segment(full + "a"), network.newKey(), null, List.of()))
                    .isInstanceOfSatisfying(
                            RenderResult.NotRendered.class,
                            not -> assertThat(not.outcome()).isInstanceOf(PublishResult.Refused.class));
            assertThat(server.creates()).isEmpty();
            published(intent(full));
            assertThat(server.effects())
                    .singleElement()
                    .satisfies(effect -> assertThat(effect.text()).isEqualTo(full));
        }
    }

    /** What goes out. */
    @Nested
    class Publish {
        @Test
        void one_request_makes_one_post_with_the_very_text() {
            String text = "« Réunion » publique\u202F!\n\n👨\u200D👩\u200D👧 東京 e\u0301 <b>&amp;</b> \"x\" \\";
            Receipt receipt = published(intent(text));
            assertThat(server.creates()).hasSize(1);
            assertThat(server.effects()).singleElement().satisfies(effect -> {
                assertThat(effect.text()).isEqualTo(text);
                assertThat(effect.remoteId()).isEqualTo(receipt.remoteId());
                assertThat(effect.parentId()).isNull();
            });
            if (receipt.url() != null) {
                assertThat(URI.create(receipt.url()).getScheme()).isIn("http", "https");
            }
        }

        @Test
        void the_second_part_of_a_thread_answers_the_first() {
            needs(Ability.THREAD);
            Receipt first = published(intent("one"));
            Segment second = new Segment(1, 2, "two", List.of(), "fr", null, null, null, null);
            Receipt last = published(intent(second, first, List.of()));
            assertThat(server.effects())
                    .extracting(Effect::remoteId)
                    .containsExactly(first.remoteId(), last.remoteId());
            assertThat(server.effects().getLast().parentId()).isEqualTo(first.remoteId());
        }

        @Test
        void images_go_first_and_alt_texts_with_them() throws IOException {
            needs(Ability.IMAGES);
            SegmentImage one = image("Une place pleine de monde");
            SegmentImage two = image("Une affiche «\u202FOui\u202F»");
            List<String> uploads = List.of(uploaded(one), uploaded(two));
            assertThat(server.creates()).isEmpty();
            Segment segment = new Segment(0, 1, "Images", List.of(one, two), "fr", null, null, null, null);
            published(intent(segment, null, uploads));
            assertThat(server.effects()).hasSize(1);
            needs(Ability.ALT);
            assertThat(server.effects().getFirst().alts()).containsExactly(one.alt(), two.alt());
        }
    }

    /** A repeat. */
    @Nested
    class Idempotency {
        @Test
        void the_same_intent_twice_makes_one_post() {
            needs(Ability.KEY);
            Intent intent = intent("Once");
            Receipt first = published(intent);
            Receipt again = published(intent);
            assertThat(server.effects()).hasSize(1);
            assertThat(again.remoteId()).isEqualTo(first.remoteId());
        }

        @Test
        void a_lost_answer_is_repeated_with_the_same_key_and_body_by_another_instance() {
            needs(Ability.KEY);
            server.nextCreates(Behaviour.dropAfterEffect());
            Intent intent = intent("Once");
            assertThat(network.publish(channel, intent)).isInstanceOf(PublishResult.Unknown.class);
            network = binding.open(http, clock);
            published(intent);
            assertThat(server.effects()).hasSize(1);
            assertThat(server.creates()).hasSize(2);
            Seen first = server.creates().getFirst();
            Seen second = server.creates().getLast();
            assertThat(server.key(first)).isEqualTo(intent.key().value());
            assertThat(server.key(second)).isEqualTo(server.key(first));
            assertThat(second.bytes()).isEqualTo(first.bytes());
        }
    }

    /** Nothing is repeated on its own. */
    @Nested
    class OneRequest {
        @Test
        void a_peer_that_closes_a_cold_connection_after_the_request_gets_it_once() {
            oneRequest(Behaviour.drop());
        }

        @Test
        void a_peer_that_closes_a_warm_connection_after_the_request_gets_it_once() {
            network.check(channel);
            oneRequest(Behaviour.drop());
        }

        @Test
        void half_an_answer_is_no_answer() {
            oneRequest(new Behaviour.Half(true));
        }

        void oneRequest(Behaviour ending) {
            Intent intent = intent("Once");
            // What a repeat would meet: an answer that looks like success.
            server.nextCreates(ending);
            assertThat(network.publish(channel, intent)).isInstanceOf(PublishResult.Unknown.class);
            assertThat(server.creates()).hasSize(1);
        }
    }
}
