package org.tocsin.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import org.tocsin.analysis.Analysis;
import org.tocsin.analysis.Token;
import org.tocsin.mention.Item;

/** The contract is worth something: meanings that are wrong on purpose are told apart from the index by its random pairs. */
class WatchIndexContractCatchesTest {
    private final Analysis analysis = new Analysis();
    private final WordLists lists = Samples.lists();
    private final WatchLanguage language = new WatchLanguage(analysis, lists);
    private int differences;

    /** Wrong on purpose: counts one word too many between two places. */
    private static final class OffByOneNear extends Evaluation {
        OffByOneNear(Analysis analysis, WordLists lists) {
            super(analysis, lists);
        }

        @Override
        int between(Place first, Place second) {
            return super.between(first, second) + 1;
        }
    }

    /** Wrong on purpose: forgets that what it sees stood after an elision, so that AI meets J'AI. */
    private static final class LostElision extends Evaluation {
        LostElision(Analysis analysis, WordLists lists) {
            super(analysis, lists);
        }

        @Override
        boolean suits(Token token) {
            return token.is(Token.CAPITALS);
        }
    }

    /** Wrong on purpose: an acronym meets small letters. */
    private static final class LostCapitals extends Evaluation {
        LostCapitals(Analysis analysis, WordLists lists) {
            super(analysis, lists);
        }

        @Override
        boolean suits(Token token) {
            return !token.is(Token.ELIDED_VERB);
        }
    }

    @Provide
    Arbitrary<List<WatchQuery>> watches() {
        return Samples.watches().list().ofSize(10);
    }

    @Provide
    Arbitrary<List<Item>> items() {
        return Samples.items().list().ofSize(10);
    }

    @Property(tries = 150, seed = "20261126", shrinking = ShrinkingMode.OFF)
    void an_off_by_one_near_is_told(@ForAll("watches") List<WatchQuery> watches, @ForAll("items") List<Item> items) {
        compare(watches, items, OffByOneNear::new);
    }

    @Property(tries = 150, seed = "20261126", shrinking = ShrinkingMode.OFF)
    void a_lost_elision_is_told(@ForAll("watches") List<WatchQuery> watches, @ForAll("items") List<Item> items) {
        compare(watches, items, LostElision::new);
    }

    @Property(tries = 150, seed = "20261126", shrinking = ShrinkingMode.OFF)
    void lost_capitals_are_told(@ForAll("watches") List<WatchQuery> watches, @ForAll("items") List<Item> items) {
        compare(watches, items, LostCapitals::new);
    }

    private void compare(
            List<WatchQuery> watches, List<Item> items, BiFunction<Analysis, WordLists, Evaluation> wrong) {
        Evaluation evaluation = wrong.apply(analysis, lists);
        List<StoredWatch> stored = new ArrayList<>();
        WatchIndexContract.stored(watches).stream()
                .filter(watch -> language.check(watch.query()).valid())
                .forEach(stored::add);
        WatchIndex index = new WatchIndex(analysis, lists, Rarity.byLength(), System::nanoTime, WatchIndex.BUDGET);
        index.load(stored);
        for (Item item : items) {
            List<String> found = index.match(Heard.of(item, analysis)).matches().stream()
                    .map(Match::watchId)
                    .toList();
            for (StoredWatch watch : stored) {
                WatchQuery query = language.check(watch.query()).query();
                differences += found.contains(watch.id()) == evaluation.matches(query, item) ? 0 : 1;
            }
        }
    }

    @AfterProperty
    void is_told_apart() {
        assertThat(differences).isPositive();
    }
}
