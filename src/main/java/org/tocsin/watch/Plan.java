package org.tocsin.watch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tocsin.analysis.Analysis;

/**
 * A watch made ready: what matching, searching, back-testing, highlighting and explaining all use. Immutable, and safe for use by several
 * threads.
 */
public final class Plan {
    private final Clause root;

    private Plan(Clause root) {
        this.root = root;
    }

    /**
     * @param query a watch without errors
     * @param lists what its named lists are now
     * @throws org.tocsin.base.FaultException where a list or a word of it is not there any more
     */
    public static Plan of(WatchQuery query, Analysis analysis, WordLists lists) {
        return of(query, analysis, lists, UnaryOperator.identity());
    }

    /** @param shared gives one and the same string for equal ones, to save memory */
    static Plan of(WatchQuery query, Analysis analysis, WordLists lists, UnaryOperator<String> shared) {
        return new Plan(new PlanCompiler(analysis, lists, shared).clause(query, Scope.BODY));
    }

    static Plan of(Clause root) {
        return new Plan(root);
    }

    Clause root() {
        return root;
    }

    /** @return whether the item matches */
    public boolean matches(Heard heard) {
        return root.test(heard);
    }

    /** @return what made it match, in order of place and each once; empty where it does not match */
    public List<Hit> hits(Heard heard) {
        if (!root.test(heard)) {
            return List.of();
        }
        Hits hits = new Hits(heard);
        root.hits(heard, hits);
        return hits.list();
    }

    /** @return what an index on disk finds candidates by: an item that matches fulfils it */
    public Need need() {
        return root.need();
    }

    /**
     * What candidates are found by: an item that matches has at least one of these.
     *
     * @return empty where no anchor is sure to be there, so that every item is a candidate
     */
    public List<Anchor> anchors(Rarity rarity) {
        List<Anchor> anchors = new ArrayList<>();
        double cost = root.anchors(rarity, anchors);
        return Double.isInfinite(cost) ? List.of() : List.copyOf(new LinkedHashSet<>(anchors));
    }
}
