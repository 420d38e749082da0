package org.tocsin.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.feed.FeedBench.CHANNEL;
import static org.tocsin.feed.FeedBench.receipt;
import static org.tocsin.feed.FeedBench.segment;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.EditResult;
import org.tocsin.network.Editing;
import org.tocsin.network.FindResult;
import org.tocsin.network.Intent;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Receipt;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Rewording;

class FeedNetworkTest {
    @TempDir
    Path folder;

    private FeedBench bench;

    @BeforeEach
    void open() {
        bench = new FeedBench(folder, null);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void the_same_key_after_a_crash_gives_the_stored_item_and_its_receipt() {
        Intent intent = bench.intent(segment("Réunion publique jeudi 20 h\n#Démocratie"), "k1", null);
        Receipt first = receipt(bench.network.publish(CHANNEL, intent));
        bench.close();
        bench = new FeedBench(folder, null);
        bench.clock.move(Duration.ofMinutes(3));
        Receipt second = receipt(bench.network.publish(CHANNEL, intent));

        assertThat(second).isEqualTo(first);
        assertThat(first.url()).isEqualTo("https://exemple.fr/p/" + first.remoteId());
        assertThat(first.publishedAt()).isEqualTo(Instant.parse("2026-11-23T18:30:00.250Z"));
        assertThat(bench.stored()).singleElement().satisfies(item -> {
            assertThat(item.content().text()).isEqualTo("Réunion publique jeudi 20 h\n#Démocratie");
            assertThat(item.content().tags()).containsExactly("Démocratie");
            assertThat(item.version()).isOne();
        });
    }

    @Test
    void a_thread_reads_as_one_item_and_each_segment_has_its_own_id() {
        Receipt first = bench.publish(segment("un #a"), "k1", null);
        bench.clock.move(Duration.ofSeconds(2));
        Intent second = bench.intent(segment(1, "deux #b", "fr", List.of(), null), "k2", first);
        Receipt two = receipt(bench.network.publish(CHANNEL, second));
        bench.clock.move(Duration.ofSeconds(2));
        assertThat(receipt(bench.network.publish(CHANNEL, second))).isEqualTo(two);
        Receipt three = bench.publish(segment(2, "trois", "fr", List.of(), null), "k3", two);

        assertThat(List.of(two.remoteId(), three.remoteId()))
                .containsExactly(first.remoteId() + ".1", first.remoteId() + ".2");
        assertThat(two.publishedAt()).isEqualTo(first.publishedAt().plusSeconds(2));
        assertThat(bench.stored()).singleElement().satisfies(item -> {
            assertThat(item.content().text()).isEqualTo("un #a\n\ndeux #b\n\ntrois");
            assertThat(item.changedAt()).isEqualTo(first.publishedAt().plusSeconds(4));
        });
        assertThat(bench.network.find(CHANNEL, second)).isEqualTo(new FindResult.Found(two));
    }

    @Test
    void a_withdrawn_item_stays_withdrawn_when_its_intent_comes_again_and_takes_no_more_parts() {
        Intent head = bench.intent(segment("un"), "k1", null);
        Receipt first = receipt(bench.network.publish(CHANNEL, head));
        assertThat(bench.network.delete(CHANNEL, first)).isEqualTo(new DeleteResult.Gone());
        long version = bench.stored().getFirst().version();
        assertThat(bench.network.delete(CHANNEL, first)).isEqualTo(new DeleteResult.Gone());

        assertThat(receipt(bench.network.publish(CHANNEL, head))).isEqualTo(first);
        assertThat(bench.network.publish(CHANNEL, bench.intent(segment(1, "deux", "fr", List.of(), null), "k2", first)))
                .isInstanceOfSatisfying(
                        PublishResult.Refused.class,
                        refused -> assertThat(refused.reason().message().code()).isEqualTo("feed.item.gone"));
        assertThat(bench.stored()).singleElement().satisfies(item -> {
            assertThat(item.withdrawnAt()).isNotNull();
            assertThat(item.version()).isEqualTo(version);
        });
    }

    @Test
    void a_later_part_is_taken_back_alone() {
        Receipt first = bench.publish(segment("un"), "k1", null);
        Receipt second = bench.publish(segment(1, "deux", "fr", List.of(), null), "k2", first);
        bench.network.delete(CHANNEL, second);
        assertThat(bench.stored()).singleElement().satisfies(item -> {
            assertThat(item.withdrawnAt()).isNull();
            assertThat(item.content().text()).isEqualTo("un");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../etc",
                "javascript:alert(1)",
                "018f0000-0000-7000-8000-000000000000",
                "018f0000-0000-7000-8000-000000000000.99999999999"
            })
    void an_id_that_is_not_there_is_gone_already(String remoteId) {
        Receipt receipt = new Receipt(remoteId, null, Instant.EPOCH, Map.of());
        assertThat(bench.network.delete(CHANNEL, receipt)).isEqualTo(new DeleteResult.Gone());
        assertThat(bench.network.render(
                        CHANNEL,
                        segment(1, "suite", "fr", List.of(), null),
                        bench.network.newKey(),
                        receipt,
                        List.of()))
                .satisfiesAnyOf(
                        result -> assertThat(result).isInstanceOf(RenderResult.NotRendered.class),
                        result -> assertThat(remoteId).endsWith("00000000"));
    }

    @Test
    void an_address_of_an_item_is_known_and_others_are_not() {
        Receipt receipt = bench.publish("un");
        assertThat(bench.network.reference(CHANNEL, URI.create(receipt.url())))
                .hasValueSatisfying(found -> assertThat(found.remoteId()).isEqualTo(receipt.remoteId()));
        assertThat(bench.network.reference(CHANNEL, URI.create("https://ailleurs.fr/p/" + receipt.remoteId())))
                .isEmpty();
        assertThat(bench.network.reference(CHANNEL, URI.create("https://exemple.fr/p/../x")))
                .isEmpty();
    }

    @Test
    void an_edit_keeps_the_id_and_shows_a_later_change_once() {
        Receipt first = bench.publish(segment("Rendez-vous à 18 h #a"), "k1", null);
        Receipt second = bench.publish(segment(1, "suite", "fr", List.of(), null), "k2", first);
        bench.clock.move(Duration.ofMinutes(5));
        Instant edited = bench.clock.instant();
        edit(first, "Rendez-vous à 19 h #b");
        bench.clock.move(Duration.ofMinutes(5));
        edit(first, "Rendez-vous à 19 h #b");
        assertThat(bench.stored()).singleElement().satisfies(item -> {
            assertThat(item.id()).isEqualTo(first.remoteId());
            assertThat(item.content().text()).isEqualTo("Rendez-vous à 19 h #b\n\nsuite");
            assertThat(item.publishedAt()).isEqualTo(first.publishedAt());
            assertThat(item.changedAt()).isEqualTo(edited);
        });
        bench.network.delete(CHANNEL, second);
        assertThat(edit(second, "autre")).isEqualTo(new EditResult.Gone());
    }

    private EditResult edit(Receipt receipt, String text) {
        Editing editing = bench.network.editing(CHANNEL).orElseThrow();
        RenderResult rendered = editing.render(CHANNEL, new Rewording(receipt, text, "fr", null, null, List.of()));
        return editing.edit(CHANNEL, receipt, ((RenderResult.Rendered) rendered).body());
    }
}
