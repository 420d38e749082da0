package org.tocsin.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import org.tocsin.analysis.Analysis;
import org.tocsin.mention.Item;

/**
 * What every way of matching must do: agree with the exhaustive evaluation on random watches and random items. A hundred thousand pairs;
 * {@code mvn test -Pwatches} makes it a million.
 */
abstract class WatchIndexContract {
    private static final int WATCHES = 10;
    private static final int ITEMS = Integer.getInteger("watch.items", 10);

    final Analysis analysis = new Analysis();
    final WordLists lists = Samples.lists();
    final WatchLanguage language = new WatchLanguage(analysis, lists);

    private final Set<String> productions = new TreeSet<>();
    private long pairs;
    private long hits;

    /** What is held to be true. */
    abstract Evaluation evaluation();

    WatchIndex index() {
        return new WatchIndex(analysis, lists, Rarity.byLength(), System::nanoTime, WatchIndex.BUDGET);
    }

    @Provide
    Arbitrary<List<WatchQuery>> watches() {
        return Samples.watches().map(this::legal).list().ofSize(WATCHES);
    }

    @Provide
    Arbitrary<List<Item>> items() {
        return Samples.items().list().ofSize(ITEMS);
    }

    /** A watch as people could save it: one that asks for nothing is given a word that it must have. */
    WatchQuery legal(WatchQuery query) {
        if (saved(query) != null) {
            return query;
        }
        WatchQuery word = new WatchQuery.Word("maire", WatchQuery.How.PLAIN);
        WatchQuery anchored = new WatchQuery.And(List.of(word, query));
        return saved(anchored) == null ? word : anchored;
    }

    private WatchQuery saved(WatchQuery query) {
        CheckedQuery checked = language.check(Canonical.print(query));
        return checked.valid() ? checked.query() : null;
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
    void all_ways_of_matching_agree(@ForAll("watches") List<WatchQuery> watches, @ForAll("items") List<Item> items) {
        WatchIndex index = index();
        List<StoredWatch> stored = stored(watches);
        assertThat(index.load(stored)).isEmpty();
        for (Item item : items) {
            Set<String> expected = new TreeSet<>();
            for (int i = 0; i < watches.size(); i++) {
                WatchQuery query = language.check(stored.get(i).query()).query();
                assertThat(query).isNotNull();
                pairs++;
                if (evaluation().matches(query, item)) {
                    expected.add(stored.get(i).id());
                    hits++;
                    Productions.of(query, productions);
                }
            }
            assertThat(matched(index, item)).as(item + " " + stored).isEqualTo(expected);
            for (Match match : index.match(Heard.of(item, analysis)).matches()) {
                assertSound(match, item);
            }
        }
    }

    static List<StoredWatch> stored(List<WatchQuery> watches) {
        List<StoredWatch> stored = new ArrayList<>();
        for (int i = 0; i < watches.size(); i++) {
            stored.add(new StoredWatch("w" + i, i, Canonical.print(watches.get(i))));
        }
        return stored;
    }

    private static void assertSound(Match match, Item item) {
        for (Hit hit : match.hits()) {
            String title = item.title();
            String field = hit.field() == Hit.Field.TITLE && title != null ? title : item.text();
            assertThat(hit.start()).isNotNegative().isLessThan(hit.end());
            assertThat(hit.end()).isLessThanOrEqualTo(field.length());
        }
    }

    Set<String> matched(WatchIndex index, Item item) {
        Set<String> ids = new TreeSet<>();
        Matches matches = index.match(Heard.of(item, analysis));
        for (Match match : matches.matches()) {
            assertThat(ids.add(match.watchId())).as("each watch once").isTrue();
        }
        assertThat(matches.complete()).isTrue();
        return ids;
    }

    @AfterProperty
    void enough_was_tried() {
        if (pairs > 0) {
            System.out.println("watches and items: " + pairs + " pairs, " + hits + " hits, " + productions.size()
                    + " of " + Productions.ALL.size() + " productions in what matched");
        }
        if (pairs >= 100_000) {
            assertThat(hits * 10).as("hits of %d pairs: %d", pairs, hits).isGreaterThanOrEqualTo(pairs);
            assertThat(productions).containsAll(Productions.ALL);
        }
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void edits_in_any_order_leave_what_a_fresh_start_loads(
            @ForAll("watches") List<WatchQuery> watches, @ForAll("items") List<Item> items, @ForAll long seed) {
        RandomGenerator random = new java.util.Random(seed);
        WatchIndex edited = index();
        Map<String, StoredWatch> now = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            String id = "w" + random.nextInt(8);
            switch (random.nextInt(12)) {
                case 0 -> edited.merge();
                case 1 -> edited.reanchor(Rarity.byLength());
                case 2, 3 -> assertThat(edited.remove(id)).isEqualTo(now.remove(id) != null);
                default -> {
                    WatchQuery query = watches.get(random.nextInt(watches.size()));
                    StoredWatch watch = new StoredWatch(id, i, Canonical.print(query));
                    now.put(id, watch);
                    assertThat(edited.put(watch)).isNull();
                }
            }
        }
        WatchIndex fresh = index();
        fresh.load(now.values());
        assertThat(edited.size()).isEqualTo(fresh.size());
        for (Item item : items) {
            assertThat(versions(edited, item)).isEqualTo(versions(fresh, item));
        }
    }

    private Set<String> versions(WatchIndex index, Item item) {
        Set<String> found = new HashSet<>();
        index.match(Heard.of(item, analysis)).matches().forEach(match -> found.add(match.toString()));
        return found;
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void an_explanation_agrees_clause_by_clause(
            @ForAll("watches") List<WatchQuery> watches, @ForAll("items") List<Item> items) {
        Explainer explainer = new Explainer(analysis, lists);
        Item item = items.getFirst();
        for (WatchQuery query : watches) {
            Explanation explanation = explainer.explain(query, Heard.of(item, analysis));
            assertThat(explanation.matched()).isEqualTo(evaluation().matches(query, item));
        }
    }

    @Property(tries = 1000)
    void what_is_printed_is_read_again(@ForAll("watches") List<WatchQuery> watches) {
        for (WatchQuery query : watches) {
            WatchQuery read = language.check(Canonical.print(query)).query();
            assertThat(read).isNotNull();
            assertThat(language.check(Canonical.print(read)).query()).isEqualTo(read);
        }
    }
}
