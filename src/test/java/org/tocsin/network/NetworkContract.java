package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tocsin.http.OutboundHttp;
import org.tocsin.network.NetworkBinding.Ability;

/** What every adapter must do. A subclass binds one adapter to one server; what a network lacks, its binding says. */
public abstract class NetworkContract extends NetworkEditingContract {
    /** What a network says instead of yes. */
    @Nested
    class Errors {
        @TestFactory
        Stream<DynamicTest> each_status_has_its_outcome() {
            return IntStream.of(
                            301, 302, 303, 307, 308, 400, 401, 403, 404, 408, 410, 413, 415, 422, 425, 451, 500, 502,
                            503, 504)
                    .mapToObj(status -> DynamicTest.dynamicTest("" + status, () -> {
                        int before = server.creates().size();
                        server.nextCreates(binding.refusal(status, "because").with("Location", "http://10.0.0.1/"));
                        PublishResult result = network.publish(channel, intent("Status " + status));
                        assertThat(result).isInstanceOf(binding.outcome(status));
                        assertThat(server.creates()).hasSize(before + 1);
                        assertThat(server.effects()).isEmpty();
                    }));
        }

        @Test
        void a_request_to_wait_is_obeyed_in_each_of_its_forms() {
            for (NetworkBinding.Throttle throttle : binding.throttles(clock.instant())) {
                server.nextCreates(throttle.answer());
                Instant until =
                        throttle.delay() == null ? null : clock.instant().plus(throttle.delay());
                assertThat(network.publish(channel, intent("Wait " + throttle.name())))
                        .isInstanceOfSatisfying(
                                PublishResult.Throttled.class,
                                throttled -> assertThat(throttled.until())
                                        .as(throttle.name())
                                        .isEqualTo(until));
            }
        }

        @Test
        void a_success_that_cannot_be_read_is_unknown_and_its_excerpt_short() {
            List<Behaviour.Answer> answers = new ArrayList<>(binding.unreadable());
            answers.add(Behaviour.html(200));
            answers.add(Behaviour.answer(200, ""));
            answers.add(Behaviour.answer(200, "{}"));
            answers.add(Behaviour.answer(200, "[]"));
            answers.add(Behaviour.answer(200, "{\"id\":\"12"));
            answers.add(Behaviour.answer(200, "{\"id\":\"../../etc\",\"result\":{\"message_id\":\"x\"}}"));
            for (Behaviour.Answer answer : answers) {
                server.nextCreates(answer);
                assertThat(network.publish(channel, intent("Unreadable")))
                        .as(answer.body())
                        .isInstanceOfSatisfying(
                                PublishResult.Unknown.class,
                                unknown -> assertThat(unknown.reason().excerpt())
                                        .hasSizeLessThanOrEqualTo(300)
                                        .doesNotContain("\n"));
            }
        }

        @Test
        void a_page_instead_of_a_refusal_is_classified_by_its_status() {
            server.nextCreates(Behaviour.html(502));
            assertThat(network.publish(channel, intent("Proxy"))).isInstanceOf(PublishResult.Unknown.class);
        }

        @Test
        void a_server_that_is_not_there_has_seen_nothing() throws Exception {
            Intent intent = intent("Nobody");
            server.close();
            // A client of its own: a connection that is still open may swallow the request before it breaks.
            try (OutboundHttp cold = client()) {
                assertThat(binding.open(cold, clock).publish(channel, intent))
                        .isInstanceOf(PublishResult.Unreachable.class);
            }
        }
    }

    /** Whether an earlier request had its effect. */
    @Nested
    class Probe {
        private Intent lost(String text, Behaviour behaviour) {
            Intent intent = intent(text);
            server.nextCreates(behaviour);
            assertThat(network.publish(channel, intent)).isInstanceOf(PublishResult.Unknown.class);
            clock.move(Duration.ofSeconds(90));
            return intent;
        }

        @Test
        void a_post_whose_answer_was_lost_is_found() {
            needs(Ability.PROBE);
            Intent intent = lost(
                    TextVectors.text("french") + "\n\nhttps://example.org/a?b=c&d#e <3", Behaviour.dropAfterEffect());
            String remoteId = server.effects().getFirst().remoteId();
            assertThat(network.find(channel, intent))
                    .isInstanceOfSatisfying(
                            FindResult.Found.class,
                            found -> assertThat(found.receipt().remoteId()).isEqualTo(remoteId));
        }

        @Test
        void what_never_arrived_is_absent_as_of_now() {
            needs(Ability.PROBE);
            Intent intent = lost("Never", Behaviour.drop());
            assertThat(network.find(channel, intent)).isEqualTo(new FindResult.AbsentAsOf(clock.instant()));
        }

        @Test
        void an_equal_text_of_earlier_is_passed_over() {
            needs(Ability.PROBE);
            needs(Ability.LISTING);
            server.plant("Again", clock.instant().minus(Duration.ofHours(3)));
            Intent intent = lost("Again", Behaviour.drop());
            assertThat(network.find(channel, intent)).isInstanceOf(FindResult.AbsentAsOf.class);
        }

