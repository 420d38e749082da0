package org.tocsin.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tocsin.analysis.Analysis;
import org.tocsin.mention.Item;

/** What other engines of stored queries get wrong: one test each. */
class PitfallsTest {
    private final Analysis analysis = new Analysis();
    private final WatchIndex index = index(WordLists.none(), WatchIndex.BUDGET);

    private WatchIndex index(WordLists lists, int budget) {
        return new WatchIndex(analysis, lists, Rarity.byLength(), System::nanoTime, budget);
    }

    private static StoredWatch watch(String id, String query) {
        return new StoredWatch(id, 1, query);
    }

    private Matches match(WatchIndex one, String text) {
        return one.match(Heard.of(Item.of(text), analysis));
    }

    private List<String> ids(WatchIndex one, String text) {
        return match(one, text).matches().stream().map(Match::watchId).sorted().toList();
    }

    @Test
    void a_word_with_an_open_letter_is_selected_wherever_the_letter_stands() {
        index.load(List.of(watch("a", "gr?y"), watch("b", "g?ay"), watch("c", "gra?*")));
        assertThat(ids(index, "gray")).containsExactly("a", "b", "c");
        assertThat(index.put(watch("d", "/gr[ae]y/"))).isNotNull();
    }

    @Test
    void what_only_excludes_is_refused_aloud_and_never_kept_silently() {
        assertThat(index.load(List.of(watch("a", "NOT pub"), watch("b", "eau OR -pub"), watch("c", "eau"))))
                .extracting(Quarantined::id, one -> one.reason().code())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "watch.negative"),
                        org.assertj.core.groups.Tuple.tuple("b", "watch.branch.unanchored"));
        assertThat(ids(index, "eau")).containsExactly("c");
    }

    @Test
    void a_beginning_is_tried_only_on_items_that_have_it() {
        List<StoredWatch> watches = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            watches.add(watch("w" + i, "debut" + (char) ('a' + i % 26) + i + "* eau"));
        }
        index.load(watches);
        assertThat(match(index, "rien de tout cela").candidates()).isZero();
        assertThat(match(index, "debutb1xyz et eau").candidates()).isLessThanOrEqualTo(1);
    }

    @Test
    void the_order_of_loading_and_of_branches_changes_nothing() {
        List<StoredWatch> watches = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            watches.add(watch("w" + i, "mot" + i % 7 + " OR eau" + i % 5 + " rue OR 2 OF (a" + i + ", b, c)"));
        }
        index.load(watches);
        List<String> expected = ids(index, "mot3 eau2 rue b c");
        Collections.shuffle(watches, new Random(7));
        WatchIndex other = index(WordLists.none(), WatchIndex.BUDGET);
        other.load(watches);
        assertThat(ids(other, "mot3 eau2 rue b c")).isEqualTo(expected).isNotEmpty();
    }

    @Test
    void a_watch_that_cannot_be_read_any_more_stops_no_start_and_no_other() {
        List<Quarantined> aside =
                index.load(List.of(watch("bad", "((("), watch("list", "{absente}"), watch("good", "eau")));
        assertThat(aside).extracting(Quarantined::id).containsExactly("bad", "list");
        assertThat(index.size()).isEqualTo(1);
        assertThat(ids(index, "eau")).containsExactly("good");
        assertThat(index.put(watch("bad", "eau"))).isNull();
        assertThat(index.quarantined()).extracting(Quarantined::id).containsExactly("list");
    }

    @Test
    void an_update_is_seen_whole_or_not_at_all() throws Exception {
        index.load(List.of(watch("w", "eau rue")));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(readers.submit(() -> {
                    while (!stop.get() || seen.get() < 100) {
                        wrong.addAndGet(match(index, "eau rue").matches().size() == 1 ? 0 : 1);
                        seen.incrementAndGet();
                    }
                }));
            }
            for (int i = 0; i < 3000; i++) {
                // The two versions are filed under different words.
                index.put(new StoredWatch("w", i, i % 2 == 0 ? "eau" : "rue"));
                if (i % 100 == 0) {
                    index.merge();
                }
            }
            stop.set(true);
            for (Future<?> one : running) {
                one.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(wrong).hasValue(0);
    }

    @Test
    void what_is_saved_is_active_at_once_and_what_is_removed_is_gone() {
        assertThat(index.put(watch("w", "eau"))).isNull();
        assertThat(ids(index, "eau")).containsExactly("w");
        assertThat(index.remove("w")).isTrue();
        assertThat(ids(index, "eau")).isEmpty();
        assertThat(index.remove("w")).isFalse();
    }

    @Test
    void what_was_replaced_is_given_back() {
        for (int i = 0; i < 5000; i++) {
            index.put(new StoredWatch("w" + i % 10, i, "eau" + i));
            if (i % 500 == 0) {
                index.merge();
            }
        }
        index.merge();
        assertThat(index.size()).isEqualTo(10);
        assertThat(index.slots()).isLessThan(1100);
    }

    @Test
    void no_thread_is_started() {
        long before = Thread.getAllStackTraces().keySet().stream()
                .filter(one -> !one.isDaemon())
                .count();
        for (int i = 0; i < 50; i++) {
            index(WordLists.none(), WatchIndex.BUDGET).load(List.of(watch("w", "eau")));
        }
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(one -> !one.isDaemon())
                        .count())
                .isLessThanOrEqualTo(before);
    }

    @Test
    void matching_reads_no_query_and_no_list() {
        AtomicInteger asked = new AtomicInteger();
        WatchIndex one = index(
                name -> {
                    asked.incrementAndGet();
                    return new WordList(name, 1, List.of("eau"));
                },
                WatchIndex.BUDGET);
        one.load(List.of(watch("w", "{liste}")));
        int before = asked.get();
        for (int i = 0; i < 100; i++) {
            assertThat(ids(one, "eau")).containsExactly("w");
        }
        assertThat(asked).hasValue(before);
    }

    @Test
    void each_item_has_fields_of_its_own() {
        index.load(List.of(watch("t", "title:eau"), watch("l", "lang:fr eau")));
        Item titled = Posts.titled("eau", "rien");
        assertThat(index.match(Heard.of(titled, analysis)).matches())
                .extracting(Match::watchId)
                .containsExactly("t");
        assertThat(ids(index, "eau")).isEmpty();
        assertThat(index.match(Heard.of(titled, analysis)).matches())
                .extracting(Match::watchId)
                .containsExactly("t");
    }

    @Test
    void the_budget_counts_work_and_says_when_it_ends() {
        WatchIndex small = index(WordLists.none(), 10);
        List<StoredWatch> watches = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            watches.add(watch("w" + i, "eau -rue" + i));
        }
        small.load(watches);
        Matches matches = match(small, "eau");
        assertThat(matches.candidates()).isEqualTo(10);
        assertThat(matches.complete()).isFalse();
        assertThat(match(small, "rue").complete()).isTrue();
    }

    @Test
    void the_dearest_watches_are_known() {
        AtomicInteger ticks = new AtomicInteger();
        WatchIndex ticking = new WatchIndex(
                analysis, WordLists.none(), Rarity.byLength(), () -> 100L * ticks.incrementAndGet(), WatchIndex.BUDGET);
        ticking.load(List.of(watch("often", "eau"), watch("never", "fioul")));
        for (int i = 0; i < 24; i++) {
            match(ticking, "eau");
        }
        assertThat(ticking.dearest(1)).containsExactly(new WatchCost("often", 1, 24, 2400));
    }

    @Test
    void an_anchor_is_chosen_by_what_is_rare_in_what_is_heard() {
        WordCounts counts = new WordCounts();
        for (int i = 0; i < 50; i++) {
            counts.count(Heard.of(Item.of("anticonstitutionnellement parlant"), analysis));
        }
        index.load(List.of(watch("w", "anticonstitutionnellement eau")));
        assertThat(match(index, "anticonstitutionnellement").candidates()).isEqualTo(1);
        index.reanchor(counts.rarity());
        assertThat(match(index, "anticonstitutionnellement").candidates()).isZero();
        assertThat(ids(index, "eau anticonstitutionnellement")).containsExactly("w");
    }
}
