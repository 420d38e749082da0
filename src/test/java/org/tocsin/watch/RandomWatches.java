package org.tocsin.watch;

import java.util.List;
import net.jqwik.api.Arbitrary;
import org.tocsin.analysis.Analysis;
import org.tocsin.mention.Item;

/** Random watches and items for tests of what is built on matching. */
public final class RandomWatches {
    private static final Analysis ANALYSIS = new Analysis();

    private RandomWatches() {}

    /** The lists that the watches name. */
    public static WordLists lists() {
        return Samples.lists();
    }

    /** Watches as people could save them. */
    public static Arbitrary<String> watches() {
        WatchLanguage language = new WatchLanguage(ANALYSIS, lists());
        return Samples.watches()
                .map(query -> {
                    String text = Canonical.print(query);
                    return language.check(text).valid() ? text : "maire (" + text + ")";
                })
                .filter(text -> language.check(text).valid());
    }

    /** Watches of which some ask for nothing that must be there. */
    public static Arbitrary<String> searches() {
        WatchLanguage language = new WatchLanguage(ANALYSIS, lists());
        return Samples.watches()
                .flatMap(query -> net.jqwik.api.Arbitraries.of(
                        Canonical.print(query), Canonical.print(new WatchQuery.Not(query))))
                .filter(text -> language.bounded(text).valid());
    }

    /** Items of the same small vocabulary. */
    public static Arbitrary<Item> items() {
        return Samples.items();
    }

    /** What the reference says, which shares only the analysis and the tree of the query with the matcher. */
    public static boolean matches(String text, Item item) {
        WatchQuery query = new WatchLanguage(ANALYSIS, lists()).bounded(text).query();
        if (query == null) {
            throw new IllegalArgumentException(text);
        }
        return new Evaluation(ANALYSIS, lists()).matches(query, item);
    }

    /** What the plan says. */
    public static List<Hit> hits(String text, Item item) {
        WatchQuery query = new WatchLanguage(ANALYSIS, lists()).bounded(text).query();
        if (query == null) {
            throw new IllegalArgumentException(text);
        }
        return Plan.of(query, ANALYSIS, lists()).hits(Heard.of(item, ANALYSIS));
    }
}
