package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.UnitOfWork;
import org.tocsin.sql.SqlStore;

/**
 * {@link NetworkContract} for adapters whose network is our own store: what of it has a meaning without requests. The store takes the
 * place of the fake server: it can refuse, and it can lose its answer after the commit.
 */
public abstract class StoredNetworkContract {
    private static final DeliveryKey KEY = new DeliveryKey("k1");

    @TempDir
    protected Path folder;

    protected TestClock clock;
    protected SqlStore store;
    protected BrokenStore broken;
    protected Network network;

    /** A new instance, as after a restart. */
    protected abstract Network open(UnitOfWork unitOfWork, TestClock clock);

    protected abstract Channel channel();

    /** What is public now: the texts, oldest first. */
    protected abstract List<String> shown();

    /** What is counted for each of {@link TextVectors#all()}. */
    protected abstract long length(String text);

    @BeforeEach
    void start() {
        clock = new TestClock(Instant.parse("2026-11-23T10:00:00.123456Z"));
        restart();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    /** The process ends and begins again. */
    protected void restart() {
        if (store != null) {
            store.close();
        }
        store = SqlStore.open(folder.resolve("tocsin.db"));
        broken = new BrokenStore(store);
        network = open(broken, clock);
    }

    protected Intent intent(String text, DeliveryKey key, @Nullable Receipt parent) {
        Segment segment = new Segment(parent == null ? 0 : 1, 2, text, List.of(), "fr", null, null, null, null);
        RenderResult.Rendered rendered =
                (RenderResult.Rendered) network.render(channel(), segment, key, parent, List.of());
        return new Intent(
                key,
                rendered.body(),
                rendered.text(),
                "",
                parent == null ? null : parent.remoteId(),
                clock.instant(),
                clock.instant(),
                _ -> false);
    }

    protected Receipt published(Intent intent) {
        PublishResult result = network.publish(channel(), intent);
        assertThat(result).isInstanceOf(PublishResult.Published.class);
        return ((PublishResult.Published) result).receipt();
    }

    @Test
    void a_channel_without_settings_or_secrets_works() {
        assertThat(network.validate(channel())).isEmpty();
        assertThat(network.id()).isEqualTo(channel().network());
        assertThat(network.newKey()).isNotEqualTo(network.newKey());
        assertThat(network.guarantee(channel())).isEqualTo(Guarantee.of(Guarantee.Kind.KEYED));
        assertThat(network.check(channel()).status()).isEqualTo(ChannelHealth.Status.OK);
        assertThat(network.check(channel()).reason()).isNull();
    }

    @TestFactory
    Stream<DynamicTest> shared_vectors_are_counted() {
        return TextVectors.all().entrySet().stream()
                .map(vector -> DynamicTest.dynamicTest(
                        vector.getKey(),
                        () -> assertThat(network.measure(channel(), Draft.of(vector.getValue()))
                                        .actual())
                                .isEqualTo(length(vector.getValue()))));
    }

    @Test
    void a_text_at_the_limit_goes_out_and_one_more_is_refused() {
        String full = "a".repeat(network.limits(channel()).maxText());
        Segment over = new Segment(0, 1, full + "a", List.of(), "fr", null, null, null, null);
        assertThat(network.measure(channel(), Draft.of(full)).fits()).isTrue();
        assertThat(network.measure(channel(), Draft.of(full + "a")).fits()).isFalse();
        assertThat(network.render(channel(), over, KEY, null, List.of()))
                .isInstanceOfSatisfying(
                        RenderResult.NotRendered.class,
                        not -> assertThat(not.outcome()).isInstanceOf(PublishResult.Refused.class));
        published(intent(full, KEY, null));
        assertThat(shown()).containsExactly(full);
    }

    @Test
    void the_very_text_is_published() {
        String text = "« Réunion » publique\u202F!\n\n👨\u200D👩\u200D👧 東京 e\u0301 <b>&amp;</b> \"x\" \\";
        published(intent(text, KEY, null));
        assertThat(shown()).containsExactly(text);
    }

    @Test
    void the_same_intent_after_a_restart_makes_no_second_post_and_gives_the_same_receipt() {
        Intent intent = intent("Once", KEY, null);
        Receipt first = published(intent);
        restart();
        clock.move(Duration.ofHours(5));
        assertThat(published(intent)).isEqualTo(first);
        assertThat(shown()).containsExactly("Once");
    }

    @Test
    void an_answer_that_was_lost_after_the_commit_is_found_and_repeated_without_harm() {
        Intent intent = intent("Once", KEY, null);
        broken.losesAnswers(true);
        assertThatThrownBy(() -> network.publish(channel(), intent)).isInstanceOf(IllegalStateException.class);
        broken.losesAnswers(false);
        FindResult found = network.find(channel(), intent);
        assertThat(found).isEqualTo(new FindResult.Found(published(intent)));
        assertThat(shown()).containsExactly("Once");
    }

    @Test
    void a_store_that_refuses_has_changed_nothing() {
        Intent intent = intent("Full", KEY, null);
        Receipt other = published(intent("Other", new DeliveryKey("k0"), null));
        broken.refuses(true);
        assertThat(network.publish(channel(), intent)).isInstanceOf(PublishResult.Unreachable.class);
        assertThat(network.find(channel(), intent)).isInstanceOf(FindResult.Inconclusive.class);
        assertThat(network.delete(channel(), other)).isInstanceOf(DeleteResult.Later.class);
        broken.refuses(false);
        assertThat(shown()).containsExactly("Other");
        published(intent);
    }

    @Test
    void what_was_never_published_is_absent_as_of_now_and_a_later_part_too() {
        Intent intent = intent("Never", KEY, null);
        Instant now = Instant.parse("2026-11-23T10:00:00.123Z");
        assertThat(network.find(channel(), intent)).isEqualTo(new FindResult.AbsentAsOf(now));
        Receipt first = published(intent);
        Intent second = intent("Neither", new DeliveryKey("k2"), first);
        assertThat(network.find(channel(), second)).isEqualTo(new FindResult.AbsentAsOf(now));
        Receipt last = published(second);
        assertThat(last.remoteId()).isNotEqualTo(first.remoteId());
        assertThat(network.find(channel(), second)).isEqualTo(new FindResult.Found(last));
    }

    @Test
    void twenty_at_once_under_ten_keys_make_ten_posts() throws InterruptedException {
        Map<String, Set<Receipt>> receipts = new ConcurrentHashMap<>();
        List<Thread> threads = IntStream.range(0, 20)
                .mapToObj(number -> "n" + number / 2)
                .map(key -> Thread.ofVirtual()
                        .start(() -> receipts.computeIfAbsent(key, _ -> ConcurrentHashMap.newKeySet())
                                .add(published(intent(key, new DeliveryKey(key), null)))))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(receipts)
                .hasSize(10)
                .allSatisfy((_, same) -> assertThat(same).hasSize(1));
        assertThat(shown()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void what_is_taken_back_is_gone_and_stays_so() {
        Intent intent = intent("Oops", KEY, null);
        Receipt receipt = published(intent);
        assertThat(network.delete(channel(), receipt)).isEqualTo(new DeleteResult.Gone());
        assertThat(shown()).isEmpty();
        assertThat(network.delete(channel(), receipt)).isEqualTo(new DeleteResult.Gone());
        assertThat(published(intent)).isEqualTo(receipt);
        assertThat(shown()).isEmpty();
        Receipt stranger = new Receipt("../../etc", null, clock.instant(), Map.of());
        assertThat(network.delete(channel(), stranger)).isEqualTo(new DeleteResult.Gone());
    }

    private EditResult edit(Receipt receipt, String text) {
        Editing editing = network.editing(channel()).orElseThrow();
        RenderResult rendered = editing.render(channel(), new Rewording(receipt, text, "fr", null, null, List.of()));
        return editing.edit(channel(), receipt, ((RenderResult.Rendered) rendered).body());
    }

    @Test
    void what_is_edited_says_the_new_words_under_the_same_id_also_when_it_is_repeated() {
        Receipt first = published(intent("Rendez-vous à 18 h", KEY, null));
        Receipt other = published(intent("Autre", new DeliveryKey("k0"), null));
        assertThat(edit(first, "Rendez-vous à 19 h\u202F!")).isEqualTo(new EditResult.Edited(first));
        restart();
        clock.move(Duration.ofHours(5));
        assertThat(edit(first, "Rendez-vous à 19 h\u202F!")).isEqualTo(new EditResult.Edited(first));
        assertThat(shown()).containsExactlyInAnyOrder("Rendez-vous à 19 h\u202F!", "Autre");
        assertThat(other.remoteId()).isNotEqualTo(first.remoteId());
    }

    @Test
    void an_edit_of_what_is_gone_is_told_and_one_that_the_store_refuses_comes_later() {
        Receipt receipt = published(intent("Oops", KEY, null));
        broken.refuses(true);
        assertThat(edit(receipt, "Better")).isInstanceOf(EditResult.Later.class);
        broken.refuses(false);
        assertThat(shown()).containsExactly("Oops");
        network.delete(channel(), receipt);
        assertThat(edit(receipt, "Better")).isEqualTo(new EditResult.Gone());
        Receipt stranger = new Receipt("../../etc", null, clock.instant(), Map.of());
        assertThat(edit(stranger, "Better")).isEqualTo(new EditResult.Gone());
        assertThat(shown()).isEmpty();
    }
}