        @Test
        void another_text_is_not_it() {
            needs(Ability.PROBE);
            Intent intent = lost("Mine", Behaviour.drop());
            server.plant("Mine too", clock.instant());
            assertThat(network.find(channel, intent)).isInstanceOf(FindResult.AbsentAsOf.class);
        }

        @Test
        void a_post_that_belongs_to_another_delivery_is_passed_over() {
            needs(Ability.PROBE);
            needs(Ability.LISTING);
            Intent intent = lost("Twins", Behaviour.dropAfterEffect());
            Effect mine = server.effects().getFirst();
            Effect other = server.plant("Twins", clock.instant());
            assertThat(network.find(channel, taking(intent, other.remoteId()::equals)))
                    .isInstanceOfSatisfying(
                            FindResult.Found.class,
                            found -> assertThat(found.receipt().remoteId()).isEqualTo(mine.remoteId()));
            assertThat(network.find(channel, taking(intent, _ -> true))).isInstanceOf(FindResult.AbsentAsOf.class);
        }

        @Test
        void what_is_listed_late_is_found_then_and_not_called_absent_for_later() {
            needs(Ability.PROBE);
            needs(Ability.LISTING);
            Intent intent = lost("Late", Behaviour.dropAfterEffect());
            server.lag(true);
            assertThat(network.find(channel, intent))
                    .isInstanceOfSatisfying(
                            FindResult.AbsentAsOf.class,
                            absent -> assertThat(absent.time()).isBeforeOrEqualTo(clock.instant()));
            server.lag(false);
            assertThat(network.find(channel, intent)).isInstanceOf(FindResult.Found.class);
        }

        @Test
        void a_look_up_that_fails_is_inconclusive() {
            needs(Ability.PROBE);
            needs(Ability.SCRIPTED_READS);
            Intent intent = lost("Cloudy", Behaviour.drop());
            for (Behaviour behaviour : List.of(
                    binding.refusal(503, "down"),
                    binding.refusal(401, "who"),
                    Behaviour.html(200),
                    Behaviour.drop(),
                    binding.refusal(429, "many"))) {
                server.nextReads(behaviour);
                assertThat(network.find(channel, intent))
                        .as(behaviour.toString())
                        .isInstanceOf(FindResult.Inconclusive.class);
            }
        }
    }

    /** Many at once, and the end of the daemon. */
    @Nested
    class Concurrency {
        @Test
        void twenty_at_once_make_twenty_posts() throws Exception {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Receipt>> receipts = IntStream.range(0, 20)
                        .mapToObj(number -> threads.submit(() -> published(intent("Number " + number))))
                        .toList();
                List<String> ids = new ArrayList<>();
                for (Future<Receipt> receipt : receipts) {
                    ids.add(receipt.get(20, TimeUnit.SECONDS).remoteId());
                }
                assertThat(ids).doesNotHaveDuplicates();
                assertThat(server.effects()).extracting(Effect::remoteId).containsExactlyInAnyOrderElementsOf(ids);
            }
        }

        @Test
        void an_interrupt_ends_the_wait_for_an_answer() throws Exception {
            CountDownLatch never = new CountDownLatch(1);
            Intent intent = intent("Slow");
            server.nextCreates(new Behaviour.Wait(never));
            try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
                Future<PublishResult> result = threads.submit(() -> network.publish(channel, intent));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> server.creates().size() == 1);
                threads.shutdownNow();
                assertThat(result.get(5, TimeUnit.SECONDS)).isInstanceOf(PublishResult.Unknown.class);
            }
        }
    }

    /** Taking back. */
    @Nested
    class Delete {
        @Test
        void what_is_taken_back_is_gone_and_gone_again_is_fine() {
            Receipt receipt = published(intent("Oops"));
            assertThat(network.delete(channel, receipt)).isEqualTo(new DeleteResult.Gone());
            assertThat(server.effects()).isEmpty();
            assertThat(network.delete(channel, receipt)).isEqualTo(new DeleteResult.Gone());
        }

        @Test
        void a_server_that_is_not_there_is_asked_later() throws Exception {
            Receipt receipt = published(intent("Oops"));
            server.close();
            // Where a connection was kept, the request may have gone into it before it broke: nobody knows, and it is
            // asked again as well.
            assertThat(network.delete(channel, receipt))
                    .isInstanceOfAny(DeleteResult.Later.class, DeleteResult.Unclear.class);
        }
    }

    /** What must not be told. */
    @Nested
    class Secrets {
        @Test
        void no_secret_is_in_what_is_told_even_when_the_server_repeats_it() {
            String all = String.join(" ", secrets());
            List<String> told = new ArrayList<>();
            Intent intent = intent("Secret");
            told.add(intent.toString());
            for (int status : new int[] {400, 401, 403, 422, 429, 500}) {
                server.nextCreates(binding.refusal(status, "you sent " + all));
                told.add(network.publish(channel, intent).toString());
            }
            server.nextCreates(Behaviour.answer(200, "{\"said\":\"" + all + "\"}"), Behaviour.drop());
            told.add(network.publish(channel, intent).toString());
            told.add(network.publish(channel, intent).toString());
            told.add(network.check(withWrongSecrets(channel)).toString());
            told.add(network.toString());
            told.add(channel.toString());
            assertThat(told).allSatisfy(text -> assertThat(secrets()).noneMatch(text::contains));
        }
    }
}
