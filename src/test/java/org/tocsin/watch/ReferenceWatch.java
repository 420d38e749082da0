package org.tocsin.watch;

import java.util.function.Predicate;
import org.tocsin.analysis.Analysis;
import org.tocsin.mention.Item;

/** A watch as the exhaustive evaluation understands it, read once. */
public final class ReferenceWatch implements Predicate<Item> {
    private final Evaluation evaluation;
    private final WatchQuery query;

    /** @throws IllegalArgumentException where these words are no watch */
    public ReferenceWatch(String text, Analysis analysis) {
        WatchQuery read =
                new WatchLanguage(analysis, WordLists.none()).check(text).query();
        if (read == null) {
            throw new IllegalArgumentException(text);
        }
        this.evaluation = new Evaluation(analysis, WordLists.none());
        this.query = read;
    }

    @Override
    public boolean test(Item item) {
        return evaluation.matches(query, item);
    }
}
