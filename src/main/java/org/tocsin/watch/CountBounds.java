package org.tocsin.watch;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.mention.Counts;

/** The counts that a watch asks for, wherever in it they stand. */
record CountBounds(List<Bound> bounds) {
    /** @param negated whether it stands under an odd number of negations */
    record Bound(CountClause clause, boolean negated) {
        boolean holds(Counts counts) {
            return clause.holds(counts) != negated;
        }
    }

    static CountBounds of(Clause root) {
        List<Bound> bounds = new ArrayList<>();
        collect(root, false, bounds);
        return new CountBounds(List.copyOf(bounds));
    }

    private static void collect(Clause clause, boolean negated, List<Bound> bounds) {
        switch (clause) {
            case CountClause count -> bounds.add(new Bound(count, negated));
            case Junction.None(Clause inner) -> collect(inner, !negated, bounds);
            case Junction.All(Clause[] clauses) -> collect(clauses, negated, bounds);
            case Junction.Any(Clause[] clauses) -> collect(clauses, negated, bounds);
            case Junction.Least(int _, Clause[] clauses) -> collect(clauses, negated, bounds);
            case Junction.AnyWord _,
                    WordClause _,
                    SequenceClause _,
                    LooseClause _,
                    NearClause _,
                    TagClause _,
                    HandleClause _,
                    ValueClause _ -> {
                // Nothing in these is a count.
            }
        }
    }

    private static void collect(Clause[] clauses, boolean negated, List<Bound> bounds) {
        for (Clause clause : clauses) {
            collect(clause, negated, bounds);
        }
    }

    boolean none() {
        return bounds.isEmpty();
    }

    /** @return whether one of them holds after and did not before */
    boolean passed(Counts before, Counts after) {
        for (Bound bound : bounds) {
            if (bound.holds(after) && !bound.holds(before)) {
                return true;
            }
        }
        return false;
    }
}
