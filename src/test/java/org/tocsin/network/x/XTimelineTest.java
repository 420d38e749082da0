package org.tocsin.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tocsin.network.Behaviour;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Cost;
import org.tocsin.network.Effect;
import org.tocsin.network.FindResult;
import org.tocsin.network.Intent;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.NetworkKit;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Query;
import org.tocsin.network.Receipt;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.TestClock;

class XTimelineTest extends NetworkKit {
    private FakeX fake;

    @Override
    protected NetworkBinding bind(TestClock clock) throws Exception {
        fake = new FakeX(clock);
        return XContractTest.bind(fake);
    }

    private String lost(Intent intent) {
        server.nextCreates(Behaviour.dropAfterEffect());
        assertThat(network.publish(channel, intent)).isInstanceOf(PublishResult.Unknown.class);
        return server.effects().getLast().remoteId();
    }

    private String found(Intent intent) {
        return switch (network.find(channel, intent)) {
            case FindResult.Found(Receipt receipt) -> receipt.remoteId();
            case FindResult.AbsentAsOf _ -> "absent";
            case FindResult.Inconclusive inconclusive ->
                "inconclusive " + inconclusive.reason().message().code();
        };
    }

    private long asked(String path) {
        return server.requests().stream()
                .filter(seen -> seen.path().equals(path))
                .count();
    }

    @TestFactory
    Stream<DynamicTest> a_text_is_known_again_in_what_x_makes_of_it() {
        return Stream.of(
                        "exemple.fr et https://Exemple.fr, puis https://exemple.fr/a?b=1&c=2.",
                        "a &amp; b < c > d \"e\" 'f' &lt;",
                        "«\u202FOui\u202F!\u202F»\n\nl’été\u00A0: https://exemple.fr/été",
                        "e\u0301te\u0301 👨\u200D👩\u200D👧",
                        "  bords et  doubles   espaces \n",
                        "https://exemple.fr",
                        "@mairie merci")
                .map(text -> DynamicTest.dynamicTest(text, () -> {
                    Intent intent = intent(text);
                    assertThat(found(intent)).isEqualTo("absent");
                    assertThat(lost(intent)).isEqualTo(found(intent));
                }));
    }

    @Test
    void a_post_with_images_is_known_again_without_the_link_to_them() throws Exception {
        SegmentImage image = image("a");
        Segment segment = new Segment(0, 1, "Photo", List.of(image), "fr", null, null, null, null);
        Intent intent = intent(segment, null, List.of(uploaded(image)));
        assertThat(lost(intent)).isEqualTo(found(intent));
    }

    @Test
    void a_part_of_a_thread_is_known_by_what_it_answers_in_old_and_new_words() {
        Receipt first = published(intent("un"));
        Receipt second =
                published(intent(new Segment(1, 3, "deux", List.of(), "fr", null, null, null, null), first, List.of()));
        Intent third = intent(new Segment(2, 3, "trois", List.of(), "fr", null, null, null, null), second, List.of());
        String id = lost(third);
        assertThat(found(third)).isEqualTo(id);
        fake.newNames();
        assertThat(found(third)).isEqualTo(id);
        assertThat(found(intent("trois"))).as("not a reply").isEqualTo("absent");
        assertThat(found(intent(new Segment(1, 2, "trois", List.of(), "fr", null, null, null, null), first, List.of())))
                .as("a reply to another")
                .isEqualTo("absent");
    }

    @Test
    void seconds_of_difference_between_the_clocks_are_borne_and_no_more() {
        Intent intent = intent("Midi");
        server.plant("Midi", clock.instant().minus(Duration.ofSeconds(6)));
        assertThat(found(intent)).isEqualTo("absent");
        Effect close = server.plant("Midi", clock.instant().minus(Duration.ofSeconds(4)));
        assertThat(found(intent)).isEqualTo(close.remoteId());
    }

    @Test
    void whom_a_text_is_for_is_part_of_it() {
        Intent intent = intent("@mairie merci");
        server.plant("@prefecture merci", clock.instant());
        assertThat(found(intent)).isEqualTo("absent");
    }

    @Test
    void further_pages_are_read_and_too_many_are_inconclusive() {
        Intent intent = intent("Tout au fond");
        String id = lost(intent);
        for (int i = 0; i < 8; i++) {
            server.plant("plus tard " + i, clock.instant());
        }
        fake.pageSize(2);
        assertThat(found(intent)).isEqualTo(id);
        assertThat(found(intent("Jamais"))).isEqualTo("absent");
        server.plant("encore", clock.instant());
        server.plant("encore un", clock.instant());
        assertThat(found(intent)).isEqualTo("inconclusive x.timeline.long");
    }

    @Test
    void an_answer_that_is_not_whole_is_inconclusive() {
        Intent intent = intent("Jamais");
        for (String body : List.of(
                "{\"meta\":{\"result_count\":0},\"errors\":[{\"title\":\"Not Found\"}]}",
                "{\"meta\":{\"result_count\":1}}",
                "{\"data\":[]}",
                "[]")) {
            server.nextReads(Behaviour.answer(200, body));
            assertThat(found(intent)).as(body).isEqualTo("inconclusive x.timeline.partial");
        }
        assertThat(found(intent)).isEqualTo("absent");
    }

    @Test
    void who_the_user_is_is_asked_once_and_another_user_is_not_looked_for() {
        found(intent("a"));
        found(intent("b"));
        assertThat(asked("/2/users/me")).isEqualTo(1);
        channel = setting(channel, "accountId", FakeX.USER);
        found(intent("c"));
        assertThat(asked("/2/users/me")).isEqualTo(1);
        fake.user("99");
        ChannelHealth health = network.check(channel);
        assertThat(health.status()).isEqualTo(ChannelHealth.Status.UNAUTHORIZED);
        assertThat(health.reason().message().code()).isEqualTo("x.account.mismatch");
    }

    @Test
    void a_look_costs_what_it_read_and_at_most_what_was_named_before() {
        Intent intent = intent("Compte");
        lost(intent);
        server.plant("autre", clock.instant());
        assertThat(network.cost(channel, Query.PROBE)).isEqualTo(new Cost(510_000));
        assertThat(network.probe(channel, intent).cost())
                .as("whose timeline it is was asked, too")
                .isEqualTo(new Cost(12_000));
        assertThat(network.probe(channel, intent).cost()).isEqualTo(new Cost(2_000));
        assertThat(network.cost(channel, Query.PROBE)).isEqualTo(new Cost(500_000));
        server.nextReads(Behaviour.answer(500, "{}"));
        assertThat(network.probe(channel, intent).cost()).as("refused").isEqualTo(Cost.FREE);
    }
}
